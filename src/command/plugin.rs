//! `quanheng plugin`: native plugins.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanheng_plugin_host::{ChildLimits, Plugin, Refusal, examine, hash, template};

use quanheng_core::methodology::Part;
use quanheng_words::{Language, Text, text};

use super::{Terminal, print, print_lines};
use crate::data::write;
use crate::problem::{Fault, Problem, Problems, ProjectFault};
use crate::project::{isolation, pin, remember};
use crate::report::plugins;
use crate::report::render::table;

/// What `plugin` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    /// Show the methods of a plugin, pin its hash in a project, and trust it on this machine.
    Trust {
        /// The library's file.
        path: PathBuf,
        /// The project's folder.
        #[arg(long, default_value = ".")]
        project: PathBuf,
        /// Code of the plugin in the project; the default is the name of its file.
        #[arg(long)]
        code: Option<String>,
    },
    /// Write a crate with a first plugin, which builds and passes its test.
    New {
        /// Name of the crate and of the folder that is written.
        name: String,
        /// Where the folder is made.
        #[arg(long, default_value = ".")]
        below: PathBuf,
    },
    /// Run the worked examples of a plugin and check the claims of its methods. Its code runs in a separate process.
    Test {
        /// The library's file.
        path: PathBuf,
    },
    /// Show the methods of a plugin and pin nothing. Its code runs in a separate process.
    Show {
        /// The library's file.
        path: PathBuf,
    },
}

/// What a child process is started with.
#[derive(Debug, clap::Args)]
pub(super) struct Child {
    library: PathBuf,
    shared: PathBuf,
    megabytes: u64,
}

impl Arguments {
    /// Where the project is named.
    pub(super) fn place(&mut self) -> Option<&mut PathBuf> {
        match &mut self.which {
            Which::Trust { project, .. } => Some(project),
            _ => None,
        }
    }

    /// The project in which a plugin is pinned.
    pub(super) fn project(&self) -> Option<PathBuf> {
        match &self.which {
            Which::Trust { project, .. } => Some(project.clone()),
            Which::New { .. } | Which::Test { .. } | Which::Show { .. } => None,
        }
    }
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let show = |plugin: &Plugin| table::render(&plugins::show(plugin, out.language), out.style());
    match arguments.which {
        Which::New { name, below } => new(&name, &below, out.language),
        Which::Test { path } => test(&open(&path)?, &path, out.language),
        Which::Show { path } => open(&path).and_then(|plugin| print(&show(&plugin))),
        Which::Trust { path, project, code } => {
            let plugin = open(&path)?;
            remember(plugin.hash(), &path.canonicalize().unwrap_or_else(|_| path.clone()))?;
            let code = code.unwrap_or_else(|| code_of(&path));
            let pinned = pin(&project, &code, &path_in(&project, &path), plugin.hash())?;
            let code = &pinned.code;
            let file = project.join("quanheng.toml").display().to_string();
            let mut lines = vec![Text::plain(show(&plugin))];
            lines.push(match pinned.replaced {
                true => text!(plugin_pin_replaced, code = code, file = file),
                false => text!(plugin_pinned, code = code, file = file),
            });
            if let Some(method) = plugin.description().methods.first() {
                let line = format!("{} = \"plugin:{code}\"", method.stage.name());
                lines.push(text!(for_example, line = line));
            }
            print_lines(&lines, out.language)
        }
    }
}

fn new(name: &str, below: &Path, language: Language) -> Result<(), Problems> {
    let Some(files) = template(name) else {
        let fault = Fault::CrateName { name: name.to_owned() };
        return Err(Problem { fault, places: Vec::new() }.into());
    };
    let folder = below.join(name);
    if folder.exists() {
        let fault = Fault::Exists { file: folder.display().to_string() };
        return Err(Problem { fault, places: Vec::new() }.into());
    }
    let mut lines = Vec::new();
    for (file, content) in files {
        let path = folder.join(file);
        write::bytes(&path, content.as_bytes())?;
        lines.push(text!(wrote_file, file = path.display().to_string()));
    }
    let library = folder.join("target/release").join(format!(
        "{}{}{}",
        std::env::consts::DLL_PREFIX,
        name.replace('-', "_"),
        std::env::consts::DLL_SUFFIX
    ));
    let manifest = folder.join("Cargo.toml");
    let build = format!("cargo build --release --manifest-path {}", manifest.display());
    let test = format!("quanheng plugin test {}", library.display());
    lines.push(text!(next_command, command = build));
    lines.push(text!(then_command, command = test));
    print_lines(&lines, language)
}

fn test(plugin: &Arc<Plugin>, path: &Path, language: Language) -> Result<(), Problems> {
    let mut lines = Vec::new();
    let mut problems = Problems::default();
    for examined in examine(plugin) {
        let found = examined.findings.len() + examined.unsaid.len();
        let example = match examined.example {
            Some(true) => text!(plugin_example_holds),
            Some(false) => text!(plugin_example_fails),
            None => text!(plugin_example_missing),
        };
        let claims = match found {
            0 => text!(plugin_claims_hold),
            n => text!(plugin_findings, count = n),
        };
        lines.push(text!(
            plugin_tested,
            stage = Part::of_stage(examined.stage).word(language),
            method = &examined.method,
            example = example,
            claims = claims
        ));
        if !examined.passed() {
            let plugin = path.display().to_string();
            let fault = Fault::PluginExamined { plugin, examined: Box::new(examined) };
            problems.push(Problem { fault, places: Vec::new() });
        }
    }
    print_lines(&lines, language)?;
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Opens a plugin because the user named it here: whatever its hash, in a process of its own.
fn open(path: &Path) -> Result<Arc<Plugin>, Problems> {
    let refused = |why: Refusal| {
        let path = path.display().to_string();
        let command = format!("quanheng plugin trust {path}");
        let fault = Fault::Project(ProjectFault::PluginRefused { path, why, command });
        Problems::from(Problem { fault, places: Vec::new() })
    };
    let pinned = hash(path).map_err(refused)?;
    Plugin::open(path, &pinned, isolation(true, ChildLimits::default())).map_err(refused)
}

/// A code for a plugin, of its file's name.
fn code_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stem = stem.strip_prefix("lib").filter(|s| !s.is_empty()).unwrap_or(&stem);
    let fits = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    stem.chars().map(fits).collect()
}

/// A file as a project names it: from the project's folder where it lies below it.
fn path_in(project: &Path, path: &Path) -> String {
    let whole = |p: &Path| p.canonicalize().unwrap_or_else(|_| p.to_path_buf());
    let (folder, file) = (whole(project), whole(path));
    let named = file.strip_prefix(&folder).unwrap_or(&file);
    named.to_string_lossy().replace('\\', "/")
}

pub(super) fn child(arguments: Child) -> Result<(), Problems> {
    let done =
        quanheng_plugin_host::child(&arguments.library, &arguments.shared, arguments.megabytes);
    done.map_err(|e| Problem::unwritable(text!(output_pipe), e).into())
}
