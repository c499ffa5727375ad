//! Problems of one cause, put together: the first of them stands for all, with how many there are, the first places and
//! the methodologies that they concern.

use indexmap::IndexSet;
use quanheng_words::{Text, text};

use super::{DataFault, Fault, Filed, Place, Problem, ProjectFault, Unread};

/// How many further places of a cause are named.
const PLACES: usize = 4;

/// Problems of one cause.
pub(super) struct Group<'p> {
    /// The one that is worded.
    pub(super) first: &'p Problem,
    /// Where it happens, each place once, that of the first problem included.
    at: IndexSet<At>,
    /// How many more there are whose places are not known.
    uncounted: usize,
    /// The methodologies that cannot be used because of it.
    methodologies: IndexSet<String>,
}

/// Where a problem happens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct At {
    /// A node or a column, as messages name it; empty where a place says more.
    name: String,
    /// The period and the league, where there are several.
    period: Option<String>,
    league: Option<String>,
    /// The file and the cell.
    place: Option<String>,
}

/// The problems by cause, in the order of the first of each.
pub(super) fn groups(filed: &[Filed]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for Filed { problem, of } in filed {
        let found = groups.iter().position(|group| group.first.fault.is_like(&problem.fault));
        let at = found.unwrap_or_else(|| {
            groups.push(Group {
                first: problem,
                at: IndexSet::new(),
                uncounted: 0,
                methodologies: IndexSet::new(),
            });
            groups.len() - 1
        });
        let group = &mut groups[at];
        group.methodologies.extend(of.iter().cloned());
        match &problem.fault {
            Fault::Evaluation { methodology, .. }
            | Fault::Project(ProjectFault::Contract { methodology, .. }) => {
                group.methodologies.insert(methodology.clone());
            }
            _ => {}
        }
        match &problem.fault {
            // The rest of what was counted when its file was read.
            Fault::Data(DataFault::More { count, .. }) => group.uncounted += count,
            fault => {
                group.at.insert(place(fault, &problem.places));
            }
        }
    }
    groups
}

/// Where a problem happens: at a node, or else at the first of its places.
fn place(fault: &Fault, places: &[Place]) -> At {
    let at = |name: &str| At { name: name.to_owned(), period: None, league: None, place: None };
    match fault {
        Fault::Evaluation { named, .. } => {
            let name = named.child.as_ref().unwrap_or(&named.node);
            At { period: named.period.clone(), league: named.league.clone(), ..at(name) }
        }
        Fault::Project(ProjectFault::Contract { problem, named, .. }) => {
            use quanheng_core::methodology::ContractProblem::NoColumn;
            match problem {
                NoColumn { column, .. } => at(&format!("`{column}`")),
                _ => at(named.child.as_ref().unwrap_or(&named.node)),
            }
        }
        Fault::Data(
            DataFault::NotANumber { shows: text, why: Unread::Text, .. }
            | DataFault::LostDigits { code: text },
        ) => {
            let place = places.first().map(|place| format!("{} (\"{text}\")", spot(place)));
            At { place, ..at("") }
        }
        _ => At { place: places.first().map(spot), ..at("") },
    }
}

/// A place down to the column.
fn spot(place: &Place) -> String {
    let (source, span) = match place {
        Place::Text { source, span } => (source, span),
        Place::Site(site) => (&site.source, &site.span),
        Place::Cell { .. } | Place::File(_) => return place.to_string(),
    };
    let before = &source.text[..source.text.floor_char_boundary(span.start)];
    let line = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
    format!("{place}:{}", line.chars().count() + 1)
}

impl Group<'_> {
    /// What stands below the excerpts: how many there are and where, and which methodologies they concern.
    pub(super) fn notes(&self) -> Vec<Text> {
        let mut notes = Vec::new();
        let more = (self.at.len() + self.uncounted).saturating_sub(1);
        let shown: Vec<Text> = self.at.iter().skip(1).take(PLACES).map(At::words).collect();
        match more.saturating_sub(shown.len()) {
            _ if more == 0 => {}
            rest if shown.is_empty() => notes.push(text!(problem_more, count = rest)),
            0 => notes.push(text!(problem_more_at, count = more, places = shown)),
            rest => {
                notes.push(text!(problem_more_first, count = more, places = shown, rest = rest));
            }
        }
        // A single one is named in the words, or shown by the place.
        if self.methodologies.len() > 1 {
            let codes: Vec<String> = self.methodologies.iter().cloned().collect();
            notes.push(text!(problem_methodologies, count = codes.len(), codes = codes));
        }
        notes
    }
}

impl At {
    fn words(&self) -> Text {
        match (&self.place, &self.period, &self.league) {
            (Some(place), ..) => Text::plain(place),
            (None, Some(period), Some(league)) => {
                text!(problem_at_both, name = &self.name, period = period, league = league)
            }
            (None, Some(what), None) | (None, None, Some(what)) => {
                text!(problem_at_one, name = &self.name, what = what)
            }
            (None, None, None) => Text::plain(&self.name),
        }
    }
}
