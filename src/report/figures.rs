//! Published figures of groups: what follows from them, and what cannot be true.

use quanheng_core::plausibility::Printed;
use quanheng_words::{Text, text, word};

use super::official::View;
use super::{Block, Columns, Language, Reader, Report, Table, joined, number};
use crate::official::{Contradiction, Figure, Figures, Share};

/// How many sizes that fit are named.
const SIZES: usize = 4;

/// What there is to say of each table of figures.
pub fn report(all: &[Figures], view: View) -> Report {
    let mut report = Report::default();
    if view.reader == Reader::Files {
        report.blocks.push(Block::Table(figures(all, view)));
        report.blocks.push(Block::Table(parts(all, view)));
        report.blocks.push(Block::Table(contradictions(all, view)));
        return report;
    }
    for one in all {
        let title = one.published.names.get(view.language.tag()).unwrap_or(&one.published.code);
        let file = &one.published.input.name;
        report.blocks.push(Block::Heading(format!("{title} · {file}")));
        let of = std::slice::from_ref(one);
        report.blocks.push(Block::Table(figures(of, view)));
        report.blocks.push(Block::Table(parts(of, view)));
        let said = one.contradictions.iter().map(|found| said(one, found).render(view.language));
        report.blocks.extend(said.map(Block::Line));
        let last = match (&one.published.contradicts, one.contradictions.len()) {
            (_, 0) => text!(figures_possible),
            (Some(reason), n) => text!(figures_known, n = n, reason = reason),
            (None, n) => text!(figures_contradict, n = n),
        };
        report.blocks.push(Block::Line(last.render(view.language)));
    }
    report
}

fn class<'f>(one: &'f Figures, row: &Figure, language: Language) -> &'f str {
    match row.class {
        Some(at) => &one.classes[at],
        None => word!(figures_all, language),
    }
}

fn printed(printed: Printed) -> String {
    number::fixed(printed.value, printed.decimals as usize)
}

fn percentage(of: Printed) -> String {
    format!("{} %", printed(of))
}

fn figures(all: &[Figures], view: View) -> Table {
    let View { language, reader, .. } = view;
    let rows: Vec<(&Figures, &Figure)> =
        all.iter().flat_map(|one| one.rows.iter().map(move |row| (one, row))).collect();
    Columns::<(&Figures, &Figure)>::new()
        .text("published", word!(figures_table, language), |(one, _)| &one.published.code)
        .only_for(Reader::Files)
        .text("class", word!(figures_class, language), move |(one, row)| match reader {
            Reader::People => class(one, row, language).to_owned(),
            Reader::Files => row.class.map(|at| one.classes[at].clone()).unwrap_or_default(),
        })
        .number("members", word!(figures_members, language), |(_, row)| row.members)
        .number("size", word!(figures_size, language), |(_, row)| row.size)
        .text("mean", word!(figures_mean, language), |(_, row)| row.mean.map(printed))
        .text("of", word!(figures_of, language), |(_, row)| row.of.clone())
        .number("count", word!(figures_count, language), |(_, row)| row.count)
        .text("share", word!(figures_share, language), |(_, row)| row.share.map(percentage))
        .text("follows", word!(figures_follows, language), move |(_, row)| {
            follows(row).map(|text| text.render(language))
        })
        .text("place", word!(label_place, language), |(_, row)| &row.place)
        .only_for(Reader::Files)
        .table("figures", reader, rows)
}

/// What follows from the share of a row.
fn follows(row: &Figure) -> Option<Text> {
    row.share?;
    match row.count {
        Some(_) => Some(text!(figures_sizes, sizes = numbers(&row.sizes))),
        None => Some(text!(figures_counts_follow, counts = numbers(&row.counts))),
    }
}

/// Some whole numbers, or the first and the last of many.
fn numbers(all: &[usize]) -> Text {
    let plain = |n: &usize| Text::plain(n.to_string());
    match all {
        [] => text!(figures_no_number),
        [first, .., last] if all.len() > SIZES => text!(figures_from_to, from = *first, to = *last),
        _ => text!(note_list, items = all.iter().map(plain).collect::<Vec<_>>()),
    }
}

fn parts(all: &[Figures], view: View) -> Table {
    let View { language, reader, .. } = view;
    let rows: Vec<(&Figures, &Share)> =
        all.iter().flat_map(|one| one.shares.iter().map(move |share| (one, share))).collect();
    let end = |pick: fn((f64, f64)) -> f64| {
        move |(_, share): &(&Figures, &Share)| {
            share.mean.map(pick).filter(|x| x.is_finite()).map(|x| number::fixed(x, 2))
        }
    };
    Columns::<(&Figures, &Share)>::new()
        .text("published", word!(figures_table, language), |(one, _)| &one.published.code)
        .only_for(Reader::Files)
        .text("part", word!(figures_part, language), |(one, share)| {
            let names = share.classes.iter().map(|at| one.classes[*at].as_str());
            names.collect::<Vec<_>>().join(" ∩ ")
        })
        .number("regions", word!(figures_members, language), |(_, share)| share.size)
        .text("mean_least", word!(figures_mean_least, language), end(|(low, _)| low))
        .text("mean_greatest", word!(figures_mean_greatest, language), end(|(_, high)| high))
        .text("counts", word!(figures_counts, language), move |(_, share)| {
            let one = |(of, (low, high)): &(String, (f64, f64))| match low == high {
                true => format!("{of} {}", number::short(*low)),
                false => format!("{of} {}–{}", number::short(*low), number::short(*high)),
            };
            let all: Vec<String> = share.counts.iter().map(one).collect();
            match reader {
                Reader::People => joined(&all, language),
                Reader::Files => all.join("; "),
            }
        })
        .table("parts", reader, rows)
        .labelled(word!(figures_parts, language))
}

fn contradictions(all: &[Figures], view: View) -> Table {
    let View { language, reader, .. } = view;
    let rows: Vec<(&Figures, &Contradiction)> = all
        .iter()
        .flat_map(|one| one.contradictions.iter().map(move |found| (one, found)))
        .collect();
    Columns::<(&Figures, &Contradiction)>::new()
        .text("published", word!(figures_table, language), |(one, _)| &one.published.code)
        .text("contradiction", word!(figures_contradiction, language), move |(one, found)| {
            said(one, found).render(language)
        })
        .text("reason", word!(label_official_reason, language), |(one, _)| {
            one.published.contradicts.clone()
        })
        .table("contradictions", reader, rows)
}

/// A contradiction with its numbers.
fn said(one: &Figures, found: &Contradiction) -> Text {
    let name = |row: &Figure| Text::by_language(|language| class(one, row, language).to_owned());
    let place = |row: &Figure| Text::plain(&row.place);
    match found {
        Contradiction::Size { row } => {
            let row = &one.rows[*row];
            let (size, members) = (row.size.unwrap_or(0), row.members);
            text!(
                figures_wrong_size,
                class = name(row),
                size = size,
                members = members,
                place = place(row)
            )
        }
        Contradiction::Share { row, is, together } => {
            let row = &one.rows[*row];
            let share = row.share.map(percentage).unwrap_or_default();
            let is = row.share.map_or(String::new(), |share| {
                format!("{} %", number::fixed(*is, share.decimals as usize))
            });
            let first = text!(
                figures_wrong_share,
                class = name(row),
                of = row.of.clone().unwrap_or_default(),
                count = row.count.unwrap_or(0),
                share = share,
                sizes = numbers(&row.sizes),
                members = row.members,
                is = is,
                place = place(row)
            );
            match together {
                None => first,
                Some((size, all, whole)) => {
                    text!(figures_together, first = first, size = *size, all = *all, whole = *whole)
                }
            }
        }
        Contradiction::NoCount { row } => {
            let row = &one.rows[*row];
            let share = row.share.map(percentage).unwrap_or_default();
            let members = row.members;
            text!(
                figures_no_count,
                class = name(row),
                share = share,
                members = members,
                place = place(row)
            )
        }
        Contradiction::Means { rows } => {
            let each = rows.iter().map(|at| &one.rows[*at]).map(|row| {
                let mean = row.mean.map(printed).unwrap_or_default();
                text!(figures_mean_of, class = name(row), mean = mean, members = row.members)
            });
            text!(figures_wrong_means, items = each.collect::<Vec<_>>())
        }
        Contradiction::Counts { rows } => {
            let each = rows.iter().map(|at| &one.rows[*at]).map(|row| {
                let count = match (row.count, row.share) {
                    (Some(count), _) => count.to_string(),
                    (None, share) => share.map(percentage).unwrap_or_default(),
                };
                text!(figures_count_of, class = name(row), count = count, members = row.members)
            });
            let of = rows.first().and_then(|at| one.rows[*at].of.clone()).unwrap_or_default();
            text!(figures_wrong_counts, of = of, items = each.collect::<Vec<_>>())
        }
    }
}
