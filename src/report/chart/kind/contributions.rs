//! What each part adds to the score of a region: weight times score, one part beside the other.

use quanheng_core::model::NodeId;
use quanheng_words::text;

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scale::{Scale, from_zero};
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, max};
use crate::report::{Cell, Reader, number};

pub(super) const KIND: Kind = Kind {
    name: "contributions",
    label: "Contributions",
    summary: "For each region, by rank, a bar of what each part adds to its score: the weight of the part times its score.",
    needs: Need::Nothing,
    draw,
};

/// What the parts of a node add, for each row that is shown.
fn parts(ranked: &Ranked<'_>, children: &[NodeId]) -> Vec<Vec<f64>> {
    let methodology = ranked.evaluation.methodology();
    let points = methodology.aggregation.at(ranked.node).method.gives_points();
    let weights = ranked.evaluation.weights(ranked.at);
    let part = |row: usize, child: &NodeId| {
        let weight = if points { 1.0 } else { weights[child.index()] };
        weight * ranked.score_at(*child, row)
    };
    ranked.rows.iter().map(|&row| children.iter().map(|child| part(row, child)).collect()).collect()
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let children = scene.children()?;
    let rows = &ranked.rows;
    let parts = parts(&ranked, children);
    let sum = |k: usize| parts[k].iter().filter(|x| !x.is_nan()).fold(0.0, |sum, x| sum + x);
    let exact = ranked.evaluation.unrounded(ranked.node).values();
    // A mean of another kind than the arithmetic one is less than the sum of its parts.
    let adds_up = rows
        .iter()
        .enumerate()
        .all(|(k, &row)| (sum(k) - exact[row]).abs() <= 1e-9 * max(1.0, sum(k).abs()));

    let mut body = Canvas::new(scene.id);
    let names: Vec<String> =
        children.iter().map(|&child| scene.node_name(child).to_owned()).collect();
    let head = super::legend(&mut body, (0.0, 0.0), INNER, &names, super::Key::Pattern);
    let step = if rows.len() > 60 { 16.0 } else { 20.0 };
    let top = head + 26.0;
    let bottom = top + step * rows.len() as f64;
    let values: Vec<String> = rows.iter().map(|&row| ranked.printed(row)).collect();
    let names = || rows.iter().map(|&row| ranked.name(row, language));
    let of_name = super::at_most(widest(names(), Type::Label), 190.0);
    let of_value = widest(values.iter().map(String::as_str), Type::Label);
    let (left, right) = (of_name + 10.0, INNER - of_value - 10.0);
    let of_signs = |k: usize, sign: f64| {
        parts[k].iter().filter(|x| **x * sign > 0.0).fold(0.0, |sum, x| sum + x)
    };
    let ends = (0..rows.len()).flat_map(|k| [of_signs(k, 1.0), of_signs(k, -1.0)]);
    let bounds = from_zero(ends.chain(rows.iter().map(|&row| ranked.score(row))), 5);
    let scale = Scale::new(bounds, (left, right));
    super::axis_above(&mut body, &scale, (top, bottom), 5);
    for (k, &row) in rows.iter().enumerate() {
        let y = top + step * k as f64;
        let base = y + step / 2.0 + 4.0;
        let is_chosen = scene.region == Some(ranked.region(row));
        let (letters, ink) =
            if is_chosen { (Type::Strong, "q-accent") } else { (Type::Label, "q-ink") };
        body.mark(&[("region", ranked.code(row))], &ranked.words(row, language), |body| {
            let name = shortened(ranked.name(row, language), letters, of_name + 4.0);
            body.text((0.0, base), Anchor::Start, letters, ink, &name);
            body.text((INNER, base), Anchor::End, letters, ink, &values[k]);
        });
        let (mut up, mut down) = (0.0, 0.0);
        for (at, child) in children.iter().enumerate() {
            let part = parts[k][at];
            if part.is_nan() || part == 0.0 {
                continue;
            }
            let from = if part > 0.0 { up } else { down };
            let (x, width) = (scale.at(from), scale.at(from + part) - scale.at(from));
            let code = &scene.system().node(*child).code;
            let words = format!(
                "{} · {} · {}",
                ranked.name(row, language),
                scene.node_name(*child),
                number::short(part)
            );
            body.mark(&[("region", ranked.code(row)), ("node", code)], &words, |body| {
                body.rect_patterned((x, y + 2.0), (width, step - 4.0), at);
                body.rect((x, y + 2.0), (width, step - 4.0), "q-none q-edge");
            });
            if part > 0.0 { up += part } else { down += part }
        }
        if !adds_up {
            let x = scale.at(ranked.score(row));
            body.line((x, y), (x, y + step), "q-chosen");
        }
    }
    body.line((scale.at(0.0), top), (scale.at(0.0), bottom), "q-axis");

    let mut notes = scene.cut(rows.len(), ranked.all);
    if !adds_up {
        notes.push(scene.says(text!(chart_not_a_sum)));
    }
    let largest = |k: usize| {
        let order = |a: &usize, b: &usize| parts[k][*a].total_cmp(&parts[k][*b]);
        (0..children.len()).filter(|at| !parts[k][*at].is_nan()).max_by(order)
    };
    let alternative = largest(0).map(|at| {
        let (who, part) = (ranked.name(rows[0], language), scene.node_name(children[at]));
        let adds = number::short(parts[0][at]);
        scene.says(text!(chart_most_of_first, region = who, part = part, adds = adds))
    });
    let mut columns = super::of_regions(&ranked, Some(rows), language);
    for (at, child) in children.iter().enumerate() {
        let node = scene.system().node(*child);
        let parts = &parts;
        columns = columns.number(&node.code, node.name(language.tag()), move |&k| {
            Cell::number_or_missing(parts[k][at])
        });
    }
    let table = columns.table("contributions", Reader::People, 0..rows.len());
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (INNER, bottom + 6.0),
        notes,
        alternative: alternative.into_iter().collect(),
        table,
    })
}
