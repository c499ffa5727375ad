//! How sure ranks are: what ranks and tiers would be under other weights.

use quanheng_words::{text, word};

use super::super::super::document::printer::Printer;
use super::super::super::{Columns, Importance, Language, Reader, Table, analysis, robustness};
use super::super::blocks::Look;
use super::super::figure::Below;
use super::super::{Content, View, WHOLE, Writer};
use super::{Print, Section};
use crate::robustness::NoDraws;

pub(super) const SECTION: Section = Section {
    name: "robustness",
    command: "robustness",
    title: |language| word!(page_robustness, language),
    lead: |language| word!(page_robustness_lead, language),
    is_there: |content| !content.robust.is_empty(),
    write,
    print: Some(Print { with_lead: true, write: print }),
};

/// With more regions than this, the pairs of regions are not drawn.
const PAIRS: usize = 60;

/// With more regions than this, the bars of shares of ranks are left out: the ranking shows intervals of ranks.
const BARS: usize = 40;

fn write(writer: &mut Writer<'_>) {
    let content = writer.content;
    for view in content.first_views() {
        let Some(robust) = content.robust_of(&view) else { continue };
        writer.of_league(&view, |writer| {
            let n = view.of().rows.len();
            let top = view.has_many().then_some(super::super::DRAWN);
            match n <= BARS {
                true => writer.figure("acceptability", &view, Below::Here, |_| {}),
                false => {
                    let command = format!("quanheng plot acceptability {}", content.project);
                    let said = text!(page_acceptability, n = n, command = command);
                    writer.page.leaf("p", &[("class", "soft")], &said.render(writer.language));
                }
            }
            writer.figure("tier_shares", &view, Below::Here, |scene| scene.top = top);
            if n <= PAIRS {
                writer.figure("winning", &view, Below::Nowhere, |_| {});
            }
            let below = if n <= BARS { Below::Here } else { Below::Nowhere };
            writer.figure("robust_comparisons", &view, below, |_| {});
            if content.scene(&view, "q").shares.is_some() {
                writer.figure("sobol", &view, Below::Here, |_| {});
            }
            let sure = sure(content, &view, writer.language);
            if !sure.rows.is_empty() && n <= WHOLE {
                let label = word!(page_robustness_regions, writer.language);
                writer.closed(label, |writer| {
                    let look = Look { label, role: "sure", ..Look::default() };
                    writer.table(&sure, look);
                });
            }
            let mut missing = Vec::new();
            if let Err(why) = &robust.weights {
                missing.push(text!(page_robust_pairs_none, why = analysis::because(why)));
            }
            if let Err(why) = &robust.draws {
                missing.push(text!(page_robust_draws_none, why = robustness::why(why)));
            }
            if robust.draws.as_ref().err() == Some(&NoDraws::Slow) {
                let command = format!("quanheng robustness {} draws", content.project);
                missing.push(text!(page_robustness_command, command = command));
            }
            for said in missing {
                writer.page.leaf("p", &[("class", "soft")], &said.render(writer.language));
            }
        });
    }
    for (code, _) in content.shares.iter().filter(|(_, of)| of.is_none()) {
        let command = format!("quanheng sensitivity {} {code}", content.project);
        let said = text!(page_shares_slow, name = code, command = command);
        writer.page.leaf("p", &[("class", "soft")], &said.render(writer.language));
    }
}

fn print(printer: &mut Printer<'_>) {
    let (content, language) = (printer.content, printer.language);
    for view in content.first_views() {
        if content.robust_of(&view).is_none() {
            continue;
        }
        printer.league(&view);
        let n = view.of().rows.len();
        let top = (n > PAIRS).then_some(PAIRS);
        for kind in ["acceptability", "tier_shares"] {
            printer.figure(kind, &view, |scene| scene.top = top);
        }
        if n <= PAIRS {
            printer.figure("winning", &view, |_| {});
        }
        for kind in ["robust_comparisons", "sobol"] {
            printer.figure(kind, &view, |_| {});
        }
        let label = word!(page_robustness_regions, language);
        printer.table(&sure(content, &view, language), Some(label.to_owned()), PAIRS);
    }
}

/// A sentence for each region, by rank.
fn sure(content: &Content<'_>, view: &View<'_>, language: Language) -> Table {
    let study = content.study();
    let region = |row: usize| view.evaluation.study().panel.regions()[row];
    let said = |row: usize| {
        let robust = content.robust_of(view)?;
        Some((row, robustness::sentence(robust, region(row), language)?))
    };
    let by_rank = super::super::super::ranking::by_rank(view.evaluation.ranks(), view.of());
    let rows: Vec<(usize, String)> = by_rank.into_iter().filter_map(said).collect();
    Columns::<&(usize, String)>::new()
        .text("name", word!(label_region, language), |of| {
            study.regions[region(of.0).0 as usize].name(language.tag())
        })
        .importance(Importance::Key)
        .text("sure", word!(page_robustness, language), |of| &of.1)
        .table("sure", Reader::People, &rows)
}
