//! The data laid out: files to columns, regions to groups and leagues, rows to a panel.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexSet;
use quanheng_core::analysis::Link;
use quanheng_core::model::{PeriodIx, RegionIx, Study};
use quanheng_words::text;

use super::condition::attributes;
use super::data::{ProjectFolder, RegionFile, Sources};
use super::file::ProjectFile;
use super::reader::Page;
use super::systems::{self, Systems};
use super::table::At;
use super::{groups, leagues, neighbours, records};
use crate::data::coding::{Coded, Coding};
use crate::data::file::{Chosen, Input};
use crate::data::names::Match;
use crate::data::records::{Behind, Records};
use crate::data::stems::Stems;
use crate::data::table::{
    Regions, Remarks, Uncounted, Unread, ValueFile, Values, read_regions, read_values,
};
use crate::note::{
    INPUT_REGIONS, MERGED_CELLS, NEAR_REGIONS, NO_EFFECT, Note, PERIOD_WITHOUT_TIME,
    RECORDS_UNCOUNTED, REGION_IN_NO_LEAGUE, REGION_IN_ONE_FILE, SHEET_CHOSEN, UNREAD_COLUMN,
    UNREAD_INDICATOR,
};
use crate::problem::{Place, ProjectFault, closest};

/// What data are laid out by.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) page: &'a Page,
    pub(super) keys: &'a ProjectFile,
    pub(super) folder: &'a ProjectFolder,
    pub(super) systems: &'a Systems,
    /// The columns that are read.
    pub(super) wanted: &'a IndexSet<String>,
    /// The tables of records, and those of codings.
    pub(super) counted: (&'a [Records], &'a [Coding]),
    /// Results of other projects.
    pub(super) results: &'a [ValueFile],
}

/// Data that were read and laid out.
pub(super) struct Laid {
    pub(super) study: Arc<Study>,
    pub(super) cells: Cells,
    /// How many regions are in no league.
    pub(super) left_out: usize,
    /// Whether something was wrong in the files.
    pub(super) bad_data: bool,
    /// The neighbours that `[data]` states.
    pub(super) links: Option<Vec<Link>>,
}

/// The raw cells behind the columns of a study.
#[derive(Debug)]
pub(super) struct Cells {
    values: Values,
    /// The columns of `values`.
    wanted: IndexSet<String>,
    /// For each row of the panel, its row in `values`; nothing where that is the same one.
    from: Option<Vec<usize>>,
}

impl Cells {
    /// Where a cell stands and what it shows.
    pub(super) fn raw(
        &self,
        study: &Study,
        column: &str,
        region: RegionIx,
        period: PeriodIx,
    ) -> Option<(Place, String)> {
        let panel = &study.panel;
        let of_period = panel.slices().iter().filter(|slice| slice.period == period);
        let row = of_period.into_iter().find_map(|slice| panel.row_of(slice, region))?;
        let state = study.columns.get(column)?.state(row);
        let from = self.from.as_ref().map_or(row, |from| from[row]);
        self.values.raw(from, self.wanted.get_index_of(column)?, state)
    }

    /// What a cell is made of, where it was counted of records.
    pub(super) fn behind(
        &self,
        study: &Study,
        column: &str,
        region: RegionIx,
        period: PeriodIx,
    ) -> Option<Behind> {
        self.values.behind(self.row(study, region, period)?, self.wanted.get_index_of(column)?)
    }

    /// What was coded of the rows of a study.
    pub(super) fn coded(&self, study: &Study) -> Vec<Coded> {
        let panel = &study.panel;
        let mut of: HashMap<usize, (RegionIx, PeriodIx)> = HashMap::new();
        for row in 0..panel.rows() {
            let from = self.from.as_ref().map_or(row, |from| from[row]);
            of.insert(from, (panel.regions()[row], panel.periods()[row]));
        }
        let wanted: Vec<&str> = self.wanted.iter().map(String::as_str).collect();
        self.values.coded(&wanted, |row| of.get(&row).copied())
    }

    /// The row of the values.
    fn row(&self, study: &Study, region: RegionIx, period: PeriodIx) -> Option<usize> {
        let panel = &study.panel;
        let of_period = panel.slices().iter().filter(|slice| slice.period == period);
        let row = of_period.into_iter().find_map(|slice| panel.row_of(slice, region))?;
        Some(self.from.as_ref().map_or(row, |from| from[row]))
    }

    /// Where the head of a column stands.
    pub(super) fn head(&self, column: &str) -> Option<Place> {
        self.values.head(self.wanted.get_index_of(column)?)
    }

    /// The unit that the data state for a column, and where.
    pub(super) fn unit(&self, column: &str) -> Option<(String, Place)> {
        self.values.unit(self.wanted.get_index_of(column)?)
    }

    /// The heads of the files.
    pub(super) fn headers(&self) -> Vec<String> {
        self.values.headers()
    }
}

impl Ground<'_> {
    /// Reads the files and lays them out; of a variant, only regions that meet its condition. `None` where the regions
    /// cannot be read.
    pub(super) fn lay(
        self,
        files: &Sources,
        variant: Option<(Option<&At<String>>, &Range<usize>)>,
        read: &mut Vec<PathBuf>,
    ) -> Option<Laid> {
        let Ground { page, keys, folder, systems, wanted, counted, results } = self;
        let (records, codings) = counted;
        let names: Vec<String> = wanted.iter().cloned().collect();
        let mut found = Vec::new();
        let regions = match (&files.regions, files.names) {
            (None, None) => Some(Regions::open()),
            (None, Some(names)) => Some(Regions::bundled(names)),
            (Some(RegionFile { input, format, region, numbers }), names) => {
                read_regions(input, format, region.as_deref(), numbers, &mut found)
                    .map(|regions| regions.with_names(names))
            }
        };
        let tables: Vec<ValueFile> = files.values.iter().chain(results).cloned().collect();
        let by_name = tables.iter().any(|file| file.matching == Match::Name)
            || records.iter().any(|records| records.matching == Match::Name)
            || codings.iter().any(|coding| coding.matching == Match::Name);
        if by_name && files.regions.is_none() && files.names.is_none() {
            page.fault(&keys.data.span, ProjectFault::NoNames);
            return None;
        }
        let names_unused = files.regions.is_some() && !by_name;
        if let Some(names) = keys.data.table.as_ref().and_then(|data| data.names.as_ref())
            && names_unused
            && variant.is_none()
        {
            let shown = text!(note_names_without_match, key = "data.names");
            page.note(
                Note::new(&NO_EFFECT, "data.names").shown(shown).at([page.place(&names.span)]),
            );
        }
        let Some(mut regions) = regions else {
            page.extend(found.into());
            return None;
        };
        if variant.is_none() && files.regions.is_some() {
            records::whole_is_known(page, &keys.records, &regions);
        }
        let mut values = read_values(&tables, counted, &mut regions, &names, &mut found);
        regions.keep_named(&mut values.rows);
        regions.sort(&mut values.rows);
        read.extend(paths(files, counted));
        let bad_data = !found.is_empty();
        let at = || match variant {
            Some((_, span)) => span.clone(),
            None => keys.data.span.clone(),
        };
        if !bad_data && values.rows.is_empty() {
            page.fault(&at(), ProjectFault::NoRows);
        }
        page.extend(found.into());

        if variant.is_none() && !bad_data {
            data_notes(page, &values.remarks, &regions, wanted);
        }
        let groups = groups::read(page, &keys.group, folder, &files.format, &regions, read);
        let links = match bad_data {
            true => None,
            false => self.links(files, &regions, variant.is_none(), read),
        };
        let of_links =
            |links: &Vec<Link>| Arc::new(neighbours::by_place(links, |code| regions.find(code)));
        let neighbours = links.as_ref().map(of_links);
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
        let of_table = (0..regions.list().len() as u32).map(RegionIx);
        let added = match files.regions.is_some() {
            true => values.add_unreported(of_table),
            false => Vec::new(),
        };
        for (region, _) in regions.list().iter().zip(&of_region).filter(|(_, l)| l.is_none()) {
            // Other data of a multiverse have the same leagues.
            if variant.is_none() {
                page.note(Note::new(&REGION_IN_NO_LEAGUE, &region.code));
            }
        }
        let mut rows = Vec::new();
        let mut from = Vec::new();
        for (i, (region, period)) in std::mem::take(&mut values.rows).into_iter().enumerate() {
            let at = region.0 as usize;
            if let Some(league) = of_region[at].filter(|_| kept.as_ref().is_none_or(|k| k[at])) {
                rows.push((league, period, region));
                from.push(i);
            }
        }
        if !bad_data && rows.is_empty() && kept.is_some() {
            page.fault(&at(), ProjectFault::NoRows);
        }
        for (label, place) in &values.unread {
            page.note(Note::new(&PERIOD_WITHOUT_TIME, label).at(place.clone()));
        }
        let periods = values.periods.clone();
        let absent: BTreeSet<usize> = values.absent.iter().copied().collect();
        let columns = names.iter().zip(std::mem::take(&mut values.columns)).enumerate();
        let columns = columns
            .filter(|(k, _)| !absent.contains(k))
            .map(|(_, (name, column))| (name.clone(), column));
        let (study, from) =
            Study::new(regions.into_list(), leagues, periods, &rows, &from, columns);
        let title = keys.project.table.as_ref().map(|p| p.title.clone()).unwrap_or_default();
        let unreported = match added.is_empty() {
            true => Vec::new(),
            false => from.iter().map(|&row| added[row]).collect(),
        };
        let study = Arc::new(Study { title, groups, neighbours, unreported, ..study });
        let is_same = from.iter().enumerate().all(|(row, from)| row == *from);
        let from = (!is_same).then_some(from);
        let cells = Cells { values, wanted: wanted.clone(), from };
        Some(Laid { study, cells, left_out, bad_data, links })
    }

    /// The neighbours that `[data]` states. Those that a variant of the data does not have are left out.
    fn links(
        &self,
        files: &Sources,
        regions: &Regions,
        once: bool,
        read: &mut Vec<PathBuf>,
    ) -> Option<Vec<Link>> {
        let stated = self.keys.data.table.as_ref()?.neighbours.as_ref()?;
        let Ground { page, folder, .. } = self;
        let (links, file) =
            neighbours::read(page, stated, folder, &files.format, regions.list(), once);
        read.extend(file.map(|file| file.path));
        Some(links)
    }
}

/// What a reader of the result must know of the files of data.
fn data_notes(page: &Page, remarks: &Remarks, regions: &Regions, wanted: &IndexSet<String>) {
    let file = |name: &String| Place::File(name.clone());
    for (name, chosen) in &remarks.chosen {
        match chosen {
            Chosen::Encoding { name: encoding } => page.note_judged(name, encoding),
            Chosen::Sheet { sheet, of } => page.note(
                Note::new(&SHEET_CHOSEN, name)
                    .shown(text!(note_sheet, file = name, sheet = sheet, of = *of))
                    .at([file(name)]),
            ),
        }
    }
    for (name, place, count) in &remarks.merged {
        let shown = text!(note_merged, file = name, count = *count);
        page.note(Note::new(&MERGED_CELLS, name).shown(shown).at([place.clone()]));
    }
    for Uncounted { records, outside, nowhere, of } in &remarks.uncounted {
        let about = match (*outside, *nowhere) {
            (outside, 0) => text!(note_outside, count = outside, of = *of),
            (0, nowhere) => text!(note_nowhere, count = nowhere, of = *of),
            (outside, nowhere) => {
                text!(note_outside_and_nowhere, outside = outside, nowhere = nowhere, of = *of)
            }
        };
        let shown = text!(note_item, code = records, about = about);
        page.note(Note::new(&RECORDS_UNCOUNTED, records).shown(shown));
    }
    for (name, codes) in &remarks.foreign {
        let shown = text!(note_foreign, project = name, count = codes.len());
        page.note(Note::new(&INPUT_REGIONS, name).shown(shown));
    }
    for key in remarks.unused() {
        let name = format!("data.{key}");
        let shown = match key {
            "parent" => text!(note_names_without_match, key = &name),
            "skip" | "end" | "fill_down" => text!(note_no_such_row, key = &name),
            _ => text!(note_no_such_file, key = &name),
        };
        page.note(Note::new(&NO_EFFECT, &name).shown(shown));
    }
    for Unread { name, long, place } in &remarks.unread {
        let kind = if *long { &UNREAD_INDICATOR } else { &UNREAD_COLUMN };
        let near = closest(name, wanted.iter().map(String::as_str)).filter(|_| *long);
        let note = Note::new(kind, name).at([place.clone()]);
        page.note(match near {
            Some(near) => note.shown(text!(note_near, code = name, near = near)),
            None => note,
        });
    }
    let stems = Stems::new(regions.list().iter().map(|region| region.code.as_str()));
    for (region, name) in &remarks.single {
        let shown = match stems.near(region) {
            Some(near) => text!(note_near_in, code = region, file = name, near = near),
            None => text!(note_item, code = region, about = name),
        };
        page.note(Note::new(&REGION_IN_ONE_FILE, region).shown(shown));
    }
    for (first, second) in stems.pairs() {
        let shown = text!(note_two, first = first, second = second);
        page.note(Note::new(&NEAR_REGIONS, first).shown(shown));
    }
}

fn paths(files: &Sources, (records, codings): (&[Records], &[Coding])) -> Vec<PathBuf> {
    let regions = files.regions.iter().map(|file| &file.input);
    let inputs = regions.chain(files.values.iter().map(|v| &v.input));
    let inputs = inputs.chain(records.iter().flat_map(|records| &records.inputs));
    let inputs = inputs.chain(codings.iter().map(|coding| &coding.input));
    inputs.filter_map(Input::on_disk).map(Path::to_path_buf).collect()
}
