//! The indicator systems of a project: trees in files, and trees that scripts make of them.

use std::path::PathBuf;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::method::{ProgramFault, Stage};
use quanheng_core::methodology::Made;
use quanheng_core::model::{Group, League, LeagueIx, Names, System};
use quanheng_scripts::{Prepared, SystemFault};
use quanheng_words::Text;

use super::data::Folder;
use super::desk::Desk;
use super::keys::SYSTEM;
use super::reader::{Page, find};
use super::scripts::content;
use super::tree;
use super::value::{Entry, Item};
use crate::data::table::Regions;
use crate::problem::{Problem, Problems, ProjectFault};

/// The systems by code, `None` for one with something wrong in it, and who made those that were not written as a tree.
#[derive(Debug, Default)]
pub(super) struct Systems {
    pub(super) systems: IndexMap<String, Option<Arc<System>>>,
    /// The scripts among their makers.
    pub(super) scripts: IndexMap<String, Arc<Prepared>>,
    pub(super) made: IndexMap<String, Made>,
}

/// Reads every system.
pub(super) fn read(
    page: &Desk,
    entries: &[Entry],
    folder: &Folder,
    read: &mut Vec<PathBuf>,
) -> Systems {
    let mut done = Systems::default();
    for entry in entries {
        one(page, entries, entry, folder, read, &mut done, &mut Vec::new());
    }
    // In stated order, whatever was made of what.
    done.systems.sort_by_key(|code, _| entries.iter().position(|e| e.key == *code));
    done
}

/// Reads one system, and before it the one that it is made of. `above` are those that are being made of it.
fn one(
    page: &Desk,
    entries: &[Entry],
    entry: &Entry,
    folder: &Folder,
    read: &mut Vec<PathBuf>,
    done: &mut Systems,
    above: &mut Vec<String>,
) {
    if done.systems.contains_key(&entry.key) {
        return;
    }
    let table = format!("[system.{}]", entry.key);
    let keys = page.table(&entry.key, &entry.item).unwrap_or_default();
    let (script, plugin) = (find(keys, "script"), find(keys, "plugin"));
    if script.is_none() && plugin.is_none() {
        page.only(keys, &table, SYSTEM);
    }
    let sum = find(keys, "weights_sum").and_then(|i| page.number("weights_sum", i));
    let tree = find(keys, "tree").map(|item| {
        let name = page.text("tree", item)?;
        let path = folder.path.join(name);
        read.push(path.clone());
        match tree::read(&path, &folder.name(name), sum) {
            Ok(system) => Some(Arc::new(system)),
            Err(problems) => {
                page.extend(with_place(problems, page, item));
                None
            }
        }
    });
    let maker = match (script, plugin) {
        (Some(_), Some(item)) => {
            page.wrong_kind("plugin", item, "left out where there is a `script`");
            None
        }
        (Some(item), None) => Some((item, false)),
        (None, Some(item)) => Some((item, true)),
        (None, None) => None,
    };
    let system = match (maker, tree) {
        (None, None) => {
            let key = "tree` or `script".to_owned();
            page.fault(&entry.span, ProjectFault::MissingKey { key, table });
            None
        }
        (None, Some(tree)) => tree,
        (Some((item, by_plugin)), tree) => {
            let base = match (find(keys, "base"), tree) {
                (Some(base), Some(_)) => {
                    page.wrong_kind("base", base, "left out where there is a `tree`");
                    Err(())
                }
                (Some(base), None) => {
                    above.push(entry.key.clone());
                    let found = base_of(page, entries, base, folder, read, done, above);
                    above.pop();
                    found.map(Some).ok_or(())
                }
                (None, Some(Some(tree))) => Ok(Some(tree)),
                (None, Some(None)) => Err(()),
                (None, None) => Ok(None),
            };
            match by_plugin {
                true => by_plugin_of(page, keys, item, base).map(|(system, made)| {
                    done.made.insert(entry.key.clone(), made);
                    system
                }),
                false => match (by_script_of(page, keys, item), base) {
                    (Some((script, made)), Ok(base)) => {
                        let system = build(page, &made.name, &script, base.as_deref(), item);
                        done.scripts.insert(entry.key.clone(), script);
                        done.made.insert(entry.key.clone(), made);
                        system
                    }
                    _ => None,
                },
            }
        }
    };
    done.systems.insert(entry.key.clone(), system);
}

/// The system that another one is made of.
fn base_of(
    page: &Desk,
    entries: &[Entry],
    item: &Item,
    folder: &Folder,
    read: &mut Vec<PathBuf>,
    done: &mut Systems,
    above: &mut Vec<String>,
) -> Option<Arc<System>> {
    let code = page.text("base", item)?;
    let Some(entry) = entries.iter().find(|e| e.key == code) else {
        page.unknown(&item.span, "system", code, entries.iter().map(|e| e.key.as_str()));
        return None;
    };
    if let Some(start) = above.iter().position(|a| a == code) {
        let codes = above[start..].iter().cloned().chain([code.to_owned()]).collect();
        page.fault(&item.span, ProjectFault::BaseCircle { codes });
        return None;
    }
    one(page, entries, entry, folder, read, done, above);
    done.systems.get(code).cloned().flatten()
}

/// The script of a system, put to use with the settings that stand beside it.
fn by_script_of(page: &Desk, keys: &[Entry], item: &Item) -> Option<(Arc<Prepared>, Made)> {
    let name = page.text("script", item)?;
    let stated: Vec<&Entry> =
        keys.iter().filter(|e| SYSTEM.iter().all(|k| k.name != e.key)).collect();
    let (script, settings) =
        page.scripts.prepare(page, name, &item.span, Stage::System, &stated)?;
    let filled = settings.filled(script.script().settings());
    let content = content(script.script());
    Some((script, Made { name: format!("script:{name}"), filled, content }))
}

/// The system that a plugin makes.
fn by_plugin_of(
    page: &Desk,
    keys: &[Entry],
    item: &Item,
    base: Result<Option<Arc<System>>, ()>,
) -> Option<(Arc<System>, Made)> {
    let code = page.text("plugin", item)?;
    let stated: Vec<&Entry> =
        keys.iter().filter(|e| SYSTEM.iter().all(|k| k.name != e.key)).collect();
    let method = match find(keys, "method") {
        Some(item) => Some((page.text("method", item)?, &item.span)),
        None => None,
    };
    let plugins = &page.plugins;
    let (prepared, settings) =
        plugins.prepare(page, code, &item.span, method, Stage::System, &stated)?;
    let at = page.place(&item.span);
    match quanheng_plugin_host::build(&prepared, base.ok()?.as_deref()) {
        Ok(system) => {
            let filled = settings.filled(prepared.settings());
            let made = Made { name: format!("plugin:{code}"), filled, content: prepared.content() };
            Some((Arc::new(system), made))
        }
        Err(quanheng_plugin_host::SystemFault::Fault(fault)) => {
            page.aside(Problem::script(fault, Some(at)));
            None
        }
        Err(quanheng_plugin_host::SystemFault::Tree { problems, drafts }) => {
            for problem in tree::problems_of_script(problems, &drafts, &at).iter() {
                let words = problem.fault.words();
                let what = format!("{}: {}", prepared.title(), words.what);
                let fault = ProgramFault {
                    what: Text::plain(what),
                    hint: words.hint.map(Text::plain),
                    ..ProgramFault::default()
                };
                page.aside(Problem::script(fault, Some(at.clone())));
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
    item: &Item,
) -> Option<Arc<System>> {
    match quanheng_scripts::build(script, name, base) {
        Ok(system) => Some(Arc::new(system)),
        Err(SystemFault::Fault(fault)) => {
            page.push(Problem::script(fault, Some(page.place(&item.span))));
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
fn with_place(problems: Problems, page: &Desk, item: &Item) -> Problems {
    problems
        .iter()
        .cloned()
        .map(|mut problem| {
            if problem.places.is_empty() {
                problem.places.push(page.place(&item.span));
            }
            problem
        })
        .collect()
}

/// The leagues that a system's script divides the regions into; `None` where no script does.
pub(super) fn leagues(
    page: &Page,
    stated: &[Entry],
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
    if found.len() > 1 || (!found.is_empty() && !stated.is_empty()) {
        let systems = found.iter().map(|(code, _, _)| (*code).clone()).collect();
        let span = stated.first().map_or(0..0, |e| e.span.clone());
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
                    must: "above 0",
                })),
                None => page.push(at(ProjectFault::UnknownName {
                    what: "node of the tree".into(),
                    name: node.clone(),
                    known: system.iter().flat_map(|s| s.nodes()).map(|n| n.code.clone()).collect(),
                })),
            }
        }
        let names = match draft.name.is_empty() {
            true => Names::default(),
            false => Names::plain(&draft.name),
        };
        leagues.push(League { code: draft.code.clone(), names, full_marks });
    }
    Some((leagues, of))
}
