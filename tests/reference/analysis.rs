//! Analyses against PySAL, scipy, statsmodels and definitions worked out in numpy, on the index of China's provinces.

use std::path::Path;
use std::sync::Arc;

use quanheng::project;
use quanheng_core::analysis::{
    Bandwidth, Cell, Covariate, Found, Inputs, Source, Subject, Unwatched, Word, bandwidth,
    density, find, gini,
};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::Settings;
use quanheng_core::model::{LeagueIx, PeriodIx};

use super::{Figures, agree};

/// A project of these files, evaluated by its methodology, and an analysis of its last period with these settings.
fn of_project(files: &[(&str, &str)], name: &str, settings: &Settings) -> Vec<Found> {
    of_period(files, None, name, settings)
}

/// The same of a stated period.
fn of_period(
    files: &[(&str, &str)],
    period: Option<&str>,
    name: &str,
    settings: &Settings,
) -> Vec<Found> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let resolved = project::open(folder.path()).expect("the project is sound");
    let methodology = resolved.methodology(None).expect("it has a methodology");
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("evaluated");
    let study = evaluation.study();
    let last = PeriodIx(study.periods.len() as u32 - 1);
    let period = period.map_or(last, |label| study.period(label).expect("a period"));
    let inputs = &resolved.analysis.inputs;
    let subject =
        Subject { evaluation: &evaluation, league: LeagueIx(0), period, inputs, watch: &Unwatched };
    find(name).expect("an analysis").compute(&subject, settings).expect("it finds something")
}

/// The six regions of three subsystems, with these weights.
fn subsystems(weights: [&str; 3], name: &str, settings: &Settings) -> Vec<Found> {
    let figures = Figures::read("analysis_subsystems");
    let mut values = "region,s1,s2,s3\n".to_owned();
    for (row, key) in figures.keys.iter().enumerate() {
        let [a, b, c] = ["s1", "s2", "s3"].map(|name| figures.column(name)[row]);
        values += &format!("{key},{a},{b},{c}\n");
    }
    let [a, b, c] = weights;
    let tree = format!("code,parent,weight\nindex,,\ns1,index,{a}\ns2,index,{b}\ns3,index,{c}\n");
    let toml = "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
                [methodology.m]\nnormalisation = \"none\"\nweighting = \"given\"\n";
    let files =
        [("quanheng.toml", toml), ("tree.csv", tree.as_str()), ("values.csv", values.as_str())];
    of_project(&files, name, settings)
}

/// Asserts that figures agree with those that are printed with three decimals.
fn as_printed(what: &str, found: &[f64], printed: &[f64]) {
    for (a, b) in found.iter().zip(printed) {
        assert!((a - b).abs() <= 0.000_5 + 1e-12, "{what}: found {a}, printed {b}");
    }
}

/// Rows of regions A to F in this order, whatever the order of a table whose regions are numbered by their codes.
fn by_region(found: &Found, column: &str) -> Vec<f64> {
    let regions = found.column("region").expect("regions");
    let numbers = found.numbers(column).expect("a column");
    let mut rows: Vec<(u32, f64)> = regions
        .iter()
        .zip(numbers)
        .map(|(cell, x)| match cell {
            Cell::Region(region) => (region.0, x),
            other => panic!("{other:?}"),
        })
        .collect();
    rows.sort_by_key(|row| row.0);
    rows.into_iter().map(|row| row.1).collect()
}

/// The evaluation of the example, whose scores of these years are those that are published.
fn evaluation() -> Evaluation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/china-shdi");
    let resolved = project::open(&folder).expect("the example is sound");
    let methodology = resolved.methodology(None).expect("it has a methodology");
    Evaluation::new(Arc::clone(&resolved.study), methodology).expect("it is evaluated")
}

fn analysis(name: &str, inputs: &Inputs, settings: &Settings) -> Vec<Found> {
    let evaluation = evaluation();
    let last = PeriodIx(evaluation.study().periods.len() as u32 - 1);
    let subject = Subject {
        evaluation: &evaluation,
        league: LeagueIx(0),
        period: last,
        inputs,
        watch: &Unwatched,
    };
    find(name).expect("an analysis").compute(&subject, settings).expect("it finds something")
}

fn expected(keys: &[&str]) -> Vec<f64> {
    let figures = Figures::read("analysis_china_shdi");
    let at = |key: &&str| figures.keys.iter().position(|k| k == key).expect("a figure");
    keys.iter().map(|key| figures.column("value")[at(key)]).collect()
}

#[test]
fn inequality() {
    let groups = Settings::from([("groups", vec!["region4"].into())]);
    let found = &analysis("distribution", &Inputs::default(), &groups)[1];
    let of = |column: &str| found.numbers(column).expect("a column");
    // The rows are Theil's T, Theil's L and Dagum's Gini coefficient.
    let rows = |row: usize| ["total", "between", "within"].map(|column| of(column)[row]);
    let parts = ["total", "between", "within"];
    for (row, name) in ["theil_t", "theil_l"].into_iter().enumerate() {
        let keys = parts.map(|part| format!("{name}_{part}"));
        agree(name, &rows(row), &expected(&keys.each_ref().map(String::as_str)), 1e-9);
    }
    let keys = ["gini_total", "dagum_between", "dagum_within", "dagum_overlap"];
    let dagum = [of("total")[2], of("between")[2], of("within")[2], of("overlap")[2]];
    agree("dagum", &dagum, &expected(&keys), 1e-9);
}

#[test]
fn densities() {
    let evaluation = evaluation();
    let study = evaluation.study();
    let rows = study.panel.slices().last().expect("a slice").rows.clone();
    let root = evaluation.methodology().system.root();
    let scores = &evaluation.scores(root).values()[rows];
    agree("gini", &[gini(scores)], &expected(&["gini_total"]), 1e-9);
    for (by, name) in [(Bandwidth::Scott, "scott"), (Bandwidth::Silverman, "silverman")] {
        let h = bandwidth(scores, by).expect("scores differ");
        let found = [h, density(scores, h, 0.6), density(scores, h, 0.75), density(scores, h, 0.9)];
        let keys = ["bandwidth", "at_0.6", "at_0.75", "at_0.9"].map(|key| format!("{name}_{key}"));
        agree(name, &found, &expected(&keys.each_ref().map(String::as_str)), 1e-9);
    }
}

#[test]
fn convergence() {
    let income = Covariate {
        code: "gnic".to_owned(),
        names: Default::default(),
        log: true,
        source: Source::Data("gnic".to_owned()),
    };
    let inputs = Inputs { covariates: vec![income], ..Inputs::default() };
    let found = &analysis("convergence", &inputs, &Settings::default())[0];
    let terms = [
        "absolute_level",
        "absolute_constant",
        "conditional_level",
        "conditional_covariate",
        "conditional_constant",
    ];
    for column in ["coefficient", "error", "t", "p"] {
        let keys = terms.map(|term| format!("{term}_{column}"));
        let expected = expected(&keys.each_ref().map(String::as_str));
        agree(column, &found.numbers(column).expect("a column"), &expected, 1e-9);
    }
    for column in ["r_squared", "speed", "half_life"] {
        let there = found.numbers(column).expect("a column");
        let keys = ["absolute", "conditional"].map(|model| format!("{model}_{column}"));
        let expected = expected(&keys.each_ref().map(String::as_str));
        agree(column, &[there[0], there[2]], &expected, 1e-9);
    }
    let since = Settings::from([("from", "2006".into())]);
    let trends = &analysis("convergence", &Inputs::default(), &since)[1];
    for column in ["first", "last", "slope", "error", "p"] {
        let keys = ["sd", "cv", "sd_log"].map(|measure| format!("sigma_{measure}_{column}"));
        let expected = expected(&keys.each_ref().map(String::as_str));
        agree(column, &trends.numbers(column).expect("a column"), &expected, 1e-9);
    }
}

/// The worked example of R's mathmodels for its `coupling_degree` and `obstacle_degree`
/// (github.com/zhjx19/mathmodels, docs/reference/system_evaluation.md): six regions, three subsystems.
#[test]
fn coupling_of_subsystems() {
    let figures = Figures::read("analysis_subsystems");
    let full: Settings = Settings::from([("full", 1.0.into())]);
    let equal = &subsystems(["1", "1", "1"], "coupling", &full)[0];
    // As it is printed there, with three figures.
    let printed = [
        ("c", [0.571, 0.867, 0.674, 0.967, 0.418, 0.971]),
        ("t_development", [0.185, 0.411, 0.394, 0.687, 0.370, 0.814]),
        ("d", [0.325, 0.597, 0.515, 0.815, 0.393, 0.889]),
    ];
    for (column, figures) in printed {
        as_printed(column, &by_region(equal, column), &figures);
    }
    for (column, of) in [("c", "c"), ("t_development", "t"), ("d", "d")] {
        agree(column, &by_region(equal, column), figures.column(of), 1e-12);
    }
    let settings = Settings::from([("full", 1.0.into()), ("model", "corrected".into())]);
    let corrected = &subsystems(["0.4", "0.3", "0.3"], "coupling", &settings)[0];
    let printed = [
        ("c", [0.447, 0.501, 0.455, 0.669, 0.175, 0.715]),
        ("t_development", [0.168, 0.388, 0.409, 0.686, 0.336, 0.832]),
        ("d", [0.274, 0.440, 0.432, 0.678, 0.242, 0.771]),
    ];
    for (column, figures) in printed {
        as_printed(column, &by_region(corrected, column), &figures);
    }
    for (column, of) in [("c", "c_adjusted"), ("t_development", "t_adjusted"), ("d", "d_adjusted")]
    {
        agree(column, &by_region(corrected, column), figures.column(of), 1e-12);
    }
    // The weights may be stated for the analysis alone.
    let stated = Settings::from([
        ("full", 1.0.into()),
        ("model", "corrected".into()),
        ("weights", vec![0.4, 0.3, 0.3].into()),
    ]);
    let stated = &subsystems(["1", "1", "1"], "coupling", &stated)[0];
    assert_eq!(by_region(stated, "d"), by_region(corrected, "d"));
}

/// Eight regions over ten years, in the book of the same author (zhjx19.github.io/mathmodels-book, section 15.3.2): the
/// subsystems are rescaled over all years, and what is zero then counts as 10^-10.
#[test]
fn coupling_of_rescaled_subsystems() {
    let figures = Figures::read("analysis_subsystems_panel");
    let mut values = "region,period,technology,economy,environment\n".to_owned();
    for (row, key) in figures.keys.iter().enumerate() {
        let [year, a, b, c] =
            ["year", "technology", "economy", "environment"].map(|name| figures.column(name)[row]);
        values += &format!("{key},{year},{a},{b},{c}\n");
    }
    let tree = "code,parent\nindex,\ntechnology,index\neconomy,index\nenvironment,index\n";
    let toml = "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
                [methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\n";
    let files = [("quanheng.toml", toml), ("tree.csv", tree), ("values.csv", values.as_str())];
    let settings = Settings::from([
        ("full", 100.0.into()),
        ("rescale", vec![0.0, 1.0].into()),
        ("floor", 1e-10.into()),
        ("weights", vec![0.3898977, 0.2839915, 0.3261108].into()),
    ]);
    let found = &of_period(&files, Some("2015"), "coupling", &settings)[0];
    // The regions by the order of their names: 上海 北京 天津 山东 广东 江苏 浙江 福建.
    let printed = [
        ("c", [0.965, 0.953, 0.00201, 0.00106, 0.987, 0.786, 0.951, 0.000820]),
        ("t_development", [0.453, 0.437, 0.0255, 0.0845, 0.353, 0.188, 0.298, 0.248]),
        ("d", [0.661, 0.646, 0.00715, 0.00946, 0.591, 0.385, 0.532, 0.0143]),
    ];
    for (column, figures) in printed {
        // Three figures are printed.
        agree(column, &by_region(found, column), &figures, 0.005);
    }
}

#[test]
fn obstacles_of_subsystems() {
    let figures = Figures::read("analysis_subsystems");
    let full: Settings = Settings::from([("full", 1.0.into())]);
    // As it is printed there: F·(1 − x), whose shares are the obstacle degrees.
    let printed = [
        (
            ["1", "1", "1"],
            ["o1", "o2", "o3"],
            [
                [0.328, 0.243, 0.245],
                [0.274, 0.106, 0.209],
                [0.150, 0.314, 0.142],
                [0.109, 0.173, 0.0306],
                [0.326, 0.0370, 0.266],
                [0.00417, 0.148, 0.0339],
            ],
        ),
        (
            ["0.4", "0.3", "0.3"],
            ["p1", "p2", "p3"],
            [
                [0.394, 0.218, 0.220],
                [0.329, 0.0953, 0.188],
                [0.180, 0.282, 0.128],
                [0.131, 0.156, 0.0275],
                [0.392, 0.0333, 0.239],
                [0.00500, 0.133, 0.0305],
            ],
        ),
    ];
    for (weights, columns, printed) in printed {
        let found = subsystems(weights, "obstacle", &full);
        let table = &found[1];
        // The degrees of the dimensions, which are here the indicators, stand behind the declared columns.
        let first = table.form.columns.len();
        let mut rows: Vec<(u32, Vec<f64>)> = Vec::new();
        for row in &table.rows {
            let Cell::Region(region) = &row[0] else { panic!("{row:?}") };
            rows.push((region.0, row[first..].iter().map(Cell::number).collect()));
        }
        rows.sort_by_key(|row| row.0);
        for (k, column) in columns.into_iter().enumerate() {
            let found: Vec<f64> = rows.iter().map(|row| row.1[k]).collect();
            let expected: Vec<f64> = figures.column(column).iter().map(|x| 100.0 * x).collect();
            agree(column, &found, &expected, 1e-10);
        }
        for ((_, found), printed) in rows.iter().zip(printed) {
            let total: f64 = printed.iter().sum();
            let shares = printed.map(|x| 100.0 * x / total);
            // Three figures of each product are printed, and of their sum.
            agree("printed", found, &shares, 0.005);
        }
    }
}

/// The scores of a year that are published, by region and node, as a project of these nodes.
fn published(
    year: &str,
    nodes: &[&str],
    more: &str,
    files: &[(&str, &str)],
    name: &str,
    settings: &Settings,
) -> Vec<Found> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let official = std::fs::read_to_string(root.join("examples/china-shdi/official.csv"));
    let official = official.expect("the published scores");
    let mut values = "region,indicator,value\n".to_owned();
    for line in official.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[1] == year && nodes.contains(&cells[2]) {
            values += &format!("{},{},{}\n", cells[0], cells[2], cells[3]);
        }
    }
    let leaves: String = nodes.iter().map(|node| format!("{node},index,1\n")).collect();
    let tree = format!("code,parent,weight\nindex,,\n{leaves}");
    let toml = format!(
        "[data]\nvalues = \"values.csv\"\nlayout = \"long\"\n[system.s]\ntree = \"tree.csv\"\n\
         [methodology.m]\nnormalisation = \"none\"\nweighting = \"given\"\n{more}"
    );
    let own = [
        ("quanheng.toml", toml.as_str()),
        ("tree.csv", tree.as_str()),
        ("values.csv", values.as_str()),
    ];
    of_project(&[&own, files].concat(), name, settings)
}

fn neighbours() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(root.join("examples/china-shdi/neighbours.csv")).expect("neighbours")
}

/// Moran's I of provinces by PySAL's esda, global and local, with the weights of rows made 1 and as they are.
#[test]
fn spatial_autocorrelation() {
    let figures = Figures::read("analysis_space");
    let value = |key: &str| figures.column("value")[figures.row(key)];
    let neighbours = neighbours();
    let files = [("neighbours.csv", neighbours.as_str())];
    for standardised in ["rows", "none"] {
        let settings = Settings::from([
            ("standardised", standardised.into()),
            ("permutations", 20_000.0.into()),
            ("nodes", vec!["shdi"].into()),
        ]);
        let more = "[analysis]\nneighbours = \"neighbours.csv\"\n";
        let found = published("2019", &["shdi"], more, &files, "autocorrelation", &settings);
        let (global, local) = (&found[0], &found[2]);
        let of = |key: &str| value(&format!("{standardised}_{key}"));
        for (column, expected) in [
            ("moran", of("moran")),
            ("expected", of("expected")),
            ("sd", of("variance").sqrt()),
            ("z", of("z")),
            ("p", of("p")),
            ("sd_normal", of("variance_normal").sqrt()),
            ("z_normal", of("z_normal")),
            ("p_normal", of("p_normal")),
        ] {
            agree(column, &global.numbers(column).expect("a column"), &[expected], 1e-9);
        }
        // Both draw permutations of their own: 20,000 here, 99,999 there.
        let near = |found: f64, expected: f64| {
            let error = (expected * (1.0 - expected) * (1.0 / 20_000.0 + 1.0 / 99_999.0)).sqrt();
            (found - expected).abs() < 5.0 * error + 1e-4
        };
        let p = global.numbers("p_permutation").expect("a column")[0];
        assert!(near(p, of("p_permutation")), "{p}");
        let codes: Vec<String> = {
            let of_index = figures.keys.iter().filter_map(|key| key.strip_prefix("rows_local_"));
            of_index.map(str::to_owned).collect()
        };
        assert_eq!(codes.len(), 31);
        // esda divides by Σz²/(n − 1), and Anselin (1995) and R's spdep by Σz²/n.
        let expected: Vec<f64> =
            codes.iter().map(|code| of(&format!("local_{code}")) * 31.0 / 30.0).collect();
        agree("local", &by_region(local, "local"), &expected, 1e-9);
        let p = by_region(local, "p_permutation");
        for (p, code) in p.iter().zip(&codes) {
            assert!(near(*p, of(&format!("p_{code}"))), "{code}: {p}");
        }
        let regions = local.column("region").expect("regions");
        let classes = local.column("class").expect("classes");
        for (region, class) in regions.iter().zip(classes) {
            let Cell::Region(region) = region else { panic!("{region:?}") };
            let quadrant = of(&format!("quadrant_{}", codes[region.0 as usize]));
            let expected = match quadrant as u32 {
                1 => Word::HighHigh,
                2 => Word::LowHigh,
                3 => Word::LowLow,
                _ => Word::HighLow,
            };
            assert_eq!(class, &Cell::Word(expected));
        }
    }
    // Without its only neighbour Hainan is an island. It is named and left out, as in PySAL without it.
    let islands: String = neighbours
        .lines()
        .filter(|line| !line.contains("460000"))
        .map(|l| format!("{l}\n"))
        .collect();
    let files = [("neighbours.csv", islands.as_str())];
    let more = "[analysis]\nneighbours = \"neighbours.csv\"\n";
    let settings = Settings::from([("permutations", 0.0.into()), ("nodes", vec!["shdi"].into())]);
    let found = published("2019", &["shdi"], more, &files, "autocorrelation", &settings);
    let of = |column: &str| found[0].numbers(column).expect("a column");
    agree("moran", &of("moran"), &[value("island_moran")], 1e-9);
    agree("sd", &of("sd"), &[value("island_variance").sqrt()], 1e-9);
    agree("sd_normal", &of("sd_normal"), &[value("island_variance_normal").sqrt()], 1e-9);
    assert_eq!(of("n"), [30.0]);
    assert!(of("p_permutation")[0].is_nan());
    let islands = found[0].column("islands").expect("a column");
    assert!(matches!(islands[0], Cell::Regions(regions) if regions.len() == 1));
}

/// Ward's tree by scipy, k-means from its means and silhouettes by scikit-learn.
#[test]
fn clusters_of_profiles() {
    let figures = Figures::read("analysis_clusters");
    let merges = Figures::read("analysis_merges");
    let nodes = ["healthindex", "edindex", "incindex"];
    for clusters in 2..=6 {
        for refine in [false, true] {
            let settings = Settings::from([
                ("clusters", f64::from(clusters).into()),
                ("refine", refine.into()),
            ]);
            let found = published("1990", &nodes, "", &[], "clusters", &settings);
            let of = |name: &str| figures.column(&format!("{name}_{clusters}"));
            let (labels, silhouettes) = match refine {
                true => (of("kmeans"), of("silhouette")),
                false => (of("ward"), of("silhouette_ward")),
            };
            // Clusters have other numbers there: the pairs of regions that are in one cluster are the same.
            let own = by_region(&found[2], "cluster");
            for i in 0..own.len() {
                for j in 0..i {
                    let (here, there) = (own[i] == own[j], labels[i] == labels[j]);
                    assert_eq!(here, there, "{clusters} {refine} {i} {j}");
                }
            }
            let own = by_region(&found[2], "silhouette");
            for (a, b) in own.iter().zip(silhouettes) {
                // Silhouettes near zero are differences of equal distances.
                assert!((a - b).abs() < 1e-12, "{clusters} {refine}: {a} {b}");
            }
            let mean = silhouettes.iter().sum::<f64>() / 31.0;
            let row = found[0].numbers("clusters").expect("a column");
            let row = row.iter().position(|k| *k == f64::from(clusters)).expect("a row");
            let own = found[0].numbers("silhouette").expect("a column")[row];
            agree("mean silhouette", &[own], &[mean], 1e-9);
            let heights = found[3].numbers("merge_height").expect("a column");
            agree("height", &heights, merges.column("height"), 1e-9);
            agree("n", &found[3].numbers("n").expect("a column"), merges.column("n"), 0.0);
        }
    }
}
