//! The tree of an index from left to right: each node is as high as its weight in the whole.

use quanheng_core::model::NodeId;
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, lines, shortened};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, max, min, palette};
use crate::report::{Cell, Columns, Importance, Reader, Table, number};

pub(super) const KIND: Kind = Kind {
    name: "icicle",
    label: "Tree and weights",
    summary: "The tree of the index from left to right: each node is as high as its weight in the whole; with a region, the darker the higher its score.",
    needs: Need::Nothing,
    draw,
};

/// A node of the tree, and the share of the whole that it takes.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) node: NodeId,
    /// How many levels below the node that is shown.
    pub(super) level: usize,
    /// Where its share begins, from 0 to 1.
    pub(super) from: f64,
    /// Where it ends.
    pub(super) to: f64,
    /// Below which child of the node that is shown it is.
    pub(super) branch: usize,
}

/// What the trees share: the parts, and the words for them.
pub(super) struct Parts {
    pub(super) parts: Vec<Part>,
    /// How many levels there are below the node that is shown.
    pub(super) depth: usize,
    /// The class of each part.
    pub(super) classes: Vec<String>,
    /// The region's score at each part, as it is printed.
    pub(super) scores: Option<Vec<String>>,
    /// What a pointer on each part shows.
    pub(super) words: Vec<String>,
    pub(super) table: Table,
    pub(super) lead: Vec<String>,
    pub(super) subject: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) alternative: Vec<String>,
}

impl Parts {
    /// The nodes at and below the one that is shown, each before its children.
    pub(super) fn of(scene: &Scene<'_>) -> Result<Parts, Reason> {
        let language = scene.language;
        let system = scene.system();
        let ranked = scene.ranked()?;
        scene.children()?;
        let root = scene.node();
        let weights = ranked.evaluation.effective_weights(ranked.at);
        let mut parts = Vec::new();
        place(scene, &weights, (root, 0), (0.0, 1.0), 0, &mut parts);
        let depth = parts.iter().map(|part| part.level).max().unwrap_or(0);
        let row = scene.region.map(|_| scene.row(&ranked)).transpose()?;
        let score = |part: &Part| row.map(|row| ranked.score_at(part.node, row));
        // Scores of nodes differ in kind; each has the shade of its place between the least and the greatest of its node.
        let place_of = |part: &Part| -> Option<f64> {
            let own = score(part).filter(|x| !x.is_nan())?;
            let all = ranked.slice.rows.clone().map(|row| ranked.score_at(part.node, row));
            let (low, high) = super::super::scale::range(all);
            let share = (own - low) / (high - low);
            let is_negative = ranked.evaluation.better(part.node).is_negative();
            Some(if is_negative { 1.0 - share } else { share })
        };
        let classes = parts
            .iter()
            .map(|part| match row {
                None if part.level == 0 => "q-plain".to_owned(),
                None => palette::kind(part.branch),
                Some(_) => match place_of(part) {
                    Some(share) => format!("q-s{}", palette::step(share, (0.0, 1.0))),
                    None => "q-pale".to_owned(),
                },
            })
            .collect();
        let share = |part: &Part| number::percent(part.to - part.from);
        let name = |part: &Part| scene.node_name(part.node);
        let scores: Option<Vec<String>> =
            row.map(|row| parts.iter().map(|part| ranked.printed_at(part.node, row)).collect());
        let words = parts
            .iter()
            .enumerate()
            .map(|(k, part)| {
                let mut words = vec![
                    name(part).to_owned(),
                    format!("{} {}", word!(label_weight, language), share(part)),
                ];
                words.extend(
                    scores.as_ref().map(|s| format!("{} {}", word!(label_score, language), s[k])),
                );
                words.join(" · ")
            })
            .collect();
        let (above, percents): (Vec<&str>, Vec<String>) = parts
            .iter()
            .map(|part| {
                let above = system.node(part.node).parent.filter(|_| part.level > 0);
                (above.map_or("", |above| system.node(above).code.as_str()), share(part))
            })
            .unzip();
        let table = Columns::<usize>::new()
            .text("code", word!(label_code, language), |&k| &system.node(parts[k].node).code)
            .importance(Importance::Key)
            .text("name", word!(label_name, language), |&k| name(&parts[k]))
            .importance(Importance::Key)
            .text("parent", word!(label_parent, language), |&k| above[k])
            .number("weight", word!(label_weight, language), |&k| Cell::Share {
                value: parts[k].to - parts[k].from,
                text: percents[k].clone(),
            })
            .number("score", word!(label_score, language), |&k| {
                score(&parts[k]).map(Cell::number_or_missing)
            })
            .only_if(row.is_some())
            .table("tree", Reader::People, 0..parts.len());
        let largest = parts.iter().filter(|part| part.level == 1).fold(None, |best, part| {
            let is_larger = |best: &&Part| part.to - part.from > best.to - best.from;
            if best.as_ref().is_none_or(is_larger) { Some(part) } else { best }
        });
        let alternative = largest.map(|part| {
            let (name, weight) = (name(part), share(part));
            scene.says(text!(chart_largest_weight, node = name, weight = weight))
        });
        let leaves = parts.iter().filter(|part| system.node(part.node).children.is_empty()).count();
        let mut lead = scene.about(ranked.all);
        lead.pop();
        lead.push(scene.says(text!(chart_count_leaves, n = leaves)));
        let mut notes = Vec::new();
        if row.is_some() {
            notes.push(scene.says(text!(chart_shade_of_place)));
        }
        Ok(Parts {
            depth,
            classes,
            scores,
            words,
            table,
            lead,
            subject: row.map(|row| ranked.name(row, language).to_owned()),
            notes,
            alternative: alternative.into_iter().collect(),
            parts,
        })
    }
}

/// Puts a node and everything below it into a share of the whole.
fn place(
    scene: &Scene<'_>,
    weights: &[f64],
    (node, level): (NodeId, usize),
    (from, to): (f64, f64),
    branch: usize,
    parts: &mut Vec<Part>,
) {
    parts.push(Part { node, level, from, to, branch });
    let children = &scene.system().node(node).children;
    let weight = |child: &NodeId| max(weights[child.index()], 0.0);
    let weight = |child: &NodeId| Some(weight(child)).filter(|w| w.is_finite()).unwrap_or(0.0);
    let all = children.iter().map(weight).fold(0.0, |sum, w| sum + w);
    let mut begin = from;
    for (k, child) in children.iter().enumerate() {
        let share = if all > 0.0 { weight(child) / all } else { 0.0 };
        let end = begin + share * (to - from);
        let branch = if level == 0 { k } else { branch };
        place(scene, weights, (*child, level + 1), (begin, end), branch, parts);
        begin = end;
    }
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let tree = Parts::of(scene)?;
    let leaf = |part: &&Part| scene.system().node(part.node).children.is_empty();
    let leaves: Vec<&Part> = tree.parts.iter().filter(leaf).collect();
    // High enough for a line in the smallest leaf that is not much smaller than the others.
    let mut shares: Vec<f64> = leaves.iter().map(|part| part.to - part.from).collect();
    shares.retain(|share| *share > 0.0);
    quanheng_core::number::sort(&mut shares);
    let small = shares.get(shares.len() / 20).copied().unwrap_or(1.0);
    let height = min(max(320.0, 14.0 / max(small, 1e-6)), 1500.0);
    let columns = tree.depth + 1;
    // The node that is shown has a narrow column; leaves have the widest.
    let narrow = super::at_most(120.0, INNER / columns as f64);
    let wide = (INNER - narrow) / tree.depth as f64;
    let mut body = Canvas::new(scene.id);
    for (k, part) in tree.parts.iter().enumerate() {
        let x = if part.level == 0 { 0.0 } else { narrow + wide * (part.level - 1) as f64 };
        let ends = leaf(&part) && part.level < tree.depth;
        let w = match part.level {
            0 => narrow,
            _ if ends => INNER - x,
            _ => wide,
        };
        let (y, h) = (part.from * height, (part.to - part.from) * height);
        let class = &tree.classes[k];
        let ink = match class.as_str() {
            "q-plain" | "q-pale" => "q-ink".to_owned(),
            class => palette::ink_on(class),
        };
        let code = &scene.system().node(part.node).code;
        body.mark(&[("node", code)], &tree.words[k], |body| {
            body.rect((x, y), (w, max(h, 0.4)), &format!("{class} q-edge"));
            label(body, scene.node_name(part.node), tree.note(k), (x, y), (w, h), &ink);
        });
    }
    let mut bottom = height;
    if tree.scores.is_some() {
        bottom += 14.0;
        bottom += super::places(&mut body, (0.0, bottom), scene.language);
    }
    Ok(tree.figure(body, (INNER, bottom + 4.0)))
}

impl Parts {
    /// What stands beside the name of a part: its weight, or the score of the region.
    pub(super) fn note(&self, k: usize) -> String {
        match &self.scores {
            Some(scores) => scores[k].clone(),
            None => number::percent(self.parts[k].to - self.parts[k].from),
        }
    }

    pub(super) fn figure(self, body: Canvas, size: (f64, f64)) -> Figure {
        Figure {
            subject: self.subject,
            lead: self.lead,
            body,
            size,
            notes: self.notes,
            alternative: self.alternative,
            table: self.table,
        }
    }
}

/// A name with a figure in a rectangle: in as many lines as there is room for, or shortened, or not at all.
fn label(
    body: &mut Canvas,
    name: &str,
    figure: String,
    (x, y): (f64, f64),
    (w, h): (f64, f64),
    ink: &str,
) {
    let room = w - 12.0;
    let of = if h >= 16.0 { Type::Note } else { Type::Small };
    if h < 11.5 {
        return;
    }
    let line = of.size() * 1.2;
    let most = libm::floor((h - 3.0) / line) as usize;
    let figure_width = super::width(&figure, of) + 8.0;
    let base = |first: f64, k: usize| first + of.size() * 0.82 + line * k as f64;
    if most <= 1 {
        let top = y + (h - line) / 2.0;
        let short = shortened(name, of, room - figure_width);
        body.text((x + 6.0, base(top, 0)), Anchor::Start, of, ink, &short);
        body.text((x + w - 6.0, base(top, 0)), Anchor::End, of, ink, &figure);
        return;
    }
    let mut all = lines(name, of, room);
    if all.len() >= most {
        let rest = all.split_off(most - 2 + usize::from(most == 2));
        let joined = rest.join(" ");
        all.extend((all.len() < most - 1).then(|| shortened(&joined, of, room)));
    }
    if all.len() + 1 > most {
        all.truncate(most - 1);
    }
    let top = y + (h - line * (all.len() + 1) as f64) / 2.0;
    for (k, words) in all.iter().enumerate() {
        body.text((x + 6.0, base(top, k)), Anchor::Start, of, ink, words);
    }
    body.text((x + 6.0, base(top, all.len())), Anchor::Start, of, ink, &figure);
}
