//! Awards by rule: the best of the index, of each dimension and of each class, and the largest rises.

use quanheng_words::text;

use crate::comparison::{Aligned, Mapping, Standing};
use crate::method::{SettingError, choice, fault, settings};
use crate::model::{Direction, NodeId, RegionIx};
use crate::number;

use super::finding::{WHOLE, columns};
use super::subject::Usual;
use super::{Cell, Column, Form, Found, Need, Reason, Subject, Word, analysis};

choice! {
    /// For what an award is given.
    pub enum Rule {
        /// The best ranks of the index.
        BestOfIndex = "best_of_index",
        /// The best ranks of each dimension.
        BestOfDimension = "best_of_dimension",
        /// The best ranks of the index within each class of the groups.
        BestOfClass = "best_of_class",
        /// The largest rises of the score of the index since the earlier period.
        RiseInScore = "rise_in_score",
        /// The largest rises of the rank by the index since the earlier period.
        RiseInRank = "rise_in_rank",
    }
}

const RULES: [Rule; 5] = [
    Rule::BestOfIndex,
    Rule::BestOfDimension,
    Rule::BestOfClass,
    Rule::RiseInScore,
    Rule::RiseInRank,
];

settings! {
    /// Settings of the awards.
    pub(super) struct Settings {
        /// What awards are given for, in the order in which they are shown: `best_of_index`, `best_of_dimension`, `best_of_class`, `rise_in_score`, `rise_in_rank`; all of them unless stated.
        rules: Vec<String> = Vec::new(),
        /// How many places have an award; all regions that share the last of them have it.
        places: usize [1, 1000] = 1,
        /// The dimensions, by code; unless stated, the nodes below the index.
        nodes: Vec<String> = Vec::new(),
        /// The groups whose classes have awards, by code; all of the project unless stated.
        groups: Vec<String> = Vec::new(),
        /// The period since which a rise is counted; the one before unless stated.
        from: Option<String> = None,
    }
}

analysis!(Settings, compute, check = sound, {
    name: "awards",
    label: "Awards",
    summary: "Awards by rule: the best regions of the index, of each dimension and of each class, and the largest rises of score and rank.",
    formula: "place of region i among those that compete = 1 + the number of regions that are better; an award for places up to `places`; rises are above zero, and ranks rise among the regions that are ranked in both periods",
    reference: "Awards as in yearbooks of government websites in China",
    needs: Need::Nothing,
    forms: &[AWARDS],
});

const AWARDS: Form = Form {
    name: "awards",
    label: "Awards by rule",
    columns: &[
        Column::text("award", "Award"),
        Column::text("group", "Group").detail(),
        Column::text("of", "Of"),
        Column::number("place", "Place"),
        columns::REGION,
        columns::SCORE,
        Column::score("change", "Change of score"),
        Column::number("places", "Places"),
        Column::number("sharing", "Regions that share the place").detail(),
        columns::N.detail(),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

/// The rules that are stated, or all of them; a word that is not a rule.
fn rules(settings: &Settings) -> Result<Vec<Rule>, &str> {
    if settings.rules.is_empty() {
        return Ok(RULES.to_vec());
    }
    let find = |word: &str| RULES.into_iter().find(|rule| rule.word() == word);
    settings.rules.iter().map(|word| find(word).ok_or(word.as_str())).collect()
}

fn sound(settings: &Settings) -> Result<(), SettingError> {
    let known = RULES.map(Rule::word).join(", ");
    match rules(settings) {
        Ok(_) => Ok(()),
        Err(word) => Err(fault("rules", text!(expect_rules, word = word, known = known))),
    }
}

/// A region that competes for an award: what it is measured by (the greatest wins; NaN has no place), and what is shown
/// of it.
struct Entrant {
    region: RegionIx,
    by: f64,
    score: f64,
    change: f64,
    moved: f64,
}

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let now = subject.now()?;
    let root = subject.root();
    let mut found = Found::new(&AWARDS);
    for rule in rules(settings).expect("settings are checked before") {
        match rule {
            Rule::BestOfIndex => {
                give(
                    &mut found,
                    Word::BestOfIndex,
                    Cell::Empty,
                    ranked(subject, root, now),
                    settings,
                );
            }
            Rule::BestOfDimension => {
                let parts = subject.nodes(&settings.nodes, || subject.parts().to_vec())?;
                for node in parts {
                    let entrants = ranked(subject, node, now);
                    give(&mut found, Word::BestOfDimension, Cell::Node(node), entrants, settings);
                }
            }
            Rule::BestOfClass => classes(subject, now, settings, &mut found)?,
            Rule::RiseInScore | Rule::RiseInRank => {
                let word = match rule {
                    Rule::RiseInScore => Word::RiseInScore,
                    _ => Word::RiseInRank,
                };
                match rises(subject, rule, settings) {
                    entrants @ Ok(_) => {
                        give(&mut found, word, Cell::Empty, entrants, settings);
                    }
                    Err(why @ Reason::NoPeriod(_)) => return Err(why),
                    Err(why) => refuse(&mut found, word, Cell::Empty, why),
                }
            }
        }
    }
    Ok(vec![found])
}

/// The regions that have a rank by a node.
fn ranked(subject: &Subject<'_>, node: NodeId, slice: usize) -> Result<Vec<Entrant>, Reason> {
    let ranks = subject.evaluation.ranks_in(node, slice);
    let scores = subject.scores(node, slice);
    let regions = subject.regions(slice);
    let entrant = |i: usize| Entrant {
        region: regions[i],
        by: -ranks[i],
        score: scores[i],
        change: f64::NAN,
        moved: f64::NAN,
    };
    Ok((0..regions.len()).filter(|&i| !ranks[i].is_nan()).map(entrant).collect())
}

fn classes(
    subject: &Subject<'_>,
    now: usize,
    settings: &Settings,
    found: &mut Found,
) -> Result<(), Reason> {
    let groups = &subject.study().groups;
    let known = |code: &String| groups.iter().any(|group| group.code == *code);
    if let Some(code) = settings.groups.iter().find(|code| !known(code)) {
        return Err(Reason::NoGroup(code.clone()));
    }
    if groups.is_empty() {
        refuse(found, Word::BestOfClass, Cell::Empty, Reason::NoGroups);
    }
    for (at, group) in groups.iter().enumerate() {
        if !settings.groups.is_empty() && !settings.groups.contains(&group.code) {
            continue;
        }
        for (class, members) in &group.classes {
            let mut entrants = ranked(subject, subject.root(), now)?;
            entrants.retain(|one| members.binary_search(&one.region).is_ok());
            // A class may have regions in other leagues only.
            if !entrants.is_empty() {
                let of = Cell::Class(at, class.clone());
                give(found, Word::BestOfClass, of, Ok(entrants), settings);
            }
        }
    }
    Ok(())
}

/// The regions that are ranked in both periods and rise.
fn rises(subject: &Subject<'_>, rule: Rule, settings: &Settings) -> Result<Vec<Entrant>, Reason> {
    let (from, to) = subject.between(settings.from.as_deref(), None, Usual::Before)?;
    let [before, after] = [from, to].map(|slice| Standing::new(subject.evaluation, slice));
    let mapping = Mapping::default();
    let aligned = Aligned::new(&before, &after, &mapping);
    let regions = subject.regions(from);
    let turn = match subject.evaluation.better(subject.root()) {
        Direction::Positive => 1.0,
        Direction::Negative => -1.0,
    };
    let mut entrants = Vec::new();
    for (pair, &(i, j)) in aligned.pairs.iter().enumerate() {
        if before.ranks[i].is_nan() || after.ranks[j].is_nan() {
            continue;
        }
        let change = after.scores[j] - before.scores[i];
        let moved = aligned.move_of(pair);
        let by = if rule == Rule::RiseInRank { moved } else { turn * change };
        entrants.push(Entrant { region: regions[i], by, score: after.scores[j], change, moved });
    }
    if entrants.is_empty() {
        return Err(Reason::TooFew { n: 0, least: 1 });
    }
    // Those that do not rise compete, and have no place.
    entrants.iter_mut().filter(|one| one.by <= 0.0).for_each(|one| one.by = f64::NAN);
    let nobody = entrants.iter().all(|one| one.by.is_nan());
    if nobody { Err(Reason::NobodyRises) } else { Ok(entrants) }
}

/// Adds the regions that have an award.
fn give(
    found: &mut Found,
    word: Word,
    of: Cell,
    entrants: Result<Vec<Entrant>, Reason>,
    settings: &Settings,
) {
    let entrants = match entrants {
        Ok(entrants) if entrants.is_empty() => Err(Reason::TooFew { n: 0, least: 1 }),
        other => other,
    };
    let entrants = match entrants {
        Ok(entrants) => entrants,
        Err(why) => return refuse(found, word, of, why),
    };
    let by: Vec<f64> = entrants.iter().map(|one| -one.by).collect();
    let mut places = vec![f64::NAN; by.len()];
    // Differences of rounded scores that are equal in print differ in their last binary digits.
    let scores: Vec<f64> = entrants.iter().map(|one| one.score).collect();
    let tolerance = 1e-12 * number::largest(&scores);
    number::rank(&by, number::Ties::Competition, tolerance, &mut Vec::new(), &mut places);
    let mut order: Vec<usize> =
        (0..places.len()).filter(|&i| places[i] <= settings.places as f64).collect();
    number::sort_by_key(&mut order, &|i| places[i]);
    for i in order {
        let sharing = places.iter().filter(|place| **place == places[i]).count();
        let one = &entrants[i];
        found.push([
            Cell::Word(word),
            group(&of),
            of.clone(),
            Cell::Rank(places[i]),
            Cell::Region(one.region),
            one.score.into(),
            one.change.into(),
            if one.moved.is_nan() { Cell::Empty } else { Cell::Moved(one.moved) },
            if sharing > 1 { sharing.into() } else { Cell::Empty },
            entrants.len().into(),
            Cell::Empty,
        ]);
    }
}

fn refuse(found: &mut Found, word: Word, of: Cell, why: Reason) {
    let nothing = std::iter::repeat_n(Cell::Empty, 7);
    let head = [Cell::Word(word), group(&of), of].into_iter();
    found.push(head.chain(nothing).chain([Cell::None(why)]));
}

/// The group of a class.
fn group(of: &Cell) -> Cell {
    match of {
        Cell::Class(group, _) => Cell::Group(*group),
        _ => Cell::Empty,
    }
}
