//! The tree of an index as rings: each node takes as much of the circle as its weight in the whole.

use std::f64::consts::PI;

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, lines, shortened};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, palette};

use super::icicle::{Part, Parts};

pub(super) const KIND: Kind = Kind {
    name: "sunburst",
    label: "Tree and weights as rings",
    summary: "The tree of the index as rings around the index: each node takes as much of the circle as its weight in the whole; with a region, the darker the higher its score.",
    needs: Need::Nothing,
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let tree = Parts::of(scene)?;
    let radius = INNER / 2.0 - 4.0;
    let (cx, cy) = (INNER / 2.0, radius + 4.0);
    // The centre takes less than a ring, and leaves, whose names are longest, take more.
    let unit = radius / (0.5 + 0.85 * (tree.depth - 1) as f64 + 1.5);
    let (centre, ring) = (0.5 * unit, 0.85 * unit);
    let mut body = Canvas::new(scene.id);
    for (k, part) in tree.parts.iter().enumerate() {
        let class = &tree.classes[k];
        let ink = match class.as_str() {
            "q-plain" | "q-pale" => "q-ink".to_owned(),
            class => palette::ink_on(class),
        };
        let code = &scene.system().node(part.node).code;
        let name = scene.node_name(part.node);
        body.mark(&[("node", code)], &tree.words[k], |body| {
            if part.level == 0 {
                body.circle((cx, cy), centre, &format!("{class} q-edge"));
                let words = lines(name, Type::Note, 1.6 * centre);
                let top = cy - (words.len() as f64 / 2.0 - 0.8) * 13.0;
                for (k, line) in words.iter().enumerate() {
                    let at = (cx, top + 13.0 * k as f64);
                    body.text(at, Anchor::Middle, Type::Note, &ink, line);
                }
                return;
            }
            let inner = centre + ring * (part.level - 1) as f64;
            if part.to - part.from < 1e-9 {
                return;
            }
            let is_leaf = scene.system().node(part.node).children.is_empty();
            let outer = if is_leaf { radius } else { inner + ring };
            let slice = sector((cx, cy), (inner, outer), (part.from, part.to));
            body.path(&slice, &format!("{class} q-edge"));
            label(body, name, &tree.note(k), part, (cx, cy), (inner, outer), &ink);
        });
    }
    let mut bottom = 2.0 * radius + 10.0;
    if tree.scores.is_some() {
        bottom += 8.0;
        bottom += super::places(&mut body, (0.0, bottom), scene.language);
    }
    Ok(tree.figure(body, (INNER, bottom)))
}

/// The point at a share of the circle, which begins at the top and goes clockwise.
fn point((cx, cy): (f64, f64), radius: f64, share: f64) -> (f64, f64) {
    let (sin, cos) = libm::sincos(2.0 * PI * share);
    (cx + radius * sin, cy - radius * cos)
}

/// A piece of a ring.
fn sector(centre: (f64, f64), (inner, outer): (f64, f64), (from, to): (f64, f64)) -> Path {
    // An arc cannot come back to where it begins.
    let to = if to - from > 0.9999 { from + 0.9999 } else { to };
    let is_large = to - from > 0.5;
    let a = point(centre, outer, from);
    let b = point(centre, outer, to);
    let c = point(centre, inner, to);
    let d = point(centre, inner, from);
    Path::from(a.0, a.1)
        .arc(outer, is_large, true, b.0, b.1)
        .to(c.0, c.1)
        .arc(inner, is_large, false, d.0, d.1)
        .close()
}

/// A name in a piece of a ring: along the radius where the piece is narrow, across it where it is wide, or not at all.
fn label(
    body: &mut Canvas,
    name: &str,
    figure: &str,
    part: &Part,
    centre: (f64, f64),
    (inner, outer): (f64, f64),
    ink: &str,
) {
    let middle = (part.from + part.to) / 2.0;
    let across = 2.0 * PI * (part.to - part.from) * (inner + outer) / 2.0;
    let deep = outer - inner - 10.0;
    let degrees = 360.0 * middle;
    if across >= 1.3 * deep {
        // Wide: lines that stand upright in the middle of the piece.
        let room = deep * 0.98;
        let (x, y) = point(centre, (inner + outer) / 2.0, middle);
        let mut all = lines(name, Type::Note, room);
        if all.len() > 4 {
            let rest = all.split_off(3).join(" ");
            all.push(shortened(&rest, Type::Note, room));
        }
        all.push(figure.to_owned());
        let top = y - (all.len() as f64 / 2.0 - 0.8) * 12.6;
        for (k, line) in all.iter().enumerate() {
            let at = (x, top + 12.6 * k as f64);
            body.text(at, Anchor::Middle, Type::Note, ink, line);
        }
        return;
    }
    let narrowest = 2.0 * PI * (part.to - part.from) * inner;
    if narrowest < 9.5 {
        return;
    }
    // Along the radius, so that it is read from the left on both sides of the circle.
    let is_left = middle > 0.5;
    let turn = if is_left { degrees + 90.0 } else { degrees - 90.0 };
    let all: Vec<String> = match narrowest >= 27.0 {
        true => {
            let mut all = lines(name, Type::Small, deep);
            let most = (libm::floor(narrowest / 12.0) as usize).saturating_sub(1);
            if all.len() > most {
                let rest = all.split_off(most.saturating_sub(1)).join(" ");
                all.push(shortened(&rest, Type::Small, deep));
            }
            all.push(figure.to_owned());
            all
        }
        false => vec![shortened(name, Type::Small, deep)],
    };
    let (sin, cos) = super::super::canvas::turned(turn);
    let (x, y) = point(centre, (inner + outer) / 2.0, middle);
    for (k, line) in all.iter().enumerate() {
        // The middle of the lines lies on the radius; letters reach about a third of their height above the middle.
        let down = (k as f64 - (all.len() as f64 - 1.0) / 2.0) * 11.5 + 3.4;
        let at = (x - down * sin, y + down * cos);
        body.text_turned(at, Anchor::Middle, Type::Small, ink, line, turn);
    }
}
