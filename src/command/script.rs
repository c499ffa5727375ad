//! `quanheng script`: the bundled library, and the scripts of a project.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_core::method::Stage;
use quanheng_core::methodology::Part;
use quanheng_scripts::{
    Host, LIBRARY, Limits, Script, definitions, no_stage, template, template_file,
};

use quanheng_words::{Language, Text, text};

use super::{Terminal, print, print_lines};
use crate::data::write;
use crate::problem::{Fault, Problem, Problems, Reason};
use crate::report::render::table;
use crate::report::scripts;

/// What `script` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    /// Write a starting script with its example.
    New {
        /// The stage: system, imputation, treatment, normalisation, weighting, aggregation or tiering.
        stage: String,
        /// The script's name, without `.rhai`.
        name: String,
        /// The project's folder.
        #[arg(long, default_value = ".")]
        project: PathBuf,
    },
    /// Run the examples of a project's scripts and check the claims of each script.
    Test {
        /// The project's folder.
        #[arg(default_value = ".")]
        project: PathBuf,
        /// Test only these scripts, named by their path from the project's folder; bundled scripts are possible too.
        scripts: Vec<String>,
        /// Run the examples only.
        #[arg(long)]
        examples_only: bool,
    },
    /// Print all functions for scripts as a definition file for editors.
    Definitions,
    /// Print the bundled library as Markdown: docs/scripts.md.
    Document,
    /// List the bundled scripts.
    List,
    /// Show a bundled script or one of a project: description, settings, text.
    Show {
        /// Its name, such as weighting/entropy.rhai.
        name: String,
        /// The project's folder.
        #[arg(long, default_value = ".")]
        project: PathBuf,
    },
}

impl Arguments {
    /// The project whose scripts these are.
    pub(super) fn project(&self) -> Option<PathBuf> {
        match &self.which {
            Which::New { project, .. }
            | Which::Test { project, .. }
            | Which::Show { project, .. } => Some(project.clone()),
            Which::Definitions | Which::Document | Which::List => None,
        }
    }
}

impl Arguments {
    /// Where the project is named.
    pub(super) fn place(&mut self) -> Option<&mut PathBuf> {
        match &mut self.which {
            Which::New { project, .. }
            | Which::Test { project, .. }
            | Which::Show { project, .. } => Some(project),
            Which::Definitions | Which::Document | Which::List => None,
        }
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let render = |report| table::render(&report, out.style());
    match arguments.which {
        Which::New { stage, name, project } => new(&stage, &name, &project, out.language),
        Which::Test { project, scripts, examples_only } => {
            test(&project, scripts, !examples_only, out.language)
        }
        Which::Definitions => print(&definitions(&Host::new(None, Limits::default()))),
        Which::Document => {
            let document = quanheng_scripts::document(&Host::new(None, Limits::default()));
            let faulty = |faults: Vec<_>| -> Problems {
                faults.into_iter().map(|fault| Problem::script(fault, None)).collect()
            };
            print(&document.map_err(faulty)?)
        }
        Which::List => print(&render(scripts::list(&bundled()?, out.language))),
        Which::Show { name, project } => {
            let host = Host::new(Some(project), Limits::default());
            let script = open(&host, &name)?;
            print(&format!(
                "{}\n{}",
                render(scripts::show(&name, &script, out.language)),
                script.source().text
            ))
        }
    }
}

fn new(stage: &str, name: &str, project: &Path, language: Language) -> Result<(), Problems> {
    let Some(of) = Stage::ALL.into_iter().find(|s| s.name() == stage) else {
        let known = Stage::ALL.iter().map(|s| s.name().to_owned()).collect();
        return Err(Problem::unknown(text!(thing_stage), stage, known).into());
    };
    let unfit = |why| {
        let fault = Fault::ScriptName { name: name.to_owned(), why };
        Problem { fault, places: Vec::new() }
    };
    let file = template_file(of, name).map_err(unfit)?;
    let path = project.join(&file);
    if path.exists() {
        let fault = Fault::Exists { file: path.display().to_string() };
        return Err(Problem { fault, places: Vec::new() }.into());
    }
    write::bytes(&path, template(of, name).map_err(unfit)?.as_bytes())?;
    let line = match of {
        Stage::System => text!(script_line_system, file = &file),
        of => Text::plain(format!("{} = \"script:{file}\"", of.name())),
    };
    let test = format!("quanheng script test {}", project.display());
    let lines = [
        text!(wrote_file, file = path.display().to_string()),
        text!(script_line, line = line),
        text!(script_its_example, command = test),
    ];
    print_lines(&lines, language)
}

fn test(
    project: &Path,
    only: Vec<String>,
    battery: bool,
    language: Language,
) -> Result<(), Problems> {
    if !project.is_dir() {
        return Err(Problem::unreadable(project.display(), Reason::NotFolder).into());
    }
    let host = Host::new(Some(project.to_path_buf()), Limits::default());
    let named = !only.is_empty();
    let names = if named { only } else { files(project) };
    let mut problems = Problems::default();
    let mut lines = Vec::new();
    for name in &names {
        let script = match open(&host, name) {
            Ok(script) => script,
            Err(found) => {
                // What has no function of a stage is a module of others, unless a name is a slip.
                let module = |p: &Problem| matches!(&p.fault, Fault::Script(f) if f.what == no_stage() && p.places.is_empty());
                match !named && found.iter().all(module) {
                    true => lines.push(text!(script_is_module, name = name)),
                    false => problems.extend(found),
                }
                continue;
            }
        };
        match script.test(battery) {
            Err(fault) => problems.push(Problem::script(fault, None)),
            Ok(outcomes) => {
                let good = outcomes.iter().filter(|o| o.gives_the_expected()).count();
                let claims = script.header().claims.join(", ");
                let claimed = battery && !claims.is_empty() && good == outcomes.len() && good > 0;
                let broken = outcomes.iter().any(|o| !o.findings.is_empty());
                lines.push(text!(
                    script_tested,
                    name = name,
                    stage = Part::of_stage(script.stage()).word(language),
                    good = good,
                    all = outcomes.len(),
                    claims = match (broken, claimed) {
                        (true, _) => text!(script_claims_broken, claims = claims),
                        (false, true) => text!(script_claims_hold, claims = claims),
                        (false, false) => Text::default(),
                    }
                ));
                for outcome in outcomes.into_iter().filter(|o| !o.holds()) {
                    problems.push(Problem::example(name, outcome));
                }
            }
        }
    }
    if names.is_empty() {
        lines.push(text!(script_none_here));
    }
    print_lines(&lines, language)?;
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Every `.rhai` file below a folder, by its name from there; hidden folders are passed over.
fn files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let hidden = name.to_string_lossy().starts_with('.');
            if entry.file_type().is_ok_and(|t| t.is_dir()) && !hidden {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rhai") {
                let name = path.strip_prefix(root).unwrap_or(&path);
                found.push(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// A script by its name, or everything that is wrong with it.
/// All bundled scripts by their names.
pub(super) fn bundled() -> Result<Vec<(&'static str, Arc<Script>)>, Problems> {
    let host = Host::new(None, Limits::default());
    LIBRARY.iter().map(|b| Ok((b.name, open(&host, b.name)?))).collect()
}

fn open(host: &Arc<Host>, name: &str) -> Result<Arc<Script>, Problems> {
    Script::open(host, name).map_err(|e| match e {
        Ok(faults) => faults.into_iter().map(|fault| Problem::script(fault, None)).collect(),
        Err(_) => {
            let known = LIBRARY.iter().map(|b| b.name.to_owned()).collect();
            Problem::unknown(text!(thing_bundled_script), name, known).into()
        }
    })
}
