//! From one score of a region to another: what each part of the methodology, or the data, adds and takes away.

use std::sync::Arc;

use quanheng_core::explanation::{Explanation, NoExplanation, Side as From, printed};
use quanheng_core::methodology::Part;
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, lines, widest};
use crate::report::chart::scale::{Scale, range};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason};
use crate::report::{Cell, Columns, Importance, Reader, explanation, number};

pub(super) const KIND: Kind = Kind {
    name: "waterfall",
    label: "What moves the score",
    summary: "The score of a region in one result, what each difference adds to it or takes away (exact shares), and its score in the other result.",
    needs: Need::RegionAndTwo,
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let region = scene.region.ok_or(Reason::NoRegion)?;
    let [a, b] = scene.sides.as_slice() else {
        return Err(Reason::NotTwo { found: scene.sides.len() });
    };
    let side = |side: &crate::report::chart::Side<'_>| From {
        methodology: Arc::clone(side.evaluation.methodology()),
        period: side.period,
    };
    // The study of an evaluation has the rows of its methodology only; the one with more rows has those of both.
    let study = [a, b].map(|side| side.evaluation.study());
    let study = if study[0].panel.rows() >= study[1].panel.rows() { study[0] } else { study[1] };
    let explained = Explanation::new(study, side(a), side(b)).map_err(|why| match why {
        NoExplanation::Same { .. } => Reason::Same,
        NoExplanation::Side { .. } => Reason::Unevaluated,
    })?;
    // Without what is within the shares, which is not drawn and takes long.
    let change = explained.all().into_iter().find(|change| change.region == region);
    let change = change.ok_or(Reason::RegionWithoutScore)?;
    let digits = explanation::score_digits(&explained);
    let shares: Vec<f64> = change.contributions.iter().map(|part| part.share.score).collect();
    let places: Vec<f64> = change.contributions.iter().map(|part| part.share.rank).collect();
    let is_whole = places.iter().all(|x| *x == libm::floor(*x));
    let rank_digits = if is_whole { 0 } else { 2 };
    let (total, units) = printed(change.scores.0, change.scores.1, &shares, digits as u32);
    let (moved, rank_units) =
        printed(-change.ranks.0, -change.ranks.1, &places, rank_digits as u32);
    let name = |players: &[Part]| {
        let words: Vec<&str> = players.iter().map(|part| part.word(language)).collect();
        words.join(" + ")
    };
    let names: Vec<String> = change.contributions.iter().map(|part| name(&part.players)).collect();
    let signed = |k: usize| number::signed(units[k], digits);
    let in_places = |k: usize| number::moved_part(rank_units[k], rank_digits);
    // Where the score is after each share.
    let mut at = vec![change.scores.0];
    for share in &shares {
        at.push(at[at.len() - 1] + share);
    }
    let ends = [&a.label, &b.label];
    let of_name = super::at_most(
        widest(names.iter().map(String::as_str).chain(ends.map(String::as_str)), Type::Strong),
        190.0,
    );
    let first_score = number::fixed(change.scores.0, digits);
    let last_score = number::fixed(change.scores.1, digits);
    let figures: Vec<String> =
        (0..shares.len()).map(signed).chain([first_score.clone(), last_score.clone()]).collect();
    let of_figure = widest(figures.iter().map(String::as_str), Type::Strong);
    let heads = [word!(label_score, language), word!(label_rank, language)];
    let of_rank = 84.0;
    let (left, right) = (of_name + 14.0, INNER - of_figure - of_rank - 24.0);
    let (low, high) = range(at.iter().copied().chain([change.scores.1]));
    let pad = 0.08 * (high - low);
    let scale = Scale::new((low - pad, high + pad), (left, right));
    let step = 38.0;
    let top = 32.0;
    let n = shares.len() + 2;
    let bottom = top + step * n as f64;
    let mut body = Canvas::new(scene.id);
    super::axis_above(&mut body, &scale, (top, bottom), 5);
    let (at_score, at_rank) = (INNER - of_rank, INNER);
    body.text((at_score, top - 8.0), Anchor::End, Type::Note, "q-soft", heads[0]);
    body.text((at_rank, top - 8.0), Anchor::End, Type::Note, "q-soft", heads[1]);
    let row = |k: usize| top + step * k as f64;
    for (k, name) in names.iter().enumerate() {
        let y = row(k + 1);
        let (from, to) = (scale.at(at[k]), scale.at(at[k + 1]));
        let words = format!("{name} · {} · {}", signed(k), in_places(k));
        let part = change.contributions[k].players.first().map_or("", |part| part.name());
        body.mark(&[("part", part)], &words, |body| {
            let all = lines(name, Type::Label, of_name);
            let begin = y + step / 2.0 + 4.0 - 7.0 * (all.len() as f64 - 1.0);
            for (k, line) in all.iter().enumerate() {
                let at = (of_name, begin + 14.0 * k as f64);
                body.text(at, Anchor::End, Type::Label, "q-ink", line);
            }
            let size = (to - from, step - 16.0);
            match shares[k] {
                share if share > 0.0 => body.rect((from, y + 8.0), size, "q-c0 q-edge"),
                share if share < 0.0 => {
                    body.rect((from, y + 8.0), size, "q-c5 q-edge");
                    body.rect_hatched((from, y + 8.0), size);
                }
                _ => body.line((from, y + 8.0), (from, y + step - 8.0), "q-axis"),
            }
            body.line((to, y + step - 8.0), (to, y + step + 8.0), "q-leader");
            let base = y + step / 2.0 + 4.0;
            body.text((at_score, base), Anchor::End, Type::Label, "q-ink", &signed(k));
            body.text((at_rank, base), Anchor::End, Type::Label, "q-ink", &in_places(k));
        });
    }
    let rank = |x: f64| number::rank(x);
    for (k, label, score, figure, rank) in [
        (0, ends[0], change.scores.0, &first_score, rank(change.ranks.0)),
        (n - 1, ends[1], change.scores.1, &last_score, rank(change.ranks.1)),
    ] {
        let y = row(k);
        let x = scale.at(score);
        let all = lines(label, Type::Strong, of_name);
        let begin = y + step / 2.0 + 4.0 - 7.0 * (all.len() as f64 - 1.0);
        for (k, line) in all.iter().enumerate() {
            let at = (of_name, begin + 14.0 * k as f64);
            body.text(at, Anchor::End, Type::Strong, "q-ink", line);
        }
        // A point and not a bar: the scale does not begin at zero.
        body.line((left, y + step / 2.0), (right, y + step / 2.0), "q-grid");
        body.shape((x, y + step / 2.0), 6.0, 3, "q-ink q-edge");
        if k == 0 {
            body.line((x, y + step / 2.0 + 8.0), (x, y + step + 8.0), "q-leader");
        }
        let base = y + step / 2.0 + 4.0;
        body.text((at_score, base), Anchor::End, Type::Strong, "q-ink", figure);
        body.text((at_rank, base), Anchor::End, Type::Strong, "q-ink", &rank);
    }
    let who = study.regions[region.0 as usize].name(language.tag());
    let said = text!(
        chart_waterfall,
        region = who,
        before = first_score.as_str(),
        after = last_score.as_str(),
        change = number::signed(total, digits),
        places = number::moved_part(moved, rank_digits)
    );
    let mut said = vec![scene.says(said)];
    let largest = (0..shares.len()).max_by(|&a, &b| shares[a].abs().total_cmp(&shares[b].abs()));
    said.extend(largest.map(|k| {
        scene.says(text!(chart_largest_share, part = names[k].as_str(), share = signed(k)))
    }));
    let table = Columns::<usize>::new()
        .text("part", word!(label_explained_by, language), |&k| &names[k])
        .importance(Importance::Key)
        .number("score", word!(label_score_share, language), |&k| Cell::Share {
            value: shares[k],
            text: signed(k),
        })
        .number("rank", word!(label_rank_share, language), |&k| Cell::Share {
            value: places[k],
            text: in_places(k),
        })
        .table("waterfall", Reader::People, 0..shares.len());
    let mut lead = scene.place();
    let period = |side: &crate::report::chart::Side<'_>| scene.period_name(side.period);
    lead.push(format!("{} → {}", a.label, b.label));
    // A label that states its period says it all.
    if [a, b].iter().any(|side| !side.label.contains('@')) {
        lead.push(match a.period == b.period {
            true => period(a),
            false => format!("{} → {}", period(a), period(b)),
        });
    }
    lead.retain(|part| !part.is_empty());
    Ok(Figure {
        subject: Some(who.to_owned()),
        lead,
        body,
        size: (INNER, bottom + 6.0),
        notes: vec![scene.says(text!(chart_waterfall_marks))],
        alternative: said,
        table,
    })
}
