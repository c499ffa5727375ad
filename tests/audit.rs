//! Audits of methodologies whose properties are known: from papers, or worked out beside the test.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::audit::{
    Bench, Change, Measure, Options, Outcome, Quantity, Reason, TABLE, Verdict, find,
};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::methodology::Part;
use quanheng_core::model::{Column, NodeId};

fn open(files: &[(&str, &str)]) -> (tempfile::TempDir, Resolved) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let resolved = project::open(folder.path()).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    });
    (folder, resolved)
}

fn toml(methodology: &str) -> String {
    format!("[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n{methodology}")
}

fn bench(resolved: &Resolved, options: Options) -> Bench {
    let methodology = resolved.methodology(None).expect("the one");
    Bench::new(Arc::clone(&resolved.study), methodology, options).unwrap_or_else(|e| {
        panic!(
            "{}",
            resolved.evaluation_problems("m", e).render(quanheng_words::Language::En, false)
        )
    })
}

fn test(resolved: &Resolved, property: &str) -> Outcome {
    let options = Options { examples: 100, ..Options::default() };
    bench(resolved, options).test(find(property).expect("a property"))
}

fn code(resolved: &Resolved, region: quanheng_core::model::RegionIx) -> &str {
    &resolved.study.regions[region.0 as usize].code
}

fn measure(outcome: &Outcome, quantity: Quantity) -> Measure {
    *outcome.measures.iter().find(|m| m.quantity == quantity).expect("measured")
}

const TREE: &str = "code,parent,weight,direction,bad,good\nindex,,,,,\nx,index,0.5,1,0,10\n\
                    y,index,0.3,-1,100,0\nz,index,0.2,1,0,1\n";
const VALUES: &str =
    "region,x,y,z\n01,1,90,0.1\n02,4,35,0.7\n03,6,40,0.2\n04,6,20,0.9\n05,9.5,61,0.35\n";

/// Fixed goalposts, fixed weights, a mean: nobody else's data comes into a region's score, and everything holds.
#[test]
fn an_additive_index_between_goalposts_has_every_property() {
    let toml = toml(
        "[methodology.m]\nnormalisation = \"goalposts\"\nweighting = \"given\"\naggregation = \"arithmetic\"\n\
         tiering = { method = \"cut_points\", cuts = [0.7, 0.4] }\n",
    );
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", TREE), ("values.csv", VALUES)]);
    let bench = bench(&resolved, Options::default());
    for property in TABLE {
        let outcome = bench.test(property);
        match property.name {
            "imputed_value" => {
                assert_eq!(outcome.verdict, Verdict::NotApplicable(Reason::NothingMissing));
            }
            _ => {
                assert_eq!(outcome.verdict, Verdict::Pass, "{}: {outcome:?}", property.name);
                assert!(outcome.tests > 0 && outcome.faults.is_none(), "{}", property.name);
            }
        }
    }
    // Pairs in which one is no worse: 04 against 01, 02, 03; 02, 03 and 05 against 01.
    assert_eq!(bench.test(find("dominance").unwrap()).tests, 6);
    // Three columns by four factors.
    assert_eq!(bench.test(find("unit_scale").unwrap()).tests, 12);
}

/// Belton & Gear (1983), Omega 11, 228-230: three criteria of equal weight, priorities that sum to one. Without D, a copy
/// of B, the overall priorities are 0.45 for A and 0.47 for B; with it 0.37 and 0.29.
#[test]
fn the_rank_reversal_of_belton_and_gear() {
    let toml = toml(
        "[methodology.m]\nnormalisation = \"sum\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n",
    );
    let tree = "code,parent,direction\nindex,,\na,index,1\nb,index,1\nc,index,1\n";
    let values = "region,a,b,c\nA,1,9,8\nB,9,1,9\nC,1,1,1\nD,9,1,9\n";
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", tree), ("values.csv", values)]);
    let outcome = test(&resolved, "irrelevant_regions");
    assert_eq!(outcome.verdict, Verdict::Fail);
    // B and D are each other's copy: either one gone, the other passes A. Four removals of three pairs each.
    assert_eq!((outcome.failed, outcome.tests), (2, 4));
    let rate = measure(&outcome, Quantity::PairsReversed);
    assert_eq!((rate.value, rate.of), (2.0, Some(12)));
    assert_eq!(measure(&outcome, Quantity::RemovalsReversing).value, 2.0);
    let without_d = outcome.examples.iter().find(|e| match e.change {
        Change::Removed { region } => code(&resolved, region) == "D",
        _ => false,
    });
    let example = without_d.expect("the one of the paper");
    let (a, was, is) = example.other.expect("a pair");
    assert_eq!((code(&resolved, example.who.region), code(&resolved, a.region)), ("B", "A"));
    let rounded = |x: f64| (x * 100.0).round() / 100.0;
    assert_eq!([was.score, is.score].map(rounded), [0.37, 0.45]);
    assert_eq!([example.before.score, example.after.score].map(rounded), [0.29, 0.47]);
    let origin = &outcome.origins[0].0;
    assert_eq!((origin.part, origin.method.as_str()), (Part::Normalisation, "sum"));
    // The same data between goalposts: no reversal.
    let toml = toml_goalposts();
    let tree = "code,parent,direction,bad,good\nindex,,,,\na,index,1,0,10\nb,index,1,0,10\nc,index,1,0,10\n";
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", tree), ("values.csv", values)]);
    let outcome = test(&resolved, "irrelevant_regions");
    assert_eq!(outcome.verdict, Verdict::Pass);
    assert_eq!(measure(&outcome, Quantity::PairsReversed).share(), Some(0.0));
}

fn toml_goalposts() -> String {
    toml("[methodology.m]\nnormalisation = \"goalposts\"\nweighting = \"equal\"\n")
}

/// The criteria of Wang & Triantaphyllou, beside scikit-criteria 0.10 and numpy.
#[test]
fn rank_reversal_in_pairs_as_scikit_criteria() {
    let read = |name: &str| crate::reference::Figures::read(name);
    let (data, expected) = (read("audit_pairs_data"), read("audit_pairs_skcriteria"));
    let mut tree = "code,parent,weight,direction\nindex,,,\n".to_owned();
    for (name, column) in data.names.iter().zip(&data.columns) {
        tree.push_str(&format!("{name},index,{},1\n", column[0]));
    }
    let mut values = format!("region,{}\n", data.names.join(","));
    for (row, key) in data.keys.iter().enumerate().skip(1) {
        let cells = data.columns.iter().map(|column| column[row].to_string());
        values.push_str(&format!("{key},{}\n", cells.collect::<Vec<_>>().join(",")));
    }
    for (name, normalisation, aggregation) in [
        ("topsis", "none", "{ method = \"topsis\", scale = \"vector\" }"),
        ("sum", "sum", "\"arithmetic\""),
        ("min_max", "min_max", "\"arithmetic\""),
    ] {
        let toml = toml(&format!(
            "[methodology.m]\nnormalisation = \"{normalisation}\"\nweighting = \"given\"\n\
             aggregation = {aggregation}\n",
        ));
        let (_folder, resolved) =
            open(&[("quanheng.toml", &toml), ("tree.csv", &tree), ("values.csv", &values)]);
        let figure = |column: &str| expected.column(column)[expected.row(name)];
        let transitive = test(&resolved, "transitive_pairs");
        assert_eq!((transitive.tests, transitive.of), (1140, 1140), "{name}");
        assert_eq!(transitive.failed as f64, figure("circles"), "{name}");
        assert_eq!(measure(&transitive, Quantity::Cycles).value, figure("circles"), "{name}");
        assert_eq!(transitive.verdict == Verdict::Pass, figure("criterion_2") == 1.0, "{name}");
        for example in &transitive.examples {
            assert!(matches!(example.change, Change::Circle { strict: [true, true, true], .. }));
        }
        let recomposed = test(&resolved, "recomposed_ranking");
        assert_eq!(recomposed.tests, 190, "{name}");
        assert_eq!(recomposed.failed as f64, figure("reversed"), "{name}");
        assert_eq!(measure(&recomposed, Quantity::PairsReversed).value, figure("reversed"));
        assert_eq!(recomposed.verdict == Verdict::Pass, figure("criterion_3") == 1.0, "{name}");
        let replaced = test(&resolved, "worse_replacement");
        assert_eq!(replaced.tests, 38, "{name}");
        assert_eq!(replaced.failed as f64, figure("best_changes"), "{name}");
        for example in &replaced.examples {
            assert!(example.after.rank == 1.0 && example.before.rank > 1.0, "{example:?}");
        }
    }
}

/// A project with one node above these leaves, weighed equally or as stated, and one property of its methodology.
fn of_leaves(
    leaves: &[(&str, f64, f64)],
    rows: &[(&str, Vec<f64>)],
    aggregation: &str,
    property: &str,
) -> Outcome {
    let toml = toml(&format!(
        "[methodology.m]\nnormalisation = \"none\"\nweighting = \"given\"\naggregation = {aggregation}\n"
    ));
    let mut tree = "code,parent,direction,weight\nindex,,,\n".to_owned();
    let mut values = "region".to_owned();
    for (code, direction, weight) in leaves {
        tree.push_str(&format!("{code},index,{direction},{weight}\n"));
        values.push_str(&format!(",{code}"));
    }
    for (code, cells) in rows {
        let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
        values.push_str(&format!("\n{code},{}", cells.join(",")));
    }
    values.push('\n');
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", &tree), ("values.csv", &values)]);
    test(&resolved, property)
}

/// The tests of scikit-criteria on cryptocurrencies (Van Heerden et al. 2021): TOPSIS without a scale and in vector scale, and
/// the reference point of MOORA, where 1/x stands for x if less is better; and each region but the best replaced by a worse
/// one.
#[test]
fn rank_reversal_in_the_tests_of_scikit_criteria() {
    let data = crate::reference::Figures::read("audit_pairs_van2021");
    let directions = [1.0, -1.0, 1.0, -1.0, 1.0, 1.0];
    let rows = |window: &str, inverted: bool| -> Vec<(&str, Vec<f64>)> {
        let own = data.keys.iter().enumerate();
        let own = own.filter_map(|(row, key)| Some((row, key.strip_prefix(window)?)));
        let cell = |(k, column): (usize, &Vec<f64>), row: usize| match column[row] {
            x if inverted && directions[k] < 0.0 => 1.0 / x,
            x => x,
        };
        let columns = || data.columns.iter().enumerate();
        own.map(|(row, code)| (code, columns().map(|of| cell(of, row)).collect())).collect()
    };
    let leaves = |inverted: bool| -> Vec<(&str, f64, f64)> {
        let names = data.names.iter().map(String::as_str);
        let signs = directions.iter().map(|d| if inverted { 1.0 } else { *d });
        names.zip(signs).map(|(name, sign)| (name, sign, 1.0)).collect()
    };
    let topsis = |scale: &str| format!("{{ method = \"topsis\", scale = \"{scale}\" }}");
    for (aggregation, property, verdict) in [
        (topsis("none"), "transitive_pairs", Verdict::Pass),
        ("\"moora_reference\"".to_owned(), "transitive_pairs", Verdict::Fail),
        (topsis("none"), "recomposed_ranking", Verdict::Pass),
        (topsis("vector"), "recomposed_ranking", Verdict::Fail),
    ] {
        let outcome = of_leaves(&leaves(true), &rows("w7/", true), &aggregation, property);
        assert_eq!(outcome.verdict, verdict, "{aggregation} {property}");
    }
    for window in ["w7/", "w15/"] {
        let rows = rows(window, false);
        let replaced = of_leaves(&leaves(false), &rows, &topsis("none"), "worse_replacement");
        assert_eq!((rows.len(), replaced.of), (9, 16), "{window}");
        for example in &replaced.examples {
            assert!(matches!(example.change, Change::Worsened { .. }), "{example:?}");
        }
    }
    // The selection of stocks.
    let stocks = [[7, 5, 35], [5, 4, 26], [5, 6, 28], [3, 4, 36], [1, 7, 30], [5, 8, 30]];
    let codes = ["PE", "JN", "AA", "FX", "MM", "GN"];
    let row = |cells: &[i32; 3]| cells.iter().map(|x| f64::from(*x)).collect::<Vec<_>>();
    let rows: Vec<_> = codes.into_iter().zip(stocks.iter().map(row)).collect();
    let leaves = [("roe", 1.0, 2.0), ("cap", 1.0, 4.0), ("ri", -1.0, 1.0)];
    let replaced = of_leaves(&leaves, &rows, &topsis("none"), "worse_replacement");
    assert_eq!(replaced.of, 10);
}

/// Beyond the bound a sample of regions is ranked in pairs, always the same one, and the outcome says how many there are.
#[test]
fn pairs_of_many_regions_are_a_sample() {
    let tree = "code,parent,direction\nindex,,\na,index,1\nb,index,1\n";
    let row = |k: usize| format!("{k:03},{},{}\n", (k * 37) % 101, (k * 53) % 103);
    let values: String = "region,a,b\n"
        .chars()
        .chain((0..60).flat_map(|k| row(k).chars().collect::<Vec<_>>()))
        .collect();
    let toml = toml("[methodology.m]\nnormalisation = \"min_max\"\nweighting = \"equal\"\n");
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", tree), ("values.csv", &values)]);
    let options = Options { cells: 100, ..Options::default() };
    let bench = bench(&resolved, options);
    let run = |name: &str| bench.test(find(name).expect("a property"));
    // 14 regions have 91 pairs, 15 would have 105.
    let pairs = run("recomposed_ranking");
    assert_eq!((pairs.tests, pairs.of), (91, 60 * 59 / 2));
    let triples = run("transitive_pairs");
    assert_eq!((triples.tests, triples.of), (14 * 13 * 12 / 6, 60 * 59 * 58 / 6));
    assert_eq!(run("recomposed_ranking").failed, pairs.failed);
}

/// A region strong in y and weak in x: where x grows, x comes to differ more, gets more weight, and the score falls.
/// Scores worked out from the formula of the entropy weights: 0.941926 at x = 0.3, and 0.941088 at 0.301.
#[test]
fn entropy_weights_are_not_monotone() {
    let toml = toml(
        "[methodology.m]\nnormalisation = \"none\"\nweighting = \"entropy\"\naggregation = \"arithmetic\"\n",
    );
    let tree = "code,parent,direction\nindex,,\nx,index,1\ny,index,1\n";
    let values = "region,x,y\nr,0.3,1\ns,0.2,0.2\nt,0.2,0.3\nu,0.2,0.4\n";
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", tree), ("values.csv", values)]);
    let outcome = test(&resolved, "monotone");
    assert_eq!(outcome.verdict, Verdict::Fail);
    let of_r = outcome.examples.iter().filter(|e| code(&resolved, e.who.region) == "r");
    let least = of_r
        .min_by(|a, b| {
            let to = |change: &Change| match change {
                Change::Improved { to, .. } => *to,
                other => panic!("{other:?}"),
            };
            to(&a.change).total_cmp(&to(&b.change))
        })
        .expect("the region of the example");
    assert!((least.before.score - 0.94192565682398).abs() < 1e-12, "{least:?}");
    assert!((least.after.score - 0.941087762988139).abs() < 1e-12, "{least:?}");
    let origin = least.origin.as_ref().expect("found");
    assert_eq!(
        (origin.part, origin.method.as_str(), origin.claims),
        (Part::Weighting, "entropy", Some(false))
    );
    // Weights that come of data cannot be set to zero.
    let zero = test(&resolved, "zero_weight");
    let reason = Reason::WeightsNotStated { method: "entropy".into() };
    assert_eq!(zero.verdict, Verdict::NotApplicable(reason));
}

/// A value whose points fall again: the tree says that more is better, the points do not.
#[test]
fn points_that_fall_break_monotonicity_and_dominance() {
    let toml = toml(
        "[methodology.m]\nnormalisation = { method = \"points\", bands = [[0, 0], [5, 10], [10, 4]] }\n\
         weighting = \"equal\"\n",
    );
    let tree = "code,parent,direction\nindex,,\nx,index,1\n";
    let values = "region,x\na,1\nb,5\nc,9\n";
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", tree), ("values.csv", values)]);
    for (property, failed) in [("monotone", 6), ("dominance", 1)] {
        let outcome = test(&resolved, property);
        assert_eq!(outcome.verdict, Verdict::Fail, "{property}");
        let origin = outcome.examples[0].origin.as_ref().expect("found");
        assert_eq!(origin.part, Part::Normalisation);
        assert_eq!((origin.method.as_str(), origin.claims), ("points", Some(false)));
        assert_eq!(outcome.failed, failed, "{property}: {outcome:?}");
    }
    // Bands are in the unit of the column, and go with it.
    let outcome = test(&resolved, "unit_scale");
    assert_eq!((outcome.verdict.clone(), outcome.tests), (Verdict::Pass, 4));
}

/// A script that weighs by whoever comes first in the table.
#[test]
fn a_script_that_looks_at_the_first_row_is_caught() {
    let toml =
        toml("[methodology.m]\nnormalisation = \"goalposts\"\nweighting = \"script:first.rhai\"\n");
    let script = "//! Weights: the scores of the first region.\n\n/// One for each sibling.\n\
                  fn weights(siblings) { siblings.scores.row(0) + 0.01 }\n";
    let (_folder, resolved) = open(&[
        ("quanheng.toml", &toml),
        ("tree.csv", TREE),
        ("values.csv", VALUES),
        ("first.rhai", script),
    ]);
    let outcome = test(&resolved, "row_order");
    assert_eq!(outcome.verdict, Verdict::Fail);
    let (origin, count) = &outcome.origins[0];
    assert_eq!(origin.part, Part::Weighting);
    assert_eq!((origin.method.as_str(), origin.claims), ("script:first.rhai", None));
    assert_eq!(*count, outcome.failed);
    assert!(measure(&outcome, Quantity::LargestDifference).value > 0.01);
    // Equals are still treated alike: both lie in one table.
    assert_eq!(test(&resolved, "ties").verdict, Verdict::Pass);
}

/// 0.1 + 0.2 is not 0.3 in binary: two regions of 0.3 get two ranks where every bit is compared, unless scores are rounded
/// before they are ranked.
#[test]
fn a_tie_that_rounding_noise_parts() {
    let tree = "code,parent,direction\nindex,,\nx,index,1\ny,index,1\n";
    let values = "region,x,y\na,0.1,0.2\nb,0.3,0\nc,0.5,0.5\n";
    let sum =
        "[methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\naggregation = \"sum\"\n";
    let run = |more: &str| {
        let toml = toml(&format!("{sum}{more}"));
        let files = [("quanheng.toml", toml.as_str()), ("tree.csv", tree), ("values.csv", values)];
        let (_folder, resolved) = open(&files);
        test(&resolved, "noise")
    };
    assert_eq!(run("").verdict, Verdict::Pass);
    let parted = run("precision = \"all\"\n");
    assert_eq!((parted.verdict.clone(), parted.failed), (Verdict::Fail, 1));
    let Change::Nudged { by } = parted.examples[0].change else { panic!("{parted:?}") };
    assert_eq!(by, 0.1 + 0.2 - 0.3);
    assert!(parted.examples[0].other.is_some());
    let all = |more: &str| run(&format!("precision = \"all\"\n{more}"));
    assert_eq!(all("ranking = { on = 6 }\n").verdict, Verdict::Pass);
    assert_eq!(all("ranking = { tolerance = 1e-9 }\n").verdict, Verdict::Pass);
    // A cut at 0.3: one region stands on it, the other above it by noise.
    let tiers = "tiering = { method = \"cut_points\", cuts = [0.3] }\n";
    assert_eq!(run(tiers).verdict, Verdict::Pass);
    let cut = all(
        "ranking = { tolerance = 1e-9 }\ntiering = { method = \"cut_points\", cuts = [0.3] }\n",
    );
    assert_eq!((cut.verdict.clone(), cut.failed), (Verdict::Fail, 1));
    assert_eq!(cut.examples[0].origin.as_ref().unwrap().part, Part::Tiering);
}

/// Places by code part equals: that is stated, and depends on codes all the same.
#[test]
fn ordinal_ranks_depend_on_codes() {
    let toml = toml(
        "[methodology.m]\nnormalisation = \"none\"\nweighting = \"equal\"\nranking = { ties = \"ordinal\" }\n",
    );
    let tree = "code,parent,direction\nindex,,\nx,index,1\n";
    let values = "region,x\na,1\nb,2\nc,2\nd,3\n";
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", tree), ("values.csv", values)]);
    let outcome = test(&resolved, "row_order");
    assert_eq!(outcome.verdict, Verdict::Fail);
    assert!(outcome.examples.iter().all(|e| ["b", "c"].contains(&code(&resolved, e.who.region))));
    assert_eq!(outcome.origins[0].0.part, Part::Ranking);
    let ties = test(&resolved, "ties");
    assert_eq!(ties.verdict, Verdict::Pass);
    assert!(ties.left_out.iter().any(|(reason, _)| *reason == Reason::OrdinalRanks));
}

/// A region that settings name keeps its code when all others get new ones.
#[test]
fn regions_in_settings_keep_their_codes() {
    let toml = toml(
        "[methodology.m]\nnormalisation = { method = \"distance_to_reference\", region = \"03\" }\n\
         weighting = \"given\"\n",
    );
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", TREE), ("values.csv", VALUES)]);
    let order = test(&resolved, "row_order");
    assert_eq!((order.verdict.clone(), order.tests), (Verdict::Pass, 25), "{order:?}");
    assert_eq!(measure(&order, Quantity::CodesKept).value, 1.0);
    // Without it there is nothing to measure from, and without 01 it is itself the worst: two tests have no result.
    let gone = test(&resolved, "irrelevant_regions");
    assert_eq!(gone.tests, 3);
    let (count, fault) = gone.faults.expect("two removals");
    assert_eq!(count, 2);
    assert_eq!(fault.error.method, "distance_to_reference");
}

/// Neighbours are sought among all indicators, whatever they weigh.
#[test]
fn an_indicator_without_weight_still_chooses_neighbours() {
    let toml = toml(
        "[methodology.m]\nimputation = { method = \"nearest\", k = 1 }\nnormalisation = \"goalposts\"\n\
         weighting = \"given\"\n",
    );
    // By x alone 01 is nearest to 02; by y and z to 05.
    let values = "region,x,y,z\n01,1,90,\n02,1.2,10,0.7\n03,6,40,0.2\n04,6,20,0.9\n05,3,89,0.35\n";
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml), ("tree.csv", TREE), ("values.csv", values)]);
    let outcome = test(&resolved, "zero_weight");
    assert_eq!(outcome.verdict, Verdict::Fail, "{outcome:?}");
    let origin = outcome.examples[0].origin.as_ref().expect("found");
    assert_eq!((origin.part, origin.method.as_str()), (Part::Imputation, "nearest"));
    // The cell takes a value that is there: it is one's own then, and the score stays.
    assert_eq!(test(&resolved, "imputed_value").verdict, Verdict::Pass);
}

/// Points that are added have full marks, not weights; full marks that weigh are stated weights.
#[test]
fn full_marks_as_weights() {
    let tree = "code,parent,full_marks,direction,bad,good\nindex,,,,,\nx,index,50,1,0,10\n\
                y,index,30,-1,100,0\nz,index,20,1,0,1\n";
    let run = |aggregation: &str| {
        let toml = toml(&format!(
            "[methodology.m]\nnormalisation = \"goalposts\"\nweighting = \"full_marks\"\n\
             aggregation = \"{aggregation}\"\n"
        ));
        let files = [("quanheng.toml", toml.as_str()), ("tree.csv", tree), ("values.csv", VALUES)];
        let (_folder, resolved) = open(&files);
        test(&resolved, "zero_weight")
    };
    let mean = run("arithmetic");
    assert_eq!((mean.verdict.clone(), mean.tests), (Verdict::Pass, 3));
    let sum = run("sum");
    assert_eq!(sum.verdict, Verdict::NotApplicable(Reason::PointsAdded { method: "sum".into() }));
}

/// Two leagues over two periods: each league's last period is looked at, and regions meet those of their league only.
#[test]
fn leagues_and_periods() {
    let toml = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
                [league.a]\nwhere = \"kind == 'a'\"\n[league.b]\nwhere = \"kind == 'b'\"\n\
                [methodology.m]\nnormalisation = { method = \"min_max\", over = \"panel\" }\nweighting = \"equal\"\n\
                [methodology.first]\nextends = \"m\"\nperiods = [\"1\"]\n";
    let regions = "code,kind\n1,a\n2,a\n3,a\n4,b\n5,b\n6,b\n";
    let tree = "code,parent,direction\nindex,,\nx,index,1\ny,index,1\n";
    let mut values = "region,period,x,y\n".to_owned();
    for region in 1..=6 {
        for period in 1..=2 {
            // Region 6 is gone in the second period.
            if (region, period) != (6, 2) {
                let (x, y) = (region * period, (region * 5 + period * 3) % 7);
                values.push_str(&format!("{region},{period},{x},{y}\n"));
            }
        }
    }
    let (_folder, resolved) = open(&[
        ("quanheng.toml", toml),
        ("regions.csv", regions),
        ("tree.csv", tree),
        ("values.csv", &values),
    ]);
    let whole = test(&resolved, "irrelevant_regions");
    // Three of league a with one pair each, and no pair left of two; taking out another league's region leaves 3 + 1.
    // 1, 2, 3 gone: 1 + 1 pairs; 4, 5 gone: 3 + 0.
    assert_eq!(whole.tests, 5);
    assert_eq!(measure(&whole, Quantity::PairsReversed).of, Some(3 * 2 + 2 * 3));
    let period = resolved.study.period("1");
    let options = Options { period, ..Options::default() };
    let first = bench(&resolved, options).test(find("irrelevant_regions").unwrap());
    assert_eq!(first.tests, 6);
    assert_eq!(measure(&first, Quantity::PairsReversed).of, Some(6 * 4));
    // A methodology for one period is looked at there.
    let methodology = resolved.methodology(Some("first")).expect("the second");
    let only = Bench::new(Arc::clone(&resolved.study), methodology, Options::default()).unwrap();
    assert_eq!(only.test(find("repeatable").unwrap()).tests, 6);
    assert!(only.slices().iter().all(|s| Some(s.period) == period));
}

/// A sample is the same one each time, and says that it is one.
#[test]
fn samples() {
    let (_folder, resolved) =
        open(&[("quanheng.toml", &toml_goalposts()), ("tree.csv", TREE), ("values.csv", VALUES)]);
    let options = Options { cells: 7, regions: 2, ..Options::default() };
    let bench = bench(&resolved, options);
    let monotone = bench.test(find("monotone").unwrap());
    assert_eq!(monotone.tests, 7);
    assert!(monotone.of > 40, "{}", monotone.of);
    let gone = bench.test(find("irrelevant_regions").unwrap());
    assert_eq!((gone.tests, gone.of), (2, 5));
}

/// What is evaluated again after one cell has changed is what a whole evaluation of the changed study gives, bit for bit.
#[test]
fn one_cell_changed_is_the_whole_evaluated_again() {
    let resolved = project::open(Path::new("examples/asem")).expect("the example");
    for methodology in resolved.methodologies.values() {
        let base = Evaluation::new(Arc::clone(&resolved.study), Arc::clone(methodology)).unwrap();
        let system = &methodology.system;
        let mut compared = 0;
        for (k, &leaf) in system.leaves().iter().enumerate().step_by(3) {
            let (indicator, code) = (system.indicator(k), &system.node(leaf).code);
            // A leaf that is its raw column, so that the same change can be made in both.
            let [name] = indicator.columns(code)[..] else { continue };
            let row = (7 * k) % base.study().panel.rows();
            let mut values = resolved.study.columns[name].values().to_vec();
            values[row] = 3.0 * values[if values[row].is_nan() { row + 1 } else { row }];
            let column = Column::new(values);
            let changed = Arc::new(resolved.study.with_column(name, column.clone()));
            let whole = Evaluation::new(changed, Arc::clone(methodology)).unwrap();
            let part = base.with_indicator(k, column).unwrap();
            for node in (0..system.nodes().len() as u32).map(NodeId) {
                assert_eq!(whole.scores(node), part.scores(node), "{code} {node:?}");
            }
            assert_eq!(whole.exact(), part.exact());
            assert_eq!(whole.ranks(), part.ranks());
            assert_eq!(whole.tiers(), part.tiers());
            compared += 1;
        }
        assert!(compared >= 5, "{compared} leaves");
    }
}

fn audit(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .arg("audit")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn exit_codes_and_what_is_wrong_with_words() {
    let fine = audit(&["examples/china-shdi"]);
    assert_eq!(fine.status.code(), Some(0), "{}", text(&fine.stderr));
    let broken = audit(&["examples/asem", "--property", "monotone"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(text(&broken.stderr).contains("does not pass 1 of 1 properties: monotone"));
    for (arguments, said) in [
        (&["examples/asem", "offical"][..], "did you mean `official`?"),
        (&["examples/asem", "--property", "monoton"][..], "did you mean `monotone`?"),
        (&["examples/china-shdi", "--period", "2091"][..], "there is no period `2091`"),
        (&["examples/egdi", "official-2008", "--period", "2024"][..], "`2008`, `2010`"),
        (&["examples/asem", "--cells", "0"][..], "a whole number above 0"),
    ] {
        let output = audit(&[arguments, &["--lang", "en"]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(said), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn formats() {
    let json = audit(&["examples/asem", "all", "--format", "json", "--examples", "3"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let blocks = value["blocks"].as_array().expect("blocks");
    let named = |name: &str| blocks.iter().filter(|b| b["name"] == name).count();
    for table in ["audit", "counter_examples", "origins", "measures", "left_out"] {
        assert_eq!(named(table), 4, "{table} of each methodology");
    }
    let csv = text(&audit(&["examples/asem", "official", "--format", "csv"]).stdout);
    assert!(csv.starts_with("methodology,property,chinese,verdict,failed,tests"), "{csv}");
    assert_eq!(csv.lines().filter(|l| l.starts_with("methodology,")).count(), 5);
    let list = text(&audit(&["--list", "--format", "markdown", "--lang", "zh"]).stdout);
    for property in TABLE {
        assert!(list.contains(property.name) && list.contains(chinese(property.name)));
    }
}

/// The number of threads cannot be felt.
#[test]
fn on_any_number_of_threads() {
    let output = |threads: &str| {
        let more = ["examples/asem", "standardised", "--examples", "50", "--threads", threads];
        audit(&more).stdout
    };
    assert_eq!(output("1"), output("2"));
}

#[test]
fn examples() {
    for (name, arguments) in [
        ("audit_china_shdi_zh", &["examples/china-shdi", "all", "--lang", "zh"][..]),
        ("audit_china_shdi_en", &["examples/china-shdi", "entropy", "--lang", "en"][..]),
        ("audit_asem_zh", &["examples/asem", "--lang", "zh", "--examples", "2"][..]),
        ("audit_asem_en", &["examples/asem", "--lang", "en"][..]),
    ] {
        let output = audit(arguments);
        let shown = format!("{}\n{}", text(&output.stdout), text(&output.stderr));
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, shown));
    }
}

/// Every property is a file of its name, with its section in the document.
#[test]
fn one_file_a_property() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(root.join("docs/audit.md")).expect("docs/audit.md");
    for property in TABLE {
        let file = root.join(format!("core/src/audit/{}.rs", property.name));
        assert!(file.exists(), "{} has no file of its name", property.name);
        assert!(document.contains(&format!("## {} ", property.name)), "{}", property.name);
        assert!(document.contains(chinese(property.name)), "{}", property.name);
    }
}

/// The Chinese name of a property.
fn chinese(name: &str) -> &'static str {
    let id = format!("property-{name}");
    quanheng_words::declared(quanheng_words::Language::Zh, &id, "").expect("a Chinese name")
}
