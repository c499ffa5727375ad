//! What describes the data and the structure of an index: its sections, listed in [`SECTIONS`].

mod changes;
mod coding;
mod correlations;
mod denominators;
mod redundancy;
mod screened;
mod statistics;
mod structure;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Stage;
use quanheng_core::model::{Node, NodeId};
use quanheng_core::statistics::{Scope, classes};
use quanheng_words::{text, word};

use super::declaration::Declaration;
use super::{Block, Cell, Columns, Language, Reader, Report, number, ranking};
use crate::data::coding::Coded;

/// A part of a description.
#[derive(Debug)]
pub struct Section {
    /// The word for it on the command line.
    pub name: &'static str,
    /// Its heading.
    pub label: &'static str,
    /// What it shows, in one sentence.
    pub summary: &'static str,
    /// Whether it is shown where none is asked for.
    pub usual: bool,
    build: fn(&View<'_>) -> Vec<Block>,
}

/// Every section: the data first, and then the structure.
pub static SECTIONS: &[Section] = &[
    statistics::SECTION,
    coding::AGREEMENT,
    coding::DISAGREEMENTS,
    changes::FILLED,
    changes::TREATED,
    screened::SECTION,
    denominators::SECTION,
    correlations::WITHIN,
    redundancy::SECTION,
    correlations::PARENTS,
    structure::CONSISTENCY,
    structure::COMPONENTS,
    structure::ADEQUACY,
    structure::IMPORTANCE,
    structure::DOMINANCE,
    structure::RANK_DIFFERENCES,
];

/// The sections of a statistical audit by the JRC, in its order: coverage and outliers, what was done about them, coherence,
/// weights and importance, and what the index adds to its parts.
pub const AUDIT: [&str; 13] = [
    "statistics",
    "screening",
    "filled",
    "treated",
    "components",
    "adequacy",
    "consistency",
    "parents",
    "correlations",
    "redundancy",
    "importance",
    "dominance",
    "rank_differences",
];

/// What is described, and for whom.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The evaluation.
    pub evaluation: &'a Evaluation,
    /// What several coders have coded of the data.
    pub codings: &'a [Coded],
    /// The rows that are described together.
    pub scopes: Vec<Scope>,
    /// The position of the group by whose classes statistics and correlations are shown too.
    pub group: Option<usize>,
    /// The stage after which the values of indicators are described to people: system, imputation or treatment.
    pub stage: Stage,
    /// How many rows of a long list people see; all where none is stated.
    pub top: Option<usize>,
    /// The language of the words.
    pub language: Language,
    /// Who reads it.
    pub reader: Reader,
}

impl Section {
    /// The section of this name.
    pub fn find(name: &str) -> Option<&'static Section> {
        SECTIONS.iter().find(|section| section.name == name)
    }

    /// Its heading in a language.
    pub fn title(&self, language: Language) -> &'static str {
        Declaration::section(self.name).says("", language).unwrap_or(self.label)
    }

    /// What it shows, in a language.
    pub fn says(&self, language: Language) -> &'static str {
        Declaration::section(self.name).says("summary", language).unwrap_or(self.summary)
    }
}

/// These sections of a description, in this order. Files have their tables only, all scopes in one.
pub fn report(view: &View<'_>, sections: &[&Section]) -> Report {
    let mut report = Report::default();
    if view.reader == Reader::Files {
        report.blocks = sections.iter().flat_map(|section| (section.build)(view)).collect();
        return report;
    }
    for scope in &view.scopes {
        report.blocks.push(Block::Heading(heading(view, scope)));
        let of_scope = View { scopes: vec![scope.clone()], ..view.clone() };
        for section in sections {
            let blocks = (section.build)(&of_scope);
            report.blocks.push(Block::Heading(section.title(view.language).to_owned()));
            if blocks.is_empty() {
                report.blocks.push(Block::Line(word!(describe_nothing, view.language).to_owned()));
            }
            report.blocks.extend(blocks);
        }
    }
    report
}

fn heading(view: &View<'_>, scope: &Scope) -> String {
    let language = view.language;
    let (study, methodology) = (view.evaluation.study(), view.evaluation.methodology());
    let league = &study.leagues[scope.league.0 as usize];
    let league = match study.leagues.len() {
        0 | 1 => String::new(),
        _ => league.names.get(language.tag()).unwrap_or(&league.code).to_owned(),
    };
    let period = match scope.period {
        None => word!(describe_all_periods, language),
        Some(period) => study.periods[period.0 as usize].label.as_str(),
    };
    let title = methodology.names.get(language.tag());
    let parts = [
        study.title.get(language.tag()).unwrap_or_default().to_owned(),
        league,
        period.to_owned(),
        ranking::titled(&methodology.code, title, language),
        text!(count_regions, n = scope.rows.len()).render(language),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A p-value: what would be printed as 0 is printed as smaller than the least that is printed.
fn p_value(p: f64) -> Cell {
    match p.is_nan() {
        true => Cell::number_or_missing(p),
        false => Cell::Share { value: p, text: number::p_value(p) },
    }
}

impl<'a> View<'a> {
    fn node(&self, id: NodeId) -> &'a Node {
        self.evaluation.methodology().system.node(id)
    }

    /// The columns that say which scope a row is about, for files; the class stands for everybody where there is one.
    fn scope_columns<R>(&self, scope: impl Fn(&R) -> &Scope + Copy + 'a) -> Columns<'a, R> {
        let (evaluation, language) = (self.evaluation, self.language);
        let group = self.group;
        Columns::new()
            .text("league", word!(label_league, language), move |row| {
                evaluation.study().leagues[scope(row).league.0 as usize].code.clone()
            })
            .only_for(Reader::Files)
            .text("period", word!(label_period, language), move |row| {
                let period = scope(row).period?;
                Some(evaluation.study().periods[period.0 as usize].label.clone())
            })
            .only_for(Reader::Files)
            .text("class", word!(describe_class, language), move |row| {
                let (class, group) = (scope(row).class?, group?);
                let of = &evaluation.study().groups[group].classes;
                of.get_index(class).map(|(name, _)| name.clone())
            })
            .only_if(group.is_some())
    }

    /// The columns that say which node a row is about: its code, and for files its name.
    fn node_columns<R>(
        &self,
        columns: Columns<'a, R>,
        node: impl Fn(&R) -> NodeId + Copy + 'a,
    ) -> Columns<'a, R> {
        let (evaluation, language) = (self.evaluation, self.language);
        let of = move |row: &R| evaluation.methodology().system.node(node(row));
        columns
            .text("node", word!(label_code, language), move |row| &of(row).code)
            .importance(super::Importance::Key)
            .text("name", word!(label_indicator, language), move |row| of(row).name(language.tag()))
            .only_for(Reader::Files)
    }

    /// The values of a column in the rows of a scope.
    fn values(&self, column: &[f64], scope: &Scope) -> Vec<f64> {
        scope.rows.iter().map(|&row| column[row]).collect()
    }

    /// The scopes, each with the classes of the group within it, where there is a group.
    fn scopes_with_classes(&self) -> Vec<Scope> {
        let study = self.evaluation.study();
        let with_classes = |scope: &Scope| {
            let classes = self.group.map(|group| classes(study, scope, group));
            [vec![scope.clone()], classes.unwrap_or_default()].concat()
        };
        self.scopes.iter().flat_map(with_classes).collect()
    }

    /// The rows that people see of a long list, and a line that says how many more there are.
    fn cut<R>(&self, rows: &mut Vec<R>) -> Option<Block> {
        let (of, shown) = (rows.len(), self.top.filter(|_| self.reader == Reader::People)?);
        rows.truncate(shown);
        (shown < of).then(|| {
            Block::Line(text!(describe_shown, shown = shown, of = of).render(self.language))
        })
    }
}
