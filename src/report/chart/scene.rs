//! What a chart is drawn of, and the questions that kinds ask it.

use std::collections::HashMap;

use indexmap::IndexMap;
use quanheng_core::analysis::Inputs;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{LeagueIx, NodeId, PeriodIx, RegionIx, Slice, State, System};
use quanheng_core::multiverse::Spread;
use quanheng_core::number::sort_by_key;
use quanheng_words::{text, word};

use super::super::ranking::{self, Frame};
use super::super::{Cell, Language, number};
use super::Reason;
use crate::case::Case;
use crate::data::map::Map;
use crate::multiverse::{Evaluated, Group};
use crate::project::About;
use crate::report::{analysis, robustness};
use crate::robustness::{Drawn, Exact, Robust};
use crate::sensitivity::Analysed;

/// One result: a methodology in a period.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    /// What it is called where there are several.
    pub label: String,
    /// The evaluation.
    pub evaluation: &'a Evaluation,
    /// The period that is looked at.
    pub period: PeriodIx,
}

/// What a multiverse found.
#[derive(Clone, Copy, Debug)]
pub struct Many<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its branches.
    pub evaluated: &'a Evaluated,
    /// The leagues and periods, summed up.
    pub groups: &'a [Group],
}

/// What a chart is drawn of.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// The results: one, or several that are compared.
    pub sides: Vec<Side<'a>>,
    /// The league.
    pub league: LeagueIx,
    /// The code of the node whose scores are shown; the index where none is given.
    pub node: Option<&'a str>,
    /// The region that is shown, or stands out among the others.
    pub region: Option<RegionIx>,
    /// The code of the group by whose classes regions are distinguished.
    pub group: Option<&'a str>,
    /// The code of what is put beside the scores: a covariate or a node.
    pub with: Option<&'a str>,
    /// Whether leaves are shown in place of the children of the node, where a chart can do both.
    pub leaves: bool,
    /// How many of the best regions are shown.
    pub top: Option<usize>,
    /// The case that is shown.
    pub case: Option<&'a Case>,
    /// A map of the user's own, and the property of its areas that holds the codes of regions, where it is stated.
    pub map: Option<&'a Map>,
    /// See `map`.
    pub map_key: Option<&'a str>,
    /// A multiverse of the methodology.
    pub many: Option<Many<'a>>,
    /// How sure the ranks of the first result are, where that was computed.
    pub robust: Option<&'a Robust>,
    /// A sensitivity analysis with its name.
    pub shares: Option<(&'a str, &'a Analysed)>,
    /// The names of groups.
    pub groups: &'a IndexMap<String, About>,
    /// Covariates.
    pub inputs: &'a Inputs,
    /// Source, fingerprint, and what was not published.
    pub frame: &'a Frame,
    /// The language.
    pub language: Language,
    /// What the ids of the drawing begin with: different for each drawing on a page. Letters, digits and hyphens.
    pub id: &'a str,
    /// Whether the drawing has the style sheet in it; a page with several has [`super::style`] once.
    pub is_alone: bool,
}

impl<'a> Scene<'a> {
    /// The first result.
    pub(super) fn side(&self) -> &Side<'a> {
        &self.sides[0]
    }

    /// The evaluation of the first result.
    pub(super) fn evaluation(&self) -> &'a Evaluation {
        self.sides[0].evaluation
    }

    pub(super) fn system(&self) -> &'a System {
        &self.evaluation().methodology().system
    }

    /// The node that is shown, in the system of a result; the index where it has none of this code.
    pub(super) fn node_of(&self, evaluation: &Evaluation) -> NodeId {
        let system = &evaluation.methodology().system;
        self.node.and_then(|code| system.find(code)).unwrap_or(system.root())
    }

    /// The node that is shown.
    pub(super) fn node(&self) -> NodeId {
        self.node_of(self.evaluation())
    }

    /// The children of the node that is shown.
    pub(super) fn children(&self) -> Result<&'a [NodeId], Reason> {
        let node = self.system().node(self.node());
        match node.children.is_empty() {
            true => Err(Reason::Leaf { node: node.code.clone() }),
            false => Ok(&node.children),
        }
    }

    /// The position of the league and period of a result in its panel.
    pub(super) fn slice_of(&self, side: &Side<'a>) -> Option<usize> {
        let slices = side.evaluation.study().panel.slices();
        slices.iter().position(|s| s.league == self.league && s.period == side.period)
    }

    /// The regions of the first result by rank, those with a rank and a score; the best `top`.
    pub(super) fn ranked(&self) -> Result<Ranked<'a>, Reason> {
        self.ranked_on(self.side())
    }

    /// The same for another result.
    pub(super) fn ranked_on(&self, side: &Side<'a>) -> Result<Ranked<'a>, Reason> {
        let evaluation = side.evaluation;
        let at = self.slice_of(side).ok_or(Reason::NoScores)?;
        let slice = &evaluation.study().panel.slices()[at];
        let node = self.node_of(evaluation);
        let ranks = evaluation.ranks_of(node);
        let mut rows: Vec<usize> = slice.rows.clone().filter(|&row| !ranks[row].is_nan()).collect();
        sort_by_key(&mut rows, &|row| ranks[row]);
        let all = rows.len();
        if all == 0 {
            return Err(Reason::NoScores);
        }
        let digits = ranking::digits_apart(evaluation, node, at, &rows);
        let mut shown = self.top.unwrap_or(all).min(all);
        while shown > 0 && shown < all && ranks[rows[shown]] == ranks[rows[shown - 1]] {
            shown += 1;
        }
        rows.truncate(shown);
        Ok(Ranked { evaluation, node, at, slice, ranks, rows, all, digits })
    }

    /// The region that is asked for, as a row of a ranking.
    pub(super) fn row(&self, ranked: &Ranked<'_>) -> Result<usize, Reason> {
        let region = self.region.ok_or(Reason::NoRegion)?;
        let panel = &ranked.evaluation.study().panel;
        let row = panel.row_of(ranked.slice, region).ok_or(Reason::RegionWithoutScore)?;
        let score = ranked.evaluation.scores(ranked.node).values()[row];
        if score.is_nan() { Err(Reason::RegionWithoutScore) } else { Ok(row) }
    }

    pub(super) fn node_name(&self, node: NodeId) -> &'a str {
        self.system().node(node).name(self.language.tag())
    }

    /// What is shown, of whom, when and by which methodology: parts of the line below a title.
    pub(super) fn about(&self, n: usize) -> Vec<String> {
        let mut parts = self.place();
        let methodology = self.evaluation().methodology();
        let named = methodology.names.get(self.language.tag());
        match self.sides.as_slice() {
            [_] => parts.push(ranking::titled(&methodology.code, named, self.language)),
            sides => {
                let labels: Vec<String> = sides.iter().map(|side| side.label.clone()).collect();
                parts.push(labels.join(" → "));
            }
        }
        parts.push(text!(count_regions, n = n).render(self.language));
        parts
    }

    /// The node, where it is not the index, the league, where there are several, and the period of a single result.
    pub(super) fn place(&self) -> Vec<String> {
        let study = self.evaluation().study();
        let system = self.system();
        let mut parts = Vec::new();
        if self.node() != system.root() {
            parts.push(self.node_name(self.node()).to_owned());
        }
        if study.leagues.len() > 1 {
            let league = &study.leagues[self.league.0 as usize];
            parts.push(league.names.get(self.language.tag()).unwrap_or(&league.code).to_owned());
        }
        if self.sides.len() == 1 {
            parts.push(self.period_name(self.side().period));
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    pub(super) fn period_name(&self, period: PeriodIx) -> String {
        self.evaluation().study().periods[period.0 as usize].label.clone()
    }

    /// The title of the project.
    pub(super) fn title(&self) -> &'a str {
        self.evaluation().study().title.get(self.language.tag()).unwrap_or_default()
    }

    /// The words of a message without slots are those of this language.
    pub(super) fn says(&self, text: quanheng_words::Text) -> String {
        text.render(self.language)
    }

    /// How sure ranks are.
    pub(super) fn robust(&self) -> Result<&'a Robust, Reason> {
        match self.node() == self.system().root() {
            true => self.robust.ok_or(Reason::NoRobustness),
            false => Err(Reason::NotTheIndex),
        }
    }

    /// What was drawn.
    pub(super) fn drawn(&self) -> Result<&'a Drawn, Reason> {
        let drawn = self.robust()?.draws.as_ref();
        drawn.map_err(|reason| Reason::NoDraws { why: robustness::why(reason) })
    }

    /// What follows from all weights.
    pub(super) fn exact(&self) -> Result<&'a Exact, Reason> {
        let exact = self.robust()?.weights.as_ref();
        exact.map_err(|reason| Reason::NotExact { why: analysis::because(reason) })
    }

    /// The position of the group that is asked for.
    pub(super) fn group_at(&self) -> Option<usize> {
        let groups = &self.evaluation().study().groups;
        groups.iter().position(|group| Some(group.code.as_str()) == self.group)
    }

    /// The classes of the group that is asked for, with its name; none where none is.
    pub(super) fn classes(&self) -> Option<Classes<'a>> {
        let group = &self.evaluation().study().groups[self.group_at()?];
        let mut of = HashMap::new();
        for (k, (_, regions)) in group.classes.iter().enumerate() {
            for region in regions {
                // A region in two classes is shown in the first.
                of.entry(region.0).or_insert(k);
            }
        }
        let name = self.groups.get(&group.code).and_then(|a| a.names.get(self.language.tag()));
        let names = group.classes.keys().map(String::as_str).collect();
        Some(Classes { name: name.unwrap_or(&group.code).to_owned(), names, of })
    }
}

/// Classes of a group.
#[derive(Clone, Debug)]
pub(super) struct Classes<'a> {
    /// The name of the group.
    pub(super) name: String,
    /// The names of its classes.
    pub(super) names: Vec<&'a str>,
    /// The class of each region, by its number.
    pub(super) of: HashMap<u32, usize>,
}

/// Regions of a league and period by rank at a node.
#[derive(Clone, Debug)]
pub(super) struct Ranked<'a> {
    pub(super) evaluation: &'a Evaluation,
    pub(super) node: NodeId,
    /// The position of the slice in the panel.
    pub(super) at: usize,
    pub(super) slice: &'a Slice,
    /// By row of the panel.
    pub(super) ranks: Vec<f64>,
    /// The regions that are shown, as rows of the panel.
    pub(super) rows: Vec<usize>,
    /// How many have a rank.
    pub(super) all: usize,
    /// The decimals of scores.
    pub(super) digits: usize,
}

impl<'a> Ranked<'a> {
    pub(super) fn region(&self, row: usize) -> RegionIx {
        self.evaluation.study().panel.regions()[row]
    }

    pub(super) fn name(&self, row: usize, language: Language) -> &'a str {
        self.evaluation.study().regions[self.region(row).0 as usize].name(language.tag())
    }

    pub(super) fn code(&self, row: usize) -> &'a str {
        &self.evaluation.study().regions[self.region(row).0 as usize].code
    }

    /// The score of a row at a node; NaN for none.
    pub(super) fn score_at(&self, node: NodeId, row: usize) -> f64 {
        let column = self.evaluation.scores(node);
        if column.state(row) == State::Value { column.values()[row] } else { f64::NAN }
    }

    pub(super) fn score(&self, row: usize) -> f64 {
        self.score_at(self.node, row)
    }

    /// The score as it is printed.
    pub(super) fn printed(&self, row: usize) -> String {
        number::fixed(self.score(row), self.digits)
    }

    /// A score of another node as it is printed.
    pub(super) fn printed_at(&self, node: NodeId, row: usize) -> String {
        match self.score_at(node, row) {
            x if x.is_nan() => "–".to_owned(),
            x => number::fixed(x, ranking::digits(self.evaluation, node)),
        }
    }

    /// The tier of a row: its position from the best, how many there are, and its name.
    pub(super) fn tier(&self, row: usize) -> Option<(usize, usize, String)> {
        match ranking::tier(self.evaluation, self.node, row) {
            Cell::Tier { at, of, label } => Some((at, of, label)),
            _ => None,
        }
    }

    /// The name, rank, score and tier of a row, in a line.
    pub(super) fn words(&self, row: usize, language: Language) -> String {
        let mut parts = vec![
            self.name(row, language).to_owned(),
            format!("{} {}", word!(label_rank, language), number::rank(self.ranks[row])),
            format!("{} {}", word!(label_score, language), self.printed(row)),
        ];
        parts.extend(self.tier(row).map(|(_, _, label)| label));
        parts.join(" · ")
    }
}

impl Many<'_> {
    /// How many branches gave a result.
    pub(super) fn branches(&self) -> usize {
        self.groups.iter().map(|group| group.summary.n).max().unwrap_or(0)
    }
}

impl<'a> Scene<'a> {
    /// The spread of a region's ranks over the branches of the multiverse, in the league and period of the first result.
    pub(in crate::report) fn spread(&self, region: &str) -> Option<&'a Spread> {
        let many = self.many?;
        let study = self.evaluation().study();
        let league = &study.leagues[self.league.0 as usize].code;
        let period = &study.periods[self.side().period.0 as usize].label;
        let keys = many.evaluated.tree.rows();
        let is_own = |spread: &&Spread| {
            let key = &keys[spread.row];
            key.region == region && key.league == *league && key.period == *period
        };
        many.groups.iter().flat_map(|group| &group.summary.spreads).find(is_own)
    }

    /// A remark where not all regions are shown.
    pub(super) fn cut(&self, shown: usize, all: usize) -> Vec<String> {
        let words = || text!(shown_of, shown = shown, all = all).render(self.language);
        if shown < all { vec![words()] } else { Vec::new() }
    }
}
