//! COINr: `iData` and `iMeta` as CSV with the log of a coin as JSON, or the workbook of `export_to_excel`.

use indexmap::IndexMap;
use quanheng_words::{Text, text};

use super::log::{Log, Methodology};
use super::sheets::{Book, Frame};
use super::text::{csv, key, list, number, quoted};
use super::{Draft, Trial, counted};

/// A row of `iMeta`.
pub(super) struct Item {
    pub(super) code: String,
    pub(super) kind: String,
    pub(super) level: Option<f64>,
    pub(super) parent: String,
    pub(super) negative: bool,
    row: usize,
}

/// What is known of an index before its steps.
pub(super) struct Coin<'a> {
    pub(super) meta: Frame<'a>,
    pub(super) items: Vec<Item>,
    /// The units: `iData`, or the sheet `Meta.Unit`.
    pub(super) units: Frame<'a>,
}

/// Where the project reads values, and where results of COINr stand.
#[derive(Clone)]
struct Sources {
    values: String,
    results: Option<String>,
    /// The steps that were done, as far as sheets of data show them.
    done: Vec<String>,
}

impl Coin<'_> {
    pub(super) fn of_kind<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = &'c Item> {
        self.items.iter().filter(move |item| item.kind == kind)
    }

    /// The highest level of the tree, that of the index.
    pub(super) fn top(&self) -> f64 {
        self.items.iter().filter_map(|item| item.level).fold(1.0, quanheng_core::number::max)
    }

    /// A number in a further column of `iMeta`.
    pub(super) fn parameter(&self, item: &Item, column: &str) -> Option<f64> {
        self.meta.number(item.row, column)
    }

    pub(super) fn flag(&self, item: &Item, column: &str) -> bool {
        self.meta.text(item.row, column).eq_ignore_ascii_case("true")
    }

    /// The codes of the units in the order in which COINr keeps them.
    pub(super) fn sorted_units(&self) -> Vec<String> {
        let mut codes: Vec<String> =
            (0..self.units.rows.len()).map(|row| self.units.text(row, "uCode")).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// The project of an index of COINr; `None` where the files are none.
pub(super) fn import(books: &[Book]) -> Option<Draft> {
    let log = Log::find(books);
    for book in books {
        if let (Some(meta), Some(raw)) = (book.sheet("Meta.Ind"), book.sheet("Data.Raw")) {
            let units = book.sheet("Meta.Unit").unwrap_or(raw).frame()?;
            let file = |sheet: &str| {
                format!(
                    "{{ file = {}, sheet = {}, region = \"uCode\" }}",
                    quoted(&book.name),
                    quoted(sheet)
                )
            };
            // Denominators stand beside the units.
            let values = match book.sheet("Meta.Unit") {
                Some(_) => format!("[\n    {},\n    {},\n]", file("Data.Raw"), file("Meta.Unit")),
                None => file("Data.Raw"),
            };
            let done = book.sheets.iter().filter_map(|s| s.name.strip_prefix("Data."));
            let results = book.sheet("Data.Aggregated").map(|_| {
                format!(
                    "file = {}\nsheet = \"Data.Aggregated\"\nregion = \"uCode\"\n",
                    quoted(&book.name)
                )
            });
            let sources = Sources { values, results, done: done.map(str::to_owned).collect() };
            let coin = coin(meta.frame()?, units)?;
            return Some(draft(&coin, &sources, log.as_ref()));
        }
    }
    let frame = |of: fn(&Frame<'_>) -> bool| {
        let one = |book: &'_ Book| {
            let frame = book.sheets.first().filter(|_| !book.is_workbook)?.frame()?;
            of(&frame).then_some(())
        };
        books.iter().find(|book| one(book).is_some())
    };
    let meta = frame(|frame| frame.column("iCode").is_some() && frame.column("Parent").is_some())?;
    let data = frame(|frame| frame.column("uCode").is_some())?;
    let values = format!(
        "{{ file = {}, region = \"uCode\"{} }}",
        quoted(&data.name),
        match data.sheets[0].frame()?.column("Time") {
            Some(_) => ", period = \"Time\"",
            None => "",
        }
    );
    let sources = Sources { values, results: None, done: Vec::new() };
    let coin = coin(meta.sheets[0].frame()?, data.sheets[0].frame()?)?;
    Some(draft(&coin, &sources, log.as_ref()))
}

fn coin<'a>(meta: Frame<'a>, units: Frame<'a>) -> Option<Coin<'a>> {
    let item = |row: usize| Item {
        code: meta.text(row, "iCode"),
        kind: meta.text(row, "Type"),
        level: meta.number(row, "Level"),
        parent: meta.text(row, "Parent"),
        negative: meta.number(row, "Direction").is_some_and(|x| x < 0.0),
        row,
    };
    let items: Vec<Item> = (0..meta.rows.len()).map(item).filter(|i| !i.code.is_empty()).collect();
    (!items.is_empty()).then_some(Coin { meta, items, units })
}

fn draft(coin: &Coin<'_>, sources: &Sources, log: Option<&Log>) -> Draft {
    let mut draft = Draft::default();
    let methodology = match log {
        Some(log) => log.methodology(coin, &mut draft),
        None => unlogged(coin, sources, &mut draft),
    };
    let (indicators, groups) = (coin.of_kind("Indicator").count(), coin.of_kind("Group").count());
    draft.understood.insert(0, text!(import_is_coinr));
    draft.understood.extend([
        counted(text!(import_regions), coin.sorted_units().len()),
        counted(text!(import_indicators), indicators),
        counted(text!(import_aggregates), coin.of_kind("Aggregate").count()),
        counted(text!(import_groups), groups),
        counted(text!(import_denominators), coin.of_kind("Denominator").count()),
    ]);
    draft.files.push(("regions.csv".into(), regions(coin)));
    draft.files.push(("tree.csv".into(), tree(coin, &methodology)));
    if let (None, Some(results)) = (log, &sources.results) {
        draft.trial = Some(trial(coin, sources, results, &methodology));
    }
    draft.files.insert(0, ("quanheng.toml".into(), project(coin, sources, &methodology)));
    draft
}

/// The methodology where there is no log: what COINr's functions do unless told otherwise.
fn unlogged(coin: &Coin<'_>, sources: &Sources, draft: &mut Draft) -> Methodology {
    let did = |step: &str| sources.done.iter().any(|done| done == step);
    let known = !sources.done.is_empty();
    draft.left.push(match known {
        true => text!(import_no_log_of_workbook),
        false => text!(import_no_log),
    });
    let mut methodology = Methodology {
        imputation: "\"renormalise\"".into(),
        treatment: "\"none\"".into(),
        normalisation: "{ method = \"min_max\", upper = 100 }".into(),
        weighting: "\"given\"".into(),
        aggregation: "\"arithmetic\"".into(),
        screening: None,
        denominated: !known || did("Denominated"),
        posts: None,
        scales: IndexMap::new(),
    };
    if did("Imputed") {
        // Which function filled them in is not in the workbook; the mean of a group is what its examples use.
        methodology.imputation = match coin.of_kind("Group").next() {
            Some(group) => {
                format!("{{ method = \"group_mean\", group = {} }}", quoted(&group.code))
            }
            None => "\"mean\"".into(),
        };
    }
    if did("Treated") {
        methodology.treatment = super::log::TREAT.into();
    }
    methodology
}

/// The steps that COINr offers, wherever the sheets of data show that there was one.
fn trial(coin: &Coin<'_>, sources: &Sources, results: &str, usual: &Methodology) -> Trial {
    let did = |step: &str| sources.done.iter().any(|done| done == step);
    let mut imputations = vec![usual.imputation.clone()];
    if did("Imputed") {
        imputations.extend(["\"mean\"", "\"median\""].map(str::to_owned));
        for method in ["group_mean", "group_median"] {
            imputations.extend(coin.of_kind("Group").map(|group| {
                format!("{{ method = \"{method}\", group = {} }}", quoted(&group.code))
            }));
        }
    }
    let mut normalisations = vec![usual.normalisation.as_str()];
    normalisations.extend(["\"z_score\"", "\"percentile_rank\"", "\"rank\"", "\"borda\""]);
    let mut all = project(coin, &Sources { results: None, ..sources.clone() }, usual);
    let mut each = Vec::new();
    for imputation in &imputations {
        for normalisation in &normalisations {
            for aggregation in ["\"arithmetic\"", "\"geometric\"", "\"harmonic\""] {
                let methodology = Methodology {
                    imputation: imputation.clone(),
                    normalisation: (*normalisation).to_owned(),
                    aggregation: aggregation.to_owned(),
                    ..usual.clone()
                };
                let code = format!("trial-{}", each.len());
                all.push_str(&format!(
                    "\n{}\n[[official]]\nmethodology = \"{code}\"\n{results}decimals = 9\n",
                    methodology.written(&code)
                ));
                each.push(project(coin, sources, &methodology));
            }
        }
    }
    Trial { all, each }
}

/// The table of regions: codes, names and the groups.
fn regions(coin: &Coin<'_>) -> String {
    let groups: Vec<&str> = coin
        .of_kind("Group")
        .map(|item| item.code.as_str())
        .filter(|code| coin.units.column(code).is_some())
        .collect();
    let mut rows: IndexMap<String, Vec<String>> = IndexMap::new();
    for row in 0..coin.units.rows.len() {
        let code = coin.units.text(row, "uCode");
        let mut cells = vec![code.clone(), coin.units.text(row, "uName")];
        cells.extend(groups.iter().map(|group| coin.units.text(row, group)));
        if !code.is_empty() {
            rows.entry(code).or_insert(cells);
        }
    }
    let heads: Vec<&str> = ["code", "name"].into_iter().chain(groups.iter().copied()).collect();
    csv(&heads, &rows.into_values().collect::<Vec<_>>())
}

const TREE: [&str; 11] = [
    "code",
    "parent",
    "name",
    "weight",
    "direction",
    "unit",
    "denominator",
    "scale",
    "bad",
    "good",
    "target",
];

/// The tree: aggregates from the top, then the indicators.
fn tree(coin: &Coin<'_>, methodology: &Methodology) -> String {
    let mut items: Vec<&Item> = coin
        .items
        .iter()
        .filter(|item| item.kind == "Aggregate" || item.kind == "Indicator")
        .collect();
    quanheng_core::number::sort_items(&mut items, |a, b| {
        let level = |item: &Item| item.level.unwrap_or(1.0);
        level(b).total_cmp(&level(a))
    });
    let row = |item: &&Item| {
        let leaf = item.kind == "Indicator";
        let of_leaf = |text: String| if leaf { text } else { String::new() };
        let posts = methodology.posts.as_ref().filter(|_| leaf).and_then(|(lower, upper)| {
            let (lower, upper) = (coin.parameter(item, lower)?, coin.parameter(item, upper)?);
            Some(if item.negative { (upper, lower) } else { (lower, upper) })
        });
        let weight = coin.meta.number(item.row, "Weight").filter(|_| !item.parent.is_empty());
        let denominator = match methodology.denominated {
            true => coin.meta.text(item.row, "Denominator"),
            false => String::new(),
        };
        let scale = methodology.scales.get(&item.code).filter(|_| !denominator.is_empty());
        vec![
            item.code.clone(),
            item.parent.clone(),
            coin.meta.text(item.row, "iName"),
            weight.map(number).unwrap_or_default(),
            of_leaf(if item.negative { "-1" } else { "1" }.into()),
            of_leaf(coin.meta.text(item.row, "Unit")),
            of_leaf(denominator),
            scale.copied().map(number).unwrap_or_default(),
            posts.map(|(bad, _)| number(bad)).unwrap_or_default(),
            posts.map(|(_, good)| number(good)).unwrap_or_default(),
            of_leaf(coin.meta.number(item.row, "Target").map(number).unwrap_or_default()),
        ]
    };
    csv(&TREE, &items.iter().map(row).collect::<Vec<_>>())
}

fn project(coin: &Coin<'_>, sources: &Sources, methodology: &Methodology) -> String {
    let title = coin.items.iter().find(|item| item.kind == "Aggregate" && item.parent.is_empty());
    let title = title.map(|item| coin.meta.text(item.row, "iName")).unwrap_or_default();
    let mut out = format!("[project]\ntitle = {}\nmethodology = \"coinr\"\n\n", quoted(&title));
    out.push_str(&format!(
        "[data]\nregions = \"regions.csv\"\nvalues = {}\nstates = {{ missing = {} }}\n\n",
        sources.values,
        list(&["".to_owned(), "NA".to_owned()]),
    ));
    for group in coin.of_kind("Group").filter(|group| coin.units.column(&group.code).is_some()) {
        let name = coin.meta.text(group.row, "iName");
        out.push_str(&format!("[group.{}]\n", key(&group.code)));
        if !name.is_empty() {
            out.push_str(&format!("title = {}\n", quoted(&name)));
        }
        out.push_str(&format!("column = {}\n\n", quoted(&group.code)));
    }
    out.push_str("[system.index]\ntree = \"tree.csv\"\n\n");
    out.push_str(&methodology.written("coinr"));
    if let Some(results) = &sources.results {
        out.push_str(&format!("\n[official]\n{results}decimals = 9\n"));
    }
    out
}

/// Something of a log that did not come over.
pub(super) fn not_taken(what: &str) -> Text {
    text!(import_not_taken, what = what)
}
