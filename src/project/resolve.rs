//! From names to methods, from files to raw columns: everything that `run` needs, or everything that is wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use quanheng_core::methodology::{
    ContractProblem, Methodology, Part, Screening, contract_problems,
};
use quanheng_core::model::{Study, System};
use quanheng_core::robustness;

use quanheng_words::{Text, text};

use super::aside::{Tables, parted};
use super::data::{DataKeys, ProjectFolder};
use super::desk::Desk;
use super::file::ProjectFile;
use super::groups::GroupKeys;
use super::input::{self, Above};
use super::lay::{Cells, Ground, Laid};
use super::marks::Marks;
use super::metadata::Metadata;
use super::methodologies::{self, Draft, Family};
use super::multiverse::{self, Made, Multiverse};
use super::profile::ProfileKeys;
use super::reader::{Page, find};
use super::resolved::{About, Resolved, of_contract, subjects};
use super::said::{ReadFile, Said, bytes_of, file_of};
use super::systems::{self, SystemKeys};
use super::table::{At, Declared, Key, KeyPath, One};
use super::value::{self, Content, Entry, Item};
use super::whose::Whose;
use super::{
    analysis, cases, coding, document, files, idle, leagues, limits, notes, official, profile,
    published, records, report, sampling, sensitivity, snapshots,
};
use crate::gate::{self, Folder, Refusal};
use crate::note::{Note, UNITS_DIFFER};
use crate::problem::{Fault, Named, Problem, Problems, ProjectFault, Reason, Source};
use crate::report::Language;
use crate::snapshot::Policies;

/// The language that a project states, as far as its file can be read; nothing else in it need be right.
pub fn language_of(path: &Path) -> Option<Language> {
    let bytes = bytes_of(path, &file_of(path)).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let source = Arc::new(Source::new(String::new(), text));
    let (entries, _) = value::parse(&source);
    let Content::Table(project) = &find(&entries, "project")?.content else { return None };
    Language::take(find(project, "language")?)
}

/// Reads the project in a folder (or of a `quanheng.toml`) with its data.
///
/// # Errors
/// Everything that is wrong, as far as one fault does not hide another.
pub fn open(path: &Path) -> Result<Resolved, Problems> {
    read(path, false, None)
}

/// Reads a project as [`open`] does, and with it the data that only its multiverses need.
///
/// # Errors
/// Everything that is wrong, as far as one fault does not hide another.
pub fn open_whole(path: &Path) -> Result<Resolved, Problems> {
    read(path, true, None)
}

/// Reads a project whose results another project takes, which stands first among those `above`.
fn read_below(path: &Path, above: &Above<'_>) -> Result<Resolved, Problems> {
    read(path, false, Some(above))
}

/// Reads a project file and nothing that it names.
///
/// # Errors
/// No such file, or one that is not TOML.
pub fn said(path: &Path) -> Result<Said, Problems> {
    let file = file_of(path);
    if path.is_dir() && !file.exists() {
        let fault = Fault::NoProject { folder: path.display().to_string() };
        return Err(Problem { fault, places: Vec::new() }.into());
    }
    let bytes = bytes_of(path, &file).map_err(|e| Problem::unreadable(file.display(), e))?;
    let name = file.display().to_string();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let reason = Reason::NotUtf8 { byte: e.utf8_error().valid_up_to() };
            return Err(Problem::unreadable(name, reason).into());
        }
    };
    let source = Arc::new(Source::new(name, text));
    let (entries, problems) = value::parse(&source);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Said::new(file, source, entries))
}

/// Everything that is wrong in a project file, as far as that shows without its data.
pub fn wrong_without_data(said: &Said) -> Problems {
    let file = Item { content: Content::Table(said.entries.clone()), span: 0..0 };
    let (page, tables) = (Page::new(said.shared_source()), Tables::new(&said.entries));
    page.fits(KeyPath::ROOT, &Key::whole::<ProjectFile>(), &file);
    page.file_by_place(tables);
    let Some(keys) = ProjectFile::take(&file) else { return everything(&page, tables) };
    let folder = &ProjectFolder { folder: Folder::of(said.file()), encoding: None };
    let page = &Desk::new(page, keys.scripts.table.as_ref(), &keys.plugin, folder);
    let systems = systems::read(page, &keys.system, folder, &mut Vec::new());
    let league_tiering = leagues::tiering(page, &keys.league);
    let family = &Family::new(keys.methodology.0.as_slice());
    let made = Made { page, family, systems: &systems, league_tiering: &league_tiering };
    let _ = Read::new(made, &keys);
    everything(page, tables)
}

fn read(path: &Path, whole: bool, above: Option<&Above<'_>>) -> Result<Resolved, Problems> {
    let said = said(path)?;
    let folder = Folder::of(said.file());
    let real = gate::place(said.file());
    let above = Above::new(&real, above);
    resolve(Page::new(said.shared_source()), said, &folder, whole, &above)
}

fn resolve(
    page: Page,
    said: Said,
    folder: &Folder,
    whole: bool,
    above: &Above<'_>,
) -> Result<Resolved, Problems> {
    let file = Item { content: Content::Table(said.entries.clone()), span: 0..0 };
    let tables = Tables::new(&said.entries);
    page.fits(KeyPath::ROOT, &Key::whole::<ProjectFile>(), &file);
    page.file_by_place(tables);
    let Some(keys) = ProjectFile::take(&file) else { return Err(everything(&page, tables)) };
    // Where a table has something wrong in it, it is not known what it has.
    let has_values = keys.data.table.as_ref().is_none_or(|data| data.values.is_some());
    let is_counted = !keys.records.0.is_empty() || !keys.coding.0.is_empty();
    if !has_values && !is_counted && keys.input.0.is_empty() {
        let (key, table) = match find(&said.entries, "data") {
            Some(_) => ("values", "[data]"),
            None => ("data", "quanheng.toml"),
        };
        if !page.mistyped(key) {
            let fault = ProjectFault::MissingKey { key: key.into(), table: Text::plain(table) };
            page.fault(&keys.data.span, fault);
        }
        return Err(everything(&page, tables));
    }
    let encoding = keys.data.table.as_ref().and_then(|data| data.written.lies.encoding);
    let folder = &ProjectFolder { folder: folder.clone(), encoding };
    let page = &Desk::new(page, keys.scripts.table.as_ref(), &keys.plugin, folder);

    let mut paths = vec![said.file().to_path_buf()];
    let systems = systems::read(page, &keys.system, folder, &mut paths);
    let league_tiering = leagues::tiering(page, &keys.league);
    let methodologies = keys.methodology.0.as_slice();
    let family = Family::new(methodologies);
    let family = &family;
    let made = Made { page, family, systems: &systems, league_tiering: &league_tiering };
    let read = Read::new(made, &keys);
    let wanted = read.wanted();
    let Some(data) = &keys.data.table else { return Err(everything(page, tables)) };
    let sources = data.sources(page, folder, None);
    let Some(records) = records::read(page, &keys.records, folder) else {
        return Err(everything(page, tables));
    };
    let Some(codings) = coding::read(page, &keys.coding, folder) else {
        return Err(everything(page, tables));
    };
    records::note_unread(page, &keys.records, |name| wanted.contains(name));
    let inputs = input::read(page, &keys.input, folder, above, read_below);
    if inputs.values.len() < keys.input.0.len() {
        return Err(everything(page, tables));
    }
    let (wanted, counted) = (&wanted, (records.as_slice(), codings.as_slice()));
    let results = inputs.values.as_slice();
    let ground = Ground { page, keys: &keys, folder, systems: &systems, wanted, counted, results };
    let laid = ground.lay(&sources, None, &mut paths);
    let Some(laid) = laid else {
        page.place_files(&said, folder);
        return Err(everything(page, tables));
    };
    let usual = read.usual.clone();
    let finished = read.finish(data, ground, &laid, whole, &mut paths);

    let Laid { study, cells, left_out, bad_data, links } = laid;
    if !bad_data {
        let place = |column: &str, region, period| {
            cells.raw(&study, column, region, period).map(|(place, _)| place)
        };
        limits::check(page, &systems.systems, &study, place);
    }
    coding::note_apart(page, &cells.coded(&study), &study);
    page.note_encodings();
    let silences = notes::silences(page, &keys.notes);
    let codes: Vec<String> = methodologies.iter().map(|m| m.key.clone()).collect();
    let official = page.within(Whose::Official, || {
        official::read(page, &keys.official, folder, &study, &codes, &usual, bad_data)
    });
    let published = page.within(Whose::Official, || match bad_data {
        true => Vec::new(),
        false => published::read(page, &keys.published, folder, &study),
    });
    let (mut analysis, neighbours) = page.within(Whose::Analysis, || {
        let mut read = analysis::read(page, &keys.analysis, &study, &cells.headers(), bad_data);
        let format = &sources.format;
        let own = (!bad_data)
            .then(|| analysis::own_neighbours(page, &keys.analysis, folder, format, &study));
        let (neighbours, file) = match own.flatten() {
            Some((links, file)) => (Some(links), file),
            None => (links, None),
        };
        read.inputs.neighbours = neighbours;
        (read, file)
    });
    page.within(Whose::Robustness, || {
        let (stated, headers) = (systems.systems.values().flatten(), cells.headers());
        let stated = stated.map(|system| &**system);
        analysis.inputs.errors =
            sampling::read(page, &keys.sampling, stated, &study, &headers, bad_data);
        let of_kinds = analysis::settings_of(page, &keys.robustness.0, robustness::TABLE);
        analysis.settings.extend(of_kinds);
    });
    let sensitivities = page.within(Whose::Robustness, || {
        let known = sensitivity::Known {
            methodologies: &finished.methodologies,
            multiverses: &finished.multiverses,
            stated: keys.multiverse.0.iter().map(|one| one.code.clone()).collect(),
            errors: &analysis.inputs.errors,
            usual: &usual,
        };
        sensitivity::read(page, &keys.sensitivity, &known)
    });
    let profile = page.within(Whose::Profile, || {
        let systems = finished.methodologies.values().map(|m| &*m.system);
        let keys = keys.profile.table.as_ref();
        keys.map(|keys| profile::read(page, keys, &study, systems, &cells.headers(), bad_data))
    });
    let (report, of_report) = match &keys.report.table {
        Some(keys) => page.within(Whose::Report, || report::read(page, keys, folder)),
        None => Default::default(),
    };
    let documents = page.within(Whose::Report, || {
        let codes: Vec<&str> = methodologies.iter().map(|of| of.key.as_str()).collect();
        document::read(page, &keys.document, folder, &study, &codes, bad_data)
    });
    let (cases, of_cases) = page
        .within(Whose::Cases, || {
            let stated = keys.cases.as_ref().and_then(|cases| cases.table.as_ref());
            let nodes = systems.systems.values().flatten().map(|system| &**system);
            stated.map(|keys| cases::read(page, keys, folder, &study, nodes, bad_data))
        })
        .unwrap_or_default();
    let in_use = finished.methodologies.values().map(|m| m.system_code.as_str());
    idle::check(page, &keys, &said.entries, &in_use.collect::<Vec<_>>());
    page.place_files(&said, folder);
    let (aside, usable) = parted(page.take(), tables);
    let mut sound = finished.methodologies;
    sound.retain(|code, _| aside.of(code).is_empty());
    // Where nothing can be used at all, everything is reported immediately.
    if !usable || sound.is_empty() {
        return Err(aside.all());
    }
    analysis.inputs.methodologies = sound.values().cloned().collect();
    paths.extend(page.scripts.host.files());
    paths.extend(page.plugins.files());
    let trees = keys.system.0.iter().filter_map(|one| one.table.as_ref());
    let trees: Vec<PathBuf> =
        trees.filter_map(SystemKeys::file).map(|name| folder.join(name)).collect();
    let mut files = files::read_files(paths, &sources, counted, &trees, folder.path());
    for file in inputs.files {
        if files.iter().all(|known| known.path != file.path) {
            files.push(file);
        }
    }
    let fingerprint = files::fingerprint(&files)?;
    let of_results = files.len();
    let also = keys.lock.table.as_ref().and_then(|lock| lock.also.as_ref());
    for name in also.into_iter().flat_map(|texts| &texts.0).map(|text| text.value.clone()) {
        let path = folder.join(&name);
        if let Err(e) = folder.inside(&path)
            && Refusal::of(&e).is_some()
        {
            return Err(Problem::unreadable(folder.name(&name), e).into());
        }
        if files.iter().all(|file| file.path != path) {
            files.push(ReadFile { name, path, sheet: None, is_plain: true });
        }
    }
    for one in &official {
        let file = files::of_input(&one.input, &one.format, folder.path());
        files.extend(file.filter(|file| files.iter().all(|f| f.path != file.path)));
    }
    for one in &published {
        let file = files::of_input(&one.input, &one.format, folder.path());
        files.extend(file.filter(|file| files.iter().all(|f| f.path != file.path)));
    }
    files.extend(of_report);
    files.extend(of_cases);
    files.extend(neighbours.filter(|file| files.iter().all(|f| f.path != file.path)));
    let project = keys.project.table.as_ref();
    let system =
        |keys: &SystemKeys| About { names: keys.title.clone(), version: keys.version.clone() };
    let group = |keys: &GroupKeys| About { names: keys.title.clone(), version: None };
    Ok(Resolved {
        study,
        methodologies: sound,
        language: project.and_then(|p| p.language).unwrap_or(Language::En),
        source: project.and_then(|p| p.source.clone()).unwrap_or_default(),
        metadata: project.map(Metadata::from).unwrap_or_default(),
        marks: Marks::with_inputs(&keys, said.file()),
        left_out,
        fingerprint,
        files,
        of_results,
        inputs: inputs.sources,
        said,
        systems: keys.system.about(system),
        groups: keys.group.about(group),
        scripts: page.scripts.opened(),
        multiverses: finished.multiverses,
        sensitivities,
        snapshots: finished.snapshots,
        official,
        published,
        analysis,
        profile: profile.unwrap_or_default(),
        cases,
        report,
        documents,
        aside,
        stated: methodologies.iter().map(|m| m.key.clone()).collect(),
        usual,
        cells,
        places: systems.places,
        noted: page.take_notes(),
        silences,
    })
}

/// What the project file says, as far as it is known before the data are read.
struct Read<'a> {
    made: Made<'a>,
    keys: &'a ProjectFile,
    methodologies: Vec<Draft>,
    multiverses: Vec<multiverse::Draft<'a>>,
    /// The code of the methodology that is run where none is named.
    usual: String,
}

/// What the project file says, over the data.
struct Finished {
    methodologies: IndexMap<String, Arc<Methodology>>,
    multiverses: IndexMap<String, Multiverse>,
    snapshots: Policies,
}

impl<'a> Read<'a> {
    fn new(made: Made<'a>, keys: &'a ProjectFile) -> Read<'a> {
        let Made { page, family, systems, league_tiering } = made;
        let stated = family.tables();
        let methodologies = methodologies::read(page, family, systems, league_tiering);
        if stated.is_empty() {
            page.fault(&(0..0), ProjectFault::NoMethodology);
        }
        let named = keys.project.table.as_ref().and_then(|p| p.methodology.as_ref());
        let usual = usual(page, named, stated);
        let multiverses = page.quietly(|| multiverse::read(made, &keys.multiverse, &usual));
        Read { made, keys, methodologies, multiverses, usual }
    }

    /// The columns that the systems and treatments read.
    fn wanted(&self) -> IndexSet<String> {
        let mut wanted = IndexSet::new();
        for system in self.made.systems.systems.values().flatten() {
            for (k, &leaf) in system.leaves().iter().enumerate() {
                let names = system.indicator(k).columns(&system.node(leaf).code);
                wanted.extend(names.into_iter().map(str::to_owned));
            }
            wanted.extend(system.nodes().iter().filter_map(|node| node.published.clone()));
        }
        for draft in &self.methodologies {
            for step in &draft.methodology.treatment {
                let named = step.choices().iter().filter_map(|c| c.method.other_column());
                wanted.extend(named.map(str::to_owned));
            }
        }
        wanted.extend(self.multiverses.iter().flat_map(multiverse::Draft::other_columns));
        wanted.extend(self.keys.analysis.columns().map(str::to_owned));
        wanted.extend(sampling::columns(&self.keys.sampling).map(str::to_owned));
        let profile = self.keys.profile.table.iter().flat_map(ProfileKeys::columns);
        wanted.extend(profile.map(str::to_owned));
        wanted
    }

    /// Holds everything against the data; multiverses only where the `whole` project is asked for.
    fn finish(
        self,
        data: &DataKeys,
        ground: Ground<'_>,
        laid: &Laid,
        whole: bool,
        paths: &mut Vec<PathBuf>,
    ) -> Finished {
        let Read { made, keys, methodologies, multiverses, .. } = self;
        let (page, Laid { study, cells, bad_data, .. }) = (made.page, laid);
        let headers = cells.headers();
        let mut units = IndexMap::new();
        let finish = |mut draft: Draft| {
            let methodology = &mut draft.methodology;
            let code = methodology.system_code.clone();
            let system =
                units.entry(code).or_insert_with(|| with_units(page, cells, &methodology.system));
            methodology.system = Arc::clone(system);
            let own = Whose::Methodology(draft.methodology.code.clone());
            page.within(own, || finish(page, draft, study, &headers, *bad_data))
        };
        let methodologies: Vec<Methodology> = methodologies.into_iter().map(finish).collect();
        let methodologies =
            methodologies.into_iter().map(|m| (m.code.clone(), Arc::new(m))).collect();
        let mut finished = IndexMap::new();
        for draft in multiverses.into_iter().filter(|_| whole) {
            let own = Whose::Multiverse(draft.code().to_owned());
            let base = Whose::Methodology(draft.base().to_owned());
            if [&Whose::Project, &own, &base].into_iter().any(|whose| page.is_wrong(whose)) {
                continue;
            }
            let mut studies = vec![Arc::clone(study)];
            for One { table, span, .. } in &draft.variants().0 {
                let Some(variant) = table else { continue };
                let kept = page.within(own.clone(), || {
                    let sources = data.sources(page, ground.folder, Some(&variant.variant()));
                    ground.lay(&sources, Some((variant.r#where.as_ref(), span)), paths)
                });
                studies.extend(kept.map(|laid| laid.study));
            }
            if !page.is_wrong(&own) {
                let multiverse = page.quietly(|| multiverse::finish(made, draft, &studies));
                finished.insert(multiverse.code.clone(), multiverse);
            }
        }
        let codes: Vec<String> = made.family.tables().iter().map(|m| m.key.clone()).collect();
        let snapshots = snapshots::policies(page, &keys.snapshot, study, &codes, *bad_data);
        Finished { methodologies, multiverses: finished, snapshots }
    }
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

fn everything(page: &Page, tables: Tables<'_>) -> Problems {
    parted(page.take(), tables).0.all()
}

/// How many columns are named where one is not there, and among how many one is looked for that was meant.
const HEADERS: usize = 1000;

/// A system whose indicators have the units that the data state, where the tree states none.
fn with_units(page: &Page, cells: &Cells, system: &Arc<System>) -> Arc<System> {
    let stated = |k: usize| {
        let (node, indicator) = (system.node(system.leaves()[k]), system.indicator(k));
        let column = indicator.column.as_deref().unwrap_or(&node.code);
        cells.unit(column).filter(|_| !indicator.is_computed())
    };
    let units: Vec<_> = (0..system.leaves().len()).map(stated).collect();
    if units.iter().all(Option::is_none) {
        return Arc::clone(system);
    }
    for (k, unit) in units.iter().enumerate() {
        let of_tree = &system.indicator(k).unit;
        if let Some((unit, place)) =
            unit.as_ref().filter(|(unit, _)| !of_tree.is_empty() && unit != of_tree)
        {
            let code = &system.node(system.leaves()[k]).code;
            let shown = text!(note_units, code = code, tree = of_tree, data = unit);
            page.note(Note::new(&UNITS_DIFFER, code).shown(shown).at([place.clone()]));
        }
    }
    Arc::new(system.with_indicators(|k, indicator| {
        let mut indicator = indicator.clone();
        if let (true, Some((unit, _))) = (indicator.unit.is_empty(), &units[k]) {
            indicator.unit.clone_from(unit);
        }
        indicator
    }))
}

/// A methodology with its periods, checked against the contracts between its stages.
fn finish(
    page: &Page,
    draft: Draft,
    study: &Study,
    headers: &[String],
    bad_data: bool,
) -> Methodology {
    let mut methodology = draft.methodology;
    if let Some(labels) = draft.periods {
        let find = |label: &At<String>| {
            let found = study.period(label);
            if found.is_none() && !bad_data {
                let known = study.periods.iter().map(|p| p.label.as_str());
                page.unknown(&label.span, text!(thing_period_of_data), label, known);
            }
            found
        };
        methodology.periods = Some(labels.0.iter().filter_map(find).collect());
    }
    if let Some(Screening { include, exclude, .. }) = &methodology.screening {
        let span = draft.choices.get(Part::Screening.name()).unwrap_or(&draft.span);
        for code in include.iter().chain(exclude) {
            if study.region(code).is_none() && !bad_data {
                let known = study.regions.iter().map(|r| r.code.as_str());
                page.unknown(span, text!(thing_region), code, known);
            }
        }
    }
    for problem in contract_problems(study, &methodology) {
        // A file that could not be read is the reason for a column that is not there.
        if bad_data && matches!(problem, ContractProblem::NoColumn { .. }) {
            continue;
        }
        if page.is_full() {
            page.count_one();
            continue;
        }
        let (.., stage) = subjects(&problem);
        let near = match &problem {
            ContractProblem::NoColumn { column, .. } => headers
                .iter()
                .take(HEADERS)
                .filter(|h| {
                    let (apart, length) =
                        (strsim::damerau_levenshtein(h, column), column.chars().count());
                    // Names of one letter are all one letter apart.
                    apart <= 1 + length / 4 && apart < length
                })
                .min_by_key(|h| strsim::damerau_levenshtein(h, column))
                .cloned(),
            _ => None,
        };
        let system = &methodology.system;
        let columns = match &problem {
            ContractProblem::NoColumn { .. } => headers.iter().take(HEADERS).cloned().collect(),
            _ => Vec::new(),
        };
        let named = Named { near, columns, ..of_contract(system, &problem) };
        let span = draft.choices.get(stage).unwrap_or(&draft.span).clone();
        let methodology = methodology.code.clone();
        page.fault(&span, ProjectFault::Contract { methodology, problem, named });
    }
    methodology
}
