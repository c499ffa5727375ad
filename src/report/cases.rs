//! Cases: the list of them, and one of them whole.

use quanheng_core::model::{RegionIx, Study, System};
use quanheng_words::word;

use super::{Block, Cell, Columns, Importance, Language, Reader, Report, Table, joined};
use crate::case::{Case, Event, Figure, Step};

/// How cases are shown, and what the names in them are looked up in.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The language.
    pub language: Language,
    /// Its regions are those of the cases.
    pub study: &'a Study,
    /// The systems whose nodes cases belong to.
    pub systems: &'a [&'a System],
}

impl<'a> View<'a> {
    fn region(&self, region: RegionIx) -> &'a str {
        self.study.regions[region.0 as usize].name(self.language.tag())
    }

    /// The names of the regions that a case is about.
    pub fn regions(&self, case: &Case) -> String {
        match case.regions.is_empty() {
            true => word!(case_all_regions, self.language).to_owned(),
            false => {
                let names = case.regions.iter().map(|&region| self.region(region).to_owned());
                joined(&names.collect::<Vec<_>>(), self.language)
            }
        }
    }

    /// The names of the nodes that a case belongs to.
    pub fn nodes(&self, case: &Case) -> String {
        let name = |code: &String| {
            let mut systems = self.systems.iter();
            let found = systems.find_map(|system| Some(system.node(system.find(code)?)));
            found.map_or(code.clone(), |node| node.name(self.language.tag()).to_owned())
        };
        joined(&case.nodes.iter().map(name).collect::<Vec<_>>(), self.language)
    }

    fn says<'n>(&self, names: &'n quanheng_core::model::Names) -> &'n str {
        names.get(self.language.tag()).unwrap_or_default()
    }
}

/// The table of cases: a row for each.
pub fn table(cases: &[&Case], view: &View<'_>, reader: Reader) -> Table {
    let (view, language) = (*view, view.language);
    let is_stated = |of: fn(&Case) -> bool| cases.iter().any(|case| of(case));
    let date = |date: Option<crate::case::Date>| date.map(crate::case::Date::stored);
    Columns::<&Case>::new()
        .text("code", word!(label_code, language), |case| case.code.clone())
        .importance(Importance::Key)
        .text("title", word!(case_label, language), move |case| case.title(language))
        .importance(Importance::Key)
        .text("regions", word!(label_regions, language), move |case| match reader {
            Reader::People => view.regions(case),
            Reader::Files => {
                let code = |region: &RegionIx| &view.study.regions[region.0 as usize].code;
                case.regions.iter().map(|r| code(r).as_str()).collect::<Vec<_>>().join(" ")
            }
        })
        .text("level", word!(case_level, language), move |case| view.says(&case.level))
        .only_if(is_stated(|case| !case.level.is_empty()))
        .text("mechanism", word!(case_mechanism, language), move |case| view.says(&case.mechanism))
        .only_if(is_stated(|case| !case.mechanism.is_empty()))
        .text("dates", word!(case_dates, language), move |case| case.dates(language))
        .only_for(Reader::People)
        .only_if(is_stated(|case| case.from.is_some() || case.until.is_some()))
        .text("from", word!(case_from, language), move |case| date(case.from))
        .only_for(Reader::Files)
        .text("until", word!(case_to, language), move |case| date(case.until))
        .only_for(Reader::Files)
        .text("nodes", word!(case_nodes, language), |case| case.nodes.join(" "))
        .only_for(Reader::Files)
        .text("text", word!(case_text, language), move |case| view.says(&case.text))
        .only_for(Reader::Files)
        .text("sources", word!(label_source, language), |case| case.sources.join("; "))
        .only_for(Reader::Files)
        .table("cases", reader, cases.iter().copied())
        .labelled(word!(page_cases, language))
}

/// A list of cases.
pub fn list(cases: &[&Case], view: &View<'_>) -> Report {
    let heading = Block::Heading(word!(page_cases, view.language).to_owned());
    let rest = match cases.is_empty() {
        true => Block::Line(word!(case_none, view.language).to_owned()),
        false => Block::Table(table(cases, view, Reader::People)),
    };
    Report { blocks: vec![heading, rest] }
}

/// Everything that there is to say of a case.
pub fn one(case: &Case, view: &View<'_>) -> Report {
    let language = view.language;
    let title = case.title(language);
    let heading = match title == case.code {
        true => title.to_owned(),
        false => format!("{title} · {}", case.code),
    };
    let mut blocks = vec![Block::Heading(heading)];
    blocks.extend(about(case, view).into_iter().map(|(label, what)| {
        Block::Line(match language {
            Language::Zh => format!("{label}：{what}"),
            Language::En => format!("{label}: {what}"),
        })
    }));
    let text = view.says(&case.text);
    blocks.extend(Some(Block::Line(text.to_owned())).filter(|_| !text.is_empty()));
    blocks.extend(parts(case, view));
    Report { blocks }
}

/// Its regions, nodes, level, mechanism and dates, each with its label; what is not stated is left out.
pub fn about(case: &Case, view: &View<'_>) -> Vec<(&'static str, String)> {
    let language = view.language;
    let mut all = vec![
        (word!(label_regions, language), view.regions(case)),
        (word!(case_nodes, language), view.nodes(case)),
        (word!(case_level, language), view.says(&case.level).to_owned()),
        (word!(case_mechanism, language), view.says(&case.mechanism).to_owned()),
        (word!(case_dates, language), case.dates(language)),
    ];
    all.retain(|(_, what)| !what.is_empty());
    all
}

/// Steps, figures, dates and sources of a case, each with its heading.
fn parts(case: &Case, view: &View<'_>) -> Vec<Block> {
    let language = view.language;
    let mut blocks = Vec::new();
    for table in tables(case, view, Reader::People) {
        blocks.push(Block::Heading(table.label.clone()));
        blocks.push(Block::Table(table));
    }
    if !case.sources.is_empty() {
        blocks.push(Block::Heading(word!(case_sources, language).to_owned()));
        blocks.extend(case.sources.iter().cloned().map(Block::Line));
    }
    blocks
}

/// The tables of steps, figures and dates of a case; one with no row is not there.
pub fn tables(case: &Case, view: &View<'_>, reader: Reader) -> Vec<Table> {
    let all =
        [steps(case, view, reader), figures(case, view, reader), timeline(case, view, reader)];
    all.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// A column with the code of the case, for files, which hold several.
fn of_case<'a, R>(case: &'a Case, language: Language) -> Columns<'a, R> {
    Columns::new()
        .text("case", word!(case_label, language), |_: &R| case.code.clone())
        .only_for(Reader::Files)
}

/// The steps of a case, by their numbers.
pub fn steps(case: &Case, view: &View<'_>, reader: Reader) -> Table {
    let (view, language) = (*view, view.language);
    of_case::<(usize, &Step)>(case, language)
        .number("step", word!(case_step, language), |(at, _)| at + 1)
        .text("title", word!(case_what, language), move |(_, step)| view.says(&step.title))
        .importance(Importance::Key)
        .text("who", word!(case_who, language), move |(_, step)| view.says(&step.who))
        .only_if(reader == Reader::Files || case.steps.iter().any(|step| !step.who.is_empty()))
        .text("then", word!(case_then, language), move |(_, step)| step.follows(language))
        .table("steps", reader, case.steps.iter().enumerate())
        .labelled(word!(case_steps, language))
}

/// The figures of a case.
pub fn figures(case: &Case, view: &View<'_>, reader: Reader) -> Table {
    let (view, language) = (*view, view.language);
    let date = |date: Option<crate::case::Date>| date.map(crate::case::Date::stored);
    of_case::<&Figure>(case, language)
        .text("figure", word!(case_figure, language), move |of| view.says(&of.title))
        .importance(Importance::Key)
        .text("shown", word!(label_value, language), move |of| of.shown(language))
        .only_for(Reader::People)
        .text("dates", word!(case_dates, language), move |of| of.dates(language))
        .only_for(Reader::People)
        .number("before", word!(case_before, language), |of| of.before.map(Cell::number))
        .only_for(Reader::Files)
        .number("value", word!(label_value, language), |of| Cell::number(of.value))
        .only_for(Reader::Files)
        .text("unit", word!(label_unit, language), move |of| view.says(&of.unit))
        .only_for(Reader::Files)
        .text("before_date", word!(case_from, language), move |of| date(of.before_date))
        .only_for(Reader::Files)
        .text("date", word!(case_to, language), move |of| date(of.date))
        .only_for(Reader::Files)
        .number("n", "n", |of| of.n)
        .only_if(reader == Reader::Files || case.figures.iter().any(|of| of.n.is_some()))
        .table("figures", reader, &case.figures)
        .labelled(word!(case_figures, language))
}

/// What happened when.
pub fn timeline(case: &Case, view: &View<'_>, reader: Reader) -> Table {
    let (view, language) = (*view, view.language);
    of_case::<&Event>(case, language)
        .text("date", word!(case_date, language), move |of| match reader {
            Reader::People => of.date.shown(language),
            Reader::Files => of.date.stored(),
        })
        .text("what", word!(case_what, language), move |of| view.says(&of.what))
        .importance(Importance::Key)
        .table("timeline", reader, &case.timeline)
        .labelled(word!(case_timeline, language))
}

/// Cases as tables for programs: the list, and the steps, figures and dates of all of them.
pub fn for_files(cases: &[&Case], view: &View<'_>) -> Vec<Table> {
    let mut all: Vec<Table> = vec![table(cases, view, Reader::Files)];
    for case in cases {
        for more in tables(case, view, Reader::Files) {
            // The columns of one kind are the same for all cases but for `n`, which is empty or left out.
            match all.iter_mut().find(|of| of.name == more.name && of.columns == more.columns) {
                Some(of) => of.rows.extend(more.rows),
                None => all.push(more),
            }
        }
    }
    all
}
