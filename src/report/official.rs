//! Published results beside those of a project: by node and period, then what differs, then what may differ.

use quanheng_core::model::Names;
use quanheng_words::{text, word};

use super::{Block, Columns, Language, Reader, Report, Table, number};
use crate::official::Cell as Beside;
use crate::official::{Compared, Found, Kind, Line, Standing, Stated, Tally};

/// What is shown of a comparison with published results.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The language.
    pub language: Language,
    /// Who reads it.
    pub reader: Reader,
    /// How many lines and cells people see of each table.
    pub top: usize,
}

/// The comparisons of a project, and how far everything is reproduced.
pub fn report(all: &[Compared], view: View) -> Report {
    let language = view.language;
    let mut report = Report::default();
    if view.reader == Reader::Files {
        report.blocks.push(Block::Table(lines(all, view)));
        report.blocks.push(Block::Table(cells(all.iter().flat_map(of_comparison), view)));
        return report;
    }
    for one in all {
        let parts = [
            format!("{} {}", word!(label_methodology, language), one.methodology),
            one.file.clone(),
        ];
        report.blocks.push(Block::Heading(parts.join(" · ")));
        push(&mut report, lines(std::slice::from_ref(one), view), view);
        let differs = |cell: &&Beside| cell.standing == Standing::Differs;
        let differing: Vec<_> = one.cells.iter().filter(differs).map(|cell| (one, cell)).collect();
        if !differing.is_empty() {
            report.blocks.push(Block::Line(word!(label_official_differing, language).to_owned()));
            push(&mut report, cells(differing.into_iter(), view), view);
        }
        report.blocks.extend(reasons(one, language).into_iter().map(Block::Line));
    }
    let sum = |of: fn(&Compared) -> usize| all.iter().map(of).sum::<usize>();
    let of_kinds = |of: fn(Tally) -> usize| {
        let each = |line: &Line| Kind::ALL.map(|kind| of(line.tally(kind)));
        all.iter().flat_map(|one| one.lines.iter().flat_map(each)).sum::<usize>()
    };
    let (within, excepted) = (of_kinds(|tally| tally.within), sum(Compared::excepted));
    let mut said = vec![text!(
        official_equal,
        equal = of_kinds(|tally| tally.equal),
        of = sum(Compared::count)
    )];
    if within > 0 {
        said.push(text!(official_within, n = within));
    }
    if excepted > 0 {
        said.push(text!(official_excepted, n = excepted));
    }
    let differing = sum(Compared::differing);
    if differing > 0 {
        said.push(text!(official_differ, n = differing));
    }
    let said: Vec<String> = said.iter().map(|text| text.render(language)).collect();
    report.blocks.push(Block::Line(super::joined(&said, language)));
    report
}

/// A table, cut for people, and how much of it is shown.
fn push(report: &mut Report, mut table: Table, view: View) {
    let all = table.rows.len();
    table.rows.truncate(view.top);
    let shown = table.rows.len();
    report.blocks.push(Block::Table(table));
    if shown < all {
        let words = text!(shown_of, shown = shown, all = all).render(view.language);
        report.blocks.push(Block::Line(words));
    }
}

fn of_comparison(one: &Compared) -> impl Iterator<Item = (&Compared, &Beside)> {
    one.cells.iter().map(move |cell| (one, cell))
}

/// A row for each node and period.
fn lines(all: &[Compared], view: View) -> Table {
    let View { language, reader, .. } = view;
    let rows: Vec<(&Compared, &Line)> =
        all.iter().flat_map(|one| one.lines.iter().map(move |line| (one, line))).collect();
    let has = |kind: Kind| rows.iter().any(|(_, line)| line.tally(kind).cells > 0);
    let several = rows.iter().any(|(_, line)| line.period != rows[0].1.period);
    let (scores, ranks, tiers) = (has(Kind::Score), has(Kind::Rank), has(Kind::Tier));
    let within = rows.iter().any(|(_, line)| line.tally(Kind::Score).within > 0);
    let excepted = rows.iter().any(|(_, line)| line.excepted > 0);
    let named = rows.iter().any(|(_, line)| !line.names.is_empty());
    let of = move |kind: Kind, of: fn(Tally) -> usize| {
        move |(_, line): &(&Compared, &Line)| {
            let tally = line.tally(kind);
            (tally.cells > 0).then(|| of(tally))
        }
    };
    let share = move |kind: Kind| {
        move |(_, line): &(&Compared, &Line)| {
            let tally = line.tally(kind);
            (tally.cells > 0).then(|| format!("{}/{}", tally.equal, tally.cells))
        }
    };
    let mut columns = Columns::<(&Compared, &Line)>::new()
        .text("methodology", word!(label_snapshot_methodology, language), |(one, _)| {
            &one.methodology
        })
        .only_for(Reader::Files)
        .text("file", word!(label_official_file, language), |(one, _)| &one.file)
        .only_for(Reader::Files)
        .text("node", word!(label_node, language), |(_, line)| &line.node)
        .text("name", word!(label_name, language), move |(_, line)| {
            line.names.get(language.tag()).unwrap_or_default()
        })
        .only_if(named)
        .text("period", word!(label_period, language), |(_, line)| &line.period)
        .only_if(several || reader == Reader::Files)
        .number("decimals", word!(label_official_decimals, language), |(_, line)| {
            line.decimals.map(|decimals| decimals as usize)
        })
        .only_if(scores);
    for (kind, is_there) in [(Kind::Score, scores), (Kind::Rank, ranks), (Kind::Tier, tiers)] {
        let (label, cells, equal) = match kind {
            Kind::Score => (word!(label_official_scores, language), "scores", "scores_equal"),
            Kind::Rank => (word!(label_official_ranks, language), "ranks", "ranks_equal"),
            Kind::Tier => (word!(label_official_tiers, language), "tiers", "tiers_equal"),
        };
        columns = columns
            .number(cells, label, share(kind))
            .only_for(Reader::People)
            .only_if(is_there)
            .number(cells, label, of(kind, |tally| tally.cells))
            .only_for(Reader::Files)
            .number(equal, equal, of(kind, |tally| tally.equal))
            .only_for(Reader::Files);
        if kind == Kind::Score {
            columns = columns
                .number(
                    "scores_within",
                    word!(label_official_within, language),
                    of(kind, |tally| tally.within),
                )
                .only_if(within || reader == Reader::Files)
                .number("greatest", word!(label_official_greatest, language), |(_, line)| {
                    line.greatest.as_ref().map(|(size, _)| *size)
                })
                .only_if(is_there)
                .text("greatest_at", word!(label_official_where, language), |(_, line)| {
                    line.greatest.as_ref().filter(|(size, _)| *size > 0.0).map(|(_, at)| at)
                })
                .only_if(is_there);
        }
    }
    columns
        .number("excepted", word!(label_official_excepted, language), move |(_, line)| {
            Some(line.excepted).filter(|n| *n > 0 || reader == Reader::Files)
        })
        .only_if(excepted || reader == Reader::Files)
        .table("reproduced", reader, rows)
}

/// Cells that are not equal.
fn cells<'a>(cells: impl Iterator<Item = (&'a Compared, &'a Beside)>, view: View) -> Table {
    let View { language, reader, .. } = view;
    let rows: Vec<(&Compared, &Beside)> = cells.collect();
    let several = rows.iter().any(|(_, cell)| cell.published.period != rows[0].1.published.period);
    let of_nodes = rows.iter().any(|(_, cell)| cell.published.node != rows[0].1.published.node);
    let named = rows.iter().any(|(_, cell)| !cell.names.is_empty());
    let numbers = rows.iter().any(|(_, cell)| cell.difference.is_some());
    let name = move |names: &Names| names.get(language.tag()).unwrap_or_default().to_owned();
    Columns::<(&Compared, &Beside)>::new()
        .text("methodology", word!(label_snapshot_methodology, language), |(one, _)| {
            &one.methodology
        })
        .only_for(Reader::Files)
        .text("file", word!(label_official_file, language), |(one, _)| &one.file)
        .only_for(Reader::Files)
        .text("period", word!(label_period, language), |(_, cell)| &cell.published.period)
        .only_if(several || reader == Reader::Files)
        .text("node", word!(label_node, language), |(_, cell)| &cell.published.node)
        .only_if(of_nodes || reader == Reader::Files)
        .text("code", word!(label_code, language), |(_, cell)| &cell.published.region)
        .text("name", word!(label_region, language), move |(_, cell)| name(&cell.names))
        .only_if(named)
        .text("compared", word!(label_official_compared, language), move |(_, cell)| {
            kind_word(cell.published.stated.kind(), language, reader)
        })
        .text("published", word!(label_official_published, language), |(_, cell)| {
            match &cell.published.stated {
                Stated::Score(x, decimals) => number::fixed(*x, *decimals as usize),
                Stated::Rank(x) => number::rank(*x),
                Stated::Tier(tier) => tier.clone(),
            }
        })
        .text("found", word!(label_official_found, language), move |(_, cell)| match &cell.found {
            Found::Number(x) => number::exact(*x),
            Found::Tier(tier) => tier.clone(),
            Found::Nothing if reader == Reader::Files => String::new(),
            Found::Nothing => word!(label_missing, language).to_owned(),
        })
        .number("difference", word!(label_snapshot_difference, language), |(_, cell)| {
            cell.difference
        })
        .only_if(numbers || reader == Reader::Files)
        .text("standing", word!(label_official_standing, language), |(_, cell)| {
            match &cell.standing {
                Standing::Equal => "equal",
                Standing::Within => "within",
                Standing::Differs => "differs",
                Standing::Excepted(_) => "excepted",
            }
        })
        .only_for(Reader::Files)
        .text("reason", word!(label_official_reason, language), |(_, cell)| match &cell.standing {
            Standing::Excepted(reason) => reason.clone(),
            _ => String::new(),
        })
        .only_for(Reader::Files)
        .table("cells", reader, rows)
}

fn kind_word(kind: Kind, language: Language, reader: Reader) -> &'static str {
    match (reader, kind) {
        (Reader::Files, kind) => kind.word(),
        (Reader::People, Kind::Score) => word!(label_score, language),
        (Reader::People, Kind::Rank) => word!(label_rank, language),
        (Reader::People, Kind::Tier) => word!(label_tier, language),
    }
}

/// The reasons for which cells differ, each with how many and which they are, and the exceptions that no longer hold.
fn reasons(one: &Compared, language: Language) -> Vec<String> {
    const SHOWN: usize = 12;
    let mut by_reason: indexmap::IndexMap<&str, Vec<&Beside>> = indexmap::IndexMap::new();
    for cell in &one.cells {
        if let Standing::Excepted(reason) = &cell.standing {
            by_reason.entry(reason).or_default().push(cell);
        }
    }
    let several = one.lines.iter().any(|line| line.period != one.lines[0].period);
    let one_cell = |cell: &&Beside| match several {
        true => format!("{} {}", cell.published.region, cell.published.period),
        false => cell.published.region.clone(),
    };
    let mut lines: Vec<String> = by_reason
        .into_iter()
        .map(|(reason, cells)| {
            let mut names: Vec<String> = cells.iter().take(SHOWN).map(one_cell).collect();
            names.dedup();
            if cells.len() > SHOWN {
                names.push("…".to_owned());
            }
            let (n, cells) = (cells.len(), super::joined(&names, language));
            text!(official_exception_holds, n = n, cells = cells, reason = reason).render(language)
        })
        .collect();
    lines.extend(one.stale.iter().map(|stale| {
        let names = stale.names.join(" · ");
        text!(official_exception_stale, names = names, reason = &stale.reason).render(language)
    }));
    lines
}
