//! How ranks move from result to result: methodologies, or periods.

use quanheng_core::model::RegionIx;
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scene::{Ranked, Scene, Side};
use crate::report::chart::{Kind, Need, Reason, max};
use crate::report::{Cell, Columns, Importance, Reader, number};

pub(super) const KIND: Kind = Kind {
    name: "bump",
    label: "Ranks",
    summary: "A line for each region through its ranks, from result to result: methodologies, or periods.",
    needs: Need::Several,
    draw,
};

/// The most regions that are shown unless it is stated.
const SHOWN: usize = 40;

/// The results that are compared: those that are given, or every period of the only one.
pub(super) fn results<'a>(scene: &Scene<'a>) -> Vec<Side<'a>> {
    let [only] = scene.sides.as_slice() else { return scene.sides.clone() };
    let study = only.evaluation.study();
    let of_league = |slice: &&quanheng_core::model::Slice| {
        slice.league == scene.league && slice.period <= only.period
    };
    let slices = study.panel.slices().iter().filter(of_league);
    // Periods that are no points in time have no order that means anything.
    let in_time = slices.filter(|s| study.periods[s.period.0 as usize].kind.is_time());
    let sides = in_time.map(|slice| Side {
        label: study.periods[slice.period.0 as usize].label.clone(),
        period: slice.period,
        ..only.clone()
    });
    sides.collect()
}

/// At most so many results, the first and the last among them.
pub(super) fn thinned<'a>(sides: Vec<Side<'a>>, most: usize) -> Vec<Side<'a>> {
    let n = sides.len();
    if n <= most {
        return sides;
    }
    let kept = (0..most).map(|k| (k * (n - 1) + (most - 1) / 2) / (most - 1));
    kept.map(|k| sides[k].clone()).collect()
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let every = results(scene);
    let all_results = every.len();
    let sides = thinned(every, 8);
    if sides.len() < 2 {
        return Err(Reason::OneResult);
    }
    let scene_all = Scene { top: None, ..scene.clone() };
    let ranked: Vec<Ranked<'_>> =
        sides.iter().map(|side| scene_all.ranked_on(side)).collect::<Result<_, _>>()?;
    let last = &ranked[ranked.len() - 1];
    // Those that are best at the end, and the region that is asked for.
    let most = scene.top.unwrap_or(SHOWN);
    let mut shown: Vec<RegionIx> = Vec::new();
    for result in ranked.iter().rev() {
        for &row in &result.rows {
            let region = result.region(row);
            let is_known = shown.contains(&region);
            if !is_known && (shown.len() < most || scene.region == Some(region)) {
                shown.push(region);
            }
        }
    }
    let all = {
        let mut regions: Vec<RegionIx> =
            ranked.iter().flat_map(|r| r.rows.iter().map(|&row| r.region(row))).collect();
        quanheng_core::number::sort_items(&mut regions, |a, b| a.0.cmp(&b.0));
        regions.dedup();
        regions.len()
    };
    // The place of each region in each result: shared ranks stand one below the other.
    let place = |result: &Ranked<'_>, region: RegionIx| -> Option<(usize, f64)> {
        let rows = result.rows.iter().filter(|&&row| shown.contains(&result.region(row)));
        let at = rows.clone().position(|&row| result.region(row) == region)?;
        let row = *rows.clone().nth(at)?;
        Some((at, result.ranks[row]))
    };
    let places: Vec<Vec<Option<(usize, f64)>>> = shown
        .iter()
        .map(|&region| ranked.iter().map(|result| place(result, region)).collect())
        .collect();

    let name = |region: RegionIx| {
        let region = &scene.evaluation().study().regions[region.0 as usize];
        region.name(language.tag())
    };
    let code =
        |region: RegionIx| scene.evaluation().study().regions[region.0 as usize].code.as_str();
    let of_name =
        super::at_most(widest(shown.iter().map(|&region| name(region)), Type::Label), 150.0);
    let of_rank = widest([number::rank(all as f64).as_str()], Type::Label) + 8.0;
    let side = of_name + of_rank + 14.0;
    let step = if shown.len() > 60 { 15.0 } else { 19.0 };
    let top = 30.0;
    let bottom = top + step * shown.len() as f64;
    let (left, right) = (side, INNER - side);
    let x = |k: usize| left + (right - left) * k as f64 / (sides.len() - 1) as f64;
    let y = |place: usize| top + step * (place as f64 + 0.5);

    let mut body = Canvas::new(scene.id);
    let column = (right - left) / (sides.len() - 1) as f64;
    for (k, result) in sides.iter().enumerate() {
        body.line((x(k), top), (x(k), bottom), "q-grid");
        let room = if k == 0 || k + 1 == sides.len() { 2.0 * side } else { column };
        let label = shortened(&result.label, Type::Strong, super::at_most(room, column) - 8.0);
        body.text((x(k), top - 10.0), Anchor::Middle, Type::Strong, "q-ink", &label);
    }
    for (region, places) in shown.iter().zip(&places) {
        let ends = [places.first(), places.last()].map(|end| end.copied().flatten());
        let class = match ends {
            [Some((_, a)), Some((_, b))] if b < a => "q-up",
            [Some((_, a)), Some((_, b))] if b > a => "q-down",
            _ => "q-line",
        };
        let is_chosen = scene.region == Some(*region);
        // Beside a region that stands out, the others step back.
        let class = match (is_chosen, scene.region) {
            (true, _) => "q-none q-chosen q-bold".to_owned(),
            (false, Some(_)) => format!("{class} q-faint"),
            (false, None) => class.to_owned(),
        };
        let (letters, ink) =
            if is_chosen { (Type::Strong, "q-accent") } else { (Type::Label, "q-ink") };
        let ranks: Vec<String> = places
            .iter()
            .map(|place| place.map_or("–".to_owned(), |(_, rank)| number::rank(rank)))
            .collect();
        let words = format!("{} · {}", name(*region), ranks.join(" → "));
        body.mark(&[("region", code(*region))], &words, |body| {
            // One path, with a gap where the region has no rank.
            let mut line = Path::default();
            let mut is_on = false;
            for (k, pair) in places.windows(2).enumerate() {
                let [Some((from, _)), Some((to, _))] = *pair else {
                    is_on = false;
                    continue;
                };
                let (a, b) = ((x(k), y(from)), (x(k + 1), y(to)));
                line = if is_on { line } else { line.jump(a.0, a.1) };
                line = if from == to { line.to(b.0, b.1) } else { line.ease(a, b) };
                is_on = true;
            }
            if line != Path::default() {
                body.path(&line, &class);
            }
            for (k, place) in places.iter().enumerate() {
                if let Some((place, _)) = place {
                    let fill = if is_chosen { "q-accent" } else { "q-soft" };
                    body.circle((x(k), y(*place)), 2.6, fill);
                }
            }
            let shown = shortened(name(*region), letters, of_name + 4.0);
            if let [Some((place, rank)), _] = ends {
                let base = y(place) + 4.0;
                let rank = number::rank(rank);
                body.text((left - 8.0, base), Anchor::End, Type::Label, "q-soft", &rank);
                body.text((left - 8.0 - of_rank, base), Anchor::End, letters, ink, &shown);
            }
            if let [_, Some((place, rank))] = ends {
                let base = y(place) + 4.0;
                let rank = number::rank(rank);
                let at = right + 2.0 + of_rank;
                body.text((at, base), Anchor::End, Type::Label, "q-soft", &rank);
                body.text((at + 8.0, base), Anchor::Start, letters, ink, &shown);
            }
        });
    }
    let moved = |places: &Vec<Option<(usize, f64)>>| {
        let (Some(Some((_, a))), Some(Some((_, b)))) = (places.first(), places.last()) else {
            return f64::NAN;
        };
        a - b
    };
    let count = |of: fn(f64) -> bool| places.iter().filter(|places| of(moved(places))).count();
    let (rose, fell) = (count(|x| x > 0.0), count(|x| x < 0.0));
    let mut alternative = vec![scene.says(text!(chart_moves, rose = rose, fell = fell))];
    let furthest = shown.iter().zip(&places).map(|(region, places)| (*region, moved(places)));
    let furthest = furthest.filter(|(_, x)| x.abs() > 0.0);
    if let Some((who, places)) = furthest.fold(None, |best: Option<(RegionIx, f64)>, one| {
        best.filter(|best| max(best.1.abs(), one.1.abs()) == best.1.abs()).or(Some(one))
    }) {
        let places = number::moved(places);
        alternative.push(scene.says(text!(chart_furthest, region = name(who), places = places)));
    }
    let mut notes = scene.cut(shown.len(), all);
    if sides.len() < all_results {
        let (shown, all) = (sides.len(), all_results);
        notes.push(scene.says(text!(chart_results_shown, shown = shown, all = all)));
    }
    notes.push(scene.says(text!(chart_up_and_down)));
    let mut columns = Columns::<usize>::new()
        .text("code", word!(label_code, language), |&k| code(shown[k]))
        .importance(Importance::Detail)
        .text("name", word!(label_region, language), |&k| name(shown[k]))
        .importance(Importance::Key);
    for (at, side) in sides.iter().enumerate() {
        let places = &places;
        columns = columns.number(format!("rank_{}", side.label), &side.label, move |&k| {
            Cell::Rank(places[k][at].map_or(f64::NAN, |(_, rank)| rank))
        });
    }
    let table = columns
        .number("change", word!(chart_change, language), |&k| {
            Some(moved(&places[k])).filter(|x| !x.is_nan()).map(Cell::Moved)
        })
        .table("bump", Reader::People, 0..shown.len());
    Ok(Figure {
        subject: None,
        lead: super::lead_of(scene, &sides, last.all),
        body,
        size: (INNER, bottom + 6.0),
        notes,
        alternative,
        table,
    })
}
