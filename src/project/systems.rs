//! The indicator systems of a project: trees in files, and trees that scripts make from them.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::{ABOVE_ZERO, ProgramFault, Stage};
use quanheng_core::methodology::Made;
use quanheng_core::model::{Group, League, LeagueIx, Names, System};
use quanheng_scripts::{Prepared, SystemFault};
use quanheng_words::{Text, text};

use super::data::{ProjectFolder, TreeFileKeys, state_filter};
use super::desk::Desk;
use super::leagues::LeagueKeys;
use super::marks::Placeholder;
use super::reader::Page;
use super::scripts::content;
use super::table::{At, By, Firm, Named, One, OneFile, table};
use super::tree;
use super::value::Entry;
use super::whose::Whose;
use crate::data::file::Format;
use crate::data::table::Regions;
use crate::problem::{Problem, Problems, ProjectFault};

table! {
    /// `[system.CODE]`
    pub(super) struct SystemKeys {
        /// The name of the system: a text, or a table of texts by language.
        title: Names,
        /// Its version or edition.
        version: Option<String>,
        /// Whether something in the system was not published and is a placeholder, such as full marks or names: `true`,
        /// or a text, or a table of texts by language, that says what. Every command that shows results says so.
        placeholder: Placeholder,
        /// The file of the tree: CSV, a sheet of a workbook, or TOML. A file, or a table with the key `file` and keys that
        /// say how the table lies in it.
        tree: Firm<OneFile<TreeFileKeys>>,
        /// The script that makes the system, from `tree` or `base` if it takes one. Its settings stand beside it.
        script: Firm<String>,
        /// The plugin that makes the system. Its settings stand beside it.
        plugin: Firm<String>,
        /// The method of the plugin, where it offers several.
        method: Option<At<String>>,
        /// Another system, for a script or a plugin to start from.
        base: Firm<String>,
        /// What the weights of each set of siblings must add up to. It is not checked unless stated.
        weights_sum: Option<f64> [ABOVE_ZERO, f64::INFINITY],
        ; settings by ["script", "plugin"]
    }
}

impl SystemKeys {
    /// The file of the tree, as the project names it.
    pub(super) fn file(&self) -> Option<&str> {
        match &self.tree.0.as_ref()?.value.0 {
            Named::Name(name) => Some(name),
            Named::Table(keys) => Some(&keys.file.value),
        }
    }
}

/// The systems by code, `None` for one with something wrong in it, and who made those that were not written as a tree.
#[derive(Debug, Default)]
pub(super) struct Systems {
    pub(super) systems: IndexMap<String, Option<Arc<System>>>,
    /// The scripts among their makers.
    pub(super) scripts: IndexMap<String, Arc<Prepared>>,
    pub(super) made: IndexMap<String, Made>,
    /// Where the facts of those that are trees of files are stated.
    pub(super) places: IndexMap<String, tree::Places>,
}

/// Reads every system.
pub(super) fn read(
    page: &Desk,
    stated: &By<SystemKeys>,
    folder: &ProjectFolder,
    read: &mut Vec<PathBuf>,
) -> Systems {
    let mut done = Systems::default();
    for system in &stated.0 {
        one(page, stated, system, folder, read, &mut done, &mut Vec::new());
    }
    // In stated order, whatever was made of what.
    done.systems.sort_by_key(|code, _| stated.codes().position(|c| c == code));
    done
}

/// Reads one system, and before it the one that it is made of. `above` are those that are being made of it.
fn one(
    page: &Desk,
    stated: &By<SystemKeys>,
    system: &One<SystemKeys>,
    folder: &ProjectFolder,
    read: &mut Vec<PathBuf>,
    done: &mut Systems,
    above: &mut Vec<String>,
) {
    let make = || make(page, stated, system, folder, read, done, above);
    page.within(Whose::System(system.code.clone()), make);
}

fn make(
    page: &Desk,
    stated: &By<SystemKeys>,
    One { code, span, table }: &One<SystemKeys>,
    folder: &ProjectFolder,
    read: &mut Vec<PathBuf>,
    done: &mut Systems,
    above: &mut Vec<String>,
) {
    if done.systems.contains_key(code) {
        return;
    }
    let Some(keys) = table else {
        done.systems.insert(code.clone(), None);
        return;
    };
    let tree = keys.tree.0.as_ref().map(|At { value: OneFile(named), span }| {
        let mut format = Format::default();
        let name = match named {
            Named::Name(name) => name,
            Named::Table(keys) => {
                keys.lies.state(&mut format);
                state_filter(page, keys.r#where.as_ref(), &mut format);
                &keys.file.value
            }
        };
        let path = folder.join(name);
        // A file that is not there has no content to be hashed.
        if path.is_file() {
            read.push(path.clone());
        }
        match tree::read(&folder.input(name), &format, keys.weights_sum) {
            Ok(tree) => {
                if let Some(encoding) = tree.judged {
                    page.note_judged(&folder.name(name), encoding);
                }
                tree.notes.into_iter().for_each(|note| page.note(note));
                done.places.insert(code.clone(), tree.places);
                Some(Arc::new(tree.system))
            }
            Err(problems) => {
                page.extend(with_place(problems, page, span));
                None
            }
        }
    });
    let system = match (&keys.script.0, &keys.plugin.0, tree) {
        (Some(_), Some(plugin), _) => {
            page.beside(&plugin.span, "plugin", "script");
            None
        }
        (None, None, None) => {
            let (key, table) =
                ("tree` or `script".to_owned(), Text::plain(format!("[system.{code}]")));
            page.fault(span, ProjectFault::MissingKey { key, table });
            None
        }
        (None, None, Some(tree)) => {
            // A tree of a file is the system: nothing makes it of something else.
            let base = keys.base.0.as_ref().map(|base| ("base", &base.span));
            let method = keys.method.as_ref().map(|method| ("method", &method.span));
            for (key, span) in base.into_iter().chain(method) {
                page.fault(span, ProjectFault::Without { key, needs: "script` or `plugin" });
            }
            tree
        }
        (script, plugin, tree) => {
            let base = match (&keys.base.0, tree) {
                (Some(base), Some(_)) => {
                    page.beside(&base.span, "base", "tree");
                    Err(())
                }
                (Some(base), None) => {
                    above.push(code.clone());
                    let found = base_of(page, stated, base, folder, read, done, above);
                    above.pop();
                    found.map(Some).ok_or(())
                }
                (None, Some(Some(tree))) => Ok(Some(tree)),
                (None, Some(None)) => Err(()),
                (None, None) => Ok(None),
            };
            match (script, plugin) {
                (Some(script), _) => match (by_script_of(page, keys, script), base) {
                    (Some((prepared, made)), Ok(base)) => {
                        let at = &script.span;
                        let system = build(page, &made.name, &prepared, base.as_deref(), at);
                        done.scripts.insert(code.clone(), prepared);
                        done.made.insert(code.clone(), made);
                        system
                    }
                    _ => None,
                },
                (None, Some(plugin)) => {
                    by_plugin_of(page, keys, plugin, base).map(|(system, made)| {
                        done.made.insert(code.clone(), made);
                        system
                    })
                }
                (None, None) => None,
            }
        }
    };
    done.systems.insert(code.clone(), system);
}

/// The system that another one is made of.
fn base_of(
    page: &Desk,
    stated: &By<SystemKeys>,
    code: &At<String>,
    folder: &ProjectFolder,
    read: &mut Vec<PathBuf>,
    done: &mut Systems,
    above: &mut Vec<String>,
) -> Option<Arc<System>> {
    let Some(base) = stated.0.iter().find(|one| one.code == code.value) else {
        page.unknown(&code.span, text!(thing_system), code, stated.codes());
        return None;
    };
    if let Some(start) = above.iter().position(|a| *a == code.value) {
        let codes = above[start..].iter().cloned().chain([code.value.clone()]).collect();
        page.fault(&code.span, ProjectFault::BaseCircle { codes });
        return None;
    }
    one(page, stated, base, folder, read, done, above);
    done.systems.get(&code.value).cloned().flatten()
}

/// The script of a system, put to use with the settings that stand beside it.
fn by_script_of(
    page: &Desk,
    keys: &SystemKeys,
    name: &At<String>,
) -> Option<(Arc<Prepared>, Made)> {
    let stated: Vec<&Entry> = keys.settings.iter().collect();
    let (script, settings) =
        page.scripts.prepare(page, name, &name.span, Stage::System, &stated)?;
    let filled = settings.filled(script.script().settings());
    let content = content(script.script());
    Some((script, Made { name: format!("script:{}", name.value), filled, content }))
}

/// The system that a plugin makes.
fn by_plugin_of(
    page: &Desk,
    keys: &SystemKeys,
    code: &At<String>,
    base: Result<Option<Arc<System>>, ()>,
) -> Option<(Arc<System>, Made)> {
    let stated: Vec<&Entry> = keys.settings.iter().collect();
    let method = keys.method.as_ref().map(|name| (name.as_str(), &name.span));
    let plugins = &page.plugins;
    let (prepared, settings) =
        plugins.prepare(page, code, &code.span, method, Stage::System, &stated)?;
    let at = page.place(&code.span);
    match quanheng_plugin_host::build(&prepared, base.ok()?.as_deref()) {
        Ok(system) => {
            let filled = settings.filled(prepared.settings());
            let made = Made {
                name: format!("plugin:{}", code.value),
                filled,
                content: prepared.content(),
            };
            Some((Arc::new(system), made))
        }
        Err(quanheng_plugin_host::SystemFault::Fault(fault)) => {
            page.push(Problem::script(fault, Some(at)));
            None
        }
        Err(quanheng_plugin_host::SystemFault::Tree { problems, drafts }) => {
            for problem in tree::problems_of_script(problems, &drafts, &at).iter() {
                let words = problem.fault.words();
                let what = text!(system_refused, script = prepared.title(), what = words.what);
                let fault = ProgramFault { what, hint: words.hint, ..ProgramFault::default() };
                page.push(Problem::script(fault, Some(at.clone())));
            }
            None
        }
    }
}

fn build(
    page: &Desk,
    name: &str,
    script: &Arc<Prepared>,
    base: Option<&System>,
    at: &Range<usize>,
) -> Option<Arc<System>> {
    match quanheng_scripts::build(script, name, base) {
        Ok(system) => Some(Arc::new(system)),
        Err(SystemFault::Fault(fault)) => {
            page.push(Problem::script(fault, Some(page.place(at))));
            None
        }
        Err(SystemFault::Tree { problems, drafts }) => {
            let at = script.script().place_of("system").into();
            page.extend(tree::problems_of_script(problems, &drafts, &at));
            None
        }
    }
}

/// A file that cannot be read has no place of its own: the one that names it is shown.
fn with_place(problems: Problems, page: &Desk, at: &Range<usize>) -> Problems {
    problems
        .iter()
        .cloned()
        .map(|mut problem| {
            if problem.places.is_empty() {
                problem.places.push(page.place(at));
            }
            problem
        })
        .collect()
}

/// The leagues that a system's script divides the regions into; `None` where no script does.
pub(super) fn leagues(
    page: &Page,
    stated: &By<LeagueKeys>,
    scripts: &IndexMap<String, Arc<Prepared>>,
    systems: &IndexMap<String, Option<Arc<System>>>,
    regions: &Regions,
    groups: &Arc<Vec<Group>>,
) -> Option<(Vec<League>, Vec<Option<LeagueIx>>)> {
    let all = Arc::new(regions.list().to_vec());
    let found: Vec<_> = scripts
        .iter()
        .filter_map(|(code, script)| {
            let divided = quanheng_scripts::leagues(script, &all, groups)?;
            Some((code, script, divided))
        })
        .collect();
    if found.len() > 1 || (!found.is_empty() && !stated.0.is_empty()) {
        let systems = found.iter().map(|(code, _, _)| (*code).clone()).collect();
        let span = stated.0.first().map_or(0..0, |one| one.span.clone());
        page.fault(&span, ProjectFault::SeveralLeagues { systems });
        return None;
    }
    let (code, script, divided) = found.into_iter().next()?;
    let drafts = match divided {
        Ok(drafts) => drafts,
        Err(fault) => {
            page.push(Problem::script(fault, None));
            return None;
        }
    };
    let place = crate::problem::Place::from(script.script().place_of("leagues"));
    let at = |fault| Problem {
        fault: crate::problem::Fault::Project(fault),
        places: vec![place.clone()],
    };
    let system = systems.get(code).cloned().flatten();
    let mut of: Vec<Option<LeagueIx>> = vec![None; all.len()];
    let mut leagues = Vec::new();
    for (l, draft) in drafts.iter().enumerate() {
        let league = LeagueIx(l as u32);
        let mut shared = None;
        for (r, _) in draft.members.iter().enumerate().filter(|(_, inside)| **inside) {
            match of[r] {
                Some(first) => {
                    let (_, count) = shared.get_or_insert(((first, r), 0));
                    *count += 1;
                }
                None => of[r] = Some(league),
            }
        }
        if let Some(((first, region), count)) = shared {
            page.push(at(ProjectFault::LeaguesOverlap {
                first: drafts[first.0 as usize].code.clone(),
                second: draft.code.clone(),
                region: all[region].code.clone(),
                count,
            }));
        } else if !draft.members.contains(&true) {
            page.push(at(ProjectFault::EmptyLeague { code: draft.code.clone() }));
        }
        let mut full_marks = Vec::new();
        for (node, marks) in &draft.full_marks {
            match system.as_ref().and_then(|s| s.find(node)) {
                Some(id) if *marks > 0.0 => full_marks.push((id, *marks)),
                Some(_) => page.push(at(ProjectFault::BadNumber {
                    code: node.clone(),
                    column: "full_marks",
                    must: text!(accepts_above_zero),
                })),
                None => page.push(at(ProjectFault::UnknownName {
                    what: text!(thing_node_of_tree),
                    name: node.clone(),
                    known: system.iter().flat_map(|s| s.nodes()).map(|n| n.code.clone()).collect(),
                })),
            }
        }
        let names = match draft.name.is_empty() {
            true => Names::default(),
            false => Names::plain(&draft.name),
        };
        leagues.push(League { code: draft.code.clone(), names, full_marks, ..League::default() });
    }
    Some((leagues, of))
}
