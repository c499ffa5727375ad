//! Which regions are on each tier.

use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, lines, widest};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, max, palette};
use crate::report::{Cell, Importance, Reader};

pub(super) const KIND: Kind = Kind {
    name: "membership",
    label: "Tiers and their regions",
    summary: "The names and scores of the regions on each tier, from the best to the worst.",
    needs: Need::Tiers,
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let names = super::tiers::names(&ranked);
    if names.is_empty() {
        return Err(Reason::NoTiers);
    }
    let head = super::at_most(widest(names.iter().map(String::as_str), Type::Strong) + 24.0, 130.0);
    let of_value = widest(
        ranked
            .rows
            .iter()
            .map(|&row| ranked.printed(row))
            .collect::<Vec<_>>()
            .iter()
            .map(String::as_str),
        Type::Note,
    );
    let of_name = widest(ranked.rows.iter().map(|&row| ranked.name(row, language)), Type::Label);
    let cell = super::at_most(of_name, 170.0) + of_value + 26.0;
    let across = max(1.0, libm::floor((INNER - head - 10.0) / cell)) as usize;
    let cell = (INNER - head - 10.0) / across as f64;
    let mut body = Canvas::new(scene.id);
    let mut y = 0.0;
    for (at, tier) in names.iter().enumerate() {
        let rows: Vec<usize> = ranked
            .rows
            .iter()
            .copied()
            .filter(|&row| ranked.tier(row).is_some_and(|(own, ..)| own == at))
            .collect();
        let words = lines(tier, Type::Strong, head - 16.0);
        let own = max(rows.len().div_ceil(across) as f64 * 20.0, 18.0 * words.len() as f64 + 18.0);
        let height = max(own, 38.0) + 10.0;
        let class = format!("q-s{}", palette::tier(at, names.len()));
        let ink = palette::ink_on(&class);
        body.mark(&[("tier", tier)], &format!("{tier} · {}", rows.len()), |body| {
            body.rect((0.0, y), (INNER, height), "q-pale");
            body.rect((0.0, y), (head, height), &format!("{class} q-edge"));
            let top = y + (height - 16.0 * (words.len() + 1) as f64) / 2.0 + 12.0;
            for (k, line) in words.iter().enumerate() {
                let at = (head / 2.0, top + 16.0 * k as f64);
                body.text(at, Anchor::Middle, Type::Strong, &ink, line);
            }
            let count = scene.says(text!(chart_n, n = rows.len()));
            let at = (head / 2.0, top + 16.0 * words.len() as f64);
            body.text(at, Anchor::Middle, Type::Note, &ink, &count);
        });
        for (k, &row) in rows.iter().enumerate() {
            let x = head + 14.0 + cell * (k % across) as f64;
            let base = y + 21.0 + 20.0 * (k / across) as f64;
            let (letters, ink) = super::letters_of(scene.region == Some(ranked.region(row)));
            body.mark(&[("region", ranked.code(row))], &ranked.words(row, language), |body| {
                let room = cell - of_value - 22.0;
                let name = super::shortened(ranked.name(row, language), letters, room);
                body.text((x, base), Anchor::Start, letters, ink, &name);
                let end = x + cell - 18.0;
                body.text((end, base), Anchor::End, Type::Note, "q-soft", &ranked.printed(row));
            });
        }
        y += height + 6.0;
    }
    let best = ranked.rows.iter().filter(|&&row| ranked.tier(row).is_some_and(|(at, ..)| at == 0));
    let best: Vec<quanheng_words::Text> =
        best.take(10).map(|&row| quanheng_words::Text::plain(ranked.name(row, language))).collect();
    let tier = names[0].as_str();
    let said = match best.is_empty() {
        true => text!(chart_tier_empty, tier = tier),
        false => text!(chart_best_tier, tier = tier, regions = best),
    };
    let notes = scene.cut(ranked.rows.len(), ranked.all);
    let table = super::of_regions(&ranked, None, language)
        .text("tier", word!(label_tier, language), |&row| match ranked.tier(row) {
            Some((at, of, label)) => Cell::Tier { at, of, label },
            None => Cell::Empty,
        })
        .importance(Importance::Usual)
        .table("membership", Reader::People, ranked.rows.iter().copied());
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (INNER, y),
        notes,
        alternative: vec![scene.says(said)],
        table,
    })
}
