//! How much of the variance of ranks each factor causes, by itself and with others.

use quanheng_core::sensitivity::{Estimate, Output};
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scale::{Scale, rounded};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, max, min};
use crate::report::{Cell, Columns, Importance, Reader, number};

pub(super) const KIND: Kind = Kind {
    name: "sobol",
    label: "Shares of variance",
    summary: "For each factor of a sensitivity analysis, how much of the variance it causes by itself and with others (Sobol), with intervals: the variance of how far ranks move on average, or with a region that of its rank.",
    needs: Need::Sensitivity,
    draw,
};

/// A factor with its two shares.
type Row<'a> = (&'a str, &'a Estimate, &'a Estimate);

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let (name, analysed) = scene.shares.ok_or(Reason::NoSensitivity)?;
    let study = scene.evaluation().study();
    let league = &study.leagues[scene.league.0 as usize].code;
    let period = &study.periods[scene.side().period.0 as usize].label;
    let group = analysed.groups.iter().find(|of| of.league == *league && of.period == *period);
    let group = group.ok_or(Reason::NoSensitivity)?;
    let region = scene.region.map(|region| &study.regions[region.0 as usize]);
    let is_meant = |row: Option<usize>| match (row, region) {
        (None, None) => true,
        (Some(row), Some(region)) => analysed.rows[row].region == region.code,
        _ => false,
    };
    let mut outputs = group.outputs.iter().filter(|of| of.output == Output::Rank);
    let found = outputs.find(|of| is_meant(of.row)).ok_or(Reason::RegionWithoutScore)?;
    let shares = &found.shares;
    if shares.first.is_empty() {
        return Err(Reason::NothingMoves);
    }
    let estimates = shares.first.iter().zip(&shares.total);
    let factors = analysed.factors.iter().map(String::as_str);
    let rows: Vec<Row<'_>> = factors.zip(estimates).map(|(f, (a, b))| (f, a, b)).collect();
    let low = |of: &Estimate| of.value - if of.half.is_nan() { 0.0 } else { of.half };
    let high = |of: &Estimate| of.value + if of.half.is_nan() { 0.0 } else { of.half };
    let both = || rows.iter().flat_map(|(_, a, b)| [*a, *b]);
    let bounds = (both().map(low).fold(0.0, min), both().map(high).fold(0.0, max));
    let printed = |of: &Estimate| match of.half.is_nan() {
        true => number::fixed(of.value, 3),
        false => format!("{} ± {}", number::fixed(of.value, 3), number::fixed(of.half, 3)),
    };
    let values: Vec<String> = both().map(printed).collect();
    let of_name = super::at_most(widest(rows.iter().map(|row| row.0), Type::Label), 220.0);
    let of_value = widest(values.iter().map(String::as_str), Type::Note);
    let (left, right) = (of_name + 12.0, INNER - of_value - 14.0);
    let scale = Scale::new(rounded((bounds.0, max(bounds.1, 0.01)), 5), (left, right));
    let names = [word!(label_alone, language), word!(label_with_others, language)];
    let mut body = Canvas::new(scene.id);
    let heads = names.map(str::to_owned);
    let top = super::legend(&mut body, (0.0, 0.0), INNER, &heads, super::Key::Pattern) + 26.0;
    let step = 40.0;
    let bottom = top + step * rows.len() as f64;
    super::axis_above(&mut body, &scale, (top, bottom), 5);
    for (k, (factor, first, total)) in rows.iter().enumerate() {
        let y = top + step * k as f64 + 4.0;
        let words =
            format!("{factor} · {} {} · {} {}", names[0], printed(first), names[1], printed(total));
        body.mark(&[("factor", factor)], &words, |body| {
            let short = shortened(factor, Type::Label, of_name + 4.0);
            body.text((0.0, y + 20.0), Anchor::Start, Type::Label, "q-ink", &short);
            for (which, of) in [first, total].into_iter().enumerate() {
                let y = y + 16.0 * which as f64;
                let (from, to) = (scale.at(0.0), scale.at(of.value));
                body.rect_patterned((from, y + 1.0), (to - from, 13.0), which);
                if !of.half.is_nan() {
                    let (from, to) = (scale.at(low(of)), scale.at(high(of)));
                    body.line((from, y + 7.5), (to, y + 7.5), "q-chosen");
                    for end in [from, to] {
                        body.line((end, y + 3.0), (end, y + 12.0), "q-chosen");
                    }
                }
                let at = (INNER, y + 11.0);
                body.text(at, Anchor::End, Type::Note, "q-soft", &values[2 * k + which]);
            }
        });
    }
    body.line((scale.at(0.0), top), (scale.at(0.0), bottom), "q-axis");
    let most = rows.iter().reduce(|a, b| if b.2.value > a.2.value { b } else { a });
    let mut alternative = Vec::new();
    if let Some((factor, _, total)) = most {
        let share = printed(total);
        alternative.push(scene.says(text!(chart_sobol, factor = *factor, share = share)));
    }
    let of = match region {
        Some(_) => text!(chart_sobol_of_rank, rows = shares.rows),
        None => text!(chart_sobol_of_shift, rows = shares.rows),
    };
    let mut lead = scene.about(group.rows.len());
    lead.push(format!("{} {name}", word!(label_sensitivity, language)));
    let table = Columns::<Row<'_>>::new()
        .text("factor", word!(label_factor, language), |row| row.0)
        .importance(Importance::Key)
        .number("first", names[0], |row| Cell::number(row.1.value))
        .digits(3)
        .number("first_half", "±", |row| Cell::number_or_missing(row.1.half))
        .digits(3)
        .number("total", names[1], |row| Cell::number(row.2.value))
        .digits(3)
        .number("total_half", "±", |row| Cell::number_or_missing(row.2.half))
        .digits(3)
        .table("sobol", Reader::People, rows.iter().copied());
    Ok(Figure {
        subject: region.map(|region| region.name(language.tag()).to_owned()),
        lead,
        body,
        size: (INNER, bottom + 6.0),
        notes: vec![scene.says(of), scene.says(text!(chart_sobol_marks))],
        alternative,
        table,
    })
}
