//! How many comparisons hold, the more other weights count.

use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::Type;
use crate::report::chart::scale::Scale;
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason};
use crate::report::{Cell, Columns, Importance, Reader, number, robustness};
use crate::robustness::Robustness;

pub(super) const KIND: Kind = Kind {
    name: "robust_comparisons",
    label: "Robust comparisons",
    summary: "The share of pairs of regions whose order holds for all weights within a radius: from 0, where the weights are as stated, to 1, where they may be any.",
    needs: Need::Weights,
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let exact = scene.exact()?;
    let curve = &exact.curve;
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else {
        return Err(Reason::TooFew { n: 0, least: 2 });
    };
    let (top, bottom, left, right) = (12.0, 232.0, 54.0, INNER - 24.0);
    let x = Scale::new((0.0, 1.0), (left, right));
    let y = Scale::new((0.0, 100.0), (bottom, top));
    let mut body = Canvas::new(scene.id);
    for share in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let at = y.at(share);
        body.line((left, at), (right, at), "q-grid");
        let words = format!("{}%", number::fixed(share, 0));
        body.text((left - 8.0, at + 3.5), Anchor::End, Type::Note, "q-soft", &words);
    }
    for tick in 0..=4 {
        let at = x.at(f64::from(tick) / 4.0);
        body.line((at, bottom), (at, bottom + 4.0), "q-axis");
        let words = number::fixed(f64::from(tick) / 4.0, 2);
        body.text((at, bottom + 16.0), Anchor::Middle, Type::Note, "q-soft", &words);
    }
    body.line((left, bottom), (right, bottom), "q-axis");
    let head = word!(chart_radius, language);
    let middle = (left + right) / 2.0;
    body.text((middle, bottom + 34.0), Anchor::Middle, Type::Note, "q-ink", head);
    let start = Path::from(x.at(first.radius), y.at(first.share));
    let line = curve[1..].iter().fold(start, |path, of| path.to(x.at(of.radius), y.at(of.share)));
    body.path(&line, "q-l0 q-bold");
    let points: Vec<(f64, f64)> =
        curve.iter().map(|of| (x.at(of.radius), y.at(of.share))).collect();
    body.path(&Path::diamonds(&points, 4.5), "q-c0");
    let at = |radius: f64| curve.iter().find(|of| (of.radius - radius).abs() < 1e-9);
    let quarter = at(0.25).unwrap_or(first);
    let share = |of: &Robustness| format!("{}%", number::fixed(of.share, 1));
    let said = text!(chart_robust, quarter = share(quarter), all = share(last), n = first.pairs);
    let at = robustness::open(&exact.at, ranked.evaluation, language);
    let notes = vec![scene.says(text!(chart_radius_is)), scene.says(text!(chart_exact, at = at))];
    let table = Columns::<&Robustness>::new()
        .number("radius", head, |of| Cell::number(of.radius))
        .importance(Importance::Key)
        .digits(2)
        .number("pairs", word!(chart_pairs, language), |of| of.pairs)
        .number("robust", word!(chart_robust_pairs, language), |of| of.robust)
        .number("share", "%", |of| Cell::number(of.share))
        .digits(1)
        .table("robust_comparisons", Reader::People, curve);
    Ok(Figure {
        subject: None,
        lead: scene.about(exact.n),
        body,
        size: (INNER, bottom + 42.0),
        notes,
        alternative: vec![scene.says(said)],
        table,
    })
}
