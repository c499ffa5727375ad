//! The parts of an index around a centre: a region beside the mean of its group.

use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path, turned};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, lines, shortened, width};
use crate::report::chart::scale::{Scale, from_zero, ticks};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, max};
use crate::report::{Cell, Columns, Importance, Reader, number, ranking};

use super::profile::{Standing, standings};

pub(super) const KIND: Kind = Kind {
    name: "radar",
    label: "Radar",
    summary: "The scores of a region at the parts of the index as a polygon around a centre, beside the means of its group.",
    needs: Need::Region,
    draw,
};

/// With fewer axes there is no area, and more cannot be told from each other.
const AXES: (usize, usize) = (3, 16);

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let row = scene.row(&ranked)?;
    let children = scene.children()?;
    let (standings, beside) = standings(scene, &ranked, row, children);
    let n = standings.len();
    if n < AXES.0 {
        return Err(Reason::TooFew { n, least: AXES.0 });
    }
    if n > AXES.1 {
        return Err(Reason::TooManyParts { n, most: AXES.1 });
    }
    let mean = |s: &Standing| s.class.as_ref().unwrap_or(&s.place).mean.unwrap_or(f64::NAN);
    let figures = standings.iter().flat_map(|s| [s.score, mean(s)]);
    let highest =
        children.iter().flat_map(|&node| ranked.slice.rows.clone().map(move |row| (node, row)));
    let highest = highest.map(|(node, row)| ranked.score_at(node, row));
    let bounds = from_zero(figures.chain(highest), 5);
    let radius = 190.0;
    let (cx, cy) = (INNER / 2.0, radius + 52.0);
    let scale = Scale::new(bounds, (0.0, radius));
    let point = |k: usize, r: f64| {
        let (sin, cos) = turned(360.0 * k as f64 / n as f64);
        (cx + r * sin, cy - r * cos)
    };
    let polygon = |at: &dyn Fn(usize) -> f64| {
        let first = point(0, at(0));
        let path = (1..n).fold(Path::from(first.0, first.1), |path, k| {
            let (x, y) = point(k, at(k));
            path.to(x, y)
        });
        path.close()
    };
    let mut body = Canvas::new(scene.id);
    let rings = ticks(bounds, 5);
    for ring in &rings.at {
        body.path(&polygon(&|_| scale.at(*ring)), "q-none q-grid");
    }
    for k in 0..n {
        let end = point(k, radius);
        body.line((cx, cy), end, "q-grid");
    }
    let or_centre = |x: f64| if x.is_nan() { 0.0 } else { max(scale.at(x), 0.0) };
    let words = format!("{beside} · {}", word!(chart_mean, language));
    body.mark(&[], &words, |body| {
        let means = polygon(&|k| or_centre(mean(&standings[k])));
        body.path(&means, "q-none q-chosen q-dash");
    });
    let region = ranked.name(row, language);
    let own = polygon(&|k| or_centre(standings[k].score));
    body.mark(&[("region", ranked.code(row))], region, |body| {
        body.path(&own, "q-c0 q-veil");
        body.path(&own, "q-l0 q-bold");
    });
    let printed = |k: usize| ranked.printed_at(standings[k].node, row);
    for (k, standing) in standings.iter().enumerate() {
        let (x, y) = point(k, or_centre(standing.score));
        let name = scene.node_name(standing.node);
        let digits = ranking::digits(ranked.evaluation, standing.node);
        let mean = match mean(standing) {
            mean if mean.is_nan() => "–".to_owned(),
            mean => number::fixed(mean, digits),
        };
        let words = format!("{name} · {region} {} · {beside} {mean}", printed(k));
        let code = &scene.system().node(standing.node).code;
        body.mark(&[("node", code), ("region", ranked.code(row))], &words, |body| {
            body.circle((x, y), 4.0, "q-c0 q-edge");
        });
        let (sin, cos) = turned(360.0 * k as f64 / n as f64);
        let (x, y) = point(k, radius + 14.0);
        let anchor = match sin {
            sin if sin > 0.08 => Anchor::Start,
            sin if sin < -0.08 => Anchor::End,
            _ => Anchor::Middle,
        };
        let room = if anchor == Anchor::Middle { 300.0 } else { INNER / 2.0 - radius - 20.0 };
        let mut all = lines(name, Type::Label, room);
        if all.len() > 2 {
            let rest = all.split_off(1).join(" ");
            all.push(shortened(&rest, Type::Label, room));
        }
        all.push(format!("{} / {mean}", printed(k)));
        let height = 15.0 * all.len() as f64;
        // Above the centre lines end at the point, below it they begin there.
        let begin = y - height * (1.0 + cos) / 2.0 + 11.0;
        for (line, words) in all.iter().enumerate() {
            let letters = if line + 1 == all.len() { Type::Note } else { Type::Label };
            let ink = if line + 1 == all.len() { "q-soft" } else { "q-ink" };
            body.text((x, begin + 15.0 * line as f64), anchor, letters, ink, words);
        }
    }
    // Figures of the rings stand between the first two axes, where no line is.
    for ring in rings.at.iter().skip(1) {
        let (sin, cos) = turned(180.0 / n as f64);
        let r = scale.at(*ring) * libm::cos(std::f64::consts::PI / n as f64);
        let words = number::fixed(*ring, rings.digits);
        let at = (cx + r * sin, cy - r * cos + 3.0);
        // A line behind a figure would make it hard to read.
        let wide = width(&words, Type::Small) + 2.0;
        body.rect((at.0 - wide / 2.0, at.1 - 8.0), (wide, 10.0), "q-paper");
        body.text(at, Anchor::Middle, Type::Small, "q-soft", &words);
    }
    let lowest = (0..n).map(|k| point(k, radius).1).fold(cy, max);
    let bottom = lowest + 74.0;
    body.line(
        (INNER / 2.0 - 180.0, bottom - 4.0),
        (INNER / 2.0 - 156.0, bottom - 4.0),
        "q-l0 q-bold",
    );
    body.text(
        (INNER / 2.0 - 150.0, bottom),
        Anchor::Start,
        Type::Label,
        "q-ink",
        &shortened(region, Type::Label, 160.0),
    );
    body.line(
        (INNER / 2.0 + 20.0, bottom - 4.0),
        (INNER / 2.0 + 44.0, bottom - 4.0),
        "q-chosen q-dash",
    );
    body.text(
        (INNER / 2.0 + 50.0, bottom),
        Anchor::Start,
        Type::Label,
        "q-ink",
        &shortened(&words, Type::Label, 300.0),
    );

    let above = standings.iter().filter(|s| s.score > mean(s)).count();
    let said = text!(chart_above_mean, region = region, above = above, n = n, beside = &beside);
    let table = Columns::<usize>::new()
        .text("code", word!(label_code, language), |&k| {
            &scene.system().node(standings[k].node).code
        })
        .importance(Importance::Detail)
        .text("name", word!(label_name, language), |&k| scene.node_name(standings[k].node))
        .importance(Importance::Key)
        .number("score", region, |&k| Cell::Share { value: standings[k].score, text: printed(k) })
        .number("mean", words.clone(), |&k| Cell::number_or_missing(mean(&standings[k])))
        .digits(children.iter().map(|&c| ranking::digits(ranked.evaluation, c)).max().unwrap_or(2))
        .table("radar", Reader::People, 0..n);
    Ok(Figure {
        subject: Some(region.to_owned()),
        lead: scene.about(ranked.all),
        body,
        size: (INNER, bottom + 8.0),
        notes: Vec::new(),
        alternative: vec![scene.says(said)],
        table,
    })
}
