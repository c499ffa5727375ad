//! How many regions are on each tier, in one result or in several.

use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scale::Scale;
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, palette};
use crate::report::{Columns, Importance, Reader};

pub(super) const KIND: Kind = Kind {
    name: "tiers",
    label: "Regions by tier",
    summary: "How many regions are on each tier, from the best to the worst, in each result: methodologies, or periods.",
    needs: Need::Tiers,
    draw,
};

/// The names of the tiers of a result, best first; none where it has none.
pub(super) fn names(ranked: &Ranked<'_>) -> Vec<String> {
    let tiers: Vec<(usize, usize, String)> =
        ranked.rows.iter().filter_map(|&row| ranked.tier(row)).collect();
    let Some(&(_, of, _)) = tiers.iter().max_by_key(|(_, of, _)| *of) else { return Vec::new() };
    let row = ranked.rows[0];
    let labels = ranked.evaluation.tier_labels_of(ranked.node, row);
    (0..of)
        .map(|at| match labels.get(at) {
            Some(label) => label.clone(),
            None => (at + 1).to_string(),
        })
        .collect()
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let whole = Scene { top: None, ..scene.clone() };
    let every = super::bump::results(&whole);
    let every = if every.is_empty() { whole.sides.clone() } else { every };
    let all_results = every.len();
    let sides = super::bump::thinned(every, 12);
    let ranked: Vec<Ranked<'_>> =
        sides.iter().map(|side| whole.ranked_on(side)).collect::<Result<_, _>>()?;
    let mut tiers: Vec<String> = Vec::new();
    for name in ranked.iter().flat_map(names) {
        if !tiers.contains(&name) {
            tiers.push(name);
        }
    }
    if tiers.is_empty() {
        return Err(Reason::NoTiers);
    }
    let counts: Vec<Vec<usize>> = ranked
        .iter()
        .map(|result| {
            let on = |tier: &String| {
                let of_row =
                    |&&row: &&usize| result.tier(row).is_some_and(|(.., name)| name == *tier);
                result.rows.iter().filter(of_row).count()
            };
            tiers.iter().map(on).collect()
        })
        .collect();
    let mut body = Canvas::new(scene.id);
    let single = sides.len() == 1;
    let (step, top) = (30.0, if single { 4.0 } else { 34.0 });
    let bottom;
    let class = |at: usize| format!("q-s{}", palette::tier(at, tiers.len()));
    if single {
        // One result: a bar for each tier.
        let of_name = super::at_most(widest(tiers.iter().map(String::as_str), Type::Label), 160.0);
        let most = counts[0].iter().copied().max().unwrap_or(1).max(1);
        let scale = Scale::new((0.0, most as f64), (of_name + 12.0, INNER - 40.0));
        bottom = top + step * tiers.len() as f64;
        for (at, tier) in tiers.iter().enumerate() {
            let y = top + step * at as f64;
            let n = counts[0][at];
            body.mark(&[("tier", tier)], &format!("{tier} · {n}"), |body| {
                let name = shortened(tier, Type::Label, of_name + 2.0);
                body.text((of_name, y + 19.0), Anchor::End, Type::Label, "q-ink", &name);
                let width = scale.at(n as f64) - scale.at(0.0);
                let class = format!("{} q-axis q-rim", class(at));
                body.rect((scale.at(0.0), y + 4.0), (width, step - 8.0), &class);
                let at = (scale.at(n as f64) + 8.0, y + 19.0);
                body.text(at, Anchor::Start, Type::Strong, "q-ink", &n.to_string());
            });
        }
    } else {
        let of_name = super::at_most(
            widest(sides.iter().map(|side| side.label.as_str()), Type::Label),
            160.0,
        );
        let most = counts.iter().map(|c| c.iter().sum::<usize>()).max().unwrap_or(1).max(1);
        let scale = Scale::new((0.0, most as f64), (of_name + 12.0, INNER - 40.0));
        // Names of tiers above, in the order of the bars.
        let mut x = 0.0;
        let mut y = 0.0;
        for (at, tier) in tiers.iter().enumerate() {
            let takes = 22.0 + super::width(tier, Type::Label) + 18.0;
            if x > 0.0 && x + takes > INNER {
                (x, y) = (0.0, y + 19.0);
            }
            body.rect((x, y), (15.0, 12.0), &format!("{} q-axis q-rim", class(at)));
            body.text((x + 21.0, y + 10.5), Anchor::Start, Type::Label, "q-ink", tier);
            x += takes;
        }
        let top = top + y;
        bottom = top + step * sides.len() as f64;
        for (k, side) in sides.iter().enumerate() {
            let y = top + step * k as f64;
            let name = shortened(&side.label, Type::Label, of_name + 2.0);
            body.text((of_name, y + 19.0), Anchor::End, Type::Label, "q-ink", &name);
            let mut from = 0.0;
            for (at, tier) in tiers.iter().enumerate() {
                let n = counts[k][at];
                if n == 0 {
                    continue;
                }
                let (x, end) = (scale.at(from), scale.at(from + n as f64));
                from += n as f64;
                let class = class(at);
                let words = format!("{} · {tier} · {n}", side.label);
                body.mark(&[("tier", tier)], &words, |body| {
                    body.rect((x, y + 3.0), (end - x, step - 6.0), &format!("{class} q-edge"));
                    let figure = n.to_string();
                    if super::width(&figure, Type::Label) + 4.0 < end - x {
                        let ink = palette::ink_on(&class);
                        let at = ((x + end) / 2.0, y + 19.0);
                        body.text(at, Anchor::Middle, Type::Label, &ink, &figure);
                    }
                });
            }
            let all = scale.at(from) + 8.0;
            let sum = counts[k].iter().sum::<usize>().to_string();
            body.text((all, y + 19.0), Anchor::Start, Type::Note, "q-soft", &sum);
        }
    }
    let last = counts.len() - 1;
    let fullest = (0..tiers.len()).max_by_key(|&at| (counts[last][at], tiers.len() - at));
    let said = fullest.map(|at| {
        let (tier, n) = (tiers[at].as_str(), counts[last][at]);
        scene.says(text!(chart_fullest_tier, tier = tier, n = n))
    });
    let mut notes = Vec::new();
    if sides.len() < all_results {
        let (shown, all) = (sides.len(), all_results);
        notes.push(scene.says(text!(chart_results_shown, shown = shown, all = all)));
    }
    let mut columns = Columns::<usize>::new()
        .text("tier", word!(label_tier, language), |&at| &tiers[at])
        .importance(Importance::Key);
    for (k, side) in sides.iter().enumerate() {
        let counts = &counts;
        columns = columns.number(&side.label, &side.label, move |&at| counts[k][at]);
    }
    let table = columns.table("tiers", Reader::People, 0..tiers.len());
    let n = ranked[last].all;
    Ok(Figure {
        subject: None,
        lead: super::lead_of(scene, &sides, n),
        body,
        size: (INNER, bottom + 6.0),
        notes,
        alternative: said.into_iter().collect(),
        table,
    })
}
