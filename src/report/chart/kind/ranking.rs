//! Bars of scores by rank, with the tiers as shades, and between which ranks each region is where a multiverse is given or
//! weights were drawn.

use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scale::{Scale, from_zero, ticks};
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, max, palette};
use crate::report::{Cell, Language, Reader, number, robustness};

pub(super) const KIND: Kind = Kind {
    name: "ranking",
    label: "Ranking",
    summary: "Bars of the scores of regions, from the first rank to the last; with a multiverse or drawn weights also between which ranks they are.",
    needs: Need::Nothing,
    draw,
};

/// Marks of at most so many regions state their figures.
const WORDED: usize = 40;

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let rows = &ranked.rows;
    let spreads: Vec<Option<[f64; 5]>> =
        rows.iter().map(|&row| spread(scene, &ranked, row)).collect();
    let has_spread = spreads.iter().any(Option::is_some);
    let step = if rows.len() > 60 { 16.0 } else { 20.0 };
    let top = if has_spread { 36.0 } else { 30.0 };
    let bottom = top + step * rows.len() as f64;

    let ranks: Vec<String> = rows.iter().map(|&row| number::rank(ranked.ranks[row])).collect();
    let values: Vec<String> = rows.iter().map(|&row| ranked.printed(row)).collect();
    let tiers: Vec<_> = rows.iter().map(|&row| ranked.tier(row)).collect();
    let tier_names = || tiers.iter().flatten().map(|(.., name)| name.as_str());
    // Whole units, which are written briefly.
    let of_rank = libm::ceil(widest(ranks.iter().map(String::as_str), Type::Label));
    let names = || rows.iter().map(|&row| ranked.name(row, language));
    let of_name = super::at_most(widest(names(), Type::Label), 190.0);
    let of_value = widest(values.iter().map(String::as_str), Type::Label);
    let of_tier = super::at_most(widest(tier_names(), Type::Label), 110.0);
    let of_tier = if of_tier > 0.0 { of_tier + 10.0 } else { 0.0 };
    let of_spread = if has_spread { 190.0 } else { 0.0 };
    let left = libm::ceil(of_rank + 10.0 + of_name + 10.0);
    let right = INNER - of_spread - of_tier - of_value - 8.0;

    let mut body = Canvas::new(scene.id);
    let bounds = from_zero(rows.iter().map(|&row| ranked.score(row)), 5);
    let scale = Scale::new(bounds, (left, right));
    super::axis_above(&mut body, &scale, (top, bottom), 5);
    for (k, &row) in rows.iter().enumerate() {
        let y = top + step * k as f64;
        let base = y + step / 2.0 + 4.0;
        let is_chosen = scene.region == Some(ranked.region(row));
        let colour = match &tiers[k] {
            Some((at, of, _)) => format!("q-s{}", palette::tier(*at, *of)),
            None => "q-c0".to_owned(),
        };
        let (letters, ink) =
            if is_chosen { (Type::Strong, "q-accent") } else { (Type::Label, "q-ink") };
        // Of many regions the pointer shows the name alone, since the line has everything else.
        let words = match rows.len() > WORDED {
            true => ranked.name(row, language).to_owned(),
            false => ranked.words(row, language),
        };
        body.mark(&[("region", ranked.code(row))], &words, |body| {
            body.text((of_rank, base), Anchor::End, Type::Label, "q-soft", &ranks[k]);
            let name = shortened(ranked.name(row, language), letters, of_name + 4.0);
            body.text((of_rank + 10.0, base), Anchor::Start, letters, ink, &name);
            let (from, to) = (scale.at(0.0), scale.at(ranked.score(row)));
            body.rect((from, y + 2.0), (to - from, step - 4.0), &format!("{colour} q-axis q-rim"));
            let end = right + 8.0 + of_value;
            body.text((end, base), Anchor::End, letters, ink, &values[k]);
            if let Some((.., tier)) = &tiers[k] {
                let tier = shortened(tier, Type::Label, of_tier - 8.0);
                body.text((end + 10.0, base), Anchor::Start, Type::Label, "q-soft", &tier);
            }
        });
    }
    body.line((scale.at(0.0), top), (scale.at(0.0), bottom), "q-axis");
    if has_spread {
        let from = INNER - of_spread + 24.0;
        intervals(&mut body, (from, INNER - 8.0), (top, step), &ranked, &spreads, language);
    }

    let first = rows.first().map(|&row| (ranked.name(row, language), &values[0]));
    let last = rows.last().map(|&row| (ranked.name(row, language), &values[values.len() - 1]));
    let mut alternative = Vec::new();
    if let (Some(first), Some(last)) = (first, last) {
        let words = text!(
            chart_from_to,
            best = first.0,
            greatest = first.1.clone(),
            last = last.0,
            least = last.1.clone()
        );
        alternative.push(scene.says(words));
    }
    let mut notes = scene.cut(rows.len(), ranked.all);
    let low = |spread: &Option<[f64; 5]>, at: usize| spread.map(|ranks| ranks[at]);
    match (scene.many, scene.drawn()) {
        (Some(many), _) if has_spread => {
            let words = text!(chart_spread, multiverse = many.name, n = many.branches());
            notes.push(scene.says(words));
        }
        (None, Ok(drawn)) if has_spread => {
            let words = text!(
                chart_intervals,
                share = number::short(100.0 * drawn.level),
                of = robustness::of(drawn),
                from = robustness::from(drawn)
            );
            notes.push(scene.says(words));
            if spreads.iter().flatten().any(|ranks| ranks[0] < ranks[1] || ranks[4] > ranks[3]) {
                notes.push(scene.says(text!(chart_intervals_always)));
            }
        }
        _ => {}
    }
    let places: Vec<usize> = (0..rows.len()).collect();
    let table = super::of_regions(&ranked, Some(rows), language)
        .text("tier", word!(label_tier, language), |&k| match &tiers[k] {
            Some((at, of, label)) => Cell::Tier { at: *at, of: *of, label: label.clone() },
            None => Cell::Empty,
        })
        .only_if(tiers.iter().any(Option::is_some))
        .number("rank_low", word!(label_low, language), |&k| low(&spreads[k], 1).map(Cell::number))
        .digits(1)
        .only_if(has_spread)
        .number("rank_high", word!(label_high, language), |&k| {
            low(&spreads[k], 3).map(Cell::number)
        })
        .digits(1)
        .only_if(has_spread)
        .table("ranking", Reader::People, places);
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (INNER, bottom + 6.0),
        notes,
        alternative,
        table,
    })
}

/// The ranks of a region: the best, the beginning of the interval, the median, the end of the interval, the worst. Over the
/// branches of a multiverse, or else when weights are drawn.
fn spread(scene: &Scene<'_>, ranked: &Ranked<'_>, row: usize) -> Option<[f64; 5]> {
    if scene.many.is_some() {
        return scene.spread(ranked.code(row))?.ranks;
    }
    let region = ranked.region(row);
    let [low, median, high] = scene.drawn().ok()?.interval(region)?;
    let exact = scene.exact().ok();
    let always = exact.and_then(|exact| exact.always(region));
    // That a rank is between the first and the last says nothing.
    let last = exact.map_or(0.0, |exact| exact.n as f64);
    let told = always.filter(|[best, worst]| *best > 1.0 || *worst < last);
    let [best, worst] = told.unwrap_or([low, high]);
    // What was drawn lies between what all weights can give, unless the settings of the two differ.
    Some([super::min(best, low), low, median, high, max(worst, high)])
}

/// The spread of ranks: a thin line from the best to the worst, a thick one for the interval, a stroke at the median, and a
/// point at the rank itself.
fn intervals(
    body: &mut Canvas,
    x: (f64, f64),
    (top, step): (f64, f64),
    ranked: &Ranked<'_>,
    spreads: &[Option<[f64; 5]>],
    language: Language,
) {
    let bottom = top + step * spreads.len() as f64;
    let worst = spreads.iter().flatten().map(|ranks| ranks[4]);
    let last = worst.fold(ranked.all as f64, max);
    let scale = Scale::new((1.0, max(last, 2.0)), x);
    let mut at = ticks((1.0, last), 4).at;
    at.retain(|rank| *rank > 1.5 && *rank == libm::floor(*rank));
    let head = word!(label_rank, language);
    body.text((x.0, top - 21.0), Anchor::Start, Type::Note, "q-soft", head);
    for rank in [1.0].into_iter().chain(at) {
        let x = scale.at(rank);
        body.line((x, top), (x, bottom), "q-grid");
        body.text((x, top - 8.0), Anchor::Middle, Type::Note, "q-soft", &number::rank(rank));
    }
    // All regions in one path each, rounded to tenths, so that the drawing is small.
    let x = |rank: f64| libm::round(10.0 * scale.at(rank)) / 10.0;
    let (mut lines, mut boxes, mut strokes, mut points) = (vec![], vec![], vec![], vec![]);
    for (k, spread) in spreads.iter().enumerate() {
        let y = top + step * (k as f64 + 0.5);
        if let Some(ranks) = spread {
            let [best, low, median, high, worst] = ranks.map(x);
            if best < low || worst > high {
                lines.push((best, y, worst - best));
            }
            boxes.push((low, y - 3.0, high - low));
            strokes.push((median - 1.2, y - 5.0, 2.4));
        }
        points.push((x(ranked.ranks[ranked.rows[k]]), y));
    }
    if !lines.is_empty() {
        body.path(&Path::levels(&lines), "q-axis");
    }
    body.path(&Path::bars(&boxes, 6.0), "q-s3");
    body.path(&Path::bars(&strokes, 10.0), "q-ink");
    body.path(&Path::diamonds(&points, 4.0), "q-c5");
}
