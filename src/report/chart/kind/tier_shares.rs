//! How probable each tier is for each region when the weights are others.

use quanheng_words::{text, word};

use crate::report::chart::canvas::Canvas;
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::scene::Scene;
use crate::report::chart::stack::{Stack, printed};
use crate::report::chart::{Kind, Need, Reason};
use crate::report::{Cell, Reader, robustness};
use crate::robustness::NoDraws;

pub(super) const KIND: Kind = Kind {
    name: "tier_shares",
    label: "Probabilities of tiers",
    summary: "For each region a bar of how probable each tier is if the weights were others, the best tier being the darkest.",
    needs: Need::TierBounds,
    draw,
};

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let names = super::tiers::names(&ranked);
    if names.is_empty() {
        return Err(Reason::NoTiers);
    }
    let robust = scene.robust()?;
    let Some((tiers, is_exact)) = robust.tiers() else {
        return match robust.draws {
            Err(NoDraws::Reason(_) | NoDraws::Slow) => scene.drawn().and(Err(Reason::NoTierBounds)),
            Ok(_) | Err(NoDraws::NotAsked) => Err(Reason::NoTierBounds),
        };
    };
    let mut shares = Vec::new();
    for &row in &ranked.rows {
        let of = tiers.of(ranked.region(row)).ok_or(Reason::NoTierBounds)?;
        shares.push(of.to_vec());
    }
    let own = |k: usize| ranked.tier(ranked.rows[k]);
    // The share of the tier on which the region is.
    let of_own =
        |k: usize| own(k).map_or(0.0, |(at, ..)| shares[k].get(at).copied().unwrap_or(0.0));
    let beside: Vec<String> = (0..shares.len()).map(|k| printed(of_own(k))).collect();
    let head = word!(chart_own_tier, language);
    let mut body = Canvas::new(scene.id);
    let parts = &tiers.names;
    let stack = Stack { ranked: &ranked, parts, shares: &shares, beside: &beside, head };
    let height = stack.draw(scene, &mut body);
    let unsure = (0..shares.len()).filter(|&k| of_own(k) < 0.95).count();
    let mut notes = scene.cut(ranked.rows.len(), ranked.all);
    let how = match (is_exact, &robust.weights, &robust.draws) {
        (true, Ok(exact), _) => {
            let at = robustness::open(&exact.at, ranked.evaluation, language);
            text!(chart_exact, at = at)
        }
        (_, _, Ok(drawn)) => {
            text!(chart_drawn, of = robustness::of(drawn), from = robustness::from(drawn))
        }
        _ => return Err(Reason::NoTierBounds),
    };
    notes.push(scene.says(how));
    if is_exact {
        notes.push(scene.says(text!(chart_even)));
    }
    let said = text!(chart_tiers_unsure, n = unsure, all = shares.len());
    let shares = &shares;
    let mut table = super::of_regions(&ranked, Some(&ranked.rows), language).text(
        "tier",
        word!(label_tier, language),
        |&k| match own(k) {
            Some((at, of, label)) => Cell::Tier { at, of, label },
            None => Cell::Empty,
        },
    );
    for (part, name) in parts.iter().enumerate() {
        table = table.number(format!("tier_{}", part + 1), name, move |&k: &usize| {
            let share = shares[k][part];
            Cell::Share { value: share, text: printed(share) }
        });
    }
    let table = table.table("tier_shares", Reader::People, 0..shares.len());
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (INNER, height),
        notes,
        alternative: vec![scene.says(said)],
        table,
    })
}
