//! Reports of the project's own: chapters of Markdown with expressions over the results.
//!
//! Expressions are read by minijinja; the words that they can use are listed in [`language`]. What an expression gives
//! stands as a mark in the Markdown until that is read, so that no text of the data becomes markup, and no number is
//! mistaken for one that was written by hand.

mod arguments;
mod figures;
mod filter;
mod functions;
mod language;
mod literal;
mod markdown;
mod request;
mod tables;
mod thing;
mod values;
mod world;
mod wrong;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};
use quanheng_core::explanation::Explanation;
use quanheng_core::model::{LeagueIx, PeriodIx, RegionIx};
use quanheng_words::number::Form as Numbers;
use quanheng_words::{Text, text, word};

use super::document::{Contents, Document, Part};
use super::page::Content;
use super::workbook::methods;
use super::{Cell, Language, marks, metadata, robustness};
use crate::problem::{Fault, Place, Problem, Problems, ProseFault, Source, closest};

pub use language::tables as document;
pub use literal::{numbers, pictures};

use request::{Form, Outcome, Request};
use world::{Piece, World};
use wrong::Wrong;

/// What a report is made of.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The results, and everything that the page of `report` shows.
    pub content: &'a Content<'a>,
    /// Why regions move between the first methodology and the others.
    pub explanations: &'a [([String; 2], Explanation)],
    /// What is asked for.
    pub plan: &'a Plan,
}

/// What a report is about.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What it is called; the title of the project where this is empty.
    pub title: String,
    /// What kind of report it is, for the line below its title.
    pub kind: String,
    /// The chapters, in order.
    pub chapters: Vec<Arc<Source>>,
    /// The period; the last one where none is stated.
    pub period: Option<PeriodIx>,
    /// The leagues that it shows; it is about the first.
    pub leagues: Vec<LeagueIx>,
    /// The decimals of all figures; those of `run` where none are stated.
    pub decimals: Option<usize>,
    /// The region that it is about.
    pub region: Option<RegionIx>,
    /// What a reader finds its chapters, figures and tables by.
    pub contents: Contents,
    /// What the ids of drawings begin with, where several reports stand in one document.
    pub prefix: String,
}

/// A chapter may take as many steps as that.
const FUEL: u64 = 2_000_000;

/// So many mistakes of a chapter are reported.
const MISTAKES: usize = 20;

/// The mark that stands for a piece.
fn token(at: usize) -> String {
    format!("{}{at}{}", markdown::OPEN, markdown::CLOSE)
}

/// Puts a report together.
///
/// # Errors
/// What is wrong in its chapters.
pub fn compose(sources: &Sources<'_>) -> Result<Document, Problems> {
    let world = Arc::new(world_of(sources));
    let engine = engine(&world);
    let plan = sources.plan;
    let mut problems = Problems::default();
    let mut parts = Vec::new();
    for chapter in &plan.chapters {
        match write(&engine, &world, sources, chapter) {
            Ok(more) => parts.extend(more),
            Err(more) => problems.extend(more),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let (content, language) = (sources.content, world.language);
    let study = content.evaluations[0].study();
    let project = study.title.get(language.tag()).unwrap_or_default();
    let title = match plan.title.is_empty() {
        true => project.to_owned(),
        false => plan.title.clone(),
    };
    let mut about = vec![plan.kind.clone()];
    let methodology = content.evaluations[0].methodology();
    let named = methodology.names.get(language.tag());
    let region = plan.region.map(|region| study.regions[region.0 as usize].name(language.tag()));
    // Where several reports stand in one document, each says in its heading which region it is about.
    let region = region.filter(|_| plan.prefix.is_empty());
    let mut parts_of_line: Vec<String> = region.into_iter().map(str::to_owned).collect();
    parts_of_line.extend(world.own().map(|view| view.period().to_owned()));
    parts_of_line.push(super::ranking::titled(&methodology.code, named, language));
    parts_of_line.retain(|part| !part.is_empty());
    about.push(parts_of_line.join(" · "));
    about.extend(metadata::cited(&content.frame.metadata, language));
    about.retain(|line| !line.is_empty());
    let version = concat!("quanheng ", env!("CARGO_PKG_VERSION"));
    let made = word!(label_made_from, language);
    Ok(Document {
        language,
        title,
        about,
        marks: marks::lines(&content.frame.marks, language),
        origin: format!("{version} · {made} {}", content.frame.fingerprint),
        contents: plan.contents,
        parts,
    })
}

impl std::fmt::Debug for Sources<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sources").field("plan", &self.plan).finish_non_exhaustive()
    }
}

/// Whether an expression of some chapter uses a word.
fn uses(plan: &Plan, word: &str) -> bool {
    plan.chapters.iter().any(|chapter| chapter.text.contains(word))
}

fn world_of(sources: &Sources<'_>) -> World {
    let (content, plan) = (sources.content, sources.plan);
    let language = content.language;
    let mut agreements = Vec::new();
    let league = plan.leagues.first().copied().unwrap_or(LeagueIx(0));
    let code = &content.evaluations[0].study().leagues[league.0 as usize].code;
    for (contest, pairs) in content.compared {
        if !contest.single && contest.league != *code {
            continue;
        }
        for pair in pairs {
            let of = [pair.first, pair.second].map(|at| contest.sides[at].label.clone());
            let figures = pair.agreement.figures.iter();
            let figures =
                figures.map(|f| (f.entry.name, f.value.as_ref().copied().unwrap_or(f64::NAN)));
            agreements.push((of, figures.collect()));
        }
    }
    let changes = match uses(plan, "difference(") {
        true => sources.explanations.iter().map(|(of, e)| (of.clone(), e.all())).collect(),
        false => Vec::new(),
    };
    let base = &content.evaluations[0].methodology().code;
    let many = content.multiverses.iter().find(|of| of.base == *base);
    let mut spreads = BTreeMap::new();
    if let Some(of) = many {
        let keys = of.evaluated.tree.rows();
        for spread in of.groups.iter().flat_map(|group| &group.summary.spreads) {
            let key = &keys[spread.row];
            let key = [key.league.clone(), key.period.clone(), key.region.clone()];
            spreads.extend(spread.ranks.map(|ranks| (key, ranks)));
        }
    }
    let multiverse = many.map(|of| {
        let n = of.groups.iter().map(|group| group.summary.n).max().unwrap_or(0);
        (of.title.clone(), n, of.top)
    });
    let methods = content.evaluations.iter().map(|evaluation| {
        let table = methods::table(evaluation, language);
        let at = |key: &str| table.columns.iter().position(|head| head.key == key);
        let (Some(part), Some(title)) = (at("part"), at("title")) else { return Vec::new() };
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            _ => String::new(),
        };
        let rows = table.rows.iter().map(|row| (text(&row[part]), text(&row[title])));
        rows.filter(|(_, title)| !title.is_empty()).collect()
    });
    let notes = content
        .notes
        .spoken()
        .map(|group| (group.kind.code.to_owned(), group.said().what.render(language)));
    let about = &content.frame.metadata;
    let study = content.evaluations[0].study();
    let tag = language.tag();
    let facts = vec![
        ("title", study.title.get(tag).unwrap_or_default().to_owned()),
        ("question", about.question.get(tag).unwrap_or_default().to_owned()),
        ("authors", super::joined(&about.authors, language)),
        ("licence", about.licence.clone().unwrap_or_default()),
        ("cite", about.cite.clone().unwrap_or_default()),
        ("source", content.frame.source.clone()),
        ("fingerprint", content.frame.fingerprint.clone()),
        ("version", format!("quanheng {}", env!("CARGO_PKG_VERSION"))),
        ("lock", content.lock.render(language)),
        ("language", tag.to_owned()),
        ("commands", content.commands.join("\n")),
        ("marks", marks::lines(&content.frame.marks, language).join("\n")),
    ];
    World {
        language,
        evaluations: content.evaluations.to_vec(),
        period: plan.period,
        league,
        leagues: plan.leagues.clone(),
        form: Numbers { decimals: plan.decimals.or(content.form.decimals), ..content.form },
        groups: content.groups.clone(),
        profiles: match uses(plan, "strengths(") || uses(plan, "weaknesses(") {
            true => content.made.to_vec(),
            false => Vec::new(),
        },
        agreements,
        changes,
        spreads,
        sure: match uses(plan, "sure(") {
            true => sure(content),
            false => BTreeMap::new(),
        },
        multiverse,
        notes: notes.collect(),
        region: plan.region,
        facts,
        methods: methods.collect(),
        store: World::empty_store(),
    }
}

/// What is known of each region's rank under other weights, in a sentence.
fn sure(content: &Content<'_>) -> BTreeMap<RegionIx, String> {
    let panel = &content.evaluations[0].study().panel;
    let mut all = BTreeMap::new();
    for robust in content.robust {
        for row in panel.slices()[robust.slice].rows.clone() {
            let region = panel.regions()[row];
            let said = robustness::sentence(robust, region, content.language);
            all.extend(said.map(|said| (region, said)));
        }
    }
    all
}

/// The engine of expressions: it opens no file, ends after so many steps, and every name that it does not know is a
/// mistake.
fn engine(world: &Arc<World>) -> Environment<'static> {
    let mut engine = language::environment(world);
    engine.set_debug(true);
    engine.set_fuel(Some(FUEL));
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let world = Arc::clone(world);
    engine.set_formatter(move |out: &mut Output, _: &mut State<'_, '_>, value: &Value| {
        put(out, &world, value)
    });
    engine
}

/// Writes what an expression gave: as a mark for a piece of text.
fn put(out: &mut Output, world: &World, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    if value.is_safe() {
        out.write_str(value.as_str().unwrap_or_default())?;
        return Ok(());
    }
    let text = written(world, value)?;
    if !text.is_empty() {
        let mut store = world.store();
        out.write_str(&token(store.pieces.len()))?;
        store.pieces.push(Piece::Text(text));
    }
    Ok(())
}

/// What an expression gave, as it is written.
fn written(world: &World, value: &Value) -> Result<String, Error> {
    use minijinja::value::ValueKind;
    Ok(match value.kind() {
        ValueKind::Undefined => return Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::None => "–".to_owned(),
        ValueKind::Bool => match value.is_true() {
            true => word!(prose_yes, world.language).to_owned(),
            false => word!(prose_no, world.language).to_owned(),
        },
        ValueKind::Number if value.is_integer() => value.to_string(),
        ValueKind::Number => world.written(f64::try_from(value.clone())?),
        ValueKind::Seq | ValueKind::Iterable => {
            let items = value.try_iter()?.map(|item| written(world, &item));
            listed(&items.collect::<Result<Vec<_>, _>>()?, world.language)
        }
        // A function that is not called.
        ValueKind::Plain => return Err(Error::from(ErrorKind::InvalidOperation)),
        _ => value.to_string(),
    })
}

/// A list in a sentence: `A, B and C`.
fn listed(items: &[String], language: Language) -> String {
    match items.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => {
            format!("{}{}{last}", super::joined(before, language), word!(prose_and, language))
        }
    }
}

/// What stands for marks in a chapter that is written.
struct Written<'a> {
    pieces: &'a [Piece],
    answers: &'a BTreeMap<Request, Result<Outcome, Wrong>>,
}

impl markdown::Pieces for Written<'_> {
    fn text(&self, at: usize) -> Option<String> {
        match self.pieces.get(at)? {
            // A piece may have been made of earlier pieces.
            Piece::Text(text) => {
                let earlier = Written { pieces: &self.pieces[..at], answers: self.answers };
                Some(markdown::filled(text, &earlier))
            }
            Piece::Block(_) => None,
        }
    }

    fn block(&self, at: usize) -> Option<(Vec<Part>, String)> {
        let Piece::Block(request) = self.pieces.get(at)? else { return None };
        match self.answers.get(&**request)? {
            Ok(Outcome::Parts(parts)) => Some((parts.clone(), request.name.clone())),
            _ => None,
        }
    }
}

/// The parts of a chapter.
fn write(
    engine: &Environment<'static>,
    world: &Arc<World>,
    sources: &Sources<'_>,
    chapter: &Arc<Source>,
) -> Result<Vec<Part>, Problems> {
    let mut problems = Problems::default();
    for span in literal::pictures(&chapter.text) {
        problems.push(problem(chapter, span, Fault::Prose(ProseFault::Picture)));
    }
    for span in literal::powers(&chapter.text) {
        problems.push(problem(chapter, span, Fault::Prose(ProseFault::Power)));
    }
    // Signs of private use stand for pieces, and nothing else.
    let mut text: String = chapter.text.replace(['\u{e000}', '\u{e001}', '\u{e002}'], "   ");
    if text.len() != chapter.text.len() {
        text.clone_from(&chapter.text);
    }
    let mut rounds = 0;
    let made = loop {
        rounds += 1;
        world.store().pieces.clear();
        let made = engine
            .template_from_named_str(&chapter.name, &text)
            .and_then(|template| template.render(()));
        if answer(world, sources) && rounds < 20 {
            continue;
        }
        match made {
            Ok(made) => break made,
            Err(error) => {
                let span = with_field(span_of(&error, &text), &text);
                let fault = fault_of(&error, &text[span.clone()]);
                problems.push(problem(chapter, span.clone(), fault));
                // What is wrong is left out, to find what else is.
                match without(&text, &span) {
                    Some(rest) if problems.iter().count() < MISTAKES => text = rest,
                    _ => return Err(problems),
                }
            }
        }
    };
    let store = world.store();
    let pieces = Written { pieces: &store.pieces, answers: &store.answers };
    let (parts, misplaced) = markdown::parts(&made, &pieces);
    for name in misplaced {
        let at = chapter.text.find(&name).unwrap_or(0);
        let span = at..(at + name.len()).min(chapter.text.len());
        problems.push(problem(chapter, span, Fault::Prose(ProseFault::Inside { name })));
    }
    if problems.is_empty() { Ok(parts) } else { Err(problems) }
}

/// Makes what was asked for; whether there was anything.
fn answer(world: &Arc<World>, sources: &Sources<'_>) -> bool {
    let asked = std::mem::take(&mut world.store().asked);
    for request in &asked {
        let n = world.store().answers.len();
        let id = format!("q{}{n}", sources.plan.prefix);
        let made = match request.form {
            Form::Figure => figures::parts(request, world, sources, &id).map(Outcome::Parts),
            Form::Table => tables::parts(request, world, sources).map(Outcome::Parts),
            Form::Rows => tables::rows(request, world, sources).map(Outcome::Rows),
        };
        world.store().answers.insert(request.clone(), made);
    }
    !asked.is_empty()
}

fn problem(chapter: &Arc<Source>, span: Range<usize>, fault: Fault) -> Problem {
    let place = Place::Text { source: Arc::clone(chapter), span };
    Problem { fault, places: vec![place] }
}

/// Where a mistake stands.
fn span_of(error: &Error, text: &str) -> Range<usize> {
    if let Some(range) = error.range()
        && range.start <= range.end
        && text.get(range.clone()).is_some()
    {
        return range;
    }
    let line = error.line().unwrap_or(1);
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let end = text[start.min(text.len())..].find('\n').map_or(text.len(), |end| start + end);
    start.min(text.len())..end
}

/// The same place with the field that is asked for behind it: the engine says which thing has no such field.
fn with_field(span: Range<usize>, text: &str) -> Range<usize> {
    let Some(field) = text[span.end..].strip_prefix('.') else { return span };
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let length = field.find(|sign| !is_part(sign)).unwrap_or(field.len());
    span.start..span.end + 1 + length
}

/// A mistake in our own words.
fn fault_of(error: &Error, excerpt: &str) -> Fault {
    let mut source = std::error::Error::source(error);
    while let Some(of) = source {
        if let Some(Wrong(fault)) = of.downcast_ref::<Wrong>() {
            return Fault::clone(fault);
        }
        source = of.source();
    }
    let detail = error.detail().unwrap_or_default().to_owned();
    let said = match detail.is_empty() {
        true => error.kind().to_string(),
        false => detail,
    };
    // The last name in what was looked at.
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let field = excerpt.rsplit_once('.').map(|(_, field)| field.trim_end());
    let field = field.filter(|of| !of.is_empty() && of.chars().all(is_part));
    let name = || {
        if let Some(field) = field {
            return field.to_owned();
        }
        let of = excerpt.split('(').next().unwrap_or_default().trim_end();
        let at = of.rfind(|sign: char| !is_part(sign)).map_or(0, |at| at + 1);
        of[at.min(of.len())..].to_owned()
    };
    let unknown = |what: Text, name: String, known: Vec<&str>| {
        let known = known.into_iter().map(str::to_owned).collect();
        *Wrong::unknown(what, &name, known).0
    };
    match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::BadEscape => Fault::Prose(ProseFault::Syntax { said }),
        ErrorKind::UndefinedError | ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => {
            let name = name();
            let fields: Vec<&str> = language::FIELDS.iter().map(|field| field.name).collect();
            let words: Vec<&str> = language::names().collect();
            let is_field = field.is_some();
            if name.is_empty() || language::FUNCTIONS.iter().any(|of| of.name == name) && !is_field
            {
                return Fault::Prose(ProseFault::Failed { said });
            }
            match is_field {
                true => unknown(text!(thing_field), name, fields),
                false => unknown(text!(thing_word), name, words),
            }
        }
        ErrorKind::UnknownFilter => {
            let known = language::FILTERS.iter().map(|filter| filter.name).collect();
            let name = excerpt.rsplit('|').next().unwrap_or_default();
            let name: String = name.trim().chars().take_while(|sign| is_part(*sign)).collect();
            unknown(text!(thing_filter), name, known)
        }
        ErrorKind::OutOfFuel => Fault::Prose(ProseFault::Endless),
        _ => {
            let called = closest(excerpt, language::FUNCTIONS.iter().map(|of| of.name));
            match called.filter(|name| *name == excerpt) {
                Some(name) => Fault::Prose(ProseFault::NotCalled { function: name.to_owned() }),
                None => Fault::Prose(ProseFault::Failed { said }),
            }
        }
    }
}

/// The text without the expression around a mistake, as long as before; nothing where it is a statement, on which others
/// depend.
fn without(text: &str, span: &Range<usize>) -> Option<String> {
    let start = text[..span.end.max(span.start)].rfind("{{")?;
    if text[start..span.start.max(start)].contains("}}") {
        return None;
    }
    let end = start + text[start..].find("}}")?;
    let mut out = text.to_owned();
    out.replace_range(end..end + 2, "#}");
    out.replace_range(start..start + 2, "{#");
    Some(out)
}

#[cfg(test)]
mod tests;
