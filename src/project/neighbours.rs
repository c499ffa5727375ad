//! The table of neighbours, for methods, scripts and analyses that look at the neighbours of a region.

use std::collections::HashMap;

use quanheng_core::analysis::Link;
use quanheng_core::model::{Neighbours, Region, RegionIx};
use quanheng_words::text;

use super::data::ProjectFolder;
use super::files;
use super::reader::Page;
use super::said::ReadFile;
use super::table::{At, Named, OneFile, table};
use crate::data::file::{Chosen, Format, Input};
use crate::data::grid::Grid;
use crate::data::number::Notation;
use crate::data::table::FileColumn;
use crate::problem::{DataFault, Fault, Place, Problem, ProjectFault};

table! {
    /// A table of neighbours that is used in a way of its own.
    pub(super) struct NeighbourKeys {
        /// The file.
        file: At<String>,
        /// Whether a row says only that the second region is a neighbour of the first, and not the other way round too.
        one_way: bool = false,
    }
}

const REGION: FileColumn =
    FileColumn { name: "region", doc: "The code of a region.", needed: true };
const NEIGHBOUR: FileColumn = FileColumn {
    name: "neighbour",
    doc: "The code of a region that is its neighbour. Each pair stands in the table once, in any order.",
    needed: true,
};
const WEIGHT: FileColumn = FileColumn {
    name: "weight",
    doc: "How much the neighbour counts, a number above 0 with a full stop as its decimal mark; 1 unless the table has this column.",
    needed: false,
};

/// The columns of a table of neighbours.
pub(super) const NEIGHBOUR_COLUMNS: [FileColumn; 3] = [REGION, NEIGHBOUR, WEIGHT];

/// The links of the table, each in each of its directions, and the file that they were read from. Problems of the table are
/// reported `once`, and not again for each variant of the data.
pub(super) fn read(
    page: &Page,
    OneFile(stated): &OneFile<NeighbourKeys>,
    folder: &ProjectFolder,
    format: &Format,
    regions: &[Region],
    once: bool,
) -> (Vec<Link>, Option<ReadFile>) {
    let (name, one_way) = match stated {
        Named::Name(name) => (name, false),
        Named::Table(keys) => (&keys.file.value, keys.one_way),
    };
    let input = folder.input(name);
    let file = files::of_input(&input, format, folder.path());
    let mut problems = Vec::new();
    let mut read = || links(page, &input, format, regions, one_way, &mut problems);
    let links = if once { read() } else { page.quietly(read) };
    if once {
        page.extend(problems.into());
    }
    (links, file)
}

/// The neighbours of regions by their places; links of codes that are not among the regions are left out.
pub(super) fn by_place(links: &[Link], place: impl Fn(&str) -> Option<RegionIx>) -> Neighbours {
    Neighbours::new(
        links
            .iter()
            .filter_map(|link| Some((place(&link.region)?, place(&link.neighbour)?, link.weight))),
    )
}

fn links(
    page: &Page,
    input: &Input,
    format: &Format,
    regions: &[Region],
    one_way: bool,
    problems: &mut Vec<Problem>,
) -> Vec<Link> {
    let Some(grid) = Grid::read(input, format, problems) else { return Vec::new() };
    let [region, neighbour] = [REGION, NEIGHBOUR].map(|c| grid.need(c.name, c.name, problems));
    let (Some(region), Some(neighbour)) = (region, neighbour) else { return Vec::new() };
    if let Some(Chosen::Encoding { name }) = grid.file().chosen(format) {
        page.note_judged(input.name.as_str(), name);
    }
    let weight = grid.column(WEIGHT.name);
    let mut links: Vec<Link> = Vec::new();
    // The place of each link, and where it was first met.
    let mut met: HashMap<(String, String), (usize, Place)> = HashMap::new();
    for row in 0..grid.rows() {
        let mut code = |column: usize| {
            let text = grid.text(row, column);
            if !regions.iter().any(|region| region.code == text) {
                let known = regions.iter().map(|region| region.code.clone()).collect();
                let (what, name) = (text!(thing_region), text.to_owned());
                problems.push(Problem {
                    fault: Fault::Project(ProjectFault::UnknownName { what, name, known }),
                    places: vec![grid.place(row, column)],
                });
            }
            text.to_owned()
        };
        let (from, to) = (code(region), code(neighbour));
        let mut wrong = |fault: DataFault, places: Vec<Place>| {
            problems.push(Problem { fault: Fault::Data(fault), places });
        };
        if from == to {
            wrong(DataFault::OwnNeighbour { code: from }, vec![grid.place(row, neighbour)]);
            continue;
        }
        let at = grid.place(row, weight.unwrap_or(neighbour));
        let shows = weight.map_or("1", |column| grid.text(row, column));
        let found = Notation::default().read(shows).map(|(weight, _)| weight);
        let Some(found) = found.ok().filter(|weight| *weight > 0.0) else {
            let shows = shows.to_owned();
            wrong(DataFault::WeightOfNeighbour { region: from, neighbour: to, shows }, vec![at]);
            continue;
        };
        let directions = [(from.clone(), to.clone()), (to, from)];
        for (from, to) in directions.into_iter().take(if one_way { 1 } else { 2 }) {
            match met.get(&(from.clone(), to.clone())) {
                Some((first, _)) if links[*first].weight == found => {}
                Some((_, first)) => {
                    let fault = DataFault::NeighboursTwice { region: from, neighbour: to };
                    wrong(fault, vec![at.clone(), first.clone()]);
                    // Once is enough for both directions.
                    break;
                }
                None => {
                    met.insert((from.clone(), to.clone()), (links.len(), at.clone()));
                    links.push(Link { region: from, neighbour: to, weight: found });
                }
            }
        }
    }
    links
}
