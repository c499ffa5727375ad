//! The table of neighbours: what methods and scripts see of it, and what it belongs to.

use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::evaluation::Evaluation;

const TREE: &str = "code,parent,weight\nindex,,\na,index,0.5\nb,index,0.5\n";
const REGIONS: &str = "code,kind\nR1,city\nR2,city\nR3,city\nR4,county\n";
/// The index of the regions is 1, 2, 4 and 8; in 2021 it is ten times as much.
const VALUES: &str = "region,period,a,b\nR1,2020,1,1\nR2,2020,1,3\nR3,2020,5,3\nR4,2020,8,8\n\
    R1,2021,10,10\nR2,2021,20,20\nR3,2021,40,40\nR4,2021,80,80\n";
/// R1 has the neighbours R2 (1), R3 (3) and R4 (4); R2 and R3 are neighbours too (2).
const NEIGHBOURS: &str = "region,neighbour,weight\nR1,R2,1\nR1,R3,3\nR1,R4,4\nR2,R3,2\n";
const LAG: &str = "[methodology.m]\nnormalisation = \"none\"\nweighting = \"given\"\n\
    aggregation = \"spatial_lag\"\n";

/// A project with keys of `[data]` and further tables.
fn open(data: &str, more: &str, neighbours: &str) -> Resolved {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = format!(
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n{data}\n\
         [system.s]\ntree = \"tree.csv\"\n{more}"
    );
    for (name, text) in [
        ("quanheng.toml", toml.as_str()),
        ("tree.csv", TREE),
        ("regions.csv", REGIONS),
        ("values.csv", VALUES),
        ("neighbours.csv", neighbours),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    project::open(folder.path()).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    })
}

const STATED: &str = "neighbours = \"neighbours.csv\"";

/// The scores of the index by period and code.
fn scores(resolved: &Resolved, code: &str) -> Vec<(usize, String, f64)> {
    let methodology = Arc::clone(&resolved.methodologies[code]);
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("results");
    let study = evaluation.study();
    let scores = evaluation.scores(evaluation.methodology().system.root()).values();
    let row = |row: usize| {
        let region = &study.regions[study.panel.regions()[row].0 as usize];
        (study.panel.periods()[row].0 as usize, region.code.clone(), scores[row])
    };
    let mut found: Vec<_> = (0..study.panel.rows()).map(row).collect();
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    found
}

fn only(found: &[(usize, String, f64)], period: usize) -> Vec<f64> {
    found.iter().filter(|of| of.0 == period).map(|of| of.2).collect()
}

#[test]
fn lags_by_hand() {
    let found = scores(&open(STATED, LAG, NEIGHBOURS), "m");
    // R1: (2 + 3·4 + 4·8)/8; R2: (1 + 2·4)/3; R3: (3·1 + 2·2)/5; R4: 1.
    assert_eq!(only(&found, 0), [46.0 / 8.0, 3.0, 7.0 / 5.0, 1.0]);
    assert_eq!(only(&found, 1), [460.0 / 8.0, 30.0, 70.0 / 5.0, 10.0]);
    // The order of the table has no effect.
    let lines: Vec<&str> = NEIGHBOURS.lines().collect();
    let turned = format!("{}\n{}\n{}\n{}\nR3,R2,2\n", lines[0], lines[3], lines[2], lines[1]);
    assert_eq!(scores(&open(STATED, LAG, &turned), "m"), found);
    // With one direction only R4 and R3 have no neighbour, and count themselves.
    let one_way = "neighbours = { file = \"neighbours.csv\", one_way = true }";
    let window = LAG.replace("\"spatial_lag\"", "{ method = \"spatial_lag\", diagonal = 2 }");
    let found = scores(&open(one_way, &window, NEIGHBOURS), "m");
    assert_eq!(only(&found, 0), [48.0 / 10.0, 3.0, 4.0, 8.0]);
}

#[test]
fn the_script_has_the_same_bits() {
    for settings in ["", ", diagonal = 0.3", ", standardised = \"none\", diagonal = 1"] {
        let of = |choice: &str| {
            let chosen = format!("{{ {choice}{settings} }}");
            let resolved = open(STATED, &LAG.replace("\"spatial_lag\"", &chosen), NEIGHBOURS);
            let bits = |(_, _, score): (usize, String, f64)| score.to_bits();
            scores(&resolved, "m").into_iter().map(bits).collect::<Vec<_>>()
        };
        let built_in = of("method = \"spatial_lag\"");
        assert_eq!(built_in, of("script = \"aggregation/spatial_lag.rhai\""), "{settings}");
    }
}

#[test]
fn neighbours_that_are_not_there_are_left_out() {
    let window = LAG.replace("\"spatial_lag\"", "{ method = \"spatial_lag\", diagonal = 1 }");
    let leagues = format!(
        "{window}[league.city]\nwhere = \"kind == 'city'\"\n[league.county]\nwhere = \"kind == 'county'\"\n"
    );
    let found = scores(&open(STATED, &leagues, NEIGHBOURS), "m");
    // R1: (1 + 2 + 3·4)/5; R4 is alone in its league.
    assert_eq!(only(&found, 0), [3.0, 11.0 / 4.0, 11.0 / 6.0, 8.0]);
    let screened = format!("{window}screening = {{ exclude = [\"R4\"] }}\n");
    let found = scores(&open(STATED, &screened, NEIGHBOURS), "m");
    assert_eq!(only(&found, 0), [3.0, 11.0 / 4.0, 11.0 / 6.0]);
}

#[test]
fn the_table_belongs_to_the_results_where_data_states_it() {
    let other = NEIGHBOURS.replace("R2,R3,2", "R2,R3,5");
    let fingerprint = |data: &str, more: &str, table: &str| open(data, more, table).fingerprint;
    assert_ne!(fingerprint(STATED, LAG, NEIGHBOURS), fingerprint(STATED, LAG, &other));
    let of_analysis =
        "[methodology.m]\nnormalisation = \"none\"\n[analysis]\nneighbours = \"neighbours.csv\"\n";
    assert_eq!(fingerprint("", of_analysis, NEIGHBOURS), fingerprint("", of_analysis, &other));
    // The analysis has the neighbours of the data, unless it states others.
    let plain = "[methodology.m]\nnormalisation = \"none\"\n";
    let links = |resolved: Resolved| resolved.analysis.inputs.neighbours.expect("neighbours").len();
    assert_eq!(links(open(STATED, plain, NEIGHBOURS)), 8);
    let one_way = "[analysis]\nneighbours = { file = \"neighbours.csv\", one_way = true }\n";
    assert_eq!(links(open(STATED, &format!("{plain}{one_way}"), NEIGHBOURS)), 4);
}
