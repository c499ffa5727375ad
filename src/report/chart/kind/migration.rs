//! How regions move from tier to tier, from result to result.

use quanheng_core::model::RegionIx;
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, max, palette};
use crate::report::{Columns, Importance, Reader, joined};

pub(super) const KIND: Kind = Kind {
    name: "migration",
    label: "Moves between tiers",
    summary: "The tiers of each result as blocks as high as they have regions, and bands for the regions that go from tier to tier.",
    needs: Need::TiersAndSeveral,
    draw,
};

/// The regions that go from a tier of one result to a tier of the next.
struct Flow {
    /// The position of the first of the two results.
    step: usize,
    from: usize,
    to: usize,
    regions: Vec<RegionIx>,
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let whole = Scene { top: None, ..scene.clone() };
    let every = super::bump::results(&whole);
    let all_results = every.len();
    let sides = super::bump::thinned(every, 5);
    if sides.len() < 2 {
        return Err(Reason::OneResult);
    }
    let ranked: Vec<Ranked<'_>> =
        sides.iter().map(|side| whole.ranked_on(side)).collect::<Result<_, _>>()?;
    let tiers: Vec<Vec<String>> = ranked.iter().map(super::tiers::names).collect();
    if tiers.iter().any(Vec::is_empty) {
        return Err(Reason::NoTiers);
    }
    let tier_of = |k: usize, region: RegionIx| -> Option<usize> {
        let result = &ranked[k];
        let row = result.rows.iter().find(|&&row| result.region(row) == region)?;
        result.tier(*row).map(|(at, ..)| at)
    };
    let mut flows = Vec::new();
    for step in 0..sides.len() - 1 {
        for from in 0..tiers[step].len() {
            for to in 0..tiers[step + 1].len() {
                let result = &ranked[step];
                let regions: Vec<RegionIx> = result
                    .rows
                    .iter()
                    .map(|&row| result.region(row))
                    .filter(|&region| {
                        tier_of(step, region) == Some(from) && tier_of(step + 1, region) == Some(to)
                    })
                    .collect();
                if !regions.is_empty() {
                    flows.push(Flow { step, from, to, regions });
                }
            }
        }
    }
    let counts: Vec<Vec<usize>> = ranked
        .iter()
        .zip(&tiers)
        .map(|(result, tiers)| {
            let on = |at: usize| {
                let own = result.rows.iter().filter_map(|&row| result.tier(row));
                own.filter(|(own, ..)| *own == at).count()
            };
            (0..tiers.len()).map(on).collect()
        })
        .collect();

    let most = counts.iter().map(|c| c.iter().sum::<usize>()).max().unwrap_or(1).max(1);
    let most_tiers = tiers.iter().map(Vec::len).max().unwrap_or(1);
    let top = 44.0;
    let gap = 22.0;
    let unit = max(3.0, 420.0 / most as f64);
    let height = unit * most as f64 + gap * (most_tiers - 1) as f64;
    let bottom = top + height;
    let of_name = super::at_most(
        widest(tiers.iter().flatten().map(String::as_str), Type::Label) + 34.0,
        150.0,
    );
    let block = 18.0;
    let (left, right) = (of_name, INNER - of_name - block);
    let x = |k: usize| left + (right - left) * k as f64 / (sides.len() - 1) as f64;
    let start = |k: usize, tier: usize| -> f64 {
        let above: usize = counts[k][..tier].iter().sum();
        top + unit * above as f64 + gap * tier as f64
    };
    let mut body = Canvas::new(scene.id);
    let name = |region: RegionIx| {
        let region = &scene.evaluation().study().regions[region.0 as usize];
        region.name(language.tag())
    };
    let names = |flow: &Flow| {
        let names: Vec<String> =
            flow.regions.iter().map(|&region| name(region).to_owned()).collect();
        joined(&names, language)
    };
    // A tier of the same name is the same tier; one without has its position.
    let counterpart = |flow: &Flow| {
        let label = &tiers[flow.step][flow.from];
        tiers[flow.step + 1].iter().position(|own| own == label).unwrap_or(flow.from)
    };
    let mut used_out: Vec<Vec<f64>> = tiers.iter().map(|t| vec![0.0; t.len()]).collect();
    let mut used_in = used_out.clone();
    let (mut rose, mut fell) = (0, 0);
    for flow in &flows {
        let n = flow.regions.len();
        let thick = unit * n as f64;
        let a = start(flow.step, flow.from) + used_out[flow.step][flow.from];
        let b = start(flow.step + 1, flow.to) + used_in[flow.step + 1][flow.to];
        used_out[flow.step][flow.from] += thick;
        used_in[flow.step + 1][flow.to] += thick;
        let (x0, x1) = (x(flow.step) + block, x(flow.step + 1));
        let band = Path::from(x0, a)
            .ease((x0, a), (x1, b))
            .to(x1, b + thick)
            .ease((x1, b + thick), (x0, a + thick))
            .close();
        let stays = counterpart(flow);
        let class = match flow.to {
            to if to < stays => {
                rose += n;
                "q-c0 q-ribbon"
            }
            to if to > stays => {
                fell += n;
                "q-c5 q-ribbon"
            }
            _ => "q-plain q-ribbon",
        };
        let (from, to) = (&tiers[flow.step][flow.from], &tiers[flow.step + 1][flow.to]);
        let words = format!("{from} → {to} · {n} · {}", names(flow));
        let chosen = scene.region.is_some_and(|region| flow.regions.contains(&region));
        body.mark(&[("from", from), ("to", to)], &words, |body| {
            body.path(&band, class);
            if flow.to > stays {
                body.hatch(&band);
            }
            if chosen {
                body.path(&band, "q-none q-chosen");
            }
            // A band between different tiers says how many it is; that of those that stay need not.
            if flow.to != stays && thick >= 11.0 {
                let (x, y) = (x0 + 0.16 * (x1 - x0), a + 0.06 * (b - a) + thick / 2.0 + 4.0);
                body.text((x, y), Anchor::Middle, Type::Strong, "q-ink", &n.to_string());
            }
        });
    }
    for (k, side) in sides.iter().enumerate() {
        let label = shortened(&side.label, Type::Strong, 150.0);
        let anchor = match k {
            0 => Anchor::Start,
            k if k + 1 == sides.len() => Anchor::End,
            _ => Anchor::Middle,
        };
        let at = match anchor {
            Anchor::Start => x(k),
            Anchor::End => x(k) + block,
            Anchor::Middle => x(k) + block / 2.0,
        };
        body.text((at, 12.0), anchor, Type::Strong, "q-ink", &label);
        for (at, tier) in tiers[k].iter().enumerate() {
            let n = counts[k][at];
            let (y, tall) = (start(k, at), unit * n as f64);
            let class = format!("q-s{} q-axis q-rim", palette::tier(at, tiers[k].len()));
            body.mark(&[("tier", tier)], &format!("{} · {tier} · {n}", side.label), |body| {
                body.rect((x(k), y), (block, max(tall, 1.5)), &class);
                let words = format!("{tier} {n}");
                let base = y + tall / 2.0 + 4.0;
                if k == 0 {
                    let words = shortened(&words, Type::Label, of_name - 10.0);
                    body.text((x(k) - 8.0, base), Anchor::End, Type::Label, "q-ink", &words);
                } else if k + 1 == sides.len() {
                    let words = shortened(&words, Type::Label, of_name - 10.0);
                    let at = (x(k) + block + 8.0, base);
                    body.text(at, Anchor::Start, Type::Label, "q-ink", &words);
                } else {
                    let at = (x(k) + block / 2.0, y - 5.0);
                    body.text(at, Anchor::Middle, Type::Note, "q-ink", &words);
                }
            });
        }
    }
    let mut notes = Vec::new();
    if sides.len() < all_results {
        let (shown, all) = (sides.len(), all_results);
        notes.push(scene.says(text!(chart_results_shown, shown = shown, all = all)));
    }
    notes.push(scene.says(text!(chart_migration_marks)));
    let table = Columns::<&Flow>::new()
        .text("from", word!(chart_before, language), |flow| {
            format!("{} · {}", sides[flow.step].label, tiers[flow.step][flow.from])
        })
        .importance(Importance::Key)
        .text("to", word!(chart_after, language), |flow| {
            format!("{} · {}", sides[flow.step + 1].label, tiers[flow.step + 1][flow.to])
        })
        .importance(Importance::Key)
        .number("n", word!(label_count, language), |flow| flow.regions.len())
        .text("regions", word!(label_region, language), |flow| names(flow))
        .table("migration", Reader::People, &flows);
    Ok(Figure {
        subject: None,
        lead: super::lead_of(scene, &sides, ranked[ranked.len() - 1].all),
        body,
        size: (INNER, bottom + 8.0),
        notes,
        alternative: vec![scene.says(text!(chart_tier_moves, rose = rose, fell = fell))],
        table,
    })
}
