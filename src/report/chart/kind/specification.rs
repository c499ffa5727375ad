//! The rank of a region in every branch of a multiverse, from the best to the worst, and below it the choices that each
//! branch makes (a specification curve: Simonsohn, Simmons & Nelson 2020, Nature Human Behaviour 4).

use quanheng_core::multiverse::Fate;
use quanheng_core::number::{ascending, sort_items};
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scale::{Scale, ticks};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason, max, min};
use crate::report::{Cell, Columns, Importance, Reader, number};

pub(super) const KIND: Kind = Kind {
    name: "specification",
    label: "Specification curve",
    summary: "The rank of a region in every branch of a multiverse, from the best to the worst, and below it which options these branches take.",
    needs: Need::RegionAndMultiverse,
    draw,
};

/// The most columns of a strip; more branches share a column.
const COLUMNS: usize = 240;

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let region = scene.region.ok_or(Reason::NoRegion)?;
    let many = scene.many.ok_or(Reason::NoMultiverse)?;
    let evaluated = many.evaluated;
    let tree = &evaluated.tree;
    let study = scene.evaluation().study();
    let code = &study.regions[region.0 as usize].code;
    let league = &study.leagues[scene.league.0 as usize].code;
    let period = &study.periods[scene.side().period.0 as usize].label;
    let is_own = |key: &quanheng_core::multiverse::RowKey| {
        key.region == *code && key.league == *league && key.period == *period
    };
    let row = tree.rows().iter().position(is_own).ok_or(Reason::RegionWithoutScore)?;
    let mut found: Vec<(f64, u64)> = Vec::new();
    for (&branch, fate) in tree.numbers().iter().zip(tree.fates()) {
        let Fate::Evaluated(at) = fate else { continue };
        let Ok(kept) = &evaluated.results[*at] else { continue };
        let rank = f64::from(kept.ranks[row]);
        if !rank.is_nan() {
            found.push((rank, branch));
        }
    }
    sort_items(&mut found, |a, b| ascending(a.0, b.0).then(a.1.cmp(&b.1)));
    let (Some(&(best, _)), Some(&(worst, _))) = (found.first(), found.last()) else {
        return Err(Reason::NoBranches);
    };
    let n = found.len();
    let forks = &tree.space().forks;
    let base = evaluated.base.as_ref().map(|base| f64::from(base.ranks[row]));
    let base = base.filter(|rank| !rank.is_nan());
    let middle = scene.spread(code).and_then(|spread| spread.ranks).map(|ranks| ranks[2]);

    let texts = forks.list().iter().flat_map(|fork| fork.options.iter().map(String::as_str));
    let heads = forks.list().iter().map(|fork| fork.name.as_str());
    let of_name =
        super::at_most(max(widest(texts, Type::Note) + 12.0, widest(heads, Type::Note)), 230.0);
    let left = of_name + 40.0;
    let right = INNER - 6.0;
    let columns = n.min(COLUMNS);
    let wide = (right - left) / columns as f64;
    let x = |k: usize| left + (right - left) * (k as f64 + 0.5) / n as f64;
    let (top, height) = (26.0, 200.0);
    let lowest = base.map_or(best, |base| min(base, best));
    let highest = base.map_or(worst, |base| max(base, worst));
    let of = if lowest == highest { (lowest - 0.5, highest + 0.5) } else { (lowest, highest) };
    let y = Scale::new(of, (top + 6.0, top + height - 6.0));
    let mut body = Canvas::new(scene.id);
    let mut marks = ticks((lowest, highest), 5).at;
    marks.retain(|rank| {
        *rank == libm::floor(*rank) && (*rank - lowest).abs() > (highest - lowest) / 12.0
    });
    for rank in [lowest].into_iter().chain(marks) {
        let at = y.at(rank);
        body.line((left, at), (right, at), "q-grid");
        let words = number::rank(rank);
        body.text((left - 8.0, at + 4.0), Anchor::End, Type::Note, "q-soft", &words);
    }
    let head = word!(label_rank, language);
    body.text((0.0, top + 12.0), Anchor::Start, Type::Strong, "q-ink", head);
    if let Some(base) = base {
        let at = y.at(base);
        body.line((left, at), (right, at), "q-axis q-dash");
        let words = format!("{} {}", word!(label_base_rank, language), number::rank(base));
        body.text((right, top - 8.0), Anchor::End, Type::Note, "q-soft", &words);
    }
    // A line through ranks that ascend, one step at a time, is no larger than its steps.
    let mut curve = Path::from(left, y.at(best));
    let mut at = best;
    for (k, &(rank, _)) in found.iter().enumerate() {
        if rank != at {
            let edge = left + (right - left) * k as f64 / n as f64;
            curve = curve.to(edge, y.at(at)).to(edge, y.at(rank));
            at = rank;
        }
    }
    let curve = curve.to(right, y.at(at));
    let who = study.regions[region.0 as usize].name(language.tag());
    let words = format!("{who} · {} – {}", number::rank(best), number::rank(worst));
    body.mark(&[("region", code)], &words, |body| {
        body.path(&curve, "q-l0 q-bold");
        if n <= 120 {
            for (k, &(rank, _)) in found.iter().enumerate() {
                body.circle((x(k), y.at(rank)), 2.6, "q-c0");
            }
        }
    });
    // Below: a row an option, and in it a stroke for each branch that takes it, or a shade where branches share a column.
    let mut below = top + height + 18.0;
    let column_of = |k: usize| k * columns / n;
    let mut sizes = vec![0_usize; columns];
    (0..n).for_each(|k| sizes[column_of(k)] += 1);
    let mut rows: Vec<(usize, usize, usize, Option<f64>)> = Vec::new();
    for (f, fork) in forks.list().iter().enumerate() {
        let name = shortened(&fork.name, Type::Note, left - 12.0);
        body.text((0.0, below + 9.0), Anchor::Start, Type::Note, "q-soft", &name);
        below += 15.0;
        for (o, option) in fork.options.iter().enumerate() {
            let takes: Vec<usize> = (0..n).filter(|&k| forks.option(found[k].1, f) == o).collect();
            let mut counts = vec![0_usize; columns];
            takes.iter().for_each(|&k| counts[column_of(k)] += 1);
            let ranks: Vec<f64> = takes.iter().map(|&k| found[k].0).collect();
            let median = quanheng_core::number::median(&ranks);
            rows.push((f, o, takes.len(), median));
            let of_median =
                median.map_or("–".to_owned(), |m| number::fixed(m, 1).replace(".0", ""));
            let words = format!(
                "{} · {option} · n = {} · {} {of_median}",
                fork.name,
                takes.len(),
                word!(label_median, language)
            );
            body.mark(&[("choice", &fork.name), ("option", option)], &words, |body| {
                let label = shortened(option, Type::Note, of_name - 10.0);
                body.text((12.0, below + 10.0), Anchor::Start, Type::Note, "q-ink", &label);
                body.text(
                    (left - 8.0, below + 10.0),
                    Anchor::End,
                    Type::Note,
                    "q-soft",
                    &of_median,
                );
                body.rect((left, below + 1.0), (right - left, 11.0), "q-pale");
                // Neighbours of one shade are one rectangle.
                let shade = |c: usize| match counts[c] {
                    0 => 0,
                    own => 1 + (own * 5).div_ceil(sizes[c]),
                };
                let mut from = 0;
                while from < columns {
                    let same = (from..columns).take_while(|&c| shade(c) == shade(from)).count();
                    if shade(from) > 0 {
                        let gap = if wide > 3.0 && same == 1 { 0.8 } else { 0.0 };
                        let at = (left + wide * from as f64 + gap / 2.0, below + 1.0);
                        let class = format!("q-s{}", shade(from));
                        body.rect(at, (wide * same as f64 - gap, 11.0), &class);
                    }
                    from += same;
                }
            });
            below += 14.0;
        }
        below += 5.0;
    }
    let said = text!(
        chart_specification,
        region = who,
        best = number::rank(best),
        worst = number::rank(worst),
        n = n
    );
    let mut alternative = vec![scene.says(said)];
    alternative.extend(middle.map(|m| scene.says(text!(chart_median, median = number::rank(m)))));
    let mut lead = scene.place();
    lead.push(format!("{} {}", word!(label_multiverse, language), many.name));
    lead.push(text!(count_branches, n = n).render(language));
    let mut notes = vec![scene.says(text!(chart_specification_marks))];
    if n > columns {
        notes.push(scene.says(text!(chart_specification_shared, n = n, columns = columns)));
    }
    let list = forks.list();
    let table = Columns::<(usize, usize, usize, Option<f64>)>::new()
        .text("choice", word!(label_choice, language), |&(f, ..)| &list[f].name)
        .importance(Importance::Key)
        .text("option", word!(label_option, language), |&(f, o, ..)| &list[f].options[o])
        .importance(Importance::Key)
        .number("n", word!(label_count, language), |&(_, _, n, _)| n)
        .number("median", word!(label_median, language), |&(.., m)| m.map(Cell::number))
        .digits(1)
        .table("specification", Reader::People, rows);
    Ok(Figure {
        subject: Some(who.to_owned()),
        lead,
        body,
        size: (INNER, below),
        notes,
        alternative,
        table,
    })
}
