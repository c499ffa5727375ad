//! Published ranks that disagree with the scores that are published beside them.

use indexmap::IndexMap;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::RankOn;
use quanheng_core::number;
use quanheng_words::{Text, text};

use super::super::{Kind, Level, Note, Of, Raised, Said, Seen};
use crate::official::{self, Published, Stated};

pub(super) const KIND: Kind = Kind {
    code: "official_order",
    summary: "A table of published results ranks a region above another one with a better published score, or gives one rank to different scores: one of the figures is misprinted, or digits that are not printed decide.",
    of: Of::Region,
    level: Level::Warning,
    raised: Raised::InResult(find),
    words: |count, items| Said {
        what: text!(note_official_order, count = count, items = items),
        hint: text!(note_official_order_hint),
    },
};

/// A region whose score and rank are both published.
struct Row<'a> {
    region: &'a str,
    score: f64,
    rank: f64,
    /// The cell of the rank.
    of: &'a Published,
}

fn find(seen: &Seen<'_>) -> Vec<Note> {
    let evaluation = seen.evaluation;
    let methodology = evaluation.methodology();
    let is_of = |official: &&official::Official| official.methodology == methodology.code;
    // Scores and ranks may stand in tables of their own. A table with something wrong in it is reported as such.
    let published: Vec<Published> = (seen.resolved.official.iter().filter(is_of))
        .filter_map(|one| official::read(one, &seen.resolved.study, &methodology.system).ok())
        .flatten()
        .collect();
    if !published.iter().any(|cell| matches!(cell.stated, Stated::Rank(_))) {
        return Vec::new();
    }
    let tables = tables(evaluation, &published);
    tables.iter().flat_map(|(key, rows)| of_table(evaluation, *key, rows)).collect()
}

/// The node, and the slice of regions that are ranked together.
type Key<'a> = (&'a str, usize);

/// The regions with a score and a rank, by node and slice, in the order of their ranks.
fn tables<'a>(
    evaluation: &Evaluation,
    published: &'a [Published],
) -> IndexMap<Key<'a>, Vec<Row<'a>>> {
    let study = evaluation.study();
    let panel = &study.panel;
    let slice_of = |cell: &Published| {
        let (period, region) = (study.period(&cell.period)?, study.region(&cell.region)?);
        let holds = |slice: &quanheng_core::model::Slice| {
            slice.period == period && panel.row_of(slice, region).is_some()
        };
        panel.slices().iter().position(holds)
    };
    let mut found: IndexMap<Key<'a>, IndexMap<&str, Row<'a>>> = IndexMap::new();
    for cell in published {
        let Some(slice) = slice_of(cell) else { continue };
        let of = found.entry((&cell.node, slice)).or_default();
        let row = of.entry(cell.region.as_str()).or_insert(Row {
            region: &cell.region,
            score: f64::NAN,
            rank: f64::NAN,
            of: cell,
        });
        match cell.stated {
            Stated::Score(score, _) => row.score = score,
            Stated::Rank(rank) => (row.rank, row.of) = (rank, cell),
            Stated::Tier(_) => {}
        }
    }
    let whole = |row: &Row<'_>| !row.score.is_nan() && !row.rank.is_nan();
    let in_order = |(key, rows): (Key<'a>, IndexMap<&str, Row<'a>>)| {
        let mut rows: Vec<Row<'a>> = rows.into_values().filter(whole).collect();
        number::sort_items(&mut rows, |a, b| a.rank.total_cmp(&b.rank));
        (key, rows)
    };
    found.into_iter().map(in_order).collect()
}

fn of_table(evaluation: &Evaluation, (node, slice): Key<'_>, rows: &[Row<'_>]) -> Vec<Note> {
    let methodology = evaluation.methodology();
    let Some(at) = methodology.system.find(node) else { return Vec::new() };
    let sign = evaluation.better(at).sign();
    let grid = evaluation.grid(at, slice, RankOn::Full);
    // Published ranks may go by fewer digits than are printed, where the rule says so.
    let compared = |row: &Row<'_>| match methodology.ranking.at(at).on {
        RankOn::Digits(digits) => grid.round(row.score, digits, number::RoundMode::HalfUp),
        RankOn::Full | RankOn::Rounded => row.score,
    };
    let mut notes = Vec::new();
    for pair in rows.windows(2) {
        let (above, below) = (&pair[0], &pair[1]);
        let lead = (compared(above) - compared(below)) * sign;
        let shown = match above.rank == below.rank {
            true if lead != 0.0 => text!(
                note_official_one_rank,
                first = above.region,
                second = below.region,
                rank = number_of(above.rank),
                first_score = number_of(above.score),
                second_score = number_of(below.score),
            ),
            false if lead < 0.0 => text!(
                note_official_above,
                first = above.region,
                second = below.region,
                first_rank = number_of(above.rank),
                second_rank = number_of(below.rank),
                first_score = number_of(above.score),
                second_score = number_of(below.score),
            ),
            _ => continue,
        };
        notes.push(Note::new(&KIND, above.region).shown(shown).at([above.of.place()]));
    }
    notes
}

fn number_of(x: f64) -> Text {
    Text::plain(quanheng_words::number::short(x))
}
