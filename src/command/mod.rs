//! The program's commands: one file each.

mod accept;
mod analyse;
mod audit;
mod cases;
mod check;
mod common;
mod compare;
mod completions;
mod declare;
mod describe;
mod diff;
mod discover;
mod explain;
mod export;
mod format;
mod help;
mod import;
mod language;
mod ledger;
mod lock;
mod ls;
mod merge;
mod methods;
mod multiverse;
mod named;
mod new;
mod paper;
mod place;
mod plot;
mod plugin;
mod profile;
mod reach;
mod report;
mod reproduce;
mod review;
mod robustness;
mod run;
mod schema;
mod script;
mod sensitivity;
mod show;
mod stop;
mod subject;
mod test;
mod trial;
mod verify;
mod weights;

use std::ffi::OsString;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use quanheng_words::number::Form;
use quanheng_words::{Text, text, word};

use self::place::Place;
use subject::Subjects;

use crate::data::write;
use crate::problem::{Exit, Problem, Problems};
use crate::project::{self, Mark, Marks, Resolved};
use crate::report::render::{FORMATS, Format, Render, Style, csv, json, table};
use crate::report::workbook::Workbook;
use crate::report::{Block, Language, Report, Table, marks};

/// Quanheng 权衡: composite indicators by any methodology: scores, ranks and tiers that can be compared, pinned and
/// reproduced.
#[derive(Debug, Parser)]
#[command(name = "quanheng", version, max_term_width = 100, after_help = word!(exit_codes, quanheng_words::Language::En))]
pub struct Program {
    /// When output is coloured.
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    color: Colour,
    /// Number of threads; the default is the number of cores. Results do not depend on it.
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
    /// Trust every plugin hash that the project pins. Use this only where all projects are your own.
    #[arg(long, global = true)]
    trust_pins: bool,
    /// Let projects also read and write files below this folder. Without it, they only read and write below their own
    /// folder. May be given several times.
    #[arg(long, global = true, value_name = "DIR")]
    allow_folder: Vec<PathBuf>,
    /// Language: zh or en. The default is the language of the project, or else of the system (LC_ALL, LC_MESSAGES,
    /// LANG).
    #[arg(long, global = true, value_name = "LANG", value_parser = language::parse)]
    lang: Option<Language>,
    /// Show only these columns, in this order, each by its key or its head, of the tables that have most of them; other
    /// tables stay whole. `run` knows every node: CODE is its score, CODE_rank its rank.
    #[arg(long, global = true, value_name = "A,B", value_delimiter = ',')]
    columns: Vec<String>,
    /// Show every column of a table, however wide the terminal is.
    #[arg(long, global = true, conflicts_with = "width")]
    wide: bool,
    /// Fit tables into lines of N characters. The default is the width of the terminal; in a pipe or a file nothing is
    /// left out.
    #[arg(long, global = true, value_name = "N")]
    width: Option<usize>,
    /// Show numbers in tables with so many decimals, from 0 to 15; files have every digit. The default is `decimals` of
    /// `[report]`, or else what each column needs.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=15))]
    decimals: Option<u8>,
    /// Show a comma between thousands in tables. The default is `thousands` of `[report]`.
    #[arg(long, global = true)]
    thousands: bool,
    /// Begin CSV with a byte order mark, without which Excel does not read it as UTF-8. Files of --out always have it.
    #[arg(long, global = true)]
    bom: bool,
    /// Find projects that are named, and not written as a path, below this folder. The default is the variable
    /// QUANHENG_FOLDERS, or else the list that `quanheng ls --add` keeps. May be given several times.
    #[arg(long = "in", global = true, value_name = "DIR")]
    below: Vec<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Evaluate a project: scores, ranks and tiers.
    Run(run::Arguments),
    /// Read a project and its data, evaluate every methodology, and report every error; nothing is written.
    Check(check::Arguments),
    /// Compare results of methodologies, projects and periods: scores, ranks, tiers, agreement, movers.
    Compare(compare::Arguments),
    /// Compare methodologies stage by stage (exit code 1 if they differ).
    Diff(diff::Arguments),
    /// Compare the results of every methodology with its snapshot: ranks and tiers first, then digits.
    Test(test::Arguments),
    /// Accept new results as the new snapshot.
    Accept(accept::Arguments),
    /// Review new results one by one: accept, reject or skip each.
    Review(review::Arguments),
    /// Compare the results with the published ones that `[official]` names: cells equal at the published decimals, the
    /// greatest difference, ranks and tiers.
    Reproduce(reproduce::Arguments),
    /// Write quanheng.lock: hashes of everything that the results are made from, and of the results.
    Lock(lock::Arguments),
    /// Check a project against quanheng.lock and list every difference.
    Verify(verify::Arguments),
    /// Test properties of a methodology on its own data, such as monotonicity and independence of units and of other
    /// regions.
    Audit(audit::Arguments),
    /// Describe the data and the structure of an index: statistics of indicators, treated and filled cells, correlations.
    Describe(describe::Arguments),
    /// Analyse results: leaders, tiers, groups and their inequality, obstacles, coupling, correlations, neighbours,
    /// clusters, movement, evaluation over periods, convergence, densities, awards.
    Analyse(analyse::Arguments),
    /// Show how sure ranks are: intervals of ranks by the sampling errors of the data, and who may be among the best.
    Robustness(robustness::Arguments),
    /// Show which weight, choice or error in the data moves the results: shares of variance, one change at a time, and how far
    /// each weight can go.
    Sensitivity(sensitivity::Arguments),
    /// Explain why a region moves between two methodologies or periods: exact shares and their causes.
    Explain(explain::Arguments),
    /// Draw a result as a picture (SVG), with its source, its fingerprint and a text for those who do not see it.
    Plot(plot::Arguments),
    /// Show cases: what was done where, step by step, with figures, dates and sources.
    Cases(cases::Arguments),
    /// Show where a region stands: ranks, strengths and weaknesses, peers, trend, distance to targets.
    Profile(profile::Arguments),
    /// Find the least change of a region's own cells that brings it to a rank or a tier, or show that there is none.
    Reach(reach::Arguments),
    /// Write everything that there is to say of a project as one page, which a browser opens without a network, or as a PDF.
    Report(report::Arguments),
    /// Find weights that give a result that is stated, or prove that there are none.
    Weights(weights::Arguments),
    /// Trace one region from its tier and score back to treated and raw cells.
    Show(show::Arguments),
    /// Evaluate every combination of declared choices: the spread of ranks, and the choices that matter.
    Multiverse(multiverse::Arguments),
    /// List the projects below your folders, or describe one. Every command takes the name of a listed project in place
    /// of a path.
    Ls(ls::Arguments),
    /// List the methods, or show one with formula, reference, settings and example.
    Methods(methods::Arguments),
    /// Work with scripts: those of the bundled library and those of a project.
    Script(script::Arguments),
    /// Work with native plugins: trust, test, show or create one.
    Plugin(plugin::Arguments),
    /// The argument with which the program starts itself to run a plugin in another process.
    #[command(name = quanheng_plugin_host::COMMAND, hide = true)]
    PluginChild(plugin::Child),
    /// Write a small project that works, as a start for your own, or one like another project.
    New(new::Arguments),
    /// Make a project of what another program keeps: COINr, the COIN Tool, a spreadsheet. No file is written over.
    Import(import::Arguments),
    /// Write the data and the tree of a project as tables for another program: COINr, a spreadsheet.
    Export(export::Arguments),
    /// Print the JSON Schema of the project file, for editors.
    Schema(schema::Arguments),
    /// Print completions for a shell.
    Completions(completions::Arguments),
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Command {
    /// The project that the command opens, if it opens one.
    fn project(&self) -> Option<PathBuf> {
        match self {
            Command::Run(arguments) => Some(arguments.project()),
            Command::Check(arguments) => Some(arguments.project()),
            Command::Compare(arguments) => Some(arguments.project()),
            Command::Diff(arguments) => Some(arguments.project()),
            Command::Test(arguments) => Some(arguments.project()),
            Command::Accept(arguments) => Some(arguments.project()),
            Command::Review(arguments) => Some(arguments.project()),
            Command::Reproduce(arguments) => Some(arguments.project()),
            Command::Export(arguments) => Some(arguments.project()),
            Command::Lock(arguments) => Some(arguments.project()),
            Command::Verify(arguments) => Some(arguments.project()),
            Command::Audit(arguments) => Some(arguments.project()),
            Command::Describe(arguments) => Some(arguments.project()),
            Command::Analyse(arguments) => Some(arguments.project()),
            Command::Robustness(arguments) => Some(arguments.project()),
            Command::Sensitivity(arguments) => Some(arguments.project()),
            Command::Explain(arguments) => Some(arguments.project()),
            Command::Plot(arguments) => Some(arguments.project()),
            Command::Cases(arguments) => Some(arguments.project()),
            Command::Profile(arguments) => Some(arguments.project()),
            Command::Reach(arguments) => Some(arguments.project()),
            Command::Report(arguments) => Some(arguments.project()),
            Command::Weights(arguments) => Some(arguments.project()),
            Command::Show(arguments) => Some(arguments.project()),
            Command::Multiverse(arguments) => Some(arguments.project()),
            Command::Script(arguments) => arguments.project(),
            Command::Plugin(arguments) => arguments.project(),
            Command::New(arguments) => arguments.project(),
            Command::Ls(_)
            | Command::Methods(_)
            | Command::PluginChild(_)
            | Command::Import(_)
            | Command::Schema(_)
            | Command::Completions(_) => None,
        }
    }
}

impl Command {
    /// Where the command line names the project, if it can name one.
    fn place(&mut self) -> Option<Place<'_>> {
        Some(match self {
            Command::Run(arguments) => Place::Path(&mut arguments.project),
            Command::Check(arguments) => Place::Path(&mut arguments.project),
            Command::Compare(arguments) => Place::Optional(&mut arguments.subjects),
            Command::Diff(arguments) => Place::Optional(&mut arguments.subjects),
            Command::Test(arguments) => Place::Path(&mut arguments.project),
            Command::Accept(arguments) => Place::Optional(&mut arguments.words),
            Command::Review(arguments) => Place::Optional(&mut arguments.words),
            Command::Reproduce(arguments) => Place::Path(&mut arguments.project),
            Command::Export(arguments) => Place::Path(&mut arguments.project),
            Command::Lock(arguments) => Place::Path(&mut arguments.project),
            Command::Verify(arguments) => Place::Path(&mut arguments.project),
            Command::Audit(arguments) => Place::Optional(&mut arguments.words),
            Command::Describe(arguments) => Place::Optional(&mut arguments.words),
            Command::Analyse(arguments) => Place::Optional(&mut arguments.words),
            Command::Robustness(arguments) => Place::Optional(arguments.words()),
            Command::Sensitivity(arguments) => Place::Optional(&mut arguments.words),
            Command::Explain(arguments) => Place::Optional(&mut arguments.words),
            Command::Plot(arguments) => Place::Optional(&mut arguments.words),
            Command::Cases(arguments) => Place::Optional(&mut arguments.words),
            Command::Profile(arguments) => Place::Optional(&mut arguments.words),
            Command::Reach(arguments) => Place::Optional(&mut arguments.words),
            Command::Report(arguments) => Place::Path(&mut arguments.project),
            Command::Weights(arguments) => Place::OfTwo(arguments.words()),
            Command::Show(arguments) => Place::OfTwo(&mut arguments.place),
            Command::Multiverse(arguments) => Place::Optional(arguments.words()),
            Command::Script(arguments) => Place::Path(arguments.place()?),
            Command::Plugin(arguments) => Place::Path(arguments.place()?),
            Command::New(arguments) => Place::Path(arguments.like.as_mut()?),
            Command::Ls(_)
            | Command::Methods(_)
            | Command::PluginChild(_)
            | Command::Import(_)
            | Command::Schema(_)
            | Command::Completions(_) => return None,
        })
    }
}

/// What a command knows of its environment: the language of its messages, and whether streams are coloured.
#[derive(Clone, Debug)]
struct Terminal {
    /// The language of reports, problems and everything else.
    language: Language,
    /// Whether standard output is coloured.
    out: bool,
    /// Whether standard error is coloured.
    err: bool,
    /// How many characters fit into a line; as many as there are where it is not known.
    width: Option<usize>,
    /// The columns of tables that are shown; all where none is stated.
    columns: Vec<String>,
    /// Whether CSV begins with a byte order mark.
    bom: bool,
    /// How people see the numbers of tables.
    form: Form,
    /// What of the project was not published.
    marks: Marks,
}

impl Terminal {
    /// In which words and colours reports are printed.
    fn style(&self) -> Style {
        Style { language: self.language, colour: self.out, width: self.width, bom: self.bom }
    }

    /// Prints a report in a form, with the columns that are asked for.
    fn show(&self, report: &Report, format: &Format) -> Result<(), Problems> {
        print(&format.text(&self.asked(report, format)?, self.style()))
    }

    /// A report in a form, as a page of its own: without colours, as wide as it is, with the columns that are asked for.
    fn page(&self, report: &Report, format: &Format) -> Result<String, Problems> {
        let report = self.asked(report, format)?;
        Ok(format.text(&report, Style { colour: false, width: None, ..self.style() }))
    }

    /// The columns of a report that are asked for, and what of the project was not published.
    fn asked(&self, report: &Report, format: &Format) -> Result<Report, Problems> {
        let mut report = report
            .only(&self.columns)
            .map_err(|of| Problem::unknown(text!(thing_column), &of.name, of.known))?;
        match format.is_for_people() {
            true => {
                report = report.in_form(self.form);
                report.blocks.extend(self.mark_lines().into_iter().map(Block::Line));
            }
            false => report.blocks.extend(self.mark_table().map(Block::Table)),
        }
        Ok(report)
    }

    /// The same for results of some methodologies of a project: what was not published in others is not named.
    fn of_methodologies(self, project: &Resolved, codes: &[&str]) -> Terminal {
        Terminal { marks: project.marks_of(codes), ..self }
    }

    /// The same for the methodologies of several projects.
    fn of_subjects(self, subjects: &Subjects) -> Terminal {
        let mut all: Vec<Mark> = Vec::new();
        for (k, project) in subjects.projects.iter().enumerate() {
            let of_project = subjects.subjects.iter().filter(|subject| subject.project == k);
            let codes: Vec<&str> = of_project.map(|s| s.methodology.code.as_str()).collect();
            for mark in project.marks_of(&codes).0 {
                if !all.contains(&mark) {
                    all.push(mark);
                }
            }
        }
        Terminal { marks: Marks(all), ..self }
    }

    /// What of the project was not published, in lines.
    fn mark_lines(&self) -> Vec<String> {
        marks::lines(&self.marks, self.language)
    }

    /// The same as a table; none where everything was published.
    fn mark_table(&self) -> Option<Table> {
        marks::table(&self.marks, self.language)
    }

    /// Writes each table of a report as CSV into a folder, and all of it as JSON and as a workbook, with what of the project
    /// was not published. `name` is that of the JSON file.
    fn write(&self, folder: &Path, name: &str, report: &Report) -> Result<(), Problems> {
        let mut report = report.clone();
        report.blocks.extend(self.mark_table().map(Block::Table));
        let tables: Vec<Table> = report.tables().cloned().collect();
        for table in &tables {
            write::bytes(&folder.join(format!("{}.csv", table.name)), &csv::file(table))?;
        }
        write::bytes(&folder.join(name), json::render(&report).as_bytes())?;
        let stem = name.trim_end_matches(".json");
        let book = Workbook::of_tables(stem, self.language, &tables);
        let refused = |name: &str, why| Problem::unwritable(folder.join(name).display(), why);
        for format in FORMATS {
            match format.render {
                Render::Text(_) => {}
                Render::EachTable(render) => {
                    for table in &tables {
                        let name = format!("{}.{}", table.name, format.name);
                        let bytes = render(table).map_err(|why| refused(&name, why))?;
                        write::bytes(&folder.join(name), &bytes)?;
                    }
                }
                Render::Book(render) => {
                    let name = format!("{stem}.{}", format.name);
                    if let Some(bytes) = render(&book).map_err(|why| refused(&name, why))? {
                        write::bytes(&folder.join(name), &bytes)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    crate::gate::guard(language::of(None, None), run).unwrap_or_else(|| Exit::Internal.into())
}

fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let mut program = match read(&arguments) {
        Ok(program) => program,
        Err(exit) => return exit,
    };
    // The walls around a plugin stand around one thread, so that its process must have no other yet.
    if !matches!(program.command, Command::PluginChild(_)) {
        start_threads(program.threads);
    }
    let allow = |folder: &PathBuf| match crate::gate::allow(folder) {
        Ok(()) => None,
        Err(e) => Some(Problem::unreadable(folder.display(), e)),
    };
    let refused = program.allow_folder.iter().find_map(allow);
    program.below.iter().for_each(|folder| crate::registry::add_for_this_run(folder));
    let unsettled = program.command.place().and_then(|place| place.settle().err());
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let coloured = |terminal: bool| match program.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !no_colour,
    };
    let opens = program.command.project();
    let mut form = opens.as_deref().map(project::form_of).unwrap_or_default();
    form.decimals = program.decimals.map(usize::from).or(form.decimals);
    form.thousands |= program.thousands;
    let terminal = Terminal {
        form,
        language: language::of(program.lang, program.command.project().as_deref()),
        out: coloured(std::io::stdout().is_terminal()),
        err: coloured(std::io::stderr().is_terminal()),
        width: program.width.or_else(table::terminal_width).filter(|_| !program.wide),
        columns: program.columns,
        bom: program.bom,
        marks: program.command.project().map(|path| project::marks_of(&path)).unwrap_or_default(),
    };
    let (language, colour) = (terminal.language, terminal.err);
    if program.trust_pins {
        crate::project::trust_pins();
    }
    if let Some(refused) = refused {
        return failed(&refused.into(), language, colour);
    }
    if let Some(problems) = unsettled {
        return failed(&problems, language, colour);
    }
    let done = match program.command {
        Command::Run(arguments) => run::run(arguments, terminal),
        Command::Check(arguments) => check::run(arguments, terminal),
        Command::Compare(arguments) => compare::run(arguments, terminal),
        Command::Diff(arguments) => match diff::run(arguments, terminal) {
            Ok(exit) => return exit.into(),
            Err(problems) => Err(problems),
        },
        Command::Test(arguments) => test::run(arguments, terminal),
        Command::Accept(arguments) => accept::run(arguments, terminal),
        Command::Review(arguments) => review::run(arguments, terminal),
        Command::Reproduce(arguments) => reproduce::run(arguments, terminal),
        Command::Lock(arguments) => lock::run(arguments, terminal),
        Command::Verify(arguments) => verify::run(arguments, terminal),
        Command::Audit(arguments) => audit::run(arguments, terminal),
        Command::Describe(arguments) => describe::run(arguments, terminal),
        Command::Analyse(arguments) => analyse::run(arguments, terminal),
        Command::Robustness(arguments) => robustness::run(arguments, terminal),
        Command::Sensitivity(arguments) => sensitivity::run(arguments, terminal),
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Plot(arguments) => plot::run(arguments, terminal),
        Command::Cases(arguments) => cases::run(arguments, terminal),
        Command::Profile(arguments) => profile::run(arguments, terminal),
        Command::Reach(arguments) => reach::run(arguments, terminal),
        Command::Report(arguments) => report::run(arguments, terminal),
        Command::Weights(arguments) => weights::run(arguments, terminal),
        Command::Show(arguments) => show::run(arguments, terminal),
        Command::Multiverse(arguments) => multiverse::run(arguments, terminal),
        Command::Ls(arguments) => ls::run(arguments, terminal),
        Command::Methods(arguments) => methods::run(arguments, terminal),
        Command::Script(arguments) => script::run(arguments, terminal),
        Command::Plugin(arguments) => plugin::run(arguments, terminal),
        Command::PluginChild(arguments) => plugin::child(arguments),
        Command::New(arguments) => new::run(arguments, terminal),
        Command::Import(arguments) => import::run(arguments, terminal),
        Command::Export(arguments) => export::run(arguments, terminal),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => failed(&problems, language, colour),
    }
}

/// Says what is wrong, and ends.
fn failed(problems: &Problems, language: Language, colour: bool) -> ExitCode {
    complain(&problems.render(language, colour));
    problems.exit().into()
}

/// Reads the command line; where it asks for help or is wrong, says so and ends.
fn read(arguments: &[OsString]) -> Result<Program, ExitCode> {
    if let Ok(program) = Program::try_parse_from(arguments) {
        return Ok(program);
    }
    // Only what is said about the arguments needs a language, so the words for it are put in place only here.
    let language = help::asked(arguments).unwrap_or_else(|| language::of(None, None));
    let found = help::spoken(Program::command(), language).try_get_matches_from(arguments);
    found.and_then(|matches| Program::from_arg_matches(&matches)).map_err(|error| {
        match help::mistake(&error, language) {
            Some(said) => complain(&said),
            // A terminal that went away needs no help.
            None => match error.print().and_then(|()| std::io::stdout().flush()) {
                Err(e) if e.kind() != ErrorKind::BrokenPipe => return Exit::CannotWrite.into(),
                _ => {}
            },
        }
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Exit::Usage as u8))
    })
}

/// Starts the thread that waits for Ctrl-C, and those that compute.
fn start_threads(count: Option<usize>) {
    stop::wait();
    // Scripts run on these threads themselves. Where the system has no threads, as WebAssembly, this thread computes
    // alone: rayon would fall back to it by itself, but not after a pool could not be built.
    let pool = rayon::ThreadPoolBuilder::new();
    let pool = match std::thread::Builder::new().spawn(|| {}) {
        Ok(_) => pool
            .num_threads(count.unwrap_or(0))
            .stack_size(quanheng_scripts::STACK)
            .start_handler(|_| quanheng_scripts::has_stack()),
        Err(_) => pool.num_threads(1).use_current_thread(),
    };
    let _ = pool.build_global();
}

/// Prints to standard output; a reader that went away (`| head`) is not an error.
fn print(text: &str) -> Result<(), Problems> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => {
            Err(Problem::unwritable(text!(output_standard), e).into())
        }
        _ => Ok(()),
    }
}

/// Writes to standard error. Where nothing can be written there, the exit code alone reports it.
fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Says something beside the result, in a line on standard error.
fn say(line: &Text, language: Language) {
    complain(&(line.seen().render(language) + "\n"));
}

/// Prints texts to standard output, a line each.
fn print_lines(lines: &[Text], language: Language) -> Result<(), Problems> {
    print(&lines.iter().map(|line| line.seen().render(language) + "\n").collect::<String>())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn usages(command: &mut clap::Command, found: &mut Vec<String>) {
        found.push(command.render_usage().to_string());
        for below in command.get_subcommands_mut() {
            usages(below, found);
        }
    }

    #[test]
    fn usage_lines_have_balanced_brackets() {
        let mut program = Program::command();
        program.build();
        let mut found = Vec::new();
        usages(&mut program, &mut found);
        assert!(found.len() > 30, "{} usage lines", found.len());
        for usage in found {
            let mut open = Vec::new();
            for sign in usage.chars() {
                match sign {
                    '<' => open.push('>'),
                    '[' => open.push(']'),
                    '>' | ']' => assert_eq!(open.pop(), Some(sign), "{usage}"),
                    _ => {}
                }
                assert!(open.len() <= 2, "{usage}");
            }
            assert!(open.is_empty(), "{usage}");
        }
    }
}
