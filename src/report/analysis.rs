//! Analyses of results: the tables that each of them finds.

use indexmap::IndexMap;
use quanheng_core::analysis::{
    Cell as Found, Column, Entry, Form, Found as Finding, Kind as Of, Need, Reason, Subject, Word,
};
use quanheng_words::{Text, declared, text, word};

use super::declaration::Declaration;
use super::{
    Block, Cell, Head, Importance, Kind, Language, Reader, Report, Table, joined, number, ranking,
};
use crate::project::About;

/// One analysis of one league.
#[derive(Debug)]
pub struct Part<'a> {
    /// What is analysed.
    pub subject: Subject<'a>,
    /// By which analysis.
    pub entry: &'static Entry,
    /// What it found, or why there is nothing to show.
    pub found: Result<Vec<Finding>, Reason>,
}

/// In which words analyses are shown.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The language.
    pub language: Language,
    /// The names of the groups, by code; a group without one is called by its code.
    pub groups: &'a IndexMap<String, About>,
}

/// The analyses for people, league by league. `parts` are in the order of leagues.
pub fn report(parts: &[Part<'_>], view: &View<'_>) -> Report {
    let language = view.language;
    let mut report = Report::default();
    for league in parts.chunk_by(|a, b| a.subject.league == b.subject.league) {
        report.blocks.push(Block::Heading(heading(&league[0].subject, language)));
        for part in league {
            let words = Words { subject: &part.subject, view, language, reader: Reader::People };
            for found in part.found.iter().flatten().filter(|found| found.form.shown > 0) {
                words.blocks(part.entry, found, &mut report.blocks);
            }
        }
        // What cannot be shown is said at the end, where it is not between what can.
        for part in league {
            if let Err(reason) = &part.found {
                let label = label(part.entry, language);
                let why = because(reason).render(language);
                let words = text!(analysis_none, analysis = label, why = why);
                report.blocks.push(Block::Line(words.render(language)));
            }
        }
    }
    report
}

/// Everything as tables, each of a kind once, with every league, nothing cut.
pub fn tables(parts: &[Part<'_>], view: &View<'_>) -> Vec<Table> {
    let language = view.language;
    let mut tables: Vec<Table> = Vec::new();
    for part in parts {
        let words = Words { subject: &part.subject, view, language, reader: Reader::Files };
        for found in part.found.iter().flatten() {
            let table = words.table(part.entry, found);
            match tables.iter_mut().find(|other| other.name == table.name) {
                None => tables.push(table),
                Some(other) => join(other, table),
            }
        }
    }
    let none = parts.iter().filter_map(|part| Some((part, part.found.as_ref().err()?)));
    let rows: Vec<Vec<Cell>> = none
        .map(|(part, reason)| {
            let league = &part.subject.study().leagues[part.subject.league.0 as usize].code;
            let why = because(reason).render(language);
            vec![league.into(), part.entry.name.into(), why.into()]
        })
        .collect();
    let label = word!(label_analysis, language);
    let why = column_label("why", "Why there is no figure", language);
    if !rows.is_empty() {
        let name = "not_shown".to_owned();
        let columns = vec![
            head("league", word!(label_league, language), Importance::Key),
            head("analysis", label, Importance::Key),
            head("why", &why, Importance::Usual),
        ];
        tables.push(Table { label: name.clone(), name, columns, rows });
    }
    tables
}

/// The analyses that there are: what each says, as a formula, what it needs and where it comes from.
pub fn list(of: &[Entry], language: Language) -> Report {
    let mut report = Report::default();
    for entry in of {
        let needs = need(entry.needs, language);
        report.blocks.push(Block::Heading(format!("{} · {}", entry.name, label(entry, language))));
        for line in [says(entry, "summary", language), says(entry, "formula", language), &needs] {
            report.blocks.push(Block::Line(line.to_owned()));
        }
        report.blocks.push(Block::Line(says(entry, "reference", language).to_owned()));
    }
    report
}

/// The same as a table, for files.
pub fn list_table(of: &[Entry], language: Language) -> Report {
    let columns = [
        ("analysis", word!(label_analysis, language)),
        ("label", word!(label_name, language)),
        ("summary", word!(label_summary, language)),
        ("formula", word!(label_audit_formula, language)),
        ("needs", word!(label_analysis_needs, language)),
        ("reference", word!(label_audit_reference, language)),
    ];
    let row = |entry: &Entry| {
        vec![
            entry.name.into(),
            label(entry, language).into(),
            says(entry, "summary", language).into(),
            says(entry, "formula", language).into(),
            need(entry.needs, language).into(),
            says(entry, "reference", language).into(),
        ]
    };
    Report::from(vec![Table {
        name: "analyses".to_owned(),
        label: "analyses".to_owned(),
        columns: columns.map(|(key, label)| head(key, label, Importance::Usual)).into(),
        rows: of.iter().map(row).collect(),
    }])
}

/// An analysis in words: its name, what it says, its formula, where it comes from.
pub(super) fn about(entry: &Entry, language: Language) -> [&'static str; 4] {
    let of = |attribute| says(entry, attribute, language);
    [label(entry, language), of("summary"), of("formula"), of("reference")]
}

/// The name of an analysis for readers.
fn label(entry: &Entry, language: Language) -> &'static str {
    Declaration::analysis(entry.name).says("", language).unwrap_or(entry.label)
}

fn says(entry: &Entry, attribute: &str, language: Language) -> &'static str {
    let english = match attribute {
        "summary" => entry.summary,
        "formula" => entry.formula,
        _ => entry.reference,
    };
    Declaration::analysis(entry.name).says(attribute, language).unwrap_or(english)
}

fn need(need: Need, language: Language) -> String {
    let words = match need {
        Need::Nothing => text!(analysis_needs_nothing),
        Need::Tiers => text!(analysis_needs_tiers),
        Need::Groups => text!(analysis_needs_groups),
        Need::Periods => text!(analysis_needs_periods),
        Need::Covariates => text!(analysis_needs_covariates),
        Need::Neighbours => text!(analysis_needs_neighbours),
        Need::SamplingErrors => text!(analysis_needs_sampling_errors),
    };
    words.render(language)
}

fn column_label(key: &str, english: &str, language: Language) -> String {
    declared(language, "analysis-columns", key).unwrap_or(english).to_owned()
}

fn head(key: &str, label: &str, importance: Importance) -> Head {
    Head { key: key.to_owned(), label: label.to_owned(), kind: Kind::Text, importance }
}

fn heading(subject: &Subject<'_>, language: Language) -> String {
    let study = subject.study();
    let league = &study.leagues[subject.league.0 as usize];
    let league = (study.leagues.len() > 1)
        .then(|| league.names.get(language.tag()).unwrap_or(&league.code).to_owned());
    let methodology = subject.evaluation.methodology();
    let parts = [
        Some(study.title.get(language.tag()).unwrap_or_default().to_owned()),
        league,
        Some(study.periods[subject.period.0 as usize].label.clone()),
        Some(ranking::titled(&methodology.code, methodology.names.get(language.tag()), language)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
    parts.join(" · ")
}

/// Adds the rows of a table to another of the same form; columns that only one of them has stay empty in the other.
fn join(table: &mut Table, more: Table) {
    for column in &more.columns {
        if table.columns.iter().all(|own| own.key != column.key) {
            table.columns.push(column.clone());
            table.rows.iter_mut().for_each(|row| row.push(Cell::Empty));
        }
    }
    let from = |key: &str| more.columns.iter().position(|column| column.key == key);
    let places: Vec<Option<usize>> = table.columns.iter().map(|own| from(&own.key)).collect();
    for row in &more.rows {
        let cell = |place: &Option<usize>| place.map_or(Cell::Empty, |at| row[at].clone());
        table.rows.push(places.iter().map(cell).collect());
    }
}

/// The words for what an analysis finds.
struct Words<'a> {
    subject: &'a Subject<'a>,
    view: &'a View<'a>,
    language: Language,
    reader: Reader,
}

impl Words<'_> {
    fn blocks(&self, entry: &Entry, found: &Finding, blocks: &mut Vec<Block>) {
        let table = self.table(entry, found);
        let form = Declaration::analysis(entry.name);
        let form = form.says(&format!("table_{}", found.form.name), self.language);
        let form = form.unwrap_or(found.form.label);
        let label = label(entry, self.language);
        blocks.push(Block::Heading(match label == form {
            true => label.to_owned(),
            false => format!("{label} · {form}"),
        }));
        let reasons = self.reasons(found);
        if table.rows.is_empty() {
            blocks.push(Block::Line(word!(analysis_empty, self.language).to_owned()));
            return;
        }
        let (all, shown) = (table.rows.len(), found.form.shown.min(table.rows.len()));
        let mut table = table.labelled(form);
        table.rows.truncate(shown);
        blocks.push(Block::Table(table));
        if shown < all {
            let words = text!(shown_of, shown = shown, all = all);
            blocks.push(Block::Line(words.render(self.language)));
        }
        blocks.extend(reasons.into_iter().map(Block::Line));
    }

    /// Why there is no figure in some rows, with the rows that each reason is about.
    fn reasons(&self, found: &Finding) -> Vec<String> {
        let mut reasons: Vec<(&Reason, Vec<String>)> = Vec::new();
        for row in &found.rows {
            let of = row.iter().zip(found.form.columns).filter(|(_, column)| {
                column.kind == Of::Text && !column.is_detail && column.key != "why"
            });
            let names = of.filter_map(|(cell, _)| match self.cell(cell) {
                Cell::Text(name) => Some(name),
                _ => None,
            });
            let name = names.collect::<Vec<_>>().join(" · ");
            let Some(Found::None(reason)) = row.last() else { continue };
            match reasons.iter_mut().find(|(other, _)| *other == reason) {
                Some((_, names)) => names.push(name),
                None => reasons.push((reason, vec![name])),
            }
        }
        let say = |(reason, names): (&Reason, Vec<String>)| {
            let why = because(reason).render(self.language);
            let of = joined(&names, self.language);
            text!(analysis_none, analysis = of, why = why).render(self.language)
        };
        reasons.into_iter().map(say).collect()
    }

    fn table(&self, entry: &Entry, found: &Finding) -> Table {
        let form: &Form = found.form;
        let is_for_files = self.reader == Reader::Files;
        let mut columns = Vec::new();
        // The columns of the analysis that are shown, each by its place, and whether it has a code beside a name.
        let mut places: Vec<(usize, bool)> = Vec::new();
        for (at, column) in form.columns.iter().enumerate() {
            let is_empty = found.rows.iter().all(|row| row[at] == Found::Empty);
            // People read below the table why there is no figure, and do not need a column with nothing in it.
            if !is_for_files && (column.key == "why" || (is_empty && !found.rows.is_empty())) {
                continue;
            }
            let is_first = columns.is_empty();
            columns.push(self.head(column, is_first));
            places.push((at, false));
            if is_for_files && column.key == "region" {
                let name = column_label("name", "Name", self.language);
                columns.push(head("name", &name, Importance::Usual));
                places.push((at, true));
            }
        }
        let digits = self.digits();
        for (k, further) in found.more.iter().enumerate() {
            let label = match self.cell(&further.of) {
                Cell::Tier { label, .. } | Cell::Text(label) => label,
                _ => String::new(),
            };
            let kind = kind(further.kind, digits);
            let importance = Importance::OneOf(0.0);
            columns.push(Head { key: label.clone(), label, kind, importance });
            places.push((form.columns.len() + k, false));
        }
        let is_p = |at: usize| form.columns.get(at).is_some_and(|c| c.kind == Of::PValue);
        let row = |row: &Vec<Found>| -> Vec<Cell> {
            let cell = |&(at, is_name): &(usize, bool)| match (&row[at], is_name) {
                (Found::Region(region), true) => {
                    let region = &self.subject.study().regions[region.0 as usize];
                    region.name(self.language.tag()).into()
                }
                (Found::Number(p), _) if is_p(at) => {
                    Cell::Share { value: *p, text: number::p_value(*p) }
                }
                (cell, _) => self.cell(cell),
            };
            places.iter().map(cell).collect()
        };
        let mut rows: Vec<Vec<Cell>> = found.rows.iter().map(row).collect();
        if is_for_files {
            let study = self.subject.study();
            let league = &study.leagues[self.subject.league.0 as usize].code;
            rows.iter_mut().for_each(|row| row.insert(0, league.into()));
            let label = word!(label_league, self.language);
            columns.insert(0, head("league", label, Importance::Key));
        }
        let name = format!("{}_{}", entry.name, form.name);
        Table { label: name.clone(), name, columns, rows }
    }

    fn head(&self, column: &Column, is_first: bool) -> Head {
        Head {
            key: column.key.to_owned(),
            label: column_label(column.key, column.label, self.language),
            kind: kind(column.kind, self.digits()),
            importance: match (is_first, column.is_detail) {
                (true, _) => Importance::Key,
                (false, true) => Importance::Detail,
                (false, false) => Importance::Usual,
            },
        }
    }

    /// The decimals at which scores are shown: as many as the index or a node below it takes.
    fn digits(&self) -> usize {
        let evaluation = self.subject.evaluation;
        let system = &evaluation.methodology().system;
        let below = &system.node(system.root()).children;
        let nodes = [system.root()].into_iter().chain(below.iter().copied());
        nodes.map(|node| ranking::digits(evaluation, node)).max().unwrap_or(4)
    }

    fn cell(&self, cell: &Found) -> Cell {
        let study = self.subject.study();
        let tag = self.language.tag();
        let is_for_files = self.reader == Reader::Files;
        let system = &self.subject.evaluation.methodology().system;
        let region = |region: &quanheng_core::model::RegionIx| {
            let region = &study.regions[region.0 as usize];
            if is_for_files { region.code.clone() } else { region.name(tag).to_owned() }
        };
        let node = |id: &quanheng_core::model::NodeId| {
            let node = system.node(*id);
            if is_for_files { node.code.clone() } else { node.name(tag).to_owned() }
        };
        let listed = |names: Vec<String>| match is_for_files {
            true => names.join(" "),
            false => joined(&names, self.language),
        };
        match cell {
            Found::Empty => Cell::Empty,
            Found::None(reason) => because(reason).render(self.language).into(),
            Found::Region(one) => region(one).into(),
            Found::Regions(all) => listed(all.iter().map(region).collect()).into(),
            Found::Node(one) => node(one).into(),
            Found::Nodes(all) => listed(all.iter().map(node).collect()).into(),
            Found::Period(period) => (&study.periods[period.0 as usize].label).into(),
            Found::Group(at) => {
                let code = &study.groups[*at].code;
                let name = self.view.groups.get(code).and_then(|about| about.names.get(tag));
                name.filter(|_| !is_for_files).unwrap_or(code).into()
            }
            Found::Class(_, class) => class.into(),
            Found::Covariate(at) => {
                let covariate = &self.subject.inputs.covariates[*at];
                let name = covariate.names.get(tag).filter(|_| !is_for_files);
                let name = name.unwrap_or(&covariate.code);
                match covariate.log && !is_for_files {
                    true => format!("ln {name}").into(),
                    false => name.into(),
                }
            }
            Found::Word(word) if is_for_files => word.name().into(),
            Found::Word(word) => of_word(*word, self.language).into(),
            Found::Tier(at, of, label) => {
                Cell::Tier { at: usize::from(*at), of: *of, label: label.clone() }
            }
            Found::Number(x) => Cell::number(*x),
            Found::Count(n) => Cell::Count(*n),
            Found::Rank(rank) => Cell::Rank(*rank),
            Found::Moved(places) => Cell::Moved(*places),
            Found::Percent(value, decimals) => {
                Cell::Share { value: *value, text: number::fixed(*value, *decimals) }
            }
        }
    }
}

fn kind(kind: Of, digits: usize) -> Kind {
    match kind {
        Of::Text => Kind::Text,
        Of::Score => Kind::Number(Some(digits)),
        Of::Decimals(digits) => Kind::Number(Some(digits)),
        Of::PValue | Of::Number => Kind::Number(None),
    }
}

fn of_word(word: Word, language: Language) -> &'static str {
    match word {
        Word::Up => word!(analysis_up, language),
        Word::Same => word!(analysis_same, language),
        Word::Down => word!(analysis_down, language),
        Word::Entered => word!(analysis_entered, language),
        Word::Left => word!(analysis_left, language),
        Word::All => word!(analysis_all, language),
        Word::TheilT => word!(analysis_theil_t, language),
        Word::TheilL => word!(analysis_theil_l, language),
        Word::Gini => word!(analysis_gini, language),
        Word::Absolute => word!(analysis_absolute, language),
        Word::Conditional => word!(analysis_conditional, language),
        Word::InitialLevel => word!(analysis_initial_level, language),
        Word::Intercept => word!(analysis_intercept, language),
        Word::Sd => word!(analysis_sd, language),
        Word::Cv => word!(analysis_cv, language),
        Word::SdLog => word!(analysis_sd_log, language),
        Word::Converges => word!(analysis_converges, language),
        Word::Diverges => word!(analysis_diverges, language),
        Word::Grade(10) => word!(analysis_grade_superior, language),
        Word::Grade(9) => word!(analysis_grade_good, language),
        Word::Grade(8) => word!(analysis_grade_intermediate, language),
        Word::Grade(7) => word!(analysis_grade_primary, language),
        Word::Grade(6) => word!(analysis_grade_bare, language),
        Word::Grade(5) => word!(analysis_grade_near, language),
        Word::Grade(4) => word!(analysis_grade_slight, language),
        Word::Grade(3) => word!(analysis_grade_moderate, language),
        Word::Grade(2) => word!(analysis_grade_serious, language),
        Word::Grade(_) => word!(analysis_grade_extreme, language),
        Word::HighHigh => word!(analysis_high_high, language),
        Word::LowLow => word!(analysis_low_low, language),
        Word::HighLow => word!(analysis_high_low, language),
        Word::LowHigh => word!(analysis_low_high, language),
        Word::Chosen => word!(analysis_chosen, language),
        Word::BestOfIndex => word!(analysis_best_of_index, language),
        Word::BestOfDimension => word!(analysis_best_of_dimension, language),
        Word::BestOfClass => word!(analysis_best_of_class, language),
        Word::RiseInScore => word!(analysis_rise_in_score, language),
        Word::RiseInRank => word!(analysis_rise_in_rank, language),
        Word::Apart => word!(robustness_apart, language),
        Word::Overlaps => word!(robustness_overlaps, language),
        Word::Exact => word!(robustness_exact, language),
        Word::Slopes => word!(robustness_slopes, language),
        Word::Draws => word!(robustness_draws, language),
        Word::ExactTests => word!(robustness_exact_tests, language),
        Word::WithinError => word!(robustness_within_error, language),
        Word::AllLeaves => word!(robustness_all_leaves, language),
        Word::Undecided => word!(robustness_undecided, language),
        Word::Always => word!(robustness_always, language),
        Word::Sometimes => word!(robustness_sometimes, language),
        Word::Never => word!(robustness_never, language),
        Word::Evaluated => word!(robustness_evaluated, language),
        Word::CatchesUp => word!(robustness_catches_up, language),
        Word::Enough => word!(robustness_enough, language),
        Word::NotEnough => word!(robustness_not_enough, language),
    }
}

/// Why there is no figure.
pub(crate) fn because(reason: &Reason) -> Text {
    match reason {
        Reason::TooFew { n, least } => text!(undefined_too_few, n = *n, least = *least),
        Reason::Constant => text!(analysis_constant),
        Reason::NotPositive { n } => text!(analysis_not_positive, n = *n),
        Reason::Negative { n } => text!(analysis_negative, n = *n),
        Reason::Overlap { regions } => text!(analysis_overlap, n = *regions),
        Reason::NoTiers => text!(analysis_no_tiers),
        Reason::NoGroups => text!(analysis_no_groups),
        Reason::OnePeriod => text!(analysis_one_period),
        Reason::NoTime => text!(analysis_no_time),
        Reason::NotBefore => text!(analysis_not_before),
        Reason::NoRows => text!(no_regions_in_period),
        Reason::NoNode(code) => text!(analysis_no_node, code = code),
        Reason::NoPeriod(label) => text!(analysis_no_period, label = label),
        Reason::NoGroup(code) => text!(analysis_no_group, code = code),
        Reason::NoCovariates => text!(analysis_no_covariates),
        Reason::Collinear => text!(analysis_collinear),
        Reason::Unbounded(code) => text!(analysis_unbounded, code = code),
        Reason::OffScale { n } => text!(analysis_off_scale, n = *n),
        Reason::NoWeights => text!(analysis_no_weights),
        Reason::NoNeighbours => text!(analysis_no_neighbours),
        Reason::NobodyNear => text!(analysis_nobody_near),
        Reason::NoNeighbour => text!(analysis_no_neighbour),
        Reason::TooMany { n, most } => text!(analysis_too_many, n = *n, most = *most),
        Reason::FewProfiles { n, least } => text!(analysis_few_profiles, n = *n, least = *least),
        Reason::IncompleteProfile => text!(analysis_incomplete_profile),
        Reason::NobodyRises => text!(analysis_nobody_rises),
        Reason::NothingLacks => text!(analysis_nothing_lacks),
        Reason::TooFewSubsystems { n } => text!(analysis_too_few_subsystems, n = *n),
        Reason::AbsentSubsystems { n } => text!(analysis_absent_subsystems, n = *n),
        Reason::AbsentPeriods { n } => text!(analysis_absent_periods, n = *n),
        Reason::WeightsOfOthers { weights, nodes } => {
            text!(analysis_weights_of_others, weights = *weights, nodes = *nodes)
        }
        Reason::NoSamplingErrors => text!(robustness_no_errors),
        Reason::OfFormula(code) => text!(robustness_of_formula, code = code),
        Reason::NotSmooth(code) => text!(robustness_not_smooth, code = code),
        Reason::FailedDraws { failed, of } => {
            text!(robustness_failed, failed = *failed, of = *of)
        }
        Reason::NothingFilled => text!(robustness_nothing_filled),
        Reason::NotFilledAgain(code) => text!(robustness_not_filled_again, code = code),
        Reason::NoMethodology(code) => text!(robustness_no_methodology, code = code),
        Reason::OtherMethodology(code) => text!(robustness_other_methodology, code = code),
        Reason::DrawsLeft { left, of } => text!(robustness_left, left = *left, of = *of),
        Reason::NoErrorOfCell => text!(robustness_no_error_of_cell),
        Reason::ImpossibleError => text!(robustness_impossible_error),
        Reason::OutsideSample => text!(robustness_outside_sample),
        Reason::NotAMean(code) => text!(robustness_not_a_mean, code = code),
        Reason::RoundedBelow(code) => text!(robustness_rounded_below, code = code),
        Reason::AbsentScores { code, n } => text!(robustness_absent_scores, code = code, n = *n),
        Reason::NoChildren(code) => text!(robustness_no_children, code = code),
        Reason::NotAsMany { setting, weights } => {
            text!(robustness_not_as_many, setting = setting, weights = *weights)
        }
        Reason::NoSuchWeights => text!(robustness_no_such_weights),
        Reason::NeverAhead => text!(robustness_never_ahead),
        Reason::SearchEnded => text!(robustness_search_ended),
    }
}
