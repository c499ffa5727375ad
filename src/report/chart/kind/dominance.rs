//! Which regions are better than which others in every part: a graph from the best to the worst (Hasse diagram).

use quanheng_core::coherence::{Order, order};
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, width};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, max};
use crate::report::{Importance, Reader, joined};

pub(super) const KIND: Kind = Kind {
    name: "dominance",
    label: "Who is better in every part",
    summary: "A line down from a region to each next one that it is at least as good as in every part of the index, and better in one: whatever the weights, it is ahead.",
    needs: Need::Nothing,
    draw,
};

/// The most regions that are drawn.
const MOST: usize = 80;

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let children = scene.children()?;
    let better = |row: usize| -> Vec<f64> {
        let one = |&child: &quanheng_core::model::NodeId| {
            let sign = ranked.evaluation.better(child).sign();
            sign * ranked.score_at(child, row)
        };
        children.iter().map(one).collect()
    };
    let rows: Vec<usize> = ranked
        .rows
        .iter()
        .copied()
        .filter(|&row| better(row).iter().all(|x| !x.is_nan()))
        .collect();
    let n = rows.len();
    if n > MOST {
        return Err(Reason::TooMany { n, most: MOST });
    }
    if n < 2 {
        return Err(Reason::TooFew { n, least: 2 });
    }
    let profiles: Vec<Vec<f64>> = rows.iter().map(|&row| better(row)).collect();
    let Order { levels, covers, pairs } = order(&profiles);
    let depth = levels.iter().copied().max().unwrap_or(0);
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); depth + 1];
    (0..n).for_each(|k| layers[levels[k]].push(k));
    untangle(&mut layers, &covers, n);
    let name = |k: usize| ranked.name(rows[k], language);
    let of_name = |k: usize| super::at_most(width(name(k), Type::Label), 130.0) + 16.0;
    let wide = |layer: &Vec<usize>| {
        layer.iter().fold(0.0, |sum, &k| sum + of_name(k)) + 14.0 * (layer.len() - 1) as f64
    };
    let across = layers.iter().map(wide).fold(INNER, max);
    let step = 62.0;
    let mut places = vec![(0.0, 0.0); n];
    for (at, layer) in layers.iter().enumerate() {
        // A layer with few names is spread out, so that lines do not lie on each other.
        let spare = (across - wide(layer)) / (layer.len() + 1) as f64;
        let mut x = spare;
        for &k in layer {
            places[k] = (x + of_name(k) / 2.0, 14.0 + step * at as f64);
            x += of_name(k) + 14.0 + spare;
        }
        let over = x - 14.0 - across;
        if over > 0.0 {
            // Rounding aside, nothing is beyond the edge.
            layer.iter().for_each(|&k| places[k].0 -= over);
        }
    }
    let mut body = Canvas::new(scene.id);
    let (mut others, mut chosen) = (Path::default(), Path::default());
    for &(above, below) in &covers {
        let (a, b) = (places[above], places[below]);
        let of = [rows[above], rows[below]].map(|row| Some(ranked.region(row)));
        let is_chosen = of.contains(&scene.region) && scene.region.is_some();
        let line = if is_chosen { &mut chosen } else { &mut others };
        *line = std::mem::take(line).jump(a.0, a.1 + 10.0).to(b.0, b.1 - 10.0);
    }
    for (lines, class) in [(others, "q-none q-leader"), (chosen, "q-up")] {
        if lines != Path::default() {
            body.path(&lines, class);
        }
    }
    let next = |k: usize| -> Vec<String> {
        covers.iter().filter(|c| c.0 == k).map(|c| name(c.1).to_owned()).collect()
    };
    for k in 0..n {
        let (x, y) = places[k];
        let is_chosen = scene.region == Some(ranked.region(rows[k]));
        let words = ranked.words(rows[k], language);
        let size = of_name(k);
        body.mark(&[("region", ranked.code(rows[k]))], &words, |body| {
            let class = if is_chosen { "q-c0 q-edge" } else { "q-plain q-edge" };
            body.rect((x - size / 2.0, y - 10.0), (size, 20.0), class);
            let ink = if is_chosen { "q-onc0" } else { "q-ink" };
            let short = shortened(name(k), Type::Label, size - 8.0);
            body.text((x, y + 4.2), Anchor::Middle, Type::Label, ink, &short);
        });
    }
    let all = n * (n - 1) / 2;
    let share = crate::report::number::percent(pairs as f64 / all as f64);
    let said = text!(chart_dominance, pairs = pairs, all = all, share = share.as_str());
    let free: Vec<quanheng_words::Text> =
        layers[0].iter().take(12).map(|&k| quanheng_words::Text::plain(name(k))).collect();
    let alternative = [scene.says(said), scene.says(text!(chart_undominated, regions = free))];
    let mut notes = scene.cut(ranked.rows.len(), ranked.all);
    notes.push(alternative[0].clone());
    if n < ranked.rows.len() {
        notes.push(scene.says(text!(chart_incomplete, n = ranked.rows.len() - n)));
    }
    let table = super::of_regions(&ranked, None, language)
        .number("level", word!(chart_level, language), |&row| {
            rows.iter().position(|&own| own == row).map(|k| levels[k] + 1)
        })
        .text("ahead", word!(chart_ahead_of, language), |&row| {
            let k = rows.iter().position(|&own| own == row)?;
            Some(joined(&next(k), language))
        })
        .importance(Importance::Usual)
        .table("dominance", Reader::People, rows.iter().copied());
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (across, 14.0 + step * depth as f64 + 24.0),
        notes,
        alternative: vec![alternative[1].clone()],
        table,
    })
}

/// Orders each layer by the mean place of the neighbours in the layers beside it, a few times down and up.
fn untangle(layers: &mut [Vec<usize>], covers: &[(usize, usize)], n: usize) {
    let mut place = vec![0.0; n];
    let settle = |layers: &[Vec<usize>], place: &mut [f64]| {
        for layer in layers {
            for (at, &k) in layer.iter().enumerate() {
                place[k] = (at as f64 + 0.5) / layer.len() as f64;
            }
        }
    };
    settle(layers, &mut place);
    for sweep in 0..8 {
        let is_down = sweep % 2 == 0;
        for at in 0..layers.len() {
            let at = if is_down { at } else { layers.len() - 1 - at };
            let wish = |k: usize| {
                let near: Vec<f64> = covers
                    .iter()
                    .filter_map(|&(above, below)| match is_down {
                        true if below == k => Some(place[above]),
                        false if above == k => Some(place[below]),
                        _ => None,
                    })
                    .collect();
                match near.len() {
                    0 => place[k],
                    m => near.iter().fold(0.0, |sum, x| sum + x) / m as f64,
                }
            };
            let wishes: Vec<(usize, f64)> = layers[at].iter().map(|&k| (k, wish(k))).collect();
            let mut order = wishes;
            quanheng_core::number::sort_items(&mut order, |a, b| {
                a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))
            });
            layers[at] = order.into_iter().map(|(k, _)| k).collect();
            settle(layers, &mut place);
        }
    }
}
