//! How the parts of an index go together: the correlation of each pair.

use quanheng_core::coherence::{NEGATIVE, REDUNDANT, Scores, WEAK};
use quanheng_core::model::NodeId;
use quanheng_core::number::{Correlation, CorrelationMatrix};
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, min, palette};
use crate::report::{Columns, Importance, Reader, number};

pub(super) const KIND: Kind = Kind {
    name: "correlation",
    label: "Correlations",
    summary: "The correlation (Pearson) of each pair of parts of the index over the regions, blue above zero and orange with hatching below.",
    needs: Need::Nothing,
    draw,
};

/// The most nodes whose pairs are drawn.
const MOST: usize = 120;

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let whole = Scene { top: None, ..scene.clone() };
    let ranked = whole.ranked()?;
    let system = scene.system();
    let children = scene.children()?;
    let nodes: Vec<NodeId> = match scene.leaves {
        true => system.leaves_below(scene.node()),
        false => [scene.node()].into_iter().chain(children.iter().copied()).collect(),
    };
    let n = nodes.len();
    if n < 2 {
        return Err(Reason::TooFew { n, least: 2 });
    }
    if n > MOST {
        return Err(Reason::TooManyParts { n, most: MOST });
    }
    let rows: Vec<usize> = ranked.slice.rows.clone().collect();
    let scores = Scores::new(ranked.evaluation, &rows);
    let columns: Vec<&[f64]> = nodes.iter().map(|&node| scores.of(node)).collect();
    let matrix = CorrelationMatrix::new(&columns, Correlation::Pearson);
    let name = |k: usize| system.node(nodes[k]).name(language.tag());
    let numbers: Vec<String> = (1..=n).map(|k| k.to_string()).collect();
    let of_number = widest(numbers.iter().map(String::as_str), Type::Label) + 8.0;
    let of_name = super::at_most(widest((0..n).map(name), Type::Label), 230.0);
    let left = of_number + of_name + 10.0;
    let cell = min(46.0, (INNER - left) / n as f64);
    let is_small = cell < 13.0;
    let letters = if is_small { Type::Small } else { Type::Label };
    let row = super::super::max(cell, if n > 40 { 11.5 } else { 14.0 });
    let top = 22.0;
    let bottom = top + row * n as f64;
    let mut body = Canvas::new(scene.id);
    let every = if cell < 13.0 { 5 } else { 1 };
    for k in 0..n {
        let y = top + row * (k as f64 + 0.5) + 4.0;
        let code = &system.node(nodes[k]).code;
        body.mark(&[("node", code)], name(k), |body| {
            body.text((of_number - 8.0, y), Anchor::End, letters, "q-soft", &numbers[k]);
            let short = shortened(name(k), letters, of_name + 4.0);
            body.text((of_number, y), Anchor::Start, letters, "q-ink", &short);
            if (k + 1) % every == 0 || k == 0 {
                let x = left + cell * (k as f64 + 0.5);
                body.text((x, top - 7.0), Anchor::Middle, letters, "q-soft", &numbers[k]);
            }
        });
    }
    let mut pairs = Vec::new();
    // Cells of a large matrix are drawn by colour, since thousands of elements would make a page slow.
    let is_large = n > 20;
    let mut by_class: Vec<(String, Vec<(f64, f64)>)> = Vec::new();
    let mut hatched = Vec::new();
    for i in 0..n {
        for j in 0..=i {
            let (x, y) = (left + cell * j as f64, top + row * i as f64);
            if i == j {
                body.rect((x, y), (cell, row), "q-plain q-edge");
                continue;
            }
            let found = matrix.coefficient(i, j);
            pairs.push((i, j, found));
            let class = found.map_or("q-pale".to_owned(), |r| format!("q-d{}", palette::side(r)));
            // A small negative coefficient needs no warning.
            let is_hatched = found.is_some_and(|r| r <= -0.1);
            if is_large {
                hatched.extend(is_hatched.then_some((x, y)));
                match by_class.iter_mut().find(|(own, _)| *own == class) {
                    Some((_, places)) => places.push((x, y)),
                    None => by_class.push((class, vec![(x, y)])),
                }
                continue;
            }
            let printed = found.map_or("–".to_owned(), |r| number::fixed(r, 2));
            let words = format!("{} · {} · {printed}", name(i), name(j));
            let code = |k: usize| system.node(nodes[k]).code.as_str();
            body.mark(&[("node", code(i)), ("other", code(j))], &words, |body| {
                body.rect((x, y), (cell, row), &format!("{class} q-edge"));
                if is_hatched {
                    body.rect_hatched((x, y), (cell, row));
                }
                if cell >= 31.0 && row >= 14.0 {
                    let ink = match found {
                        Some(_) => palette::ink_on(&class),
                        None => "q-soft".to_owned(),
                    };
                    let at = (x + cell / 2.0, y + row / 2.0 + 3.6);
                    body.text(at, Anchor::Middle, Type::Small, &ink, &printed);
                }
            });
        }
    }
    for (class, places) in &by_class {
        body.path(&Path::boxes(places, (cell, row)), &format!("{class} q-edge"));
    }
    if !hatched.is_empty() {
        body.hatch(&Path::boxes(&hatched, (cell, row)));
    }
    // The scale stands in the empty half.
    let mut below = bottom + 14.0;
    let wide = 40.0;
    for side in 0..9 {
        let x = of_number + wide * side as f64;
        body.rect((x, below), (wide, 11.0), &format!("q-d{side} q-axis q-rim"));
        if side < 4 {
            body.rect_hatched((x, below), (wide, 11.0));
        }
    }
    for (edge, words) in [(0.0, "−1"), (4.5, "0"), (9.0, "1")] {
        let at = (of_number + wide * edge, below + 23.0);
        body.text(at, Anchor::Middle, Type::Small, "q-soft", words);
    }
    below += 30.0;
    let known = || pairs.iter().filter_map(|&(i, j, r)| Some((i, j, r?)));
    let negative = known().filter(|(.., r)| *r <= NEGATIVE).count();
    let redundant = known().filter(|(.., r)| *r > REDUNDANT).count();
    let weak = known().filter(|(.., r)| *r < WEAK && *r > NEGATIVE).count();
    let said = text!(
        chart_correlations,
        n = pairs.len(),
        weak = weak,
        negative = negative,
        redundant = redundant
    );
    let mut lead = scene.about(ranked.all);
    if scene.leaves {
        lead.push(scene.says(text!(chart_count_leaves, n = n)));
    }
    let table = Columns::<(usize, usize, Option<f64>)>::new()
        .text("a", word!(label_node, language), |&(_, j, _)| name(j))
        .importance(Importance::Key)
        .text("b", word!(chart_other_node, language), |&(i, ..)| name(i))
        .importance(Importance::Key)
        .number("r", "r", |&(.., r)| r.map(crate::report::Cell::number))
        .digits(2)
        .table("correlation", Reader::People, pairs.iter().copied());
    Ok(Figure {
        subject: None,
        lead,
        body,
        size: (INNER, below),
        notes: Vec::new(),
        alternative: vec![scene.says(said)],
        table,
    })
}
