//! What expressions ask: the results of a project, as the other reports have them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use indexmap::IndexMap;
use minijinja::Value;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::explanation::Change;
use quanheng_core::model::{LeagueIx, NodeId, PeriodIx, RegionIx, State};
use quanheng_core::number::sort_by_key;
use quanheng_core::profile::Profile;
use quanheng_words::number::Form;
use quanheng_words::{Language, text};

use super::arguments::Arguments;
use super::request::{Outcome, Request};
use super::wrong::Wrong;
use crate::project::About;
use crate::report::{Cell, ranking};

/// Statistics of a comparison, by name.
pub(super) type Statistics = Vec<(&'static str, f64)>;

/// Everything that values are read from. It owns what it has, since the engine of expressions keeps functions.
#[derive(Debug)]
pub(super) struct World {
    pub(super) language: Language,
    /// The results: that of the report's own methodology first.
    pub(super) evaluations: Vec<Arc<Evaluation>>,
    pub(super) period: Option<PeriodIx>,
    pub(super) league: LeagueIx,
    /// The leagues that the report is about.
    pub(super) leagues: Vec<LeagueIx>,
    /// How numbers are written.
    pub(super) form: Form,
    pub(super) groups: IndexMap<String, About>,
    /// Profiles by the first evaluation.
    pub(super) profiles: Vec<Profile>,
    /// The statistics of each two methodologies, by their codes.
    pub(super) agreements: Vec<([String; 2], Statistics)>,
    /// Why regions move between each two methodologies.
    pub(super) changes: Vec<([String; 2], Vec<Change>)>,
    /// The spread of ranks of each region, by league, period and code.
    pub(super) spreads: BTreeMap<[String; 3], [f64; 5]>,
    /// Between which ranks each region is under other weights, in a sentence.
    pub(super) sure: BTreeMap<RegionIx, String>,
    /// The multiverse: its name, its branches, and how many are among the best.
    pub(super) multiverse: Option<(String, usize, usize)>,
    /// The notes: code and sentence.
    pub(super) notes: Vec<(String, String)>,
    /// The region that the report is about.
    pub(super) region: Option<RegionIx>,
    /// Texts about the project, by the name of the value.
    pub(super) facts: Vec<(&'static str, String)>,
    /// The methods of each methodology, a stage each.
    pub(super) methods: Vec<Vec<(String, String)>>,
    pub(super) store: Mutex<Store>,
}

/// What was asked for while a chapter was written.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// What stands in the text in place of what expressions give.
    pub(super) pieces: Vec<Piece>,
    /// What takes more than the world to answer, and what came of it.
    pub(super) answers: BTreeMap<Request, Result<Outcome, Wrong>>,
    /// What was asked and has no answer yet.
    pub(super) asked: Vec<Request>,
    /// With how many decimals each number is written that a function gave.
    digits: BTreeMap<u64, usize>,
}

/// What an expression gave.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// A text, in which nothing is markup.
    Text(String),
    /// A figure or a table.
    Block(Box<Request>),
}

/// A league and period of an evaluation, ranked by a node.
#[derive(Debug)]
pub(super) struct View {
    pub(super) evaluation: Arc<Evaluation>,
    /// The position of the slice in the panel.
    pub(super) slice: usize,
    pub(super) node: NodeId,
    /// By row of the panel.
    pub(super) ranks: Vec<f64>,
    /// The rows with a rank, the best first.
    pub(super) rows: Vec<usize>,
    /// The decimals of scores.
    pub(super) digits: usize,
}

impl World {
    /// Puts a world together; `store` begins empty.
    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn empty_store() -> Mutex<Store> {
        Mutex::default()
    }

    pub(super) fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// A number that is written with so many decimals unless a filter says otherwise; nothing for NaN.
    pub(super) fn figure(&self, x: f64, digits: usize) -> Value {
        if x.is_nan() {
            return Value::from(());
        }
        let mut store = self.store();
        let known = store.digits.entry(x.to_bits()).or_insert(digits);
        *known = digits.max(*known);
        Value::from(x)
    }

    /// A rank or a number of places: whole, unless places are shared.
    pub(super) fn places(&self, x: f64) -> Value {
        match x {
            x if x.is_nan() => Value::from(()),
            x if x.fract() == 0.0 => Value::from(x as i64),
            x => self.figure(x, 1),
        }
    }

    /// A number as it is written.
    pub(super) fn written(&self, x: f64) -> String {
        let digits = self.store().digits.get(&x.to_bits()).copied();
        self.form.number(x, digits)
    }

    /// The evaluation of a methodology, by its code; the first where none is named.
    pub(super) fn evaluation(&self, code: Option<&str>) -> Result<usize, Wrong> {
        let Some(code) = code else { return Ok(0) };
        let codes = || self.evaluations.iter().map(|of| of.methodology().code.as_str());
        codes().position(|of| of == code).ok_or_else(|| {
            Wrong::unknown(text!(thing_methodology), code, codes().map(str::to_owned).collect())
        })
    }

    /// The league of this code; that of the report where none is named.
    pub(super) fn league_of(&self, code: Option<&str>) -> Result<LeagueIx, Wrong> {
        let Some(code) = code else { return Ok(self.league) };
        let all = &self.evaluations[0].study().leagues;
        let named = |league: &quanheng_core::model::League| {
            league.code == code || league.names.get(self.tag()) == Some(code)
        };
        let known = || all.iter().map(|league| league.code.clone()).collect();
        all.iter()
            .position(named)
            .map(|at| LeagueIx(at as u32))
            .ok_or_else(|| Wrong::unknown(text!(thing_league), code, known()))
    }

    /// The slice of an evaluation: in the period that is named, else in that of the report, else in the last one.
    pub(super) fn slice(
        &self,
        at: usize,
        league: LeagueIx,
        label: Option<&str>,
    ) -> Result<Option<usize>, Wrong> {
        let study = self.evaluations[at].study();
        let stated = match label {
            None => None,
            Some(label) => Some(study.period(label).ok_or_else(|| {
                let known = study.periods.iter().map(|period| period.label.clone()).collect();
                Wrong::unknown(text!(thing_period), label, known)
            })?),
        };
        let slices = study.panel.slices();
        let find = |period: PeriodIx| {
            slices.iter().position(|of| of.league == league && of.period == period)
        };
        let last = || slices.iter().rposition(|of| of.league == league);
        Ok(match stated {
            Some(period) => find(period),
            None => self.period.and_then(find).or_else(last),
        })
    }

    /// The node of this code or name in the system of an evaluation; the index where none is named.
    pub(super) fn node(&self, at: usize, name: Option<&str>) -> Result<NodeId, Wrong> {
        let system = &self.evaluations[at].methodology().system;
        let Some(name) = name else { return Ok(system.root()) };
        let all = || (0..system.nodes().len() as u32).map(NodeId);
        let named = |id: &NodeId| system.node(*id).names.iter().any(|(_, of)| of == name);
        system.find(name).or_else(|| all().find(named)).ok_or_else(|| {
            let known = system
                .nodes()
                .iter()
                .flat_map(|node| [node.code.clone(), node.name(self.tag()).to_owned()]);
            Wrong::unknown(text!(thing_node), name, known.collect())
        })
    }

    /// The region of this code or name.
    pub(super) fn region(&self, name: &str) -> Result<RegionIx, Wrong> {
        let study = self.evaluations[0].study();
        if let Some(region) = study.region(name) {
            return Ok(region);
        }
        let named =
            |region: &quanheng_core::model::Region| region.names.iter().any(|(_, of)| of == name);
        let mut found = (0..study.regions.len()).filter(|&k| named(&study.regions[k]));
        match (found.next(), found.next()) {
            (Some(at), None) => Ok(RegionIx(at as u32)),
            _ => {
                let known = study
                    .regions
                    .iter()
                    .flat_map(|region| [region.name(self.tag()).to_owned(), region.code.clone()]);
                Err(Wrong::unknown(text!(thing_region), name, known.collect()))
            }
        }
    }

    /// What a call is about; nothing where the league has no regions in the period.
    pub(super) fn view(&self, arguments: &Arguments) -> Result<Option<Arc<View>>, Wrong> {
        self.view_of(arguments, None)
    }

    /// The same in the league of a region, unless another is named.
    pub(super) fn view_of(
        &self,
        arguments: &Arguments,
        region: Option<RegionIx>,
    ) -> Result<Option<Arc<View>>, Wrong> {
        let at = self.evaluation(arguments.name("methodology")?.as_deref())?;
        let node = match arguments.value("node") {
            Some(_) => self.node(at, arguments.name("node")?.as_deref())?,
            None => self.evaluations[at].methodology().system.root(),
        };
        let stated = arguments.name("league")?;
        let league = match (stated, region) {
            (None, Some(region)) => self.league_with(at, region),
            (stated, _) => self.league_of(stated.as_deref())?,
        };
        let slice = self.slice(at, league, arguments.name("period")?.as_deref())?;
        Ok(slice.map(|slice| self.ranked(at, slice, node)))
    }

    /// The league in which an evaluation has a region.
    pub(super) fn league_with(&self, at: usize, region: RegionIx) -> LeagueIx {
        let panel = &self.evaluations[at].study().panel;
        let mut slices = panel.slices().iter().rev();
        let own = slices.find(|slice| panel.row_of(slice, region).is_some());
        own.map_or(self.league, |slice| slice.league)
    }

    /// The regions of a slice by rank at a node.
    pub(super) fn ranked(&self, at: usize, slice: usize, node: NodeId) -> Arc<View> {
        let evaluation = Arc::clone(&self.evaluations[at]);
        let is_root = node == evaluation.methodology().system.root();
        let ranks = if is_root { evaluation.ranks().to_vec() } else { evaluation.ranks_of(node) };
        let of = &evaluation.study().panel.slices()[slice];
        let mut rows: Vec<usize> = of.rows.clone().filter(|&row| !ranks[row].is_nan()).collect();
        sort_by_key(&mut rows, &|row| ranks[row]);
        let digits = match is_root {
            true => ranking::digits_apart(&evaluation, node, slice, &rows),
            false => ranking::digits(&evaluation, node),
        };
        Arc::new(View { evaluation, slice, node, ranks, rows, digits })
    }
}

impl View {
    pub(super) fn of(&self) -> &quanheng_core::model::Slice {
        &self.evaluation.study().panel.slices()[self.slice]
    }

    pub(super) fn row(&self, region: RegionIx) -> Option<usize> {
        self.evaluation.study().panel.row_of(self.of(), region)
    }

    pub(super) fn region(&self, row: usize) -> RegionIx {
        self.evaluation.study().panel.regions()[row]
    }

    /// The score of a row; NaN for none.
    pub(super) fn score(&self, row: usize) -> f64 {
        let column = self.evaluation.scores(self.node);
        if column.state(row) == State::Value { column.values()[row] } else { f64::NAN }
    }

    /// The scores of the regions that have one.
    pub(super) fn scores(&self) -> Vec<f64> {
        let all = self.of().rows.clone().map(|row| self.score(row));
        all.filter(|score| !score.is_nan()).collect()
    }

    /// The tier of a row: its position from the best, how many there are, and its name.
    pub(super) fn tier(&self, row: usize) -> Option<(usize, usize, String)> {
        match ranking::tier(&self.evaluation, self.node, row) {
            Cell::Tier { at, of, label } => Some((at, of, label)),
            _ => None,
        }
    }

    /// The names of the tiers, the best first.
    pub(super) fn tiers(&self) -> Vec<String> {
        let Some(first) = self.rows.first() else { return Vec::new() };
        let known = self.evaluation.tier_labels_of(self.node, *first);
        if !known.is_empty() {
            return known.to_vec();
        }
        let found: Vec<_> = self.rows.iter().filter_map(|&row| self.tier(row)).collect();
        let most = found.iter().map(|(at, of, _)| (*at + 1).max(*of)).max().unwrap_or(0);
        (1..=most).map(|tier| tier.to_string()).collect()
    }

    /// The period before: its slice and its label.
    pub(super) fn before(&self) -> Option<(usize, String)> {
        let (slice, label) = ranking::period_before(&self.evaluation, self.slice)?;
        Some((slice, label.to_owned()))
    }

    pub(super) fn period(&self) -> &str {
        &self.evaluation.study().periods[self.of().period.0 as usize].label
    }

    pub(super) fn league(&self) -> &str {
        &self.evaluation.study().leagues[self.of().league.0 as usize].code
    }
}
