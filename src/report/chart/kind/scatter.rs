//! Scores beside something else: a covariate, or another node.

use quanheng_core::analysis::{Covariate, Source};
use quanheng_core::model::NodeId;
use quanheng_core::number::Correlation;
use quanheng_words::text;

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, width};
use crate::report::chart::scale::{Scale, range, ticks};
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, palette};
use crate::report::{Cell, Importance, Reader, number};

pub(super) const KIND: Kind = Kind {
    name: "scatter",
    label: "Scores beside something else",
    summary: "A point for each region: its score upwards, and a covariate or another node to the right.",
    needs: Need::Nothing,
    draw,
};

/// What scores are put beside.
enum Other<'a> {
    Covariate(&'a Covariate),
    Node(NodeId),
}

impl<'a> Other<'a> {
    /// What is asked for, or the first covariate, or the first part of the node.
    fn of(scene: &Scene<'a>) -> Result<Other<'a>, Reason> {
        let covariates = &scene.inputs.covariates;
        match scene.with {
            Some(code) => {
                let covariate = covariates.iter().find(|covariate| covariate.code == code);
                let node = || scene.system().find(code).map(Other::Node);
                covariate.map(Other::Covariate).or_else(node).ok_or(Reason::NoOther)
            }
            None => match covariates.first() {
                Some(covariate) => Ok(Other::Covariate(covariate)),
                None => Ok(Other::Node(*scene.children()?.first().ok_or(Reason::NoOther)?)),
            },
        }
    }

    fn name(&self, scene: &Scene<'_>) -> String {
        match self {
            Other::Node(node) => scene.node_name(*node).to_owned(),
            Other::Covariate(covariate) => {
                let name = covariate.names.get(scene.language.tag()).unwrap_or(&covariate.code);
                if covariate.log { format!("ln {name}") } else { name.to_owned() }
            }
        }
    }

    /// The figure of a row; NaN for none.
    fn at(&self, ranked: &Ranked<'_>, row: usize) -> f64 {
        let covariate = match self {
            Other::Node(node) => return ranked.score_at(*node, row),
            Other::Covariate(covariate) => covariate,
        };
        let study = ranked.evaluation.study();
        let value = match &covariate.source {
            Source::Data(column) => {
                study.columns.get(column).and_then(|column| column.values().get(row).copied())
            }
            Source::Regions(column) => study.number_of(ranked.region(row), column),
        };
        match value.unwrap_or(f64::NAN) {
            x if covariate.log && x > 0.0 => libm::log(x),
            _ if covariate.log => f64::NAN,
            x => x,
        }
    }
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let other = Other::of(scene)?;
    let classes = scene.classes();
    let points: Vec<(usize, f64, f64)> = ranked
        .rows
        .iter()
        .map(|&row| (row, other.at(&ranked, row), ranked.score(row)))
        .filter(|(_, x, y)| x.is_finite() && y.is_finite())
        .collect();
    let n = points.len();
    if n < 2 {
        return Err(Reason::TooFew { n, least: 2 });
    }
    let mut body = Canvas::new(scene.id);
    let names: Vec<String> = classes
        .iter()
        .flat_map(|classes| classes.names.iter().map(|name| (*name).to_owned()))
        .collect();
    let mut top = super::legend(&mut body, (0.0, 0.0), INNER, &names, super::Key::Shape);
    let axis_y = scene.node_name(scene.node());
    top += 18.0;
    body.text((0.0, top - 6.0), Anchor::Start, Type::Note, "q-soft", &format!("↑ {axis_y}"));
    let (left, right, height) = (52.0, INNER - 8.0, 440.0);
    let bottom = top + height;
    let padded = |figures: Vec<f64>| {
        let (low, high) = range(figures);
        let pad = 0.06 * (high - low);
        (low - pad, high + pad)
    };
    let of_x = padded(points.iter().map(|p| p.1).collect());
    let of_y = padded(points.iter().map(|p| p.2).collect());
    let (x, y) = (Scale::new(of_x, (left, right)), Scale::new(of_y, (bottom, top)));
    super::axis_left(&mut body, &y, (left, right), 6);
    let ticks = ticks(of_x, 7);
    for tick in &ticks.at {
        let at = x.at(*tick);
        body.line((at, top), (at, bottom), "q-grid");
        let words = number::fixed(*tick, ticks.digits);
        body.text((at, bottom + 15.0), Anchor::Middle, Type::Note, "q-soft", &words);
    }
    let below = format!("{} →", other.name(scene));
    body.text((right, bottom + 32.0), Anchor::End, Type::Note, "q-soft", &below);
    let places: Vec<(f64, f64)> = points.iter().map(|p| (x.at(p.1), y.at(p.2))).collect();
    let chosen = |k: usize| scene.region == Some(ranked.region(points[k].0));
    let name = |k: usize| ranked.name(points[k].0, language);
    let class_of = |k: usize| {
        let of = classes.as_ref().and_then(|c| c.of.get(&ranked.region(points[k].0).0));
        of.copied()
    };
    let labels = labels(&places, (left, top, right, bottom), &name, &chosen);
    for k in 0..n {
        let (row, of_x, _) = points[k];
        let mut words = format!(
            "{} · {} {}",
            ranked.words(row, language),
            other.name(scene),
            number::short(of_x)
        );
        let class = class_of(k);
        if let (Some(at), Some(classes)) = (class, &classes) {
            words.push_str(&format!(" · {}", classes.names[at]));
        }
        let (shape, look) = match (chosen(k), class, classes.is_some()) {
            (true, class, _) => (class.unwrap_or(0), "q-accent q-edge".to_owned()),
            (_, Some(class), _) => (class, format!("{} q-axis q-rim", palette::kind(class))),
            (_, None, true) => (0, "q-plain q-axis q-rim".to_owned()),
            (_, None, false) => (0, "q-c0 q-edge".to_owned()),
        };
        body.mark(&[("region", ranked.code(row))], &words, |body| {
            body.shape(places[k], if chosen(k) { 6.0 } else { 4.4 }, shape, &look);
            if let Some((at, anchor)) = labels[k] {
                let (letters, ink) = match chosen(k) {
                    true => (Type::Strong, "q-accent"),
                    false => (Type::Small, "q-ink"),
                };
                body.text(at, anchor, letters, ink, name(k));
            }
        });
    }
    let xs: Vec<f64> = points.iter().map(|p| p.1).collect();
    let ys: Vec<f64> = points.iter().map(|p| p.2).collect();
    let found = Correlation::Pearson.test(&xs, &ys);
    let mut lead = scene.about(n);
    let mut alternative = Vec::new();
    if let Some(found) = found {
        let r = number::fixed(found.coefficient, 2);
        lead.push(format!("r = {r}, p = {}", number::p_value(found.p)).replace("= <", "< "));
        let other = other.name(scene);
        alternative.push(scene.says(text!(chart_correlation, other = other, r = r)));
    }
    let unnamed = labels.iter().filter(|label| label.is_none()).count();
    let mut notes = scene.cut(ranked.rows.len(), ranked.all);
    if unnamed > 0 {
        notes.push(scene.says(text!(chart_unnamed, n = unnamed)));
    }
    if n < ranked.rows.len() {
        let left_out = ranked.rows.len() - n;
        notes.push(scene.says(text!(chart_without_other, n = left_out, other = other.name(scene))));
    }
    let table = super::of_regions(&ranked, None, language)
        .number("other", other.name(scene), |&row| Cell::number(other.at(&ranked, row)))
        .text("class", classes.as_ref().map_or("", |c| c.name.as_str()), |&row| {
            let classes = classes.as_ref()?;
            Some(classes.names[*classes.of.get(&ranked.region(row).0)?])
        })
        .importance(Importance::Usual)
        .only_if(classes.is_some())
        .table("scatter", Reader::People, points.iter().map(|p| p.0));
    Ok(Figure {
        subject: None,
        lead,
        body,
        size: (INNER, bottom + 40.0),
        notes,
        alternative,
        table,
    })
}

/// Where a name begins or ends.
type Label = Option<((f64, f64), Anchor)>;

/// A place for the name of each point where it lies on no other name and no point, the chosen ones first; none where there
/// is no such place.
fn labels<'n>(
    places: &[(f64, f64)],
    (left, top, right, bottom): (f64, f64, f64, f64),
    name: &dyn Fn(usize) -> &'n str,
    chosen: &dyn Fn(usize) -> bool,
) -> Vec<Label> {
    let mut found: Vec<Label> = vec![None; places.len()];
    let mut taken: Vec<(f64, f64, f64, f64)> = Vec::new();
    let order =
        (0..places.len()).filter(|&k| chosen(k)).chain((0..places.len()).filter(|&k| !chosen(k)));
    for k in order {
        let (x, y) = places[k];
        let letters = if chosen(k) { Type::Strong } else { Type::Small };
        let wide = width(name(k), letters);
        let tall = letters.size();
        let tries = [
            ((x + 8.0, y + 3.5), Anchor::Start),
            ((x - 8.0, y + 3.5), Anchor::End),
            ((x, y - 8.0), Anchor::Middle),
            ((x, y + tall + 6.0), Anchor::Middle),
            ((x + 6.0, y - 6.0), Anchor::Start),
            ((x - 6.0, y - 6.0), Anchor::End),
            ((x + 6.0, y + tall + 3.0), Anchor::Start),
            ((x - 6.0, y + tall + 3.0), Anchor::End),
        ];
        for ((at, base), anchor) in tries {
            let from = match anchor {
                Anchor::Start => at,
                Anchor::Middle => at - wide / 2.0,
                Anchor::End => at - wide,
            };
            let room = (from - 1.0, base - 0.85 * tall, from + wide + 1.0, base + 0.25 * tall);
            let is_inside = room.0 >= left && room.2 <= right && room.1 >= top && room.3 <= bottom;
            let apart = |other: &(f64, f64, f64, f64)| {
                room.2 < other.0 || other.2 < room.0 || room.3 < other.1 || other.3 < room.1
            };
            let is_free_of_points = places.iter().all(|&(px, py)| {
                apart(&(px - 5.0, py - 5.0, px + 5.0, py + 5.0)) || (px, py) == (x, y)
            });
            if is_inside && is_free_of_points && taken.iter().all(apart) {
                taken.push(room);
                found[k] = Some(((at, base), anchor));
                break;
            }
        }
    }
    found
}
