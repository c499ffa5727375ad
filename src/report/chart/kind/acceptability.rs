//! How often each region has which ranks when the weights are drawn.

use quanheng_words::{text, word};

use crate::report::chart::canvas::Canvas;
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::scene::Scene;
use crate::report::chart::stack::{Stack, head, printed, ranks};
use crate::report::chart::{Kind, Need, Reason};
use crate::report::{Cell, Reader, number, robustness};

pub(super) const KIND: Kind = Kind {
    name: "acceptability",
    label: "Shares of ranks",
    summary: "For each region a bar of how often it has which ranks when the weights are drawn, the darker the better.",
    needs: Need::Draws,
    draw,
};

/// Ranks are put together into so many parts, which can be told from each other by their shade.
const PARTS: usize = 6;

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let drawn = scene.drawn()?;
    let n = ranked.all;
    let count = PARTS.min(n);
    let ends: Vec<(usize, usize)> =
        (0..count).map(|part| (part * n / count + 1, (part + 1) * n / count)).collect();
    let parts: Vec<String> = ends.iter().map(|&(from, to)| ranks(from, to)).collect();
    let mut shares = Vec::new();
    let mut beside = Vec::new();
    for &row in &ranked.rows {
        let region = ranked.region(row);
        let all = drawn.ranks(region).ok_or(Reason::TooManyToCount)?;
        let of = |&(from, to): &(usize, usize)| {
            let own = all.iter().filter(|(rank, _)| (from..=to).contains(rank));
            own.fold(0.0, |sum, (_, share)| sum + share / 100.0)
        };
        shares.push(ends.iter().map(of).collect::<Vec<f64>>());
        let [best, _, worst] = drawn.interval(region).ok_or(Reason::TooManyToCount)?;
        beside.push(ranks(best as usize, worst as usize));
    }
    let head = head(drawn.level, language);
    let mut body = Canvas::new(scene.id);
    let stack =
        Stack { ranked: &ranked, parts: &parts, shares: &shares, beside: &beside, head: &head };
    let height = stack.draw(scene, &mut body);
    let widths = ranked.rows.iter().filter_map(|&row| {
        let [best, _, worst] = drawn.interval(ranked.region(row))?;
        Some((worst - best, row))
    });
    let widest = widths.reduce(|a, b| if b.0 > a.0 { b } else { a });
    let mut alternative = Vec::new();
    if let Some((_, row)) = widest {
        let [best, _, worst] = drawn.interval(ranked.region(row)).unwrap_or_default();
        alternative.push(scene.says(text!(
            chart_least_sure,
            region = ranked.name(row, language),
            best = number::rank(best),
            worst = number::rank(worst)
        )));
    }
    let mut notes = scene.cut(ranked.rows.len(), ranked.all);
    notes.push(scene.says(text!(
        chart_acceptability_marks,
        of = robustness::of(drawn),
        from = robustness::from(drawn),
        share = number::short(100.0 * drawn.level)
    )));
    let rows = &ranked.rows;
    let mut table = super::of_regions(&ranked, Some(rows), language);
    for (part, name) in parts.iter().enumerate() {
        let label = format!("{} {name}", word!(label_rank, language));
        let shares = &shares;
        table = table.number(
            format!("ranks_{}", name.replace('–', "_")),
            label,
            move |&k: &usize| {
                let share = shares[k][part];
                Cell::Share { value: share, text: printed(share) }
            },
        );
    }
    let beside = &beside;
    let table = table.text("interval", head.clone(), |&k| &beside[k]).table(
        "acceptability",
        Reader::People,
        0..rows.len(),
    );
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (INNER, height),
        notes,
        alternative,
        table,
    })
}
