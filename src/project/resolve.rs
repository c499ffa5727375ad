//! From names to methods, from files to raw columns: everything that `run` needs, or everything that is wrong.

use std::path::Path;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use quanheng_core::methodology::{Choice, ContractProblem, Methodology, contract_problems};
use quanheng_core::model::{
    Group, League, LeagueIx, Names, NodeId, Period, RegionIx, Study, System,
};
use quanheng_core::tiering::Tiering;

use super::choices::{choice, part};
use super::condition::{Condition, Name, attributes};
use super::data::{self, Files, Folder};
use super::desk::Desk;
use super::keys::{GROUP, LEAGUE, LOCK, PROJECT, TOP};
use super::limits;
use super::methodologies::{self, Draft, at};
use super::multiverse::{self, Made};
use super::reader::{Page, find, inside};
use super::resolved::{Resolved, node_name, subjects};
use super::said::{ReadFile, Said};
use super::systems::{self, Systems};
use super::value::{self, Content, Entry, Item};
use crate::data::file::{Format, Input};
use crate::data::grid::Grid;
use crate::data::table::{Regions, Values, read_regions, read_values};
use crate::problem::{Fault, Named, Problem, Problems, ProjectFault, Source};
use crate::report::Language;

/// The project file of a folder, or the file itself.
pub fn file_of(path: &Path) -> std::path::PathBuf {
    const NAME: &str = "quanheng.toml";
    match path.is_dir() {
        true if path == Path::new(".") => NAME.into(),
        true => path.join(NAME),
        false => path.to_path_buf(),
    }
}

/// The language that a project states, as far as its file can be read; nothing else in it need be right.
pub fn language_of(path: &Path) -> Option<Language> {
    let bytes = std::fs::read(file_of(path)).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let source = Arc::new(Source { name: String::new(), text });
    let (entries, _) = value::parse(&source);
    let Content::Table(project) = &find(&entries, "project")?.content else { return None };
    let Content::Text(tag) = &find(project, "language")?.content else { return None };
    tag.parse().ok()
}

/// Reads the project in a folder (or of a `quanheng.toml`) with its data.
///
/// # Errors
/// Everything that is wrong, as far as one fault does not hide another.
pub fn open(path: &Path) -> Result<Resolved, Problems> {
    read(path, false)
}

/// Reads a project as [`open`] does, and with it the data that only its multiverses need.
///
/// # Errors
/// Everything that is wrong, as far as one fault does not hide another.
pub fn open_whole(path: &Path) -> Result<Resolved, Problems> {
    read(path, true)
}

fn read(path: &Path, whole: bool) -> Result<Resolved, Problems> {
    let file = file_of(path);
    let folder = Folder { path: file.parent().map(Path::to_path_buf).unwrap_or_default() };
    if path.is_dir() && !file.exists() {
        let fault = Fault::NoProject { folder: path.display().to_string() };
        return Err(Problem { fault, places: Vec::new() }.into());
    }
    let bytes = std::fs::read(&file).map_err(|e| Problem::unreadable(file.display(), e))?;
    let name = file.display().to_string();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let reason = format!("it is not UTF-8 (byte {})", e.utf8_error().valid_up_to());
            return Err(Problem::unreadable(name, reason).into());
        }
    };
    let source = Arc::new(Source { name, text });
    let (entries, problems) = value::parse(&source);
    if !problems.is_empty() {
        return Err(problems);
    }
    let said = Said::new(file, Arc::clone(&source), entries);
    resolve(Page::new(source, problems), said, &folder, whole)
}

fn section<'e>(page: &Page, entries: &'e [Entry], name: &str) -> &'e [Entry] {
    find(entries, name).and_then(|item| page.table(name, item)).unwrap_or_default()
}

fn resolve(page: Page, said: Said, folder: &Folder, whole: bool) -> Result<Resolved, Problems> {
    let entries = said.entries.as_slice();
    page.only(entries, "quanheng.toml", TOP);
    let (limits, declared) =
        (section(&page, entries, "scripts"), section(&page, entries, "plugin"));
    let page = &Desk::new(page, limits, declared, &folder.path);
    let lock = section(page, entries, "lock");
    page.only(lock, "[lock]", LOCK);
    let also = find(lock, "also").map_or_else(Vec::new, |item| page.texts("also", item));
    let project = section(page, entries, "project");
    page.only(project, "[project]", PROJECT);
    let title = find(project, "title").map_or_else(Names::default, |i| page.names("title", i));
    let language = find(project, "language")
        .and_then(|i| page.word("language", i, &["zh", "en"]))
        .map_or(Language::En, |w| w.parse().expect("one of the words"));
    let source = find(project, "source").and_then(|i| page.text("source", i)).unwrap_or_default();

    let mut read = vec![said.file().to_path_buf()];
    let all = systems::read(page, section(page, entries, "system"), folder, &mut read);
    let leagues = section(page, entries, "league");
    let league_tiering = league_tiering(page, leagues);
    let stated = section(page, entries, "methodology");
    let drafts = methodologies::read(page, stated, &all, &league_tiering);
    if stated.is_empty() {
        page.fault(&(0..0), ProjectFault::NoMethodology);
    }
    let made = Made { page, methodologies: stated, systems: &all, league_tiering: &league_tiering };
    let usual = usual(page, project, stated);
    let multiverses = multiverse::read(made, section(page, entries, "multiverse"), &usual);

    let files = match find(entries, "data") {
        None => {
            let (key, table) = ("[data]".to_owned(), "quanheng.toml".to_owned());
            page.fault(&(0..0), ProjectFault::MissingKey { key, table });
            return Err(everything(page));
        }
        Some(item) => {
            let stated = page.table("data", item).unwrap_or_default();
            data::read(page, stated, &item.span, folder)
        }
    };
    let wanted = wanted(&all.systems, &drafts, &multiverses);
    let names: Vec<String> = wanted.iter().cloned().collect();
    let around = Around { page, entries, folder, systems: &all, names: &names, title: &title };
    let Some(laid) = around.lay(&files, None, &mut read) else { return Err(everything(page)) };
    let Laid { study, from, values, left_out, bad_data } = laid;

    let mut methodologies = IndexMap::new();
    for draft in drafts {
        let headers = values.headers();
        let methodology = finish(page, draft, &study, &headers, bad_data);
        methodologies.insert(methodology.code.clone(), Arc::new(methodology));
    }
    let mut finished = IndexMap::new();
    if whole && page.count() == 0 {
        for draft in multiverses {
            let mut studies = vec![Arc::clone(&study)];
            for variant in &draft.variants {
                let data = section(page, entries, "data");
                let own = page.table(&variant.key, &variant.item).unwrap_or_default();
                let keys = multiverse::variant_keys(data, own);
                let files = data::read(page, &keys, &variant.span, folder);
                let kept = around.lay(&files, Some((find(own, "where"), &variant.span)), &mut read);
                studies.extend(kept.map(|laid| laid.study));
            }
            if page.count() == 0 {
                let multiverse = multiverse::finish(made, draft, &studies);
                finished.insert(multiverse.code.clone(), multiverse);
            }
        }
    }
    let codes: Vec<String> = stated.iter().map(|m| m.key.clone()).collect();
    let snapshots = section(page, entries, "snapshot");
    let snapshots = super::snapshots::read(page, snapshots, &study, &codes, bad_data);
    let mut resolved = Resolved {
        study,
        methodologies,
        language,
        source: source.to_owned(),
        left_out,
        fingerprint: String::new(),
        files: Vec::new(),
        said: said.clone(),
        scripts: Vec::new(),
        multiverses: finished,
        snapshots,
        aside: Problems::default(),
        stated: codes,
        usual,
        values,
        wanted,
        from,
    };
    if !bad_data {
        let place = |column: &str, region, period| {
            resolved.raw(column, region, period).map(|(place, _)| place)
        };
        limits::check(page, &all.systems, &resolved.study, place);
    }
    let mut problems = page.take();
    resolved.aside = page.take_aside();
    // What cannot be used for anything is said at once.
    if !problems.is_empty() || resolved.methodologies.is_empty() {
        problems.extend(resolved.aside);
        return Err(problems);
    }
    read.extend(page.scripts.host.files());
    read.extend(page.plugins.files());
    let read: IndexSet<std::path::PathBuf> = read.into_iter().collect();
    let of_values = files.values.iter().map(|v| (&v.input, &v.format));
    let of_tables = files.regions.iter().map(|(input, format)| (input, format)).chain(of_values);
    let sheets: Vec<(&Path, &String)> = of_tables
        .filter_map(|(input, format)| Some((input.on_disk()?, format.sheet.as_ref()?)))
        .collect();
    resolved.files = read
        .iter()
        .map(|path| ReadFile {
            name: name_below(path, &folder.path),
            sheet: sheets.iter().find(|(p, _)| p == path).map(|(_, sheet)| (*sheet).clone()),
            path: path.clone(),
        })
        .collect();
    resolved.fingerprint = fingerprint(&resolved.files)?;
    for name in also {
        let path = folder.path.join(&name);
        if resolved.files.iter().all(|file| file.path != path) {
            resolved.files.push(ReadFile { name, path, sheet: None });
        }
    }
    resolved.scripts = page.scripts.opened();
    Ok(resolved)
}

/// The methodology that is run where none is named.
fn usual(page: &Page, project: &[Entry], stated: &[Entry]) -> String {
    let Some(item) = find(project, "methodology") else {
        return stated.first().map(|m| m.key.clone()).unwrap_or_default();
    };
    let code = page.text("methodology", item).unwrap_or_default().to_owned();
    if stated.iter().all(|m| m.key != code) {
        let known = stated.iter().map(|m| m.key.as_str());
        page.unknown(&item.span, "methodology", &code, known);
    }
    code
}

/// What data are laid out by.
struct Around<'a> {
    page: &'a Page,
    entries: &'a [Entry],
    folder: &'a Folder,
    systems: &'a Systems,
    names: &'a [String],
    title: &'a Names,
}

/// Data that were read and laid out.
struct Laid {
    study: Arc<Study>,
    /// For each row of the panel, its row in `values`.
    from: Vec<usize>,
    values: Values,
    left_out: usize,
    bad_data: bool,
}

impl Around<'_> {
    /// Reads the files and lays them out; of a variant, only regions that meet its condition. `None` where the regions
    /// cannot be read.
    fn lay(
        &self,
        files: &Files,
        variant: Option<(Option<&Item>, &std::ops::Range<usize>)>,
        read: &mut Vec<std::path::PathBuf>,
    ) -> Option<Laid> {
        let Around { page, entries, folder, systems, names, title } = *self;
        let mut found = Vec::new();
        let regions = match &files.regions {
            None => Some(Regions::open()),
            Some((input, format)) => read_regions(input, format, &mut found),
        };
        let Some(mut regions) = regions else {
            page.extend(found.into());
            return None;
        };
        let mut values = read_values(&files.values, &mut regions, names, &mut found);
        regions.sort(&mut values.rows);
        read.extend(paths(files));
        let bad_data = !found.is_empty();
        let at = || match variant {
            Some((_, span)) => span.clone(),
            None => find(entries, "data").map_or(0..0, |item| item.span.clone()),
        };
        if !bad_data && values.rows.is_empty() {
            page.fault(&at(), ProjectFault::NoRows);
        }
        page.extend(found.into());

        let groups = groups(page, section(page, entries, "group"), folder, files, &regions, read);
        let kept = variant.and_then(|(item, _)| item).and_then(|item| {
            let condition = condition(page, item, &attributes(regions.list()), &groups)?;
            let holds = |(i, region)| condition.holds(RegionIx(i as u32), region, &groups);
            Some(regions.list().iter().enumerate().map(holds).collect::<Vec<bool>>())
        });
        let groups = Arc::new(groups);
        let leagues = section(page, entries, "league");
        let Systems { systems, scripts, .. } = systems;
        let of_scripts = systems::leagues(page, leagues, scripts, systems, &regions, &groups);
        let (leagues, of_region) = match of_scripts {
            Some(divided) => divided,
            None => divide(page, leagues, systems, &regions, &groups),
        };
        let left_out = of_region.iter().filter(|l| l.is_none()).count();
        let mut rows = Vec::new();
        let mut from = Vec::new();
        for (i, &(region, period)) in values.rows.iter().enumerate() {
            let at = region.0 as usize;
            if let Some(league) = of_region[at].filter(|_| kept.as_ref().is_none_or(|k| k[at])) {
                rows.push((league, period, region));
                from.push(i);
            }
        }
        if !bad_data && rows.is_empty() && kept.is_some() {
            page.fault(&at(), ProjectFault::NoRows);
        }
        let periods = values.periods.labels().iter().zip(values.periods.times());
        let periods: Vec<Period> =
            periods.map(|(label, &time)| Period { label: label.clone(), time }).collect();
        let columns = names.iter().zip(&values.columns).enumerate();
        let columns = columns
            .filter(|(k, _)| !values.absent.contains(k))
            .map(|(_, (name, column))| (name.clone(), column.clone()));
        let (study, from) =
            Study::new(regions.list().to_vec(), leagues, periods, &rows, &from, columns);
        let study = Arc::new(Study { title: title.clone(), groups, ..study });
        Some(Laid { study, from, values, left_out, bad_data })
    }
}

fn everything(page: &Page) -> Problems {
    let mut problems = page.take();
    problems.extend(page.take_aside());
    problems
}

fn league_tiering(page: &Desk, entries: &[Entry]) -> Vec<(LeagueIx, Choice<dyn Tiering>)> {
    let own = |(i, entry): (usize, &Entry)| {
        let Content::Table(keys) = &entry.item.content else { return None };
        let choice = choice::<dyn Tiering>(page, "tiering", find(keys, "tiering")?)?;
        Some((LeagueIx(i as u32), choice))
    };
    entries.iter().enumerate().filter_map(own).collect()
}

/// The columns that the systems and treatments read.
fn wanted(
    systems: &IndexMap<String, Option<Arc<System>>>,
    drafts: &[Draft],
    multiverses: &[multiverse::Draft<'_>],
) -> IndexSet<String> {
    let mut wanted = IndexSet::new();
    for system in systems.values().flatten() {
        for (k, &leaf) in system.leaves().iter().enumerate() {
            let names = system.indicator(k).columns(&system.node(leaf).code);
            wanted.extend(names.into_iter().map(str::to_owned));
        }
    }
    for draft in drafts {
        for step in &draft.methodology.treatment {
            let named = step.choices().iter().filter_map(|c| c.method.other_column());
            wanted.extend(named.map(str::to_owned));
        }
    }
    wanted.extend(multiverses.iter().flat_map(multiverse::Draft::other_columns));
    wanted
}

fn paths(files: &Files) -> Vec<std::path::PathBuf> {
    let regions = files.regions.iter().map(|(input, _)| input);
    let inputs = regions.chain(files.values.iter().map(|v| &v.input));
    inputs.filter_map(Input::on_disk).map(Path::to_path_buf).collect()
}

fn groups(
    page: &Page,
    entries: &[Entry],
    folder: &Folder,
    files: &Files,
    regions: &Regions,
    read: &mut Vec<std::path::PathBuf>,
) -> Vec<Group> {
    let mut groups = Vec::new();
    for entry in entries {
        let table = format!("[group.{}]", entry.key);
        let keys = page.table(&entry.key, &entry.item).unwrap_or_default();
        page.only(keys, &table, GROUP);
        let mut group = Group { code: entry.key.clone(), classes: IndexMap::new() };
        let mut add = |class: &str, region: RegionIx| {
            group.classes.entry(class.to_owned()).or_default().push(region);
        };
        if let Some(item) = find(keys, "column") {
            let Some(column) = page.text("column", item) else { continue };
            let known = attributes(regions.list());
            if !known.iter().any(|k| k == column) {
                page.unknown(
                    &item.span,
                    "attribute of the regions",
                    column,
                    known.iter().map(String::as_str),
                );
            }
            for (i, region) in regions.list().iter().enumerate() {
                if let Some(class) = region.attributes.get(column).filter(|c| !c.is_empty()) {
                    add(class, RegionIx(i as u32));
                }
            }
        } else if let Some(item) = find(keys, "file") {
            let Some(name) = page.text("file", item) else { continue };
            read.push(folder.path.join(name));
            members(page, &folder.input(name), &files.format, regions, &entry.key, &mut add);
        } else {
            let key = "column` or `file".to_owned();
            page.fault(&entry.span, ProjectFault::MissingKey { key, table });
        }
        for members in group.classes.values_mut() {
            members.sort();
            members.dedup();
        }
        groups.push(group);
    }
    groups
}

/// The members of a group from a table with the columns `region` and (optional) `class`.
fn members(
    page: &Page,
    input: &Input,
    format: &Format,
    regions: &Regions,
    code: &str,
    add: &mut dyn FnMut(&str, RegionIx),
) {
    let mut problems = Vec::new();
    if let Some(grid) = Grid::read(input, format, &mut problems)
        && let Some(region) = grid.need("region", "region", &mut problems)
    {
        let class = grid.column("class");
        for row in 0..grid.rows() {
            let text = grid.text(row, region);
            match regions.find(text) {
                Some(found) => add(class.map_or(code, |c| grid.text(row, c)), found),
                None => {
                    let known = regions.list().iter().map(|r| r.code.clone()).collect();
                    let (what, name) = ("region".to_owned(), text.to_owned());
                    problems.push(Problem {
                        fault: Fault::Project(ProjectFault::UnknownName { what, name, known }),
                        places: vec![grid.place(row, region)],
                    });
                }
            }
        }
    }
    page.extend(problems.into());
}

/// The leagues, and which of them each region is in.
fn divide(
    page: &Page,
    entries: &[Entry],
    systems: &IndexMap<String, Option<Arc<System>>>,
    regions: &Regions,
    groups: &[Group],
) -> (Vec<League>, Vec<Option<LeagueIx>>) {
    let count = regions.list().len();
    if entries.is_empty() {
        return (vec![League::default()], vec![Some(LeagueIx(0)); count]);
    }
    let known = attributes(regions.list());
    let mut of: Vec<Option<LeagueIx>> = vec![None; count];
    let mut leagues = Vec::new();
    let mut shared: IndexMap<(u32, u32), (usize, usize)> = IndexMap::new();
    for (l, entry) in entries.iter().enumerate() {
        let table = format!("[league.{}]", entry.key);
        let keys = page.table(&entry.key, &entry.item).unwrap_or_default();
        page.only(keys, &table, LEAGUE);
        let league = LeagueIx(l as u32);
        leagues.push(League {
            code: entry.key.clone(),
            names: find(keys, "title").map_or_else(Names::default, |i| page.names("title", i)),
            full_marks: full_marks(page, find(keys, "full_marks"), systems),
        });
        let Some(item) = find(keys, "where") else {
            page.fault(&entry.span, ProjectFault::MissingKey { key: "where".into(), table });
            continue;
        };
        let Some(condition) = condition(page, item, &known, groups) else { continue };
        let mut members = 0;
        for (r, region) in regions.list().iter().enumerate() {
            if condition.holds(RegionIx(r as u32), region, groups) {
                members += 1;
                match of[r] {
                    Some(first) => {
                        shared.entry((first.0, league.0)).or_insert((r, 0)).1 += 1;
                    }
                    None => of[r] = Some(league),
                }
            }
        }
        if members == 0 {
            page.fault(&item.span, ProjectFault::EmptyLeague { code: entry.key.clone() });
        }
    }
    for ((first, second), (region, count)) in shared {
        let (first, second) = (&entries[first as usize], &entries[second as usize]);
        let fault = ProjectFault::LeaguesOverlap {
            first: first.key.clone(),
            second: second.key.clone(),
            region: regions.list()[region].code.clone(),
            count,
        };
        let mut problem = at(page, &second.span, fault);
        problem.places.push(page.place(&first.span));
        page.push(problem);
    }
    (leagues, of)
}

fn condition(page: &Page, item: &Item, known: &[String], groups: &[Group]) -> Option<Condition> {
    let text = page.text("where", item)?;
    let inside = |at: &std::ops::Range<usize>| inside(item, text, at);
    let condition = match Condition::parse(text) {
        Ok(condition) => condition,
        Err(e) => {
            let expected = e.expected.to_owned();
            page.fault(&inside(&e.at), ProjectFault::Condition { expected });
            return None;
        }
    };
    let mut fits = true;
    for (name, place) in condition.names() {
        match name {
            Name::Attribute(name) if !known.iter().any(|k| k == name) => {
                let known = known.iter().map(String::as_str);
                page.unknown(&inside(&place), "attribute of the regions", name, known);
                fits = false;
            }
            Name::Group(name) if groups.iter().all(|g| g.code != name) => {
                page.unknown(
                    &inside(&place),
                    "group",
                    name,
                    groups.iter().map(|g| g.code.as_str()),
                );
                fits = false;
            }
            _ => {}
        }
    }
    fits.then_some(condition)
}

/// Full marks by node. Every system that has the node must have it at one place; one system is the usual case.
fn full_marks(
    page: &Page,
    item: Option<&Item>,
    systems: &IndexMap<String, Option<Arc<System>>>,
) -> Vec<(NodeId, f64)> {
    let Some(entries) = item.and_then(|item| page.table("full_marks", item)) else {
        return Vec::new();
    };
    let Some(system) = systems.values().flatten().next() else {
        return Vec::new();
    };
    entries
        .iter()
        .filter_map(|entry| {
            let marks = page.number(&entry.key, &entry.item)?;
            match part(page, entry, system)? {
                quanheng_core::methodology::Part::Node(node) if marks > 0.0 => Some((node, marks)),
                _ => {
                    page.wrong_kind(&entry.key, &entry.item, "full marks above 0 of one node");
                    None
                }
            }
        })
        .collect()
}

/// A methodology with its periods, held against the contracts between its stages.
fn finish(
    page: &Page,
    draft: Draft,
    study: &Study,
    headers: &[String],
    bad_data: bool,
) -> Methodology {
    let mut methodology = draft.methodology;
    if let Some((labels, span)) = draft.periods {
        let find = |label: &String| {
            let found = study.period(label);
            if found.is_none() && !bad_data {
                page.unknown(
                    &span,
                    "period of the data",
                    label,
                    study.periods.iter().map(|p| p.label.as_str()),
                );
            }
            found
        };
        methodology.periods = Some(labels.iter().filter_map(find).collect());
    }
    for problem in contract_problems(study, &methodology) {
        // A file that could not be read is the reason for a column that is not there.
        if bad_data && matches!(problem, ContractProblem::NoColumn { .. }) {
            continue;
        }
        let (node, child, stage) = subjects(&problem);
        let near = match &problem {
            ContractProblem::NoColumn { column, .. } => headers
                .iter()
                .filter(|h| {
                    strsim::damerau_levenshtein(h, column) <= 1 + column.chars().count() / 4
                })
                .min_by_key(|h| strsim::damerau_levenshtein(h, column))
                .cloned(),
            _ => None,
        };
        let system = &methodology.system;
        let named = Named {
            node: node_name(system, node),
            child: child.map(|c| node_name(system, c)),
            near,
            ..Named::default()
        };
        let span = draft.choices.get(stage).unwrap_or(&draft.span).clone();
        let methodology = methodology.code.clone();
        page.fault(&span, ProjectFault::Contract { methodology, problem, named });
    }
    methodology
}

/// The name of a file below a folder, with `/` on every system.
fn name_below(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// BLAKE3 over the program's version and every file: its name below the project, its length, its bytes.
fn fingerprint(files: &[ReadFile]) -> Result<String, Problems> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(concat!("quanheng ", env!("CARGO_PKG_VERSION")).as_bytes());
    for ReadFile { name, path, .. } in files {
        let unreadable = |e: std::io::Error| Problem::unreadable(path.display(), e);
        let file = std::fs::File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        hasher.update(format!("\0{name}\0{length}\0").as_bytes());
        hasher.update_reader(file).map_err(unreadable)?;
    }
    Ok(hasher.finalize().to_hex().to_string())
}
