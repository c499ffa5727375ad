//! `[cases]`: the files of cases, each a TOML file with a table `[[case]]` for each case.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use quanheng_core::model::{Names, Study, System};
use quanheng_words::{Text, text};

use super::data::ProjectFolder;
use super::reader::Page;
use super::said::ReadFile;
use super::table::{At, Declared, Key, KeyPath, Section, Several, Shape, Texts, table};
use super::value::{self, Content, Item};
use crate::case::{Case, Date, Event, Figure, Step};
use crate::gate::bounds::WHOLE_FILE;
use crate::problem::{Problem, ProjectFault, Reason, Source};

table! {
    /// `[cases]`
    pub(super) struct CasesKeys {
        /// The file of cases, or several: TOML, with a table `[[case]]` for each case.
        file: Texts,
    }
}

table! {
    /// A file of cases.
    pub(super) struct CaseFile {
        /// The cases.
        case: Several<CaseKeys>,
    }
}

table! {
    /// `[[case]]`
    pub(super) struct CaseKeys {
        /// The code of the case, by which commands find it; each case of a project has another one.
        code: At<String>,
        /// The title: a text, or a table of texts by language.
        title: Names,
        /// The regions that the case is about, by code or name; unless stated, it is about all.
        regions: Option<Texts>,
        /// The nodes of a system that it belongs to, by code.
        nodes: Option<Texts>,
        /// At which level of government it takes place: a text, or a table of texts by language.
        level: Names,
        /// By what it works: a text, or a table of texts by language.
        mechanism: Names,
        /// When it began: `2019`, `2019-01` or `2019-01-31`.
        from: Option<At<String>>,
        /// When it ended.
        until: Option<At<String>>,
        /// What there is to say of it: a text, or a table of texts by language.
        text: Names,
        /// Where its statements come from.
        sources: Texts,
        /// What is done, step by step. They are drawn as a flow.
        steps: Several<StepKeys>,
        /// Its figures.
        figures: Several<FigureKeys>,
        /// What happened when. It is drawn as a timeline.
        timeline: Several<EventKeys>,
    }
}

table! {
    /// A step of a case.
    pub(super) struct StepKeys {
        /// The code of the step, by which `then` of others names it.
        code: Option<At<String>>,
        /// What is done: a text, or a table of texts by language.
        title: Names,
        /// Who does it: a text, or a table of texts by language.
        who: Names,
        /// The steps that follow, by code: a code, a table with `to` and `when`, or a list of these. Unless stated, it is
        /// the next step; an empty list ends the flow.
        then: Option<Then>,
    }
}

table! {
    /// A step that follows under a condition.
    pub(super) struct WhenKeys {
        /// The code of the step.
        to: At<String>,
        /// The condition: a text, or a table of texts by language.
        when: Names,
    }
}

table! {
    /// A figure of a case: `value` alone, or with the value `before` it.
    pub(super) struct FigureKeys {
        /// What it is the figure of: a text, or a table of texts by language.
        title: Names,
        /// The value.
        value: f64,
        /// The value before.
        before: Option<f64>,
        /// The unit: a text, or a table of texts by language.
        unit: Names,
        /// When the value was taken: a year, a month or a day.
        date: Option<At<String>>,
        /// When the value before was taken.
        before_date: Option<At<String>>,
        /// How many were asked or counted.
        n: Option<usize>,
    }
}

table! {
    /// What happened at a date.
    pub(super) struct EventKeys {
        /// When: `2019`, `2019-01` or `2019-01-31`.
        date: At<String>,
        /// What: a text, or a table of texts by language.
        what: Names,
    }
}

/// The steps that follow a step.
#[derive(Clone, Debug)]
pub(super) struct Then(Vec<(At<String>, Names)>);

impl Declared for Then {
    fn shape() -> Shape {
        let one = [Shape::text(), WhenKeys::shape()];
        let list = Shape::List(Box::new(Shape::OneOf(one.to_vec())));
        Shape::OneOf(one.into_iter().chain([list]).collect())
    }

    fn take(item: &Item) -> Option<Self> {
        let items = match &item.content {
            Content::List(items) => items.as_slice(),
            _ => std::slice::from_ref(item),
        };
        let one = |item: &Item| match &item.content {
            Content::Text(_) => Some((At::take(item)?, Names::default())),
            _ => WhenKeys::take(item).map(|keys| (keys.to, keys.when)),
        };
        items.iter().map(one).collect::<Option<_>>().map(Then)
    }
}

/// What the names in cases are looked up in.
struct Known<'a> {
    study: &'a Study,
    /// The codes of all nodes of all systems.
    nodes: Vec<&'a str>,
    bad_data: bool,
}

/// The cases of the project, in stated order, and the files that they were read from.
pub(super) fn read<'s>(
    page: &Page,
    keys: &CasesKeys,
    folder: &ProjectFolder,
    study: &Study,
    systems: impl Iterator<Item = &'s System>,
    bad_data: bool,
) -> (Vec<Case>, Vec<ReadFile>) {
    let mut nodes: Vec<&str> = Vec::new();
    for node in systems.flat_map(System::nodes) {
        if !nodes.contains(&node.code.as_str()) {
            nodes.push(&node.code);
        }
    }
    let known = Known { study, nodes, bad_data };
    let (mut cases, mut files) = (Vec::new(), Vec::new());
    let mut met = HashMap::new();
    for name in &keys.file.0 {
        let path = folder.join(&name.value);
        let shown = folder.name(&name.value);
        let bytes = match folder.read(&path, WHOLE_FILE) {
            Ok(bytes) => bytes,
            Err(e) => {
                page.push(Problem::unreadable(shown, e));
                continue;
            }
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => {
                let reason = Reason::NotUtf8 { byte: e.utf8_error().valid_up_to() };
                page.push(Problem::unreadable(shown, reason));
                continue;
            }
        };
        let source = Arc::new(Source::new(shown, text));
        let own = Page::new(Arc::clone(&source));
        let (entries, problems) = value::parse(&source);
        match problems.is_empty() {
            true => {
                let item = Item { content: Content::Table(entries), span: 0..0 };
                own.fits(KeyPath::file(&source.name), &Key::whole::<CaseFile>(), &item);
                let file = CaseFile::take(&item).map_or_else(Vec::new, |file| file.case.0);
                cases.extend(file.iter().filter_map(|one| case(&own, one, &known, &mut met)));
            }
            false => own.extend(problems),
        }
        own.take().into_iter().for_each(|filed| page.push(filed.problem));
        let name = name.value.clone();
        files.push(ReadFile { name, path, sheet: None, is_plain: true });
    }
    (cases, files)
}

fn case(
    page: &Page,
    one: &Section<CaseKeys>,
    known: &Known<'_>,
    met: &mut HashMap<String, Problem>,
) -> Option<Case> {
    let keys = one.table.as_ref()?;
    let repeated = |span: &Range<usize>, what: Text, code: &str| {
        page.problem(span, ProjectFault::RepeatedCode { what, code: code.to_owned() })
    };
    let at = repeated(&keys.code.span, text!(thing_case), &keys.code);
    match met.get(&keys.code.value) {
        Some(first) => {
            let places = at.places.into_iter().chain(first.places.clone()).collect();
            page.push(Problem { places, ..at });
        }
        None => {
            met.insert(keys.code.value.clone(), at);
        }
    }
    let regions = keys.regions.iter().flat_map(|texts| &texts.0);
    let regions = regions.filter_map(|region| self::region(page, region, known)).collect();
    let node = |code: &At<String>| {
        let found = known.nodes.contains(&code.as_str());
        if !found {
            page.unknown(&code.span, text!(thing_node), code, known.nodes.iter().copied());
        }
        found.then(|| code.value.clone())
    };
    let nodes = keys.nodes.iter().flat_map(|texts| &texts.0).filter_map(node).collect();
    let mut timeline: Vec<Event> = keys
        .timeline
        .0
        .iter()
        .filter_map(|one| {
            let keys = one.table.as_ref()?;
            Some(Event { date: date(page, &keys.date)?, what: keys.what.clone() })
        })
        .collect();
    // What happened at one date keeps its order.
    quanheng_core::number::sort_items(&mut timeline, |a, b| a.date.cmp(&b.date));
    let figures = keys.figures.0.iter().filter_map(|one| one.table.as_ref());
    let figures = figures.map(|keys| Figure {
        title: keys.title.clone(),
        before: keys.before,
        value: keys.value,
        unit: keys.unit.clone(),
        before_date: keys.before_date.as_ref().and_then(|text| date(page, text)),
        date: keys.date.as_ref().and_then(|text| date(page, text)),
        n: keys.n,
    });
    Some(Case {
        code: keys.code.value.clone(),
        title: keys.title.clone(),
        regions,
        nodes,
        level: keys.level.clone(),
        mechanism: keys.mechanism.clone(),
        from: keys.from.as_ref().and_then(|text| date(page, text)),
        until: keys.until.as_ref().and_then(|text| date(page, text)),
        text: keys.text.clone(),
        sources: keys.sources.values(),
        steps: steps(page, &keys.steps, repeated),
        figures: figures.collect(),
        timeline,
    })
}

/// A region by its code, or else by its name in any language.
fn region(
    page: &Page,
    wanted: &At<String>,
    known: &Known<'_>,
) -> Option<quanheng_core::model::RegionIx> {
    let study = known.study;
    if let Some(found) = study.region(wanted) {
        return Some(found);
    }
    let has_name = |at: &usize| study.regions[*at].names.iter().any(|(_, n)| n == wanted.as_str());
    let named: Vec<usize> = (0..study.regions.len()).filter(has_name).collect();
    match named.as_slice() {
        [one] => Some(quanheng_core::model::RegionIx(*one as u32)),
        _ if known.bad_data => None,
        _ => {
            let codes = study.regions.iter().map(|region| region.code.as_str());
            // A name of several regions is the name of none.
            let names = study.regions.iter().flat_map(|region| region.names.iter());
            let names = names.map(|(_, name)| name).filter(|name| *name != wanted.as_str());
            page.unknown(&wanted.span, text!(thing_region), wanted, codes.chain(names));
            None
        }
    }
}

fn date(page: &Page, text: &At<String>) -> Option<Date> {
    let found = Date::read(text);
    if found.is_none() {
        page.fault(&text.span, ProjectFault::NotADate { text: text.value.clone() });
    }
    found
}

fn steps(
    page: &Page,
    stated: &Several<StepKeys>,
    repeated: impl Fn(&Range<usize>, Text, &str) -> Problem,
) -> Vec<Step> {
    let tables: Vec<&StepKeys> = stated.0.iter().filter_map(|one| one.table.as_ref()).collect();
    let mut codes: HashMap<&str, usize> = HashMap::new();
    for (at, keys) in tables.iter().enumerate() {
        let Some(code) = &keys.code else { continue };
        if codes.insert(code, at).is_some() {
            page.push(repeated(&code.span, text!(thing_step), code));
        }
    }
    let is_whole = tables.len() == stated.0.len();
    let step = |(at, keys): (usize, &&StepKeys)| {
        let then = match &keys.then {
            None if at + 1 < tables.len() => vec![(at + 1, Names::default())],
            None => Vec::new(),
            Some(Then(all)) => all
                .iter()
                .filter_map(|(code, when)| {
                    let found = codes.get(code.as_str());
                    // A step that could not be read may be the one that is meant.
                    if found.is_none() && is_whole {
                        let known = tables.iter().filter_map(|keys| keys.code.as_ref());
                        let known = known.map(|code| code.value.as_str());
                        page.unknown(&code.span, text!(thing_step), code, known);
                    }
                    found.map(|&to| (to, when.clone()))
                })
                .collect(),
        };
        Step { title: keys.title.clone(), who: keys.who.clone(), then }
    };
    tables.iter().enumerate().map(step).collect()
}
