//! Multiverses: a methodology, the choices that change it, and what each combination of options means.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::GREATEST_WHOLE;
use quanheng_core::methodology::{Choice, Methodology, Part};
use quanheng_core::model::{LeagueIx, Names, NodeId, State, Study, System};
use quanheng_core::multiverse::{Constraint, Fork, Forks, Ground, Rule, Sample, Space, Variants};
use quanheng_core::tiering::Tiering;

use quanheng_words::{Text, text};

use super::condition::{Condition, Name};
use super::data::{FileKeys, RegionFileKeys, Variant, WrittenKeys};
use super::desk::Desk;
use super::methodologies::{self, Family, inherited, one};
use super::options::{self, PUBLISHED, Stated, laid_over};
use super::reader::{find, inside};
use super::systems::Systems;
use super::table::{At, By, Declared, Files, One, OneFile, Section, Shape, Texts, table};
use super::value::{Content, Entry, Item};
use super::whose::Whose;
use crate::problem::{Problem, ProjectFault};

/// A declared multiverse.
#[derive(Debug)]
pub struct Multiverse {
    /// Its code in the project file.
    pub code: String,
    /// Its names by language.
    pub names: Names,
    /// The code of the methodology from which it starts.
    pub base: String,
    /// Its forks, constraints, and what options mean.
    pub space: Space,
    /// How many places the top has.
    pub top: usize,
    /// Other data that its options can name: their names by code.
    pub data: IndexMap<String, Names>,
}

/// More branches than this are a mistake, or call for a sample.
const LIMIT: u64 = 10_000_000;

table! {
    /// `[multiverse.CODE]`
    pub(super) struct MultiverseKeys {
        /// The name of the multiverse: a text, or a table of texts by language.
        title: Names,
        /// The methodology that the choices change. Unless stated, it is the one that is run where none is named.
        methodology: Option<At<String>>,
        /// The choices, a list of options each: values of a key of the methodology, of `exclude` or of `data`, or of a
        /// setting (`treatment.max = [1, 3, 5]`); or tables with a `label` and the keys that they change. `exclude` may be
        /// `"leaves"`, `"level1"`, …: nothing, and each of these by itself.
        choices: Section<Choices>,
        /// What must hold of a branch: conditions on choices and labels, such as
        /// `not (normalisation == 'z_score' and aggregation == 'geometric')`.
        constraints: Option<Texts>,
        /// Other data that options can name.
        data: By<VariantKeys>,
        /// The number of places that the top has.
        top: usize [1, GREATEST_WHOLE] = 10,
        /// The number of branches that are drawn. Unless stated, all are evaluated.
        sample: Option<u64> [1, GREATEST_WHOLE],
        /// Which draw it is.
        seed: u64 = 0,
    }
}

table! {
    /// `[multiverse.CODE.data.CODE]`: what differs from `[data]`.
    pub(super) struct VariantKeys {
        /// The name of these data: a text, or a table of texts by language.
        title: Names,
        /// Another table of regions.
        regions: Option<OneFile<RegionFileKeys>>,
        /// Other tables of values.
        values: Option<Files<FileKeys>>,
        /// A condition on attributes of the regions. Only regions that meet it are kept.
        r#where: Option<At<String>>,
        ..written: WrittenKeys,
    }
}

impl VariantKeys {
    /// What it states in place of `[data]`.
    pub(super) fn variant(&self) -> Variant<'_> {
        Variant {
            regions: self.regions.as_ref(),
            values: self.values.as_ref(),
            written: &self.written,
        }
    }
}

/// The choices as they are written: what options are is read with the methodology that they change.
#[derive(Clone, Debug)]
pub(super) struct Choices(Vec<Entry>);

impl Declared for Choices {
    fn shape() -> Shape {
        let options = Shape::OneOf(vec![
            Shape::List(Box::new(Shape::Any)),
            Shape::By(Box::new(Shape::Any)),
            Shape::text(),
        ]);
        Shape::By(Box::new(Shape::Later(Box::new(options))))
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Table(entries) => Some(Choices(entries.clone())),
            _ => None,
        }
    }
}

/// A multiverse as far as it is known before the data are read.
#[derive(Debug)]
pub(super) struct Draft<'e> {
    code: &'e str,
    keys: &'e MultiverseKeys,
    base: &'e Entry,
    stated: Vec<Stated>,
    forks: Forks,
    constraints: Vec<Constraint>,
    sample: Option<Sample>,
    parts: IndexMap<Part, Variants<Arc<Methodology>>>,
}

impl<'e> Draft<'e> {
    /// Its code in the project file.
    pub(super) fn code(&self) -> &'e str {
        self.code
    }

    /// The code of the methodology that its choices change.
    pub(super) fn base(&self) -> &'e str {
        &self.base.key
    }

    /// Other data that its options can name.
    pub(super) fn variants(&self) -> &'e By<VariantKeys> {
        &self.keys.data
    }

    /// The columns that treatments of its options read beside their own.
    pub(super) fn other_columns(&self) -> impl Iterator<Item = String> + '_ {
        let made = self.parts[&Part::Treatment].made().iter().flatten();
        let choices = made.flat_map(|m| m.treatment.iter().flat_map(|step| step.choices()));
        choices.filter_map(|choice| choice.method.other_column()).map(str::to_owned)
    }
}

/// What is wrong with a methodology.
#[derive(Debug, Default)]
struct Wrong(Vec<Problem>);

impl Wrong {
    fn words(&self) -> Text {
        let reasons = self.0.iter().map(|problem| problem.fault.words().what);
        let joined = reasons
            .reduce(|first, second| text!(reason_and_reason, first = first, second = second));
        joined.unwrap_or_default()
    }
}

/// What methodologies are made of.
#[derive(Clone, Copy)]
pub(super) struct Made<'a> {
    pub(super) page: &'a Desk,
    pub(super) family: &'a Family<'a>,
    pub(super) systems: &'a Systems,
    pub(super) league_tiering: &'a [(LeagueIx, Choice<dyn Tiering>)],
}

impl Made<'_> {
    /// A methodology with options laid over its keys; what is wrong with it is kept apart from the page.
    fn trial(&self, base: &Entry, sets: &[&Entry]) -> Result<methodologies::Draft, Wrong> {
        let page = self.page;
        let before = page.take();
        let draft = inherited(page, self.family, base).and_then(|keys| {
            let keys = laid_over(keys.values().copied(), sets);
            let keys = keys.iter().map(|e| (e.key.as_str(), e)).collect();
            one(page, base, &keys, self.systems, self.league_tiering)
        });
        let found = page.take();
        page.put_back(before);
        match draft {
            Some(draft) if found.is_empty() => Ok(draft),
            _ => Err(Wrong(found.into_iter().map(|filed| filed.problem).collect())),
        }
    }

    /// A methodology with the options of a part and perhaps another system. What is stated for nodes that the other
    /// system lacks falls away.
    fn on_system(
        &self,
        base: &Entry,
        system: &[&Entry],
        part: &[&Entry],
    ) -> Result<methodologies::Draft, Wrong> {
        let both: Vec<&Entry> = system.iter().chain(part).copied().collect();
        self.trial(base, &both).or_else(|problems| {
            if system.is_empty() {
                return Err(problems);
            }
            let whole = self.trial(base, system).or_else(|_| {
                let Some(Content::Text(code)) = system.last().map(|s| &s.item.content) else {
                    return Err(Wrong::default());
                };
                let mut draft = self.trial(base, &[])?;
                let other = self.systems.systems.get(code).cloned().flatten();
                let Some(other) = other else { return Err(Wrong::default()) };
                let made = self.systems.made.get(code).cloned();
                draft.methodology = draft.methodology.onto(other, code.clone(), made);
                Ok(draft)
            });
            let (Ok(whole), Ok(mut draft)) = (whole, self.trial(base, part)) else {
                return Err(problems);
            };
            let to = &whole.methodology;
            draft.methodology = draft.methodology.onto(
                Arc::clone(&to.system),
                to.system_code.clone(),
                to.system_made.clone(),
            );
            Ok(draft)
        })
    }
}

/// Reads every multiverse.
pub(super) fn read<'e>(
    made: Made<'e>,
    stated: &'e By<MultiverseKeys>,
    usual: &str,
) -> Vec<Draft<'e>> {
    let read = |one: &'e One<MultiverseKeys>| {
        made.page.within(Whose::Multiverse(one.code.clone()), || draft(made, one, usual))
    };
    stated.0.iter().filter_map(read).collect()
}

fn draft<'e>(made: Made<'e>, one: &'e One<MultiverseKeys>, usual: &str) -> Option<Draft<'e>> {
    let page = made.page;
    let One { code, span, table } = one;
    let keys = table.as_ref()?;
    let methodologies = || made.family.tables().iter().map(|m| m.key.as_str());
    let base = match &keys.methodology {
        Some(stated) if methodologies().all(|code| code != stated.value) => {
            page.unknown(&stated.span, text!(thing_methodology), stated, methodologies());
            return None;
        }
        Some(stated) => stated.as_str(),
        None => usual,
    };
    let base = made.family.tables().iter().find(|m| m.key == base)?;
    // A methodology that is itself wrong has been told of.
    let whole = made.trial(base, &[]).ok()?;
    let before = page.count();
    let stated = options::read(page, &keys.choices.table.as_ref()?.0, &whole.methodology.system);
    check_names(made, &stated, &keys.data, &whole.methodology.system);
    if page.count() > before || stated.iter().any(|choice| choice.options.is_empty()) {
        return None;
    }
    let sample = keys.sample.map(|size| Sample { size, seed: keys.seed });
    let label = |choice: &Stated| Fork {
        name: choice.name.clone(),
        options: choice.options.iter().map(|o| o.label.clone()).collect(),
    };
    let forks = Forks::new(stated.iter().map(label).collect());
    let count = forks.as_ref().map(Forks::count);
    let Some(forks) = forks.filter(|f| sample.map_or(f.count(), |s| s.size) <= LIMIT) else {
        let count = sample.map_or(count, |s| Some(s.size));
        let fault = ProjectFault::TooManyBranches { count, limit: LIMIT };
        page.fault(span, fault);
        return None;
    };
    let constraints = keys.constraints.iter().flat_map(|texts| &texts.0);
    let constraints = constraints.filter_map(|text| constraint(page, text, &stated)).collect();
    // Of each part what is wrong is told before the draft is given up.
    let parts: Vec<_> = Part::varied()
        .map(|part| Some((part, variants_of(made, &forks, &stated, base, part)?)))
        .collect();
    let parts = parts.into_iter().collect::<Option<IndexMap<_, _>>>()?;
    Some(Draft { code, keys, base, stated, forks, constraints, sample, parts })
}

/// Nodes that are left out, systems and data that options name: each must be there.
fn check_names(made: Made<'_>, stated: &[Stated], variants: &By<VariantKeys>, system: &System) {
    let page = made.page;
    let named: Vec<&System> = stated
        .iter()
        .flat_map(|choice| &choice.options)
        .filter_map(|option| match &find(&option.sets, "system")?.content {
            Content::Text(code) => made.systems.systems.get(code)?.as_deref(),
            _ => None,
        })
        .collect();
    for set in stated.iter().flat_map(|choice| &choice.options).flat_map(|o| &o.sets) {
        match set.key.as_str() {
            "exclude" => {
                for (code, span) in codes(page, &set.item) {
                    let systems = || std::iter::once(system).chain(named.iter().copied());
                    if systems().all(|s| s.find(&code).is_none_or(|node| node == s.root())) {
                        let nodes = system.nodes().iter().filter(|n| n.parent.is_some());
                        let known = nodes.map(|n| n.code.as_str());
                        page.unknown(&span, text!(thing_node_left_out), &code, known);
                    }
                }
            }
            "data" => {
                let Some(name) = page.text("data", &set.item) else { continue };
                if name != PUBLISHED && variants.codes().all(|code| code != name) {
                    let known = variants.codes().chain([PUBLISHED]);
                    page.unknown(&set.item.span, text!(thing_data_variant), name, known);
                }
            }
            _ => {}
        }
    }
}

/// The codes in a text or a list of texts, with their places.
fn codes(page: &Desk, item: &Item) -> Vec<(String, Range<usize>)> {
    let items: &[Item] = match &item.content {
        Content::List(items) => items,
        _ => std::slice::from_ref(item),
    };
    let text = |item: &Item| Some((page.text("exclude", item)?.to_owned(), item.span.clone()));
    items.iter().filter_map(text).collect()
}

fn constraint(page: &Desk, text: &At<String>, stated: &[Stated]) -> Option<Constraint> {
    match Condition::parse_about(text, text!(expected_choice)) {
        Err(e) => {
            let expected = e.expected.clone();
            page.fault(&inside(&text.span, text, &e.at), ProjectFault::Constraint { expected });
            None
        }
        Ok(condition) => {
            let rule = rule(page, text, stated, &condition)?;
            Some(Constraint { text: text.value.clone(), rule })
        }
    }
}

/// A condition on choices and their labels; names that do not exist are reported, each at its place.
fn rule(page: &Desk, text: &At<String>, stated: &[Stated], condition: &Condition) -> Option<Rule> {
    let both = |a: &Condition, b: &Condition| {
        let (a, b) = (rule(page, text, stated, a), rule(page, text, stated, b));
        Some((Box::new(a?), Box::new(b?)))
    };
    let fork = |attribute: &str, at: &Range<usize>| {
        let found = stated.iter().position(|choice| choice.name == *attribute);
        if found.is_none() {
            let known = stated.iter().map(|c| c.name.as_str());
            page.unknown(&inside(&text.span, text, at), text!(thing_choice), attribute, known);
        }
        found
    };
    match condition {
        Condition::Compare { attribute, at, by, number } => {
            let fork = fork(attribute, at)?;
            let labels = stated[fork].options.iter().map(|option| option.label.as_str());
            let meets = |(_, label): &(usize, &str)| by.holds(label, *number) == Some(true);
            let options = labels.enumerate().filter(meets).map(|(option, _)| option).collect();
            Some(Rule::Is { fork, options })
        }
        Condition::In { attribute, at, texts, not } => {
            let fork = fork(attribute, at)?;
            let mut options = Vec::new();
            let labels = || stated[fork].options.iter().map(|o| o.label.as_str());
            for (label, at) in texts {
                match labels().position(|l| l == label) {
                    Some(option) => options.push(option),
                    None => {
                        let what = text!(thing_option_of, choice = attribute);
                        page.unknown(&inside(&text.span, text, at), what, label, labels());
                    }
                }
            }
            if options.len() < texts.len() {
                return None;
            }
            let is = Rule::Is { fork, options };
            Some(if *not { Rule::Not(Box::new(is)) } else { is })
        }
        Condition::Group { .. } => {
            for (name, at) in condition.names() {
                if let Name::Group(_) = name {
                    let expected = text!(expected_choice_not_group);
                    page.fault(
                        &inside(&text.span, text, &at),
                        ProjectFault::Constraint { expected },
                    );
                }
            }
            None
        }
        Condition::Not(inner) => Some(Rule::Not(Box::new(rule(page, text, stated, inner)?))),
        Condition::And(a, b) => both(a, b).map(|(a, b)| Rule::And(a, b)),
        Condition::Or(a, b) => both(a, b).map(|(a, b)| Rule::Or(a, b)),
    }
}

/// What the options of some forks set under a key.
fn sets<'s>(stated: &'s [Stated], forks: &[usize], options: &[usize], key: &str) -> Vec<&'s Entry> {
    let chosen = forks.iter().zip(options).map(|(&f, &o)| &stated[f].options[o].sets);
    chosen.flat_map(|sets| sets.iter().filter(|set| set.key == key)).collect()
}

/// A part for each combination of the options that change it or the system. An option that works neither by itself nor
/// with any others is a mistake; a combination that does not work, of options that do otherwise, fails with its branches.
fn variants_of(
    made: Made<'_>,
    forks: &Forks,
    stated: &[Stated],
    base: &Entry,
    part: Part,
) -> Option<Variants<Arc<Methodology>>> {
    let touched: Vec<usize> = (0..stated.len())
        .filter(|&f| stated[f].touches(part.name()) || stated[f].touches("system"))
        .collect();
    let mut failed: Vec<(Vec<usize>, Wrong)> = Vec::new();
    let mut fine: Vec<Vec<usize>> = Vec::new();
    let mut usable = true;
    let variants = Variants::new(forks, touched.clone(), |options| {
        let system = sets(stated, &touched, options, "system");
        let own = sets(stated, &touched, options, part.name());
        match made.on_system(base, &system, &own) {
            Ok(draft) => {
                fine.push(options.to_vec());
                Ok(Arc::new(draft.methodology))
            }
            Err(wrong) => {
                let words = wrong.words();
                failed.push((options.to_vec(), wrong));
                Err(words)
            }
        }
    });
    for (k, &fork) in touched.iter().enumerate() {
        let works: BTreeSet<usize> = fine.iter().map(|options| options[k]).collect();
        let mut fails: BTreeMap<usize, &Wrong> = BTreeMap::new();
        for (options, wrong) in &failed {
            fails.entry(options[k]).or_insert(wrong);
        }
        for option in 0..stated[fork].options.len() {
            let sets = &stated[fork].options[option].sets;
            let own: Vec<&Entry> = sets.iter().filter(|set| set.key == part.name()).collect();
            let alone = || !own.is_empty() && made.trial(base, &own).is_ok();
            if works.contains(&option) || alone() {
                continue;
            }
            if let Some(wrong) = fails.get(&option) {
                wrong.0.iter().for_each(|problem| made.page.push(problem.clone()));
                usable &= wrong.0.is_empty();
            }
        }
    }
    usable.then_some(variants)
}

/// The keys on which the data and the system of a branch depend.
fn ground_keys() -> impl Iterator<Item = &'static str> {
    let varied: Vec<Part> = Part::varied().collect();
    let others = Part::ALL.into_iter().filter(move |part| !varied.contains(part));
    others.map(Part::name).chain(["exclude"])
}

/// The multiverse over data that were read: `studies` are the data as published, then the variants in stated order.
pub(super) fn finish(made: Made<'_>, draft: Draft<'_>, studies: &[Arc<Study>]) -> Multiverse {
    let Draft { code, keys, base, stated, forks, constraints, sample, parts } = draft;
    let contents: Vec<String> = studies.iter().map(|study| content(study)).collect();
    let touched: Vec<usize> =
        (0..stated.len()).filter(|&f| ground_keys().any(|key| stated[f].touches(key))).collect();
    let grounds = Variants::new(&forks, touched.clone(), |options| {
        let of = |key: &str| sets(&stated, &touched, options, key);
        let data = of("data").last().and_then(|set| match &set.item.content {
            Content::Text(name) => keys.data.codes().position(|code| code == name),
            _ => None,
        });
        let data = data.map_or(0, |at| at + 1);
        let drafted =
            made.on_system(base, &of("system"), &of("periods")).map_err(|wrong| wrong.words())?;
        let mut methodology = drafted.methodology;
        methodology.code = code.to_owned();
        let mut study = Arc::clone(&studies[data]);
        if let Some(labels) = &drafted.periods {
            let mut periods = Vec::new();
            for label in labels.0.iter().map(|label| &label.value) {
                let unknown = || text!(data_without_period, period = label);
                periods.push(study.period(label).ok_or_else(unknown)?);
            }
            methodology.periods = Some(periods);
        }
        let whole = Arc::clone(&methodology.system);
        let left_out: Vec<NodeId> = of("exclude")
            .iter()
            .flat_map(|set| codes(made.page, &set.item))
            .filter_map(|(code, _)| whole.find(&code))
            .collect();
        if !left_out.is_empty() {
            let less = whole.pruned(&left_out).ok_or_else(|| text!(nothing_left_of_system))?;
            let (less, code) = (Arc::new(less), methodology.system_code.clone());
            let made_by = methodology.system_made.clone();
            methodology = methodology.onto(Arc::clone(&less), code, made_by);
            if study.leagues.iter().any(|league| !league.full_marks.is_empty()) {
                study = Arc::new(marked(&study, &whole, &less));
            }
        }
        let content = contents[data].clone();
        Ok(Ground { study, content, methodology: Arc::new(methodology) })
    });
    let space = Space { forks, constraints, sample, grounds, parts };
    let (code, names) = (code.to_owned(), keys.title.clone());
    Multiverse {
        code,
        names,
        base: base.key.clone(),
        space,
        top: keys.top,
        data: keys.data.about(|data| data.title.clone()),
    }
}

/// The study with the full marks of leagues at the nodes of a smaller system. For a node that lost some of its children
/// no full marks are stated; the sum of the rest is used.
fn marked(study: &Study, whole: &System, less: &System) -> Study {
    let mut study = Study::clone(study);
    for league in &mut study.leagues {
        let kept = league.full_marks.iter().filter_map(|&(node, marks)| {
            let old = whole.nodes().get(node.index())?;
            let new = whole.counterpart(node, less)?;
            let same = less.node(new).children.len() == old.children.len();
            same.then_some((new, marks))
        });
        league.full_marks = kept.collect();
    }
    study
}

/// BLAKE3 of everything in a study that can affect a result.
fn content(study: &Study) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut feed = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    for region in study.regions.iter() {
        feed(region.code.as_bytes());
        region.attributes.iter().for_each(|(key, value)| {
            feed(key.as_bytes());
            feed(value.as_bytes());
        });
    }
    feed(format!("{:?} {:?}", study.groups, study.periods).as_bytes());
    if let Some(neighbours) = &study.neighbours {
        feed(format!("{neighbours:?}").as_bytes());
    }
    for league in &study.leagues {
        feed(format!("{} {:?}", league.code, league.full_marks).as_bytes());
    }
    for row in 0..study.panel.rows() {
        let slice = study.panel.slice_of(row);
        let region = study.panel.regions()[row];
        feed(format!("{} {} {}", slice.league.0, slice.period.0, region.0).as_bytes());
    }
    let mut columns: Vec<_> = study.columns.iter().collect();
    quanheng_core::number::sort_items(&mut columns, |(a, _), (b, _)| a.cmp(b));
    for (name, column) in columns {
        feed(name.as_bytes());
        let mut cells = Vec::with_capacity(column.len() * 9);
        for (row, x) in column.values().iter().enumerate() {
            cells.extend(if x.is_nan() { 0 } else { x.to_bits() }.to_le_bytes());
            cells.push(match column.state(row) {
                State::Value => 0u8,
                State::Missing => 1,
                State::NotApplicable => 2,
                State::Withheld => 3,
            });
        }
        feed(&cells);
    }
    hasher.finalize().to_hex().to_string()
}
