//! How scores change between two results: methodologies, or periods.

use quanheng_core::model::RegionIx;
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, spread, widest};
use crate::report::chart::scale::{Scale, range};
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, max};
use crate::report::{Cell, Columns, Importance, Reader};

pub(super) const KIND: Kind = Kind {
    name: "slope",
    label: "Scores before and after",
    summary: "A line for each region from its score in one result to its score in another: two methodologies, or the first and the last period.",
    needs: Need::Several,
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let results = super::bump::results(scene);
    let (Some(first), Some(last)) = (results.first(), results.last().filter(|_| results.len() > 1))
    else {
        return Err(Reason::OneResult);
    };
    let sides = [first.clone(), last.clone()];
    let whole = Scene { top: None, ..scene.clone() };
    let before = whole.ranked_on(&sides[0])?;
    let after = scene.ranked_on(&sides[1])?;
    // Regions of both results, by their rank in the second; the scores of each.
    let row_before =
        |region: RegionIx| before.rows.iter().copied().find(|&row| before.region(row) == region);
    let pairs: Vec<(usize, usize)> =
        after.rows.iter().filter_map(|&row| Some((row_before(after.region(row))?, row))).collect();
    if pairs.is_empty() {
        return Err(Reason::NoScores);
    }
    let gap = 15.0;
    let top = 34.0;
    let height = max(380.0, 1.5 * gap * pairs.len() as f64);
    let bottom = top + height;
    let names = || pairs.iter().map(|&(_, row)| after.name(row, language));
    let of_name = super::at_most(widest(names(), Type::Label), 150.0);
    let values = |of: &Ranked<'_>, row: usize| of.printed(row);
    let printed: Vec<[String; 2]> =
        pairs.iter().map(|&(a, b)| [values(&before, a), values(&after, b)]).collect();
    let of_value = widest(printed.iter().flatten().map(String::as_str), Type::Label);
    let lead_line = 22.0;
    let (left, right) =
        (of_name + of_value + 14.0 + lead_line, INNER - of_name - of_value - 14.0 - lead_line);
    // Both have the same scale, so that a slope means something.
    let scores = pairs.iter().flat_map(|&(a, b)| [before.score(a), after.score(b)]);
    let scale = Scale::new(range(scores), (bottom - gap / 2.0, top + gap / 2.0));
    let labels = |of: &Ranked<'_>, row: fn(&(usize, usize)) -> usize| -> Vec<f64> {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        let at = |k: usize| scale.at(of.score(row(&pairs[k])));
        quanheng_core::number::sort_by_key(&mut order, &at);
        let wanted: Vec<f64> = order.iter().map(|&k| at(k)).collect();
        let places = spread(&wanted, gap, (top + gap / 2.0, bottom - gap / 2.0));
        let mut by_pair = vec![0.0; pairs.len()];
        order.iter().zip(places).for_each(|(&k, place)| by_pair[k] = place);
        by_pair
    };
    let (left_at, right_at) = (labels(&before, |pair| pair.0), labels(&after, |pair| pair.1));

    let mut body = Canvas::new(scene.id);
    for (x, side, anchor) in [(left, &sides[0], Anchor::End), (right, &sides[1], Anchor::Start)] {
        body.line((x, top - 6.0), (x, bottom), "q-grid");
        let label = shortened(&side.label, Type::Strong, left);
        body.text((x, top - 14.0), anchor, Type::Strong, "q-ink", &label);
    }
    for (k, &(a, b)) in pairs.iter().enumerate() {
        let (from, to) = (scale.at(before.score(a)), scale.at(after.score(b)));
        let is_chosen = scene.region == Some(after.region(b));
        let class = match after.score(b) - before.score(a) {
            _ if is_chosen => "q-chosen q-bold",
            x if x > 0.0 => "q-up",
            x if x < 0.0 => "q-down",
            _ => "q-line",
        };
        let (letters, ink) =
            if is_chosen { (Type::Strong, "q-accent") } else { (Type::Label, "q-ink") };
        let name = after.name(b, language);
        let [old, new] = &printed[k];
        let words = format!("{name} · {old} → {new}");
        body.mark(&[("region", after.code(b))], &words, |body| {
            body.line((left, from), (right, to), class);
            body.circle((left, from), 2.6, "q-soft");
            body.circle((right, to), 2.6, "q-soft");
            body.line((left - 3.0, from), (left - lead_line, left_at[k]), "q-leader");
            body.line((right + 3.0, to), (right + lead_line, right_at[k]), "q-leader");
            let shown = shortened(name, letters, of_name + 4.0);
            let (at, base) = (left - lead_line - 4.0, left_at[k] + 4.0);
            body.text((at, base), Anchor::End, Type::Label, "q-soft", old);
            body.text((at - of_value - 8.0, base), Anchor::End, letters, ink, &shown);
            let (at, base) = (right + lead_line + 4.0 + of_value, right_at[k] + 4.0);
            body.text((at, base), Anchor::End, Type::Label, "q-soft", new);
            body.text((at + 8.0, base), Anchor::Start, letters, ink, &shown);
        });
    }
    let change = |&(a, b): &(usize, usize)| after.score(b) - before.score(a);
    let rose = pairs.iter().filter(|pair| change(pair) > 0.0).count();
    let fell = pairs.iter().filter(|pair| change(pair) < 0.0).count();
    let mut notes = scene.cut(pairs.len(), after.all);
    notes.push(scene.says(text!(chart_up_and_down)));
    let table = Columns::<(usize, usize)>::new()
        .text("code", word!(label_code, language), |&(_, b)| after.code(b))
        .importance(Importance::Detail)
        .text("name", word!(label_region, language), |&(_, b)| after.name(b, language))
        .importance(Importance::Key)
        .number("before", &sides[0].label, |&(a, _)| Cell::number(before.score(a)))
        .digits(before.digits)
        .number("after", &sides[1].label, |&(_, b)| Cell::number(after.score(b)))
        .digits(after.digits)
        .number("change", word!(chart_change, language), |pair| Cell::number(change(pair)))
        .digits(max(before.digits as f64, after.digits as f64) as usize)
        .table("slope", Reader::People, pairs.iter().copied());
    Ok(Figure {
        subject: None,
        lead: super::lead_of(scene, &sides, after.all),
        body,
        size: (INNER, bottom + 6.0),
        notes,
        alternative: vec![scene.says(text!(chart_scores_moved, rose = rose, fell = fell))],
        table,
    })
}
