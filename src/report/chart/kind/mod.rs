//! The kinds of charts: one file each, listed in [`KINDS`].

mod acceptability;
mod bump;
mod choropleth;
mod contributions;
mod correlation;
mod distribution;
mod dominance;
mod flow;
mod icicle;
mod membership;
mod migration;
mod profile;
mod radar;
mod ranking;
mod robust_comparisons;
mod scatter;
mod slope;
mod sobol;
mod specification;
mod sunburst;
mod tier_shares;
mod tiers;
mod tiles;
mod timeline;
mod waterfall;
mod winning;

use super::Kind;

/// Every kind, in the order of a report.
pub static KINDS: &[Kind] = &[
    ranking::KIND,
    contributions::KIND,
    bump::KIND,
    slope::KIND,
    tiles::KIND,
    choropleth::KIND,
    icicle::KIND,
    sunburst::KIND,
    profile::KIND,
    radar::KIND,
    tiers::KIND,
    membership::KIND,
    migration::KIND,
    distribution::KIND,
    scatter::KIND,
    correlation::KIND,
    dominance::KIND,
    waterfall::KIND,
    specification::KIND,
    acceptability::KIND,
    tier_shares::KIND,
    winning::KIND,
    robust_comparisons::KIND,
    sobol::KIND,
    flow::KIND,
    timeline::KIND,
];

use super::canvas::{Anchor, Canvas};
use super::letters::{Type, shortened, width};
use super::scale::{Scale, ticks};
use super::scene::Ranked;
use super::{max, min, palette};
use crate::report::{Cell, Columns, Importance, Language, number};
use quanheng_words::{Text, text, word};

/// A width, or less where that is enough.
fn at_most(x: f64, most: f64) -> f64 {
    min(x, most)
}

/// Round numbers above a drawing, and lines through it.
fn axis_above(body: &mut Canvas, scale: &Scale, (top, bottom): (f64, f64), count: usize) {
    let ticks = ticks(scale.of, count);
    for x in &ticks.at {
        let at = scale.at(*x);
        body.line((at, top), (at, bottom), "q-grid");
        let words = number::fixed(*x, ticks.digits);
        body.text((at, top - 8.0), Anchor::Middle, Type::Note, "q-soft", &words);
    }
}

/// Round numbers at the left of a drawing, and lines through it.
fn axis_left(body: &mut Canvas, scale: &Scale, (left, right): (f64, f64), count: usize) {
    let ticks = ticks(scale.of, count);
    for y in &ticks.at {
        let at = scale.at(*y);
        body.line((left, at), (right, at), "q-grid");
        let words = number::fixed(*y, ticks.digits);
        body.text((left - 6.0, at + 3.5), Anchor::End, Type::Note, "q-soft", &words);
    }
}

/// What colours and patterns mean, in lines of a width; gives the height that it takes.
fn legend(body: &mut Canvas, at: (f64, f64), room: f64, names: &[String], key: Key) -> f64 {
    let (mut x, mut y) = (at.0, at.1);
    for (k, name) in names.iter().enumerate() {
        let takes = 18.0 + width(name, Type::Note) + 16.0;
        if x > at.0 && x + takes > at.0 + room {
            (x, y) = (at.0, y + 18.0);
        }
        match key {
            Key::Pattern => body.rect_patterned((x, y), (13.0, 11.0), k),
            Key::Shape => {
                let class = format!("{} q-axis q-rim", palette::kind(k));
                body.shape((x + 6.0, y + 6.0), 4.6, k, &class);
            }
        }
        body.text((x + 18.0, y + 9.5), Anchor::Start, Type::Note, "q-ink", name);
        x += takes;
    }
    if names.is_empty() { 0.0 } else { y + 18.0 - at.1 }
}

/// What stands in a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// Colours with patterns.
    Pattern,
    /// Colours with forms of points.
    Shape,
}

/// The steps of amounts with their bounds; gives the height that it takes.
fn steps(body: &mut Canvas, (x, y): (f64, f64), bounds: (f64, f64), digits: usize) -> f64 {
    let wide = 46.0;
    for step in 0..palette::STEPS {
        let at = x + wide * step as f64;
        body.rect((at, y), (wide, 11.0), &format!("q-s{step} q-axis q-rim"));
    }
    for edge in 0..=palette::STEPS {
        let at = x + wide * edge as f64;
        let share = edge as f64 / palette::STEPS as f64;
        let words = number::fixed(bounds.0 + share * (bounds.1 - bounds.0), digits);
        body.text((at, y + 23.0), Anchor::Middle, Type::Small, "q-soft", &words);
    }
    30.0
}

/// The steps of a place between the worst and the best; gives the height that it takes.
fn places(body: &mut Canvas, (x, y): (f64, f64), language: Language) -> f64 {
    let wide = 30.0;
    let worst = word!(chart_worst, language);
    body.text((x, y + 10.0), Anchor::Start, Type::Note, "q-soft", worst);
    let x = x + width(worst, Type::Note) + 8.0;
    for step in 0..palette::STEPS {
        let at = x + wide * step as f64;
        body.rect((at, y), (wide, 12.0), &format!("q-s{step} q-axis q-rim"));
    }
    let end = x + wide * palette::STEPS as f64 + 8.0;
    body.text((end, y + 10.0), Anchor::Start, Type::Note, "q-soft", word!(chart_best, language));
    20.0
}

/// The least and the greatest of what is drawn, as bounds of steps, and the decimals that distinguish them.
fn step_bounds(figures: impl IntoIterator<Item = f64>) -> ((f64, f64), usize) {
    let (low, high) = super::scale::range(figures);
    let digits = ticks((low, high), 2 * palette::STEPS).digits;
    let step = (high - low) / palette::STEPS as f64;
    ((low, max(high, low + step)), digits.max(usize::from(step < 1.0)))
}

/// What is compared, of whom and when: parts of the line below a title.
fn lead_of(scene: &super::Scene<'_>, sides: &[super::Side<'_>], n: usize) -> Vec<String> {
    let one = super::Scene { sides: vec![sides[0].clone()], ..scene.clone() };
    let mut parts = one.about(n);
    let label = |side: &super::Side<'_>| side.label.clone();
    if scene.sides.len() == 1 {
        // Periods of one methodology: the first and the last stand for all.
        let ends = [sides.first().map(label), sides.last().map(label)];
        let ends: Vec<String> = ends.into_iter().flatten().collect();
        let period = scene.period_name(sides[0].period);
        parts.iter_mut().filter(|part| **part == period).for_each(|part| *part = ends.join(" → "));
        return parts;
    }
    let mut several = scene.place();
    several.push(sides.iter().map(label).collect::<Vec<_>>().join(" → "));
    several.push(quanheng_words::text!(count_regions, n = n).render(scene.language));
    several
}

/// The first columns of a table of regions: each item is a row of the panel, or a position among `rows`, which are some.
fn of_regions<'a>(
    ranked: &'a Ranked<'_>,
    rows: Option<&'a [usize]>,
    language: Language,
) -> Columns<'a, usize> {
    let row = move |item: usize| rows.map_or(item, |rows| rows[item]);
    Columns::<usize>::new()
        .number("rank", word!(label_rank, language), move |&k| Cell::Rank(ranked.ranks[row(k)]))
        .importance(Importance::Key)
        .text("code", word!(label_code, language), move |&k| ranked.code(row(k)))
        .importance(Importance::Detail)
        .text("name", word!(label_region, language), move |&k| ranked.name(row(k), language))
        .importance(Importance::Key)
        .number("score", word!(label_score, language), move |&k| Cell::number(ranked.score(row(k))))
        .digits(ranked.digits)
}

/// The regions of a map, by rank: those that stand on it, as rows of the panel; and who is best and who is last, in words.
fn on_map(ranked: &Ranked<'_>, found: &[Option<usize>], language: Language) -> (Vec<usize>, Text) {
    let rows: Vec<usize> =
        ranked.rows.iter().copied().filter(|row| found.contains(&Some(*row))).collect();
    let (first, last) = (rows[0], rows[rows.len() - 1]);
    let said = text!(
        chart_from_to,
        best = ranked.name(first, language),
        greatest = ranked.printed(first),
        last = ranked.name(last, language),
        least = ranked.printed(last)
    );
    (rows, said)
}

/// The letters of a region's name, and their colour.
fn letters_of(is_chosen: bool) -> (Type, &'static str) {
    if is_chosen { (Type::Strong, "q-accent") } else { (Type::Label, "q-ink") }
}
