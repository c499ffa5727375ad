//! From names to methods, from files to raw columns: everything that `run` needs, or everything that is wrong.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use quanheng_core::methodology::{ContractProblem, Methodology, contract_problems};
use quanheng_core::model::{Names, Period, RegionIx, Study, System};

use quanheng_words::text;

use super::condition::attributes;
use super::data::{Folder, Sources};
use super::desk::Desk;
use super::keys::ProjectFile;
use super::methodologies::{self, Draft};
use super::multiverse::{self, Made};
use super::reader::{Page, find};
use super::resolved::{About, Resolved, node_name, subjects};
use super::said::{ReadFile, Said};
use super::systems::{self, Systems};
use super::table::{At, Declared, Key, KeyPath, One};
use super::value::{self, Content, Entry, Item};
use super::{groups, leagues, limits};
use crate::data::file::Input;
use crate::data::table::{Regions, Values, read_regions, read_values};
use crate::problem::{Fault, Named, Problem, Problems, ProjectFault, Reason, Source};
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
    Language::take(find(project, "language")?)
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
            let reason = Reason::NotUtf8 { byte: e.utf8_error().valid_up_to() };
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

fn resolve(page: Page, said: Said, folder: &Folder, whole: bool) -> Result<Resolved, Problems> {
    let file = Item { content: Content::Table(said.entries.clone()), span: 0..0 };
    page.fits(KeyPath::ROOT, &Key::whole::<ProjectFile>(), &file);
    let Some(keys) = ProjectFile::take(&file) else { return Err(everything(&page)) };
    let page = &Desk::new(page, &keys, &folder.path);

    let mut read = vec![said.file().to_path_buf()];
    let all = systems::read(page, &keys.system, folder, &mut read);
    let league_tiering = leagues::tiering(page, &keys.league);
    let stated = keys.methodology.0.as_slice();
    let drafts = methodologies::read(page, stated, &all, &league_tiering);
    if stated.is_empty() {
        page.fault(&(0..0), ProjectFault::NoMethodology);
    }
    let made = Made { page, methodologies: stated, systems: &all, league_tiering: &league_tiering };
    let project = keys.project.table.clone();
    let usual = usual(page, project.as_ref().and_then(|p| p.methodology.as_ref()), stated);
    let multiverses = multiverse::read(made, &keys.multiverse, &usual);

    let Some(data) = &keys.data.table else { return Err(everything(page)) };
    let files = data.sources(page, folder, None);
    let wanted = wanted(&all.systems, &drafts, &multiverses);
    let names: Vec<String> = wanted.iter().cloned().collect();
    let title = project.as_ref().map(|p| p.title.clone()).unwrap_or_default();
    let around = Around { page, keys: &keys, folder, systems: &all, names: &names, title: &title };
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
            for One { table, span, .. } in &draft.variants().0 {
                let Some(variant) = table else { continue };
                let files = data.sources(page, folder, Some(&variant.variant()));
                let kept = around.lay(&files, Some((variant.r#where.as_ref(), span)), &mut read);
                studies.extend(kept.map(|laid| laid.study));
            }
            if page.count() == 0 {
                let multiverse = multiverse::finish(made, draft, &studies);
                finished.insert(multiverse.code.clone(), multiverse);
            }
        }
    }
    let codes: Vec<String> = stated.iter().map(|m| m.key.clone()).collect();
    let snapshots = super::snapshots::policies(page, &keys.snapshot, &study, &codes, bad_data);
    let mut resolved = Resolved {
        study,
        methodologies,
        language: project.as_ref().and_then(|p| p.language).unwrap_or(Language::En),
        source: project.and_then(|p| p.source).unwrap_or_default(),
        left_out,
        fingerprint: String::new(),
        files: Vec::new(),
        said: said.clone(),
        systems: keys
            .system
            .about(|system| About { names: system.title.clone(), version: system.version.clone() }),
        groups: keys.group.about(|group| About { names: group.title.clone(), version: None }),
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
    let also = keys.lock.table.and_then(|lock| lock.also).map_or_else(Vec::new, |texts| texts.0);
    for name in also.into_iter().map(|text| text.value) {
        let path = folder.path.join(&name);
        if resolved.files.iter().all(|file| file.path != path) {
            resolved.files.push(ReadFile { name, path, sheet: None });
        }
    }
    resolved.scripts = page.scripts.opened();
    Ok(resolved)
}

/// The methodology that is run where none is named.
fn usual(page: &Page, named: Option<&At<String>>, stated: &[Entry]) -> String {
    let Some(code) = named else {
        return stated.first().map(|m| m.key.clone()).unwrap_or_default();
    };
    if stated.iter().all(|m| m.key != code.value) {
        let known = stated.iter().map(|m| m.key.as_str());
        page.unknown(&code.span, text!(thing_methodology), code, known);
    }
    code.value.clone()
}

/// What data are laid out by.
struct Around<'a> {
    page: &'a Page,
    keys: &'a ProjectFile,
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
        files: &Sources,
        variant: Option<(Option<&At<String>>, &Range<usize>)>,
        read: &mut Vec<std::path::PathBuf>,
    ) -> Option<Laid> {
        let Around { page, keys, folder, systems, names, title } = *self;
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
            None => keys.data.span.clone(),
        };
        if !bad_data && values.rows.is_empty() {
            page.fault(&at(), ProjectFault::NoRows);
        }
        page.extend(found.into());

        let groups = groups::read(page, &keys.group, folder, &files.format, &regions, read);
        let kept = variant.and_then(|(text, _)| text).and_then(|text| {
            let known = attributes(regions.list());
            let condition = leagues::condition(page, text, &known, &groups)?;
            let holds = |(i, region)| condition.holds(RegionIx(i as u32), region, &groups);
            Some(regions.list().iter().enumerate().map(holds).collect::<Vec<bool>>())
        });
        let groups = Arc::new(groups);
        let Systems { systems, scripts, .. } = systems;
        let of_scripts = systems::leagues(page, &keys.league, scripts, systems, &regions, &groups);
        let (leagues, of_region) = match of_scripts {
            Some(divided) => divided,
            None => leagues::divide(page, &keys.league, systems, &regions, &groups),
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

fn paths(files: &Sources) -> Vec<std::path::PathBuf> {
    let regions = files.regions.iter().map(|(input, _)| input);
    let inputs = regions.chain(files.values.iter().map(|v| &v.input));
    inputs.filter_map(Input::on_disk).map(Path::to_path_buf).collect()
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
                    text!(thing_period_of_data),
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
