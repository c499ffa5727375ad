//! `quanheng script`: the bundled library, and the scripts of a project.

use std::path::PathBuf;
use std::sync::Arc;

use quanheng_scripts::{Host, LIBRARY, Limits, Script};

use super::{Terminal, print};
use crate::problem::{Problem, Problems};
use crate::report::render::terminal;
use crate::report::{Language, scripts};

/// What `script` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, clap::Subcommand)]
enum Which {
    /// List the bundled scripts.
    List,
    /// Show a bundled script, or one of a project: what it is, its settings, its text.
    Show {
        /// Its name, such as weighting/entropy.rhai.
        name: String,
        /// The project's folder.
        #[arg(long, default_value = ".")]
        project: PathBuf,
    },
}

pub(super) fn run(arguments: Arguments, out: Terminal) -> Result<(), Problems> {
    let render = |report| terminal::render(&report, Language::En, out.out);
    match arguments.which {
        Which::List => {
            let host = Host::new(None, Limits::default());
            let all: Result<Vec<_>, Problems> =
                LIBRARY.iter().map(|b| Ok((b.name, open(&host, b.name)?))).collect();
            print(&render(scripts::list(&all?)))
        }
        Which::Show { name, project } => {
            let host = Host::new(Some(project), Limits::default());
            let script = open(&host, &name)?;
            print(&format!("{}\n{}", render(scripts::show(&name, &script)), script.source().text))
        }
    }
}

/// A script by its name, or everything that is wrong with it.
fn open(host: &Arc<Host>, name: &str) -> Result<Arc<Script>, Problems> {
    Script::open(host, name).map_err(|e| match e {
        Ok(faults) => faults.into_iter().map(|fault| Problem::script(fault, None)).collect(),
        Err(_) => {
            let known = LIBRARY.iter().map(|b| b.name.to_owned()).collect();
            Problem::unknown("script of the project or of the bundled library", name, known).into()
        }
    })
}
