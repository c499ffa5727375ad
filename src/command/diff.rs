//! `quanheng diff`: two methodologies stage by stage.

use std::path::PathBuf;

use quanheng_core::comparison::{Change, What, changes, retitled};
use quanheng_core::methodology::Part;

use super::Terminal;
use super::format::format;
use super::subject::{Subject, Subjects, first_project, project_of};
use crate::data::mapping::Line;
use crate::problem::{Exit, Fault, Problem, Problems};
use crate::report::difference::{self, Party, Texts, Unlike};
use crate::report::render::Format;
use crate::report::{Language, Report};

/// What `diff` takes.
#[derive(Debug, clap::Args)]
#[command(override_usage = "quanheng diff [OPTIONS] [PROJECT] <SUBJECT>...")]
pub(super) struct Arguments {
    /// Two or more methodologies, each [PROJECT:]METHODOLOGY; the first is compared with each of the others. Before
    /// them the project's folder, unless it is the current folder.
    #[arg(required = true, value_name = "SUBJECT")]
    pub(super) subjects: Vec<String>,
    /// Table with the columns `from` and `to`: the code of a node in the first system, and in the others.
    #[arg(long, value_name = "FILE")]
    map_nodes: Option<PathBuf>,
    /// The form of what is printed.
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = format())]
    format: &'static Format,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        first_project(self.subjects.clone(), 0)
    }
}

/// Prints the differences; the exit code shows whether there are any.
pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<Exit, Problems> {
    let (base, words) = project_of(arguments.subjects);
    let mut subjects = Subjects::open(&base, &words, None)?;
    let with_period = subjects.subjects.iter().filter(|s| s.period.is_some());
    let problems: Problems = with_period
        .map(|s| Problem {
            fault: Fault::PeriodStated { subject: s.label.clone() },
            places: vec![],
        })
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    if !subjects.aside.is_empty() {
        return Err(subjects.aside);
    }
    let lines = match &arguments.map_nodes {
        Some(file) => subjects.match_nodes(file)?,
        None => Vec::new(),
    };
    let (first, others) = subjects.subjects.split_first().expect("two or more");
    let out = out.of_subjects(&subjects);
    let language = out.language;
    // `diff official all` does not compare official with itself; `diff official official` does.
    let others = others.iter().filter(|s| others.len() == 1 || s.label != first.label);
    let unlike: Vec<Unlike> =
        others.map(|second| of_two(&subjects, first, second, &lines, language)).collect();
    let report = match arguments.format.is_for_people() {
        true => difference::report(&unlike, language),
        false => Report::from(difference::tables(&unlike, language)),
    };
    out.show(&report, arguments.format)?;
    let equal = unlike.iter().all(|u| u.stages.iter().all(|s| s.changes.is_empty()));
    Ok(if equal { Exit::Success } else { Exit::Found })
}

fn of_two(
    subjects: &Subjects,
    first: &Subject,
    second: &Subject,
    lines: &[Line],
    language: Language,
) -> Unlike {
    let methodology = |subject: &Subject| subject.methodology.clone();
    let project = |subject: &Subject| subjects.project(subject);
    let (a, b) = (methodology(first), methodology(second));
    let party = |subject: &Subject| Party {
        label: subject.label.clone(),
        title: subject.methodology.names.get(language.tag()).unwrap_or_default().to_owned(),
        system: subject.methodology.system_code.clone(),
    };
    let mut stages = changes((&a, &project(first).study), (&b, &project(second).study));
    // Stated counterparts have the code of the first side by now.
    let renamed = lines.iter().filter_map(|Line { from, to, .. }| {
        let to = to.as_deref().filter(|to| *to != from)?;
        a.system.find(from).and(b.system.find(from))?;
        let (before, after) = (Some(from.as_str().into()), Some(to.into()));
        Some(Change { node: Some(from.clone()), what: What::Renamed, before, after })
    });
    if let Some(stage) = stages.iter_mut().find(|stage| stage.part == Part::System) {
        stage.changes.splice(0..0, renamed);
    }
    let mut texts: Vec<Texts> = Vec::new();
    for (before, after) in difference::contents(&stages) {
        let scripts = project(first).script(&before).zip(project(second).script(&after));
        let Some((one, other)) = scripts else { continue };
        let mut pairs = vec![(one.source(), other.source())];
        for module in one.texts().skip(1) {
            let same = other.texts().skip(1).find(|m| m.name == module.name);
            pairs.extend(same.map(|same| (module, same)));
        }
        for (x, y) in pairs.into_iter().filter(|(x, y)| x.text != y.text) {
            let pair = Texts::new(x, y);
            if !texts.contains(&pair) {
                texts.push(pair);
            }
        }
    }
    let titles = retitled(&a.system, &b.system, language.tag());
    Unlike {
        first: party(first),
        second: party(second),
        systems: [a.system.clone(), b.system.clone()],
        stages,
        titles,
        texts,
    }
}
