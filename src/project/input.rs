//! `[input]`: results of other projects as columns of this one.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::choice;
use quanheng_core::model::{NodeId, PeriodIx, Study};
use quanheng_core::number;
use quanheng_words::number::exact;
use quanheng_words::text;

use super::data::ProjectFolder;
use super::reader::Page;
use super::resolved::{InputSource, Resolved};
use super::said::{ReadFile, file_of};
use super::table::{At, By, One, Texts, plain, table};
use crate::data::file::{Format, Input as File};
use crate::data::layout::{Columns, Layout};
use crate::data::names::Match;
use crate::data::number::Notation;
use crate::data::table::ValueFile;
use crate::gate;
use crate::problem::{Fault, Problem, Problems, ProjectFault};

table! {
    /// `[input.CODE]`
    pub(super) struct InputKeys {
        /// The other project: its folder, or its project file, from the project's folder. One that lies elsewhere is read
        /// only if the user allows a folder above it with the option `--allow-folder`.
        project: At<String>,
        /// The methodology of the other project; the one that it runs where none is named, unless stated.
        methodology: Option<At<String>>,
        /// The node whose results are taken; the index unless stated.
        node: Option<At<String>>,
        /// What is taken: the `score` as the other project shows it, rounded where it rounds, or the `rank`, in which less
        /// is better.
        give: Give = Give::Score,
        /// The periods of the other project that are taken; all that the methodology is made for unless stated.
        periods: Option<Texts>,
        /// The period of this project for which the values count; the one of the other project unless stated. It needs a
        /// single period in `periods`, or `combine`.
        as_period: Option<At<String>>,
        /// How the values of several periods are put together into that of `as_period`: their `mean` or their `sum`. A
        /// region that has no value in one of the periods has none.
        combine: Option<Combine>,
        /// By what the other project's regions are known: by their codes, or with `name` also by names and aliases in this
        /// project's table of regions. Regions that this project does not have are left out.
        r#match: Match = Match::Code,
    }
}

choice! {
    /// What is taken of another project's result.
    pub(super) enum Give {
        /// The score.
        Score = "score",
        /// The rank.
        Rank = "rank",
    }
}

choice! {
    /// How values of several periods are put together.
    pub(super) enum Combine {
        /// Their mean.
        Mean = "mean",
        /// Their sum.
        Sum = "sum",
    }
}

plain!(Give, Combine);

/// What the inputs of a project add to it.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// A table of values for each.
    pub(super) values: Vec<ValueFile>,
    /// Where each comes from.
    pub(super) sources: Vec<InputSource>,
    /// The files that the other projects were made from, by names from this project's folder.
    pub(super) files: Vec<ReadFile>,
}

/// The project files that are being read, each for the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Above<'a> {
    /// The file as the system knows it.
    file: &'a Path,
    /// The one that reads it.
    by: Option<&'a Above<'a>>,
}

impl<'a> Above<'a> {
    pub(super) fn new(file: &'a Path, by: Option<&'a Above<'a>>) -> Above<'a> {
        Above { file, by }
    }

    fn count(&self) -> usize {
        1 + self.by.map_or(0, Above::count)
    }

    fn holds(&self, file: &Path) -> bool {
        self.file == file || self.by.is_some_and(|by| by.holds(file))
    }
}

/// How many projects may take results of one another in a row.
const MOST: usize = 16;

/// Projects that were opened, and evaluations of them: several inputs may take results of one.
#[derive(Default)]
struct Opened {
    projects: IndexMap<PathBuf, Option<Rc<Resolved>>>,
    evaluations: IndexMap<(PathBuf, String), Option<Arc<Evaluation>>>,
}

/// Reads another project whose results this one takes.
pub(super) type Open = fn(&Path, &Above<'_>) -> Result<Resolved, Problems>;

/// Reads every input: opens the other projects, evaluates what is asked for, and makes tables of the results.
pub(super) fn read(
    page: &Page,
    stated: &By<InputKeys>,
    folder: &ProjectFolder,
    above: &Above<'_>,
    other: Open,
) -> Inputs {
    let mut opened = Opened::default();
    let mut inputs = Inputs::default();
    for One { code, table, span } in &stated.0 {
        let Some(keys) = table else { continue };
        let reading = Reading { page, code, keys, span, folder, other };
        let Some((values, source, files)) = reading.read(&mut opened, above) else { continue };
        inputs.values.push(values);
        inputs.sources.push(source);
        for file in files {
            if inputs.files.iter().all(|known| known.path != file.path) {
                inputs.files.push(file);
            }
        }
    }
    inputs
}

/// One input that is being read.
struct Reading<'a> {
    page: &'a Page,
    code: &'a str,
    keys: &'a InputKeys,
    span: &'a Range<usize>,
    folder: &'a ProjectFolder,
    other: Open,
}

impl Reading<'_> {
    fn read(
        &self,
        opened: &mut Opened,
        above: &Above<'_>,
    ) -> Option<(ValueFile, InputSource, Vec<ReadFile>)> {
        let stated = self.keys.project.value.as_str();
        let resolved = self.project(opened, above)?;
        let evaluation = self.evaluation(opened, &resolved)?;
        let methodology = evaluation.methodology();
        let system = &methodology.system;
        let node = match &self.keys.node {
            None => system.root(),
            Some(At { value, span }) => system.find(value).or_else(|| {
                let known = system.nodes().iter().map(|node| node.code.as_str());
                self.page.unknown(span, text!(thing_node), value, known);
                None
            })?,
        };
        let periods = self.periods(evaluation.study())?;
        let is_one = periods.len() == 1 || self.keys.combine.is_some();
        if let Some(At { span, .. }) = self.keys.as_period.as_ref().filter(|_| !is_one) {
            self.page.fault(span, ProjectFault::InputPeriods { periods: periods.clone() });
            return None;
        }
        if self.keys.combine.is_some() && self.keys.as_period.is_none() {
            let fault = ProjectFault::Without { key: "combine", needs: "as_period" };
            self.page.fault(self.span, fault);
            return None;
        }
        let give = self.keys.give.word();
        let rule = match self.keys.combine {
            None => give.to_owned(),
            Some(combine) => format!("{give}, {}", combine.word()),
        };
        let source = InputSource {
            column: self.code.to_owned(),
            project: stated.to_owned(),
            methodology: methodology.code.clone(),
            node: system.node(node).code.clone(),
            rule,
            periods,
            fingerprint: resolved.fingerprint.clone(),
        };
        let table = self.table(&evaluation, node, &source);
        let values = ValueFile {
            input: File::memory(format!("{stated}:{}", methodology.code), table.into_bytes()),
            format: Format::default(),
            columns: Columns { layout: Some(Layout::Long), ..Columns::default() },
            notation: Notation::default(),
            matching: self.keys.r#match,
            is_result: true,
        };
        let base = match stated.ends_with(".toml") {
            true => Path::new(stated).parent().unwrap_or(Path::new("")),
            false => Path::new(stated),
        };
        let of_results = resolved.files.iter().take(resolved.of_results);
        let below = |file: &ReadFile| {
            let name = base.join(&file.name).to_string_lossy().replace('\\', "/");
            ReadFile { name, ..file.clone() }
        };
        Some((values, source, of_results.map(below).collect()))
    }

    /// The place of the other project's file, as the system knows it.
    fn place(&self) -> Option<(PathBuf, PathBuf)> {
        let path = self.folder.join(&self.keys.project.value);
        let found = self.folder.inside(&path).and_then(|real| {
            // A folder that is allowed may hold a link in place of the project file.
            let file = file_of(&real);
            self.folder.inside(&file)
        });
        match found {
            Ok(file) => Some((path, gate::place(&file))),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && path.is_dir() => {
                let fault = Fault::NoProject { folder: path.display().to_string() };
                let places = vec![self.page.place(&self.keys.project.span)];
                self.page.push(Problem { fault, places });
                None
            }
            Err(e) => {
                let mut problem =
                    Problem::unreadable(self.folder.name(&self.keys.project.value), e);
                problem.places.push(self.page.place(&self.keys.project.span));
                self.page.push(problem);
                None
            }
        }
    }

    fn project(&self, opened: &mut Opened, above: &Above<'_>) -> Option<Rc<Resolved>> {
        let (path, file) = self.place()?;
        if above.holds(&file) {
            let project = self.keys.project.value.clone();
            self.page.fault(&self.keys.project.span, ProjectFault::InputCircle { project });
            return None;
        }
        if above.count() >= MOST {
            self.page.fault(&self.keys.project.span, ProjectFault::InputsTooDeep { most: MOST });
            return None;
        }
        if let Some(known) = opened.projects.get(&file) {
            return known.clone();
        }
        let resolved = match (self.other)(&path, above) {
            Ok(resolved) => Some(Rc::new(resolved)),
            Err(problems) => {
                self.broken(problems);
                None
            }
        };
        opened.projects.insert(file, resolved.clone());
        resolved
    }

    fn evaluation(&self, opened: &mut Opened, resolved: &Rc<Resolved>) -> Option<Arc<Evaluation>> {
        let stated = self.keys.methodology.as_ref();
        let code = stated.map_or(resolved.usual(), |code| code.value.as_str());
        if let Some(At { value, span }) = stated.filter(|c| !resolved.stated.contains(&c.value)) {
            let known = resolved.stated.iter().map(String::as_str);
            self.page.unknown(span, text!(thing_methodology), value, known);
            return None;
        }
        let key = (resolved.said.file().to_path_buf(), code.to_owned());
        if let Some(known) = opened.evaluations.get(&key) {
            return known.clone();
        }
        let found = resolved.methodology(Some(code)).and_then(|methodology| {
            Evaluation::new(Arc::clone(&resolved.study), methodology)
                .map_err(|errors| resolved.evaluation_problems(code, errors))
        });
        let found = found.map_err(|problems| self.broken(problems)).ok().map(Arc::new);
        opened.evaluations.insert(key, found.clone());
        found
    }

    /// Says that the other project cannot be used, and what is wrong with it.
    fn broken(&self, problems: Problems) {
        let project = self.keys.project.value.clone();
        let count = problems.iter().count();
        self.page.fault(&self.keys.project.span, ProjectFault::InputBroken { project, count });
        self.page.extend(problems);
    }

    /// The labels of the periods that are taken, in the order of time.
    fn periods(&self, study: &Study) -> Option<Vec<String>> {
        let slices = study.panel.slices().iter();
        let there: std::collections::BTreeSet<_> = slices.map(|slice| slice.period).collect();
        let label = |at: PeriodIx| study.periods[at.0 as usize].label.clone();
        let known: Vec<String> = there.iter().map(|period| label(*period)).collect();
        let Some(stated) = &self.keys.periods else { return Some(known) };
        let mut wanted = IndexSet::new();
        for At { value, span } in &stated.0 {
            match study.period(value).filter(|period| there.contains(period)) {
                Some(period) => drop(wanted.insert(label(period))),
                None => {
                    let known = known.iter().map(String::as_str);
                    self.page.unknown(span, text!(thing_period), value, known);
                    return None;
                }
            }
        }
        Some(known.into_iter().filter(|label| wanted.contains(label)).collect())
    }

    /// The results as a table: a row for each region and period, and in the last column where the value comes from.
    fn table(&self, evaluation: &Evaluation, node: NodeId, source: &InputSource) -> String {
        let study = evaluation.study();
        let panel = &study.panel;
        let ranks;
        let values = match self.keys.give {
            Give::Score => evaluation.scores(node).values(),
            Give::Rank => {
                ranks = evaluation.ranks_of(node);
                ranks.as_slice()
            }
        };
        let mut cells: IndexMap<(&str, &str), Vec<f64>> = IndexMap::new();
        let combined = self.keys.combine.and(self.keys.as_period.as_ref());
        for row in 0..panel.rows() {
            let region = study.regions[panel.regions()[row].0 as usize].code.as_str();
            let period = study.periods[panel.periods()[row].0 as usize].label.as_str();
            if source.periods.iter().any(|label| label == period) {
                let period = combined.map_or(period, |_| "");
                cells.entry((region, period)).or_default().push(values[row]);
            }
        }
        let mut table = csv::Writer::from_writer(Vec::new());
        let dated = self.keys.as_period.is_some() || source.periods.iter().any(|p| !p.is_empty());
        let head = ["region", "period", "indicator", "value", ORIGIN];
        let put = |table: &mut csv::Writer<Vec<u8>>, record: [&str; 5]| {
            let kept = record.iter().enumerate().filter(|(k, _)| *k != 1 || dated);
            let written = table.write_record(kept.map(|(_, text)| text));
            written.expect("memory takes everything");
        };
        put(&mut table, head);
        let InputSource { project, methodology, node, rule, periods, .. } = source;
        for ((region, period), values) in &cells {
            let x = match self.keys.combine {
                None => values[0],
                // Sums leave out what is absent.
                Some(_) if values.len() < periods.len() || values.iter().any(|x| x.is_nan()) => {
                    f64::NAN
                }
                Some(Combine::Sum) => number::sum(values),
                Some(Combine::Mean) => number::sum(values) / values.len() as f64,
            };
            let of = match self.keys.combine {
                None => (*period).to_owned(),
                Some(_) => periods.join("+"),
            };
            let at = if of.is_empty() { String::new() } else { format!("@{of}") };
            let origin = format!("{project}:{methodology}{at} {node} ({rule})");
            let period = self.keys.as_period.as_ref().map_or(*period, |p| p.value.as_str());
            put(&mut table, [region, period, self.code, &exact(x), &origin]);
        }
        let bytes = table.into_inner().expect("memory takes everything");
        String::from_utf8(bytes).expect("it is made of texts")
    }
}

/// The column that says where a value comes from.
const ORIGIN: &str = "origin";
