//! What comparing commands compare: `[PROJECT:]METHODOLOGY[@PERIOD]`, each project opened once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::comparison::matched;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Methodology;
use quanheng_core::model::PeriodIx;

use quanheng_words::text;

use crate::data::file::Input;
use crate::data::mapping::{self, Line};
use crate::problem::{Fault, Problem, Problems};
use crate::project::{self, Resolved};
use crate::registry;

/// One side of a comparison as written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Written {
    /// The project's folder or file; none for that of the command.
    project: Option<String>,
    /// The methodology; none for the project's usual one.
    methodology: Option<String>,
    /// The period; none for the last.
    period: Option<String>,
}

impl Written {
    /// The last `:` ends the project, the first `@` after it the methodology.
    fn parse(text: &str) -> Written {
        let stated = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        let (project, rest) = match text.rsplit_once(':') {
            Some((project, rest)) => (stated(project), rest),
            None => (None, text),
        };
        let (methodology, period) = match rest.split_once('@') {
            Some((methodology, period)) => (methodology, stated(period)),
            None => (rest, None),
        };
        Written { project, methodology: stated(methodology), period }
    }
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// How it is called: as written, with its methodology's code.
    pub(super) label: String,
    /// Which of the projects it is of.
    pub(super) project: usize,
    /// The methodology.
    pub(super) methodology: Arc<Methodology>,
    /// The period; the last unless stated.
    pub(super) period: Option<PeriodIx>,
}

/// The sides of a comparison and their projects.
#[derive(Debug)]
pub(super) struct Subjects {
    /// The projects, that of the first subject first.
    pub(super) projects: Vec<Resolved>,
    /// The subjects, in the order in which they were written.
    pub(super) subjects: Vec<Subject>,
    /// What is wrong with methodologies that `all` would have named.
    pub(super) aside: Problems,
}

/// Parts the words of a command line: the project (the current folder unless the first word is a folder with a
/// `quanheng.toml`, a `.toml` file or any other path), and the rest.
pub(super) fn project_of(mut words: Vec<String>) -> (PathBuf, Vec<String>) {
    match words.first() {
        Some(first) if is_project(first) => (PathBuf::from(words.remove(0)), words),
        _ => (PathBuf::from("."), words),
    }
}

/// Whether a word is the path of a project.
pub(super) fn is_project(word: &str) -> bool {
    // A path that leads to no project is reported as such, and is not taken for a methodology.
    let is_path = word.contains(std::path::is_separator) && !word.contains(':');
    word.ends_with(".toml") || is_path || Path::new(word).join("quanheng.toml").is_file()
}

/// The project of the first subject of a command line, which stands at this place among the words after the project.
pub(super) fn first_project(words: Vec<String>, at: usize) -> PathBuf {
    let (base, words) = project_of(words);
    let stated = words.get(at).and_then(|word| Written::parse(word).project);
    let found = |name: String| registry::find(Path::new(&name)).unwrap_or_else(|_| name.into());
    stated.map_or(base, found)
}

impl Subjects {
    /// Gives the nodes of all other methodologies the codes that those of the first subject have for them, as a table with
    /// the columns `from` and `to` states.
    ///
    /// # Errors
    /// A table that cannot be read, names no node, or names one twice.
    pub(super) fn match_nodes(&mut self, file: &Path) -> Result<Vec<Line>, Problems> {
        let lines = mapping::read(&Input::path(file.display().to_string(), file))?;
        let codes = |subject: &Subject| -> Vec<String> {
            subject.methodology.system.nodes().iter().map(|node| node.code.clone()).collect()
        };
        let Some((first, others)) = self.subjects.split_first_mut() else { return Ok(lines) };
        let of_others: Vec<String> = others.iter().flat_map(&codes).collect();
        let what = [text!(thing_node_first), text!(thing_node_others)];
        mapping::known(&lines, what, &codes(first), &of_others)?;
        for (at, line) in lines.iter().enumerate() {
            let before = &lines[..at];
            let is_same = |other: &Line| {
                other.from == line.from || (line.to.is_some() && other.to == line.to)
            };
            if before.iter().any(is_same) {
                return Err(mapping::twice(&lines, at));
            }
        }
        let pairs: Vec<_> = lines.iter().map(|l| (l.from.clone(), l.to.clone())).collect();
        for subject in others {
            let label = subject.methodology.system_code.clone();
            let system = &first.methodology.system;
            let of = matched(system, &subject.methodology, &pairs, &label);
            subject.methodology = Arc::new(of);
        }
        Ok(lines)
    }

    /// Opens the projects of subjects. `base` is the project of those that name none; `all` stands for every methodology
    /// of a project, and `period` is that of subjects that state none.
    ///
    /// # Errors
    /// Everything that is wrong with them, and fewer than two subjects.
    pub(super) fn open(
        base: &Path,
        words: &[String],
        period: Option<&str>,
    ) -> Result<Subjects, Problems> {
        let mut problems = Problems::default();
        let mut opened = Opened::default();
        let mut subjects = Vec::new();
        let mut aside = Problems::default();
        for word in words {
            let written = Written::parse(word);
            let named = written.project.as_ref().map(|name| registry::find(Path::new(name)));
            let path = match named.transpose() {
                Ok(path) => path.unwrap_or_else(|| base.to_path_buf()),
                Err(problem) => {
                    problems.push(*problem);
                    continue;
                }
            };
            let project = match opened.project(&path) {
                Ok(Some(project)) => project,
                Ok(None) => continue,
                Err(more) => {
                    problems.extend(more);
                    continue;
                }
            };
            let resolved = &opened.projects[project];
            let chosen = match written.methodology.as_deref() {
                Some("all") => {
                    aside.extend(resolved.aside.methodologies());
                    resolved.methodologies.values().cloned().collect()
                }
                code => match resolved.methodology(code) {
                    Ok(methodology) => vec![methodology],
                    Err(more) => {
                        problems.extend(more);
                        continue;
                    }
                },
            };
            let label = written.period.as_deref().or(period);
            for methodology in chosen {
                match label.map(|label| period_of(resolved, &methodology, label)).transpose() {
                    Err(problem) => problems.push(*problem),
                    Ok(period) => {
                        let mut name = String::new();
                        if let Some(project) = &written.project {
                            name = format!("{project}:");
                        }
                        name.push_str(&methodology.code);
                        if let Some(period) = &written.period {
                            name.push_str(&format!("@{period}"));
                        }
                        subjects.push(Subject { label: name, project, methodology, period });
                    }
                }
            }
        }
        if problems.is_empty() && subjects.len() < 2 {
            let known = opened.projects.first().map(|p| p.methodologies.keys().cloned().collect());
            let fault = Fault::OneSubject { known: known.unwrap_or_default() };
            problems.push(Problem { fault, places: vec![] });
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Subjects { projects: opened.projects, subjects, aside })
    }

    /// The methodologies of one project that is open, in a period or in the last one of each.
    pub(super) fn of(
        project: Resolved,
        methodologies: impl Iterator<Item = Arc<Methodology>>,
        period: Option<PeriodIx>,
    ) -> Subjects {
        let subject = |methodology: Arc<Methodology>| {
            let label = methodology.code.clone();
            Subject { label, project: 0, methodology, period }
        };
        let subjects = methodologies.map(subject).collect();
        Subjects { projects: vec![project], subjects, aside: Problems::default() }
    }

    /// The project of a subject.
    pub(super) fn project(&self, subject: &Subject) -> &Resolved {
        &self.projects[subject.project]
    }

    /// The evaluation of each subject; a methodology that is named with two periods is evaluated once. `step` is called
    /// before each evaluation with the number that are done.
    ///
    /// # Errors
    /// What went wrong in any of them.
    pub(super) fn evaluate(&self, step: impl Fn(usize)) -> Result<Vec<Arc<Evaluation>>, Problems> {
        let mut problems = Problems::default();
        let mut done: Vec<(usize, String, Option<Arc<Evaluation>>)> = Vec::new();
        let mut evaluations = Vec::new();
        for (k, subject) in self.subjects.iter().enumerate() {
            let code = &subject.methodology.code;
            let known = done.iter().find(|(p, c, _)| (*p, c) == (subject.project, code));
            if let Some((_, _, evaluation)) = known {
                evaluations.extend(evaluation.clone());
                continue;
            }
            step(k);
            let project = self.project(subject);
            let methodology = Arc::clone(&subject.methodology);
            let evaluation = match Evaluation::new(Arc::clone(&project.study), methodology) {
                Ok(evaluation) => Some(Arc::new(evaluation)),
                Err(errors) => {
                    problems.extend(project.evaluation_problems(code, errors));
                    None
                }
            };
            evaluations.extend(evaluation.clone());
            done.push((subject.project, code.clone(), evaluation));
        }
        if problems.is_empty() { Ok(evaluations) } else { Err(problems) }
    }
}

/// The projects so far, each under the place where it lies.
#[derive(Default)]
struct Opened {
    projects: Vec<Resolved>,
    /// For each path the project, or `None` if it could not be opened, which was reported.
    paths: Vec<(PathBuf, Option<usize>)>,
}

impl Opened {
    fn project(&mut self, path: &Path) -> Result<Option<usize>, Problems> {
        let file = project::file_of(path);
        let place = file.canonicalize().unwrap_or(file);
        if let Some((_, project)) = self.paths.iter().find(|(p, _)| *p == place) {
            return Ok(*project);
        }
        let opened = project::open(path);
        self.paths.push((place, opened.is_ok().then_some(self.projects.len())));
        self.projects.push(opened?);
        Ok(Some(self.projects.len() - 1))
    }
}

/// The period of this label, in which the methodology must have rows.
fn period_of(
    resolved: &Resolved,
    methodology: &Methodology,
    label: &str,
) -> Result<PeriodIx, Box<Problem>> {
    let study = &resolved.study;
    let of_methodology =
        |period: &PeriodIx| methodology.periods.as_ref().is_none_or(|of| of.contains(period));
    let found = study.period(label).filter(of_methodology);
    found.ok_or_else(|| {
        let all = (0..study.periods.len() as u32).map(PeriodIx).filter(of_methodology);
        let known = all.map(|p| study.periods[p.0 as usize].label.clone()).collect();
        Box::new(Problem::unknown(text!(thing_period), label, known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_subject() {
        let parts = |text: &str| {
            let Written { project, methodology, period } = Written::parse(text);
            [project, methodology, period].map(Option::unwrap_or_default)
        };
        assert_eq!(parts("official"), ["", "official", ""]);
        assert_eq!(parts("official@2018"), ["", "official", "2018"]);
        assert_eq!(parts("../other:official@2018"), ["../other", "official", "2018"]);
        assert_eq!(parts("@2018"), ["", "", "2018"]);
        assert_eq!(parts("../other:"), ["../other", "", ""]);
        assert_eq!(parts("../a@b:@Q1"), ["../a@b", "", "Q1"]);
    }
}
