//! `quanheng review`: pending snapshots one by one, with a question after each.

use std::path::PathBuf;

use std::io::{BufRead, IsTerminal, Write};

use quanheng_words::{text, word};

use super::Terminal;
use super::accept::{chosen, project_and};
use super::subject::project_of;
use crate::problem::{Fault, Problem, Problems, SnapshotFault};
use crate::project;
use crate::report::render::{Style, table};
use crate::report::snapshot::{blocks, origins, preview};
use crate::report::{Block, Language, Report};
use crate::snapshot::{Folder, Pending, Policies, compare};

/// What `review` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder or its quanheng.toml (the current folder unless stated), then methodologies by code.
    #[arg(value_names = ["PROJECT", "METHODOLOGY"], num_args = 0..)]
    pub(super) words: Vec<String>,
    /// Number of changed ranks, tiers and scores to show for each.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
}

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        project_of(self.words.clone()).0
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    if !std::io::stdin().is_terminal() {
        let fault = Fault::Snapshot(SnapshotFault::NoTerminal);
        return Err(Problem { fault, places: Vec::new() }.into());
    }
    let (project, named) = project_and(arguments.words)?;
    // The project says with what tolerance, and in what language.
    let resolved = project::open(&project)?;
    let folder = Folder::of(&project);
    let pending = folder.all_pending()?;
    let codes = if named.is_empty() { pending } else { chosen(named, &pending)? };
    let review = Review {
        folder: &folder,
        policies: &resolved.snapshots,
        language: out.language,
        top: arguments.top,
        style: out.style(),
    };
    review.all(&codes, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())
}

/// What the user wants to do with a pending snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Accept,
    Reject,
    Skip,
    Stop,
}

impl Decision {
    /// By the first letter of an answer, or its word in Chinese.
    fn of(answer: &str) -> Option<Decision> {
        match answer.trim().to_lowercase().as_str() {
            "a" | "accept" | "接受" => Some(Decision::Accept),
            "r" | "reject" | "拒绝" => Some(Decision::Reject),
            "s" | "skip" | "跳过" => Some(Decision::Skip),
            "q" | "quit" | "退出" => Some(Decision::Stop),
            _ => None,
        }
    }
}

struct Review<'r> {
    folder: &'r Folder,
    policies: &'r Policies,
    language: Language,
    top: usize,
    style: Style,
}

impl Review<'_> {
    /// Shows each pending snapshot and does with it what is answered. Where answers end, the rest is skipped.
    fn all(
        &self,
        codes: &[String],
        answers: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> Result<(), Problems> {
        let mut counts = [0; 3];
        let mut problems = Problems::default();
        let mut stopped = false;
        for (i, code) in codes.iter().enumerate() {
            if stopped {
                counts[2] += 1;
                continue;
            }
            let pending = match self.folder.read_pending(code) {
                Ok(Some(pending)) => pending,
                Ok(None) => continue,
                Err(problem) => {
                    problems.push(*problem);
                    continue;
                }
            };
            let report = self.shown(&pending, i + 1, codes.len());
            let text = table::render(&report, self.style);
            said(out, &format!("{text}\n"))?;
            let decision = self.asked(answers, out)?;
            let (at, done) = match decision {
                Decision::Accept => (0, self.folder.pin(code, &pending.read.text)),
                Decision::Reject => (1, self.folder.discard(code)),
                Decision::Skip | Decision::Stop => (2, Ok(())),
            };
            match done {
                Ok(()) => counts[at] += 1,
                Err(found) => problems.extend(found),
            }
            stopped = decision == Decision::Stop;
            said(out, "\n")?;
        }
        let [accepted, rejected, skipped] = counts;
        said(
            out,
            &(match codes.is_empty() {
                true => text!(review_nothing_pending),
                false => {
                    text!(review_done, accepted = accepted, rejected = rejected, skipped = skipped)
                }
            }
            .render(self.language)
                + "\n"),
        )?;
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// What is pending, beside what is pinned.
    fn shown(&self, pending: &Pending, at: usize, of: usize) -> Report {
        let code = &pending.methodology;
        let word = word!(label_snapshot_methodology, self.language);
        let heading =
            format!("{at} / {of} · {word} {code} · {}", self.folder.pending(code).display());
        let mut report = Report { blocks: vec![Block::Heading(heading)] };
        match self.folder.read(code) {
            Ok(Some(pinned)) => {
                let tolerance = self.policies.of(code).tolerance;
                let difference = compare(&pinned.snapshot, &pending.read.snapshot, tolerance);
                report.blocks.extend(blocks(&difference, self.language, self.top));
                let origins = origins(&pinned.origin, &pending.read.origin, self.language);
                report.blocks.extend(origins.map(Block::Line));
            }
            Ok(None) => {
                report.blocks.extend(preview(&pending.read.snapshot, self.language, self.top));
            }
            // What is pinned cannot be read; it can still be replaced.
            Err(problem) => {
                let said = Problems::from(*problem).render(self.language, self.style.colour);
                report.blocks.push(Block::Line(said));
                report.blocks.extend(preview(&pending.read.snapshot, self.language, self.top));
            }
        }
        report
    }

    /// Asks until there is an answer that is one.
    fn asked(&self, answers: &mut dyn BufRead, out: &mut dyn Write) -> Result<Decision, Problems> {
        let question = word!(review_ask, self.language);
        loop {
            said(out, question)?;
            let mut answer = String::new();
            // Bytes that are not text are not an answer; if nothing can be read, there is none.
            match answers.read_line(&mut answer) {
                Ok(0) => return Ok(Decision::Stop),
                Err(e) if e.kind() != std::io::ErrorKind::InvalidData => return Ok(Decision::Stop),
                _ => {}
            }
            if let Some(decision) = Decision::of(&answer) {
                return Ok(decision);
            }
        }
    }
}

fn said(out: &mut dyn Write, text: &str) -> Result<(), Problems> {
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|e| Problem::unwritable(text!(output_standard), e).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{Origin, Row, Score, Slice, Snapshot, Table, text};

    fn snapshot(code: &str, score: f64) -> String {
        let row = Row {
            code: "n1".into(),
            name: "北一".into(),
            rank: Some(1.0),
            tier: None,
            score: Score::Value(score),
            nodes: Vec::new(),
        };
        let tables = vec![Table { slice: Slice::default(), rows: vec![row] }];
        let snapshot = Snapshot { methodology: code.into(), nodes: Vec::new(), tables };
        text(&snapshot, &Origin::default())
    }

    /// Three methodologies: one is new, one differs, and the pinned file of one is damaged. The files that are left
    /// after these answers, as `pinned` and `pending` of each.
    fn reviewed(answers: &str) -> (String, [(Option<String>, bool); 3]) {
        let project = tempfile::tempdir().unwrap();
        let folder = Folder::of(project.path());
        folder.pin("differs", &snapshot("differs", 1.0)).unwrap();
        folder.pin("torn", "torn").unwrap();
        for code in ["differs", "new", "torn"] {
            folder.propose(code, &snapshot(code, 2.0)).unwrap();
        }
        let policies = Policies::default();
        let language = Language::En;
        let style = Style { language, ..Style::default() };
        let review = Review { folder: &folder, policies: &policies, language, top: 5, style };
        let mut out = Vec::new();
        let codes = folder.all_pending().unwrap();
        review.all(&codes, &mut answers.as_bytes(), &mut out).unwrap();
        let state = ["differs", "new", "torn"].map(|code| {
            let pinned = folder.pinned_text(code);
            (pinned, folder.pending(code).exists())
        });
        (String::from_utf8(out).unwrap(), state)
    }

    #[test]
    fn accept_reject_and_skip() {
        let (out, state) = reviewed("a\nwhat?\nr\n跳过\n");
        let [(differs, _), (new, _), (torn, pending)] = &state;
        assert_eq!(differs.as_deref(), Some(snapshot("differs", 2.0).as_str()));
        assert!(!state[0].1 && !state[1].1 && *pending);
        assert_eq!((new.as_deref(), torn.as_deref()), (None, Some("torn")));
        assert!(out.contains("1 of 1 scores differ; the greatest difference is 1"), "{out}");
        assert!(
            out.contains("there is no snapshot to compare with: 1 tables, 1 rows are new"),
            "{out}"
        );
        assert!(out.ends_with("1 accepted, 1 rejected, 1 skipped\n"), "{out}");
        assert_eq!(out.matches("q quit > ").count(), 4, "asked again after `what?`");
    }

    #[test]
    fn who_stops_or_leaves_changes_nothing_more() {
        for answers in ["q\na\na\n", "", "s\n"] {
            let (out, state) = reviewed(answers);
            assert_eq!(state[0].0.as_deref(), Some(snapshot("differs", 1.0).as_str()));
            assert!(state.iter().all(|(_, pending)| *pending));
            assert!(out.ends_with("0 accepted, 0 rejected, 3 skipped\n"), "{out}");
        }
    }

    #[test]
    fn a_damaged_one_can_be_replaced() {
        let (out, state) = reviewed("s\ns\nA\n");
        assert!(out.contains("torn.snap:1:1"), "what is wrong with the old one: {out}");
        assert_eq!(state[2].0.as_deref(), Some(snapshot("torn", 2.0).as_str()));
    }
}
