//! `quanheng report`: everything that there is to say of a project, as one page or as a PDF.

mod chapters;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use quanheng_core::analysis::{Subject, TABLE, Unwatched};
use quanheng_core::comparison::{Mapping, TierMapping};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::explanation::{Explanation, Side};
use quanheng_core::method::Settings;
use quanheng_core::methodology::Methodology;
use quanheng_core::model::{LeagueIx, PeriodIx, RegionIx, System};
use quanheng_core::profile::{PeersFault, Profile, Profiles};

use quanheng_words::number::Form;
use quanheng_words::{Language, Text, text};

use super::compare::{contests, pairs};
use super::paper::{self, Paper};
use super::subject::Subjects;
use super::{Terminal, named, print_lines};
use crate::case::Case;
use crate::data::map::Map;
use crate::data::write;
use crate::gate::{Folder, file_name};
use crate::lock;
use crate::multiverse::{evaluate, parts};
use crate::note;
use crate::problem::{Problem, Problems};
use crate::progress::Progress;
use crate::project::{self, Resolved, Sensitivity};
use crate::report::document::standard;
use crate::report::page::{self, Content, Explained, Multiverse, PERSISTENCE};
use crate::report::ranking::Frame;
use crate::report::{Report, analysis, explanation};
use crate::robustness::{Robust, is_quick};
use crate::sensitivity::{Analysed, sobol};

/// What `report` takes.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder, or its quanheng.toml.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Methodologies, by code, the one that the page is about first; the default is all, the project's default
    /// methodology first.
    #[arg(short, long, value_delimiter = ',', value_name = "CODE")]
    methodology: Vec<String>,
    /// Periods that are shown; `all` means every one. The default is the last three of the first methodology, and the last
    /// of the others.
    #[arg(short, long, value_delimiter = ',')]
    period: Vec<String>,
    /// Leagues that are shown, by code; the default is all leagues.
    #[arg(short, long, value_delimiter = ',')]
    league: Vec<String>,
    /// Write the report in both languages: beside FILE also FILE.en.html or FILE.zh.html, each with a link to the other; of
    /// a PDF FILE.en.pdf or FILE.zh.pdf.
    #[arg(long)]
    both: bool,
    /// Write a report made of this template in place of the page; `--list` shows the templates.
    #[arg(long, value_name = "NAME", conflicts_with = "document")]
    template: Option<String>,
    /// Write the document of this code, which the project states in `[document.CODE]`.
    #[arg(long, value_name = "CODE")]
    document: Option<String>,
    /// The region that a document is about, by code or name. Without it, a template of regions writes a file for each region
    /// if `--out` is a folder, and otherwise all of them into one file.
    #[arg(short, long, value_name = "REGION")]
    region: Option<String>,
    /// List the templates.
    #[arg(long)]
    list: bool,
    /// Copy the chapters of the template into this folder of the project, where they can be changed.
    #[arg(long, value_name = "FOLDER", requires = "template")]
    copy: Option<PathBuf>,
    /// Write the report to this file: as a PDF where its name ends in .pdf, else as a page; a template or a document of the
    /// project also as Markdown, in .md. PDF needs a program that was built with `--features print`.
    #[arg(short, long, value_name = "FILE", required_unless_present_any = ["list", "copy"])]
    out: Option<PathBuf>,
    /// The areas of the map: a file in GeoJSON or TopoJSON; the default is `map` of `[report]`.
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// The property of the areas that holds codes or names of regions; the default is the one that finds most regions.
    #[arg(long, value_name = "PROPERTY")]
    map_key: Option<String>,
    /// A font file for a PDF, or a folder of them, several times if needed; the default is the fonts of the system.
    #[arg(long, value_name = "PATH")]
    font: Vec<PathBuf>,
    /// Write the page again whenever a file of the project changes.
    #[arg(long)]
    watch: bool,
}

/// So many periods of the first methodology are shown where none are stated.
const PERIODS: usize = 3;

impl Arguments {
    /// The project that is opened.
    pub(super) fn project(&self) -> PathBuf {
        self.project.clone()
    }

    /// The file that is written.
    fn file(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("report.html"))
    }

    /// Whether chapters are written, and not the page.
    fn is_of_chapters(&self) -> bool {
        self.template.is_some() || self.document.is_some()
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    if arguments.list {
        let usual = crate::report::render::Format::find("table").expect("the usual form");
        return out.show(&crate::report::template::list(out.language), usual);
    }
    if let Some(folder) = &arguments.copy {
        return chapters::copy(&arguments, folder, &out);
    }
    if !arguments.watch {
        return once(&arguments, &out);
    }
    let folder = project::file_of(&arguments.project);
    let folder = folder.parent().map(Path::to_path_buf).unwrap_or_default();
    loop {
        // What changes while the page is made is seen afterwards.
        let before = state(&folder);
        if let Err(problems) = once(&arguments, &out) {
            super::failed(&problems, out.language, out.err);
        }
        // A document may have its figures beside it, or be a folder.
        let own: Vec<PathBuf> = pages(&arguments, &out)
            .into_iter()
            .flat_map(|(_, of)| [of.with_extension("figures"), of])
            .filter_map(|of| of.canonicalize().ok())
            .collect();
        let others = |state: &State| -> State {
            let is_own = |path: &Path| own.iter().any(|of| path.starts_with(of));
            state.iter().filter(|(path, ..)| !is_own(path)).cloned().collect()
        };
        let before = others(&before);
        while others(&state(&folder)) == before {
            std::thread::sleep(PAUSE);
        }
    }
}

/// How long it takes at most until a change is seen.
const PAUSE: Duration = Duration::from_millis(300);

/// More files than this are not watched.
const WATCHED: usize = 10_000;

/// The files of a folder, each with its length and the time at which it was written.
type State = Vec<(PathBuf, u64, Option<SystemTime>)>;

fn state(folder: &Path) -> State {
    let mut found = State::new();
    let mut folders =
        vec![if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_path_buf() }];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(about) = entry.metadata() else { continue };
            match about.is_dir() {
                _ if is_hidden => {}
                true => folders.push(entry.path()),
                false if found.len() < WATCHED => {
                    let path = entry.path();
                    let path = path.canonicalize().unwrap_or(path);
                    found.push((path, about.len(), about.modified().ok()));
                }
                false => return found,
            }
        }
    }
    found
}

/// The files that are written, each with its language.
fn pages(arguments: &Arguments, out: &Terminal) -> Vec<(Language, PathBuf)> {
    let mut pages = vec![(out.language, arguments.file().to_path_buf())];
    if arguments.both {
        let other = match out.language {
            Language::En => Language::Zh,
            Language::Zh => Language::En,
        };
        let ending = arguments.file().extension().map(|of| of.to_string_lossy().into_owned());
        let ending = match arguments.is_of_chapters() {
            true => ending.unwrap_or_else(|| "html".to_owned()),
            false if Paper::of(arguments.file()) == Some(Paper::Pdf) => "pdf".to_owned(),
            false => "html".to_owned(),
        };
        let ending = format!("{}.{ending}", other.tag());
        pages.push((other, arguments.file().with_extension(ending)));
    }
    pages
}

/// Makes the page.
fn once(arguments: &Arguments, out: &Terminal) -> Result<(), Problems> {
    if Paper::of(arguments.file()) == Some(Paper::Pdf) {
        paper::is_built(arguments.file())?;
    }
    let progress = Progress::new(out.language);
    let resolved = project::open_whole(&arguments.project)?;
    let aside = &resolved.aside;
    let wrong = [aside.analysis(), aside.profile(), aside.cases(), aside.report()];
    if let Some(wrong) = wrong.into_iter().find(|wrong| !wrong.is_empty()) {
        return Err(wrong);
    }
    let map = arguments.map.as_ref().or(resolved.report.map.as_ref());
    let map = map.map(|file| super::plot::map(file)).transpose()?;
    if arguments.is_of_chapters() {
        return chapters::write(resolved, arguments, out, map.as_ref(), &progress);
    }
    let made = Made::new(resolved, arguments, out.language, &progress)?;
    let pages = pages(arguments, out);
    let mut lines = Vec::new();
    let mut warned = Problems::default();
    made.pages(arguments, &pages, (map.as_ref(), out.form), |k, file, content, _| {
        progress.step(&text!(progress_writing), k, pages.len());
        match Paper::of(file) {
            Some(Paper::Pdf) => {
                let document = standard::document(content);
                let (bytes, more) = paper::pdf(&document, file, &arguments.font)?;
                warned.extend(more);
                write::bytes(file, &bytes)?;
            }
            _ => write::bytes(file, page::render(content).as_bytes())?,
        }
        lines.push(text!(wrote_file, file = file.display().to_string()));
        Ok(())
    })?;
    progress.done();
    made.ended(&lines, warned, out.language)
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Everything that pages in both languages are made of.
struct Made {
    evaluations: Vec<Arc<Evaluation>>,
    slices: Vec<Vec<usize>>,
    explanations: Vec<([String; 2], Explanation)>,
    /// The project, and its methodologies as they are compared.
    subjects: Subjects,
    multiverses: Vec<Multiverse>,
    /// The sensitivity analyses of the first methodology; without figures where these take long.
    shares: Vec<(String, Option<Analysed>)>,
    leagues: Vec<LeagueIx>,
    lock: Text,
    /// What of the project could not be shown.
    problems: Problems,
}

impl Made {
    fn new(
        resolved: Resolved,
        arguments: &Arguments,
        language: Language,
        progress: &Progress,
    ) -> Result<Made, Problems> {
        let study = &resolved.study;
        let mut problems = Problems::default();
        let methodologies = methodologies(&resolved, &arguments.methodology, &mut problems)?;
        let periods = named::periods(study, &arguments.period)?;
        let leagues = named::leagues(study, &arguments.league)?;
        let leagues =
            leagues.unwrap_or_else(|| (0..study.leagues.len() as u32).map(LeagueIx).collect());
        let mut evaluations = Vec::new();
        for (k, methodology) in methodologies.iter().enumerate() {
            progress.step(&text!(progress_evaluating), k, methodologies.len());
            match Evaluation::new(Arc::clone(study), Arc::clone(methodology)) {
                Ok(evaluation) => evaluations.push(Arc::new(evaluation)),
                Err(errors) => {
                    let found = resolved.evaluation_problems(&methodology.code, errors);
                    // Without the first there is no page.
                    if k == 0 {
                        return Err(found);
                    }
                    problems.extend(found);
                }
            }
        }
        let slices: Vec<Vec<usize>> = evaluations
            .iter()
            .enumerate()
            .map(|(k, evaluation)| slices(evaluation, k == 0, periods.as_deref(), &leagues))
            .collect();
        let explanations = explained(&resolved, &evaluations, &slices[0], progress);
        let multiverses = multiverses(&resolved, arguments, language, progress, &mut problems);
        let shares = match shares(&resolved, &evaluations[0], &slices[0], progress) {
            Ok(shares) => shares,
            Err(wrong) => {
                problems.extend(wrong);
                Vec::new()
            }
        };
        let lock = lock_state(&resolved, &evaluations);
        // Periods that are stated are compared in the last of them.
        let period = periods.and_then(|periods| periods.into_iter().max());
        let methodologies = evaluations.iter().map(|of| Arc::clone(of.methodology()));
        let subjects = Subjects::of(resolved, methodologies, period);
        Ok(Made {
            evaluations,
            slices,
            explanations,
            subjects,
            multiverses,
            shares,
            leagues,
            lock,
            problems,
        })
    }

    /// Says what was written, and then what could not be shown or may not look right.
    fn ended(
        mut self,
        lines: &[Text],
        warned: Problems,
        language: Language,
    ) -> Result<(), Problems> {
        print_lines(lines, language)?;
        self.problems.extend(warned);
        if self.problems.is_empty() { Ok(()) } else { Err(self.problems) }
    }

    /// Gives what stands in each file, in its language, one by one; what all of them show is computed once.
    fn pages(
        &self,
        arguments: &Arguments,
        pages: &[(Language, PathBuf)],
        (map, form): (Option<&Map>, Form),
        mut write: impl FnMut(usize, &Path, &Content<'_>, &Resolved) -> Result<(), Problems>,
    ) -> Result<(), Problems> {
        let resolved = &self.subjects.projects[0];
        let first = &self.evaluations[0];
        let codes: Vec<&str> =
            self.evaluations.iter().map(|of| of.methodology().code.as_str()).collect();
        let frame = Frame::of(resolved, resolved.marks_of(&codes));
        let shown = last_of_leagues(first, &self.slices[0]);
        let profiles = Profiles::new(first, &shown, resolved.profile.clone()).map_err(
            |PeersFault::Unknown { by, nodes }| {
                Problems::from(Problem::unknown(text!(thing_figure), &by, nodes))
            },
        )?;
        // The page of very many regions shows no profiles.
        let made: Vec<Profile> =
            match page::is_large(first, &self.slices[0]) && !arguments.is_of_chapters() {
                true => Vec::new(),
                false => profiles.rows().filter_map(|row| profiles.of(row)).collect(),
            };
        let inputs = &resolved.analysis.inputs;
        let usual = Settings::default();
        let mut parts = Vec::new();
        for &at in &shown {
            let slice = &first.study().panel.slices()[at];
            let subject = Subject {
                evaluation: first,
                league: slice.league,
                period: slice.period,
                inputs,
                watch: &Unwatched,
            };
            parts.extend(TABLE.iter().map(|entry| {
                let settings = resolved.analysis.settings.get(entry.name).unwrap_or(&usual);
                analysis::Part { subject, entry, found: entry.compute(&subject, settings) }
            }));
        }
        let settings = &resolved.analysis.settings;
        let robust: Vec<Robust> = match resolved.aside.robustness().is_empty() {
            true => shown.iter().map(|&at| Robust::of_slice(first, at, inputs, settings)).collect(),
            false => Vec::new(),
        };
        let contests = match self.evaluations.len() {
            0 | 1 => Vec::new(),
            _ => contests(&self.subjects, &self.evaluations, &self.leagues_by_code())?,
        };
        let (same, tiers) = (Mapping::default(), TierMapping::default());
        let compared: Vec<_> = contests
            .iter()
            .map(|contest| (contest, pairs(contest, &same, &tiers, PERSISTENCE)))
            .collect();
        let noted = self.evaluations.iter().flat_map(|of| note::of_result(resolved, of)).collect();
        let whole = self.evaluations.len() == resolved.stated.len();
        let notes = resolved.notes(noted, whole);
        let places = |column: &str, region: RegionIx, period: PeriodIx| {
            resolved.place(column, region, period)
        };
        let codings = resolved.coded();
        let cases: Vec<(&Case, Frame)> =
            resolved.cases.iter().map(|case| (case, Frame::of_case(case))).collect();
        let systems: Vec<&System> =
            self.evaluations.iter().map(|of| &*of.methodology().system).collect();
        for (k, (language, file)) in pages.iter().enumerate() {
            let language = *language;
            let other = pages.iter().find(|(of, _)| *of != language);
            let other = other.map(|(language, file)| (*language, name_of(file)));
            let explained: Vec<Explained> = self
                .explanations
                .iter()
                .map(|(labels, of)| Explained {
                    labels: labels.clone(),
                    report: explanation_report(of, labels, &self.leagues, language),
                })
                .collect();
            let content = Content {
                language,
                evaluations: &self.evaluations,
                slices: &self.slices,
                profiles: &profiles,
                made: &made,
                analyses: &parts,
                compared: &compared,
                robust: &robust,
                shares: &self.shares,
                explained: &explained,
                multiverses: &self.multiverses,
                codings: &codings,
                cases: &cases,
                map,
                map_key: arguments.map_key.as_deref().or(resolved.report.map_key.as_deref()),
                form,
                systems: &systems,
                inputs,
                notes: &notes,
                frame: &frame,
                groups: &resolved.groups,
                places: &places,
                lock: self.lock.clone(),
                project: arguments.project.display().to_string(),
                commands: commands(arguments, language),
                other,
            };
            write(k, file, &content, resolved)?;
        }
        Ok(())
    }
}

impl Made {
    /// The codes of the leagues that are shown; none where all are.
    fn leagues_by_code(&self) -> Vec<String> {
        let all = &self.subjects.projects[0].study.leagues;
        let codes = self.leagues.iter().map(|of| all[of.0 as usize].code.clone());
        codes.filter(|_| self.leagues.len() < all.len()).collect()
    }
}

/// The sensitivity analyses of a methodology, of the last period that is shown of each league. What would take long is not
/// computed.
fn shares(
    resolved: &Resolved,
    first: &Evaluation,
    shown: &[usize],
    progress: &Progress,
) -> Result<Vec<(String, Option<Analysed>)>, Problems> {
    let study = first.study();
    let slices = study.panel.slices();
    let mut periods: Vec<String> = Vec::new();
    for at in last_of_leagues(first, shown) {
        let label = &study.periods[slices[at].period.0 as usize].label;
        if !periods.contains(label) {
            periods.push(label.clone());
        }
    }
    let own = |of: &&Sensitivity| of.methodology == first.methodology().code;
    let of = |stated: &Sensitivity| {
        let found = match is_quick(first, stated.runs()) {
            true => Some(sobol(resolved, stated, &[], &periods, progress)?),
            false => None,
        };
        Ok((stated.code.clone(), found))
    };
    resolved.sensitivities.values().filter(own).map(of).collect()
}

/// The commands that print the figures of the page.
fn commands(arguments: &Arguments, language: Language) -> Vec<String> {
    let project = arguments.project.display();
    let of = |command: &str| format!("quanheng {command} {project}");
    let mut report = of("report");
    for (option, value) in [
        ("template", &arguments.template),
        ("document", &arguments.document),
        ("region", &arguments.region),
    ] {
        report.extend(value.iter().map(|value| format!(" --{option} {value}")));
    }
    report.push_str(&format!(" --lang {} --out {}", language.tag(), name_of(arguments.file())));
    vec![of("verify"), of("run"), report]
}

/// The methodologies that are asked for, the project's own first.
fn methodologies(
    resolved: &Resolved,
    codes: &[String],
    problems: &mut Problems,
) -> Result<Vec<Arc<Methodology>>, Problems> {
    if !codes.is_empty() {
        return named::methodologies(resolved, codes);
    }
    let first = resolved.methodology(None)?;
    problems.extend(resolved.aside.methodologies());
    let others = resolved.methodologies.values().filter(|of| of.code != first.code).cloned();
    Ok(std::iter::once(Arc::clone(&first)).chain(others).collect())
}

/// The slices of an evaluation that are shown.
fn slices(
    evaluation: &Evaluation,
    is_first: bool,
    periods: Option<&[PeriodIx]>,
    leagues: &[LeagueIx],
) -> Vec<usize> {
    let slices = evaluation.study().panel.slices();
    let most = if is_first { PERIODS } else { 1 };
    let is_shown = |at: &usize| {
        let slice = &slices[*at];
        let later =
            slices.iter().filter(|s| s.league == slice.league && s.period > slice.period).count();
        leagues.contains(&slice.league)
            && match periods {
                Some(periods) => periods.contains(&slice.period),
                None => later < most,
            }
    };
    (0..slices.len()).filter(is_shown).collect()
}

/// The last slice of each league among some.
fn last_of_leagues(evaluation: &Evaluation, slices: &[usize]) -> Vec<usize> {
    let all = evaluation.study().panel.slices();
    let is_last = |at: &usize| {
        let own = slices.iter().filter(|&&other| all[other].league == all[*at].league);
        own.max_by_key(|&&other| all[other].period) == Some(at)
    };
    slices.iter().copied().filter(is_last).collect()
}

/// Why regions move between the first methodology and each other one; a pair that differs in nothing, or that cannot be
/// explained, has no explanation.
fn explained(
    resolved: &Resolved,
    evaluations: &[Arc<Evaluation>],
    shown: &[usize],
    progress: &Progress,
) -> Vec<([String; 2], Explanation)> {
    let study = &resolved.study;
    let Some((first, others)) = evaluations.split_first() else { return Vec::new() };
    let slices = first.study().panel.slices();
    let Some(period) = shown.iter().map(|&at| slices[at].period).max() else { return Vec::new() };
    let has = |of: &Evaluation| of.study().panel.slices().iter().any(|s| s.period == period);
    let of = |(k, second): (usize, &Arc<Evaluation>)| {
        progress.step(&text!(progress_explaining), k, others.len());
        let side = |of: &Evaluation| Side { methodology: Arc::clone(of.methodology()), period };
        let labels = [first, second].map(|of| of.methodology().code.clone());
        // A move between periods is another question.
        let explanation = has(second).then(|| Explanation::new(study, side(first), side(second)));
        Some((labels, explanation?.ok()?))
    };
    others.iter().enumerate().filter_map(of).collect()
}

/// The multiverses that have a ledger. What of one was not evaluated yet is evaluated beside the project: a report writes
/// nothing but itself.
fn multiverses(
    resolved: &Resolved,
    arguments: &Arguments,
    language: Language,
    progress: &Progress,
    problems: &mut Problems,
) -> Vec<Multiverse> {
    let mut found = Vec::new();
    for (code, of) in &resolved.multiverses {
        let folder = Folder::of(resolved.said.file()).join("multiverse").join(file_name(code));
        let ledger = folder.join("ledger");
        if !ledger.is_file() {
            continue;
        }
        let evaluated = copied(&ledger)
            .map_err(|e| Problem::unreadable(ledger.display(), e).into())
            .and_then(|aside| evaluate(resolved, of, &Folder::at(aside.path()), false, progress))
            .and_then(|evaluated| {
                let groups = parts(resolved, &evaluated, &arguments.period, of.top)?;
                Ok((evaluated, groups))
            });
        match evaluated {
            Err(more) => problems.extend(more),
            Ok((evaluated, groups)) => found.push(Multiverse {
                title: of.names.get(language.tag()).unwrap_or(code).to_owned(),
                base: of.base.clone(),
                top: of.top,
                evaluated,
                groups,
            }),
        }
    }
    found
}

/// A folder of its own with a copy of a ledger.
fn copied(ledger: &Path) -> std::io::Result<tempfile::TempDir> {
    let aside = tempfile::tempdir()?;
    std::fs::copy(ledger, aside.path().join("ledger"))?;
    Ok(aside)
}

fn explanation_report(
    of: &Explanation,
    labels: &[String; 2],
    leagues: &[LeagueIx],
    language: Language,
) -> Report {
    let view = explanation::View {
        language,
        labels: labels.clone(),
        causes: 0,
        fingerprint: String::new(),
    };
    let panel = &of.side(false).0.study().panel;
    let is_shown = |region: RegionIx| {
        let mut slices = panel.slices().iter();
        let own = slices.find(|s| panel.row_of(s, region).is_some());
        own.is_some_and(|slice| leagues.contains(&slice.league))
    };
    let mut changes = of.all();
    changes.retain(|change| is_shown(change.region));
    let order = |change: &quanheng_core::explanation::Change| change.ranks.0;
    quanheng_core::number::sort_items(&mut changes, |a, b| {
        order(a).total_cmp(&order(b)).then(a.region.cmp(&b.region))
    });
    let groups = of.groups();
    let mut report = explanation::all(of, &changes, &groups, changes.len(), &view);
    // The fingerprint is that of the page.
    report.blocks.pop();
    report
}

/// Whether the project agrees with its lock.
fn lock_state(resolved: &Resolved, evaluations: &[Arc<Evaluation>]) -> Text {
    let file = resolved.said.file();
    let path = lock::path_of(file);
    let Ok(bytes) = std::fs::read(&path) else { return text!(page_lock_none) };
    let name = name_of(&path);
    match super::verify::agrees(resolved, evaluations) {
        true => {
            text!(page_lock_same, file = name, hash = blake3::hash(&bytes).to_hex().to_string())
        }
        false => text!(page_lock_other, file = name),
    }
}
