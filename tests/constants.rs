//! Indicators that are constant, regions without a row, and least numbers of sources: small projects with figures by hand.

use std::sync::Arc;

use quanheng::problem::Problems;
use quanheng::project::{self, Resolved};
use quanheng_core::evaluation::{ConstantScores, Evaluation, Shortage};
use quanheng_words::Language;

/// Opens a project of these methodologies, tree and values.
fn open(methodologies: &str, tree: &str, files: &[(&str, &str)]) -> Result<Resolved, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let with_table = files.iter().any(|(name, _)| *name == "regions.csv");
    let regions = if with_table { "regions = \"regions.csv\"\n" } else { "" };
    let toml = format!(
        "[data]\n{regions}values = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n{methodologies}"
    );
    for (name, text) in [("quanheng.toml", toml.as_str()), ("tree.csv", tree)].iter().chain(files) {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let resolved = project::open_whole(folder.path())
        .map_err(|problems: Problems| problems.render(Language::En, false))?;
    match resolved.aside.is_empty() {
        true => Ok(resolved),
        false => Err(resolved.aside.all().render(Language::En, false)),
    }
}

fn run(resolved: &Resolved, code: &str) -> Result<Evaluation, String> {
    Evaluation::new(Arc::clone(&resolved.study), resolved.methodologies[code].clone())
        .map_err(|errors| resolved.evaluation_problems(code, errors).render(Language::En, false))
}

/// The scores of a node, rounded to nine digits.
fn scores(evaluation: &Evaluation, node: &str) -> Vec<f64> {
    let node = evaluation.methodology().system.find(node).expect("a node");
    evaluation.scores(node).values().iter().map(|x| (x * 1e9).round() / 1e9).collect()
}

fn weight(evaluation: &Evaluation, node: &str) -> f64 {
    let node = evaluation.methodology().system.find(node).expect("a node");
    (evaluation.weights(0)[node.index()] * 1e9).round() / 1e9
}

const TREE: &str =
    "code,parent,weight\nindex,,\na,index,2\nx,a,1\ny,a,1\nb,index,1\nu,b,1\nv,b,3\nz,index,1\n";
/// `y` is 100 everywhere, and so are both children of `b`.
const VALUES: &str = "region,x,y,u,v,z\n1,0,100,5,7,4\n2,5,100,5,7,0\n3,10,100,5,7,2\n";

#[test]
fn a_constant_indicator() {
    let rule = |rule: &str| {
        format!("[methodology.m]\nnormalisation = {{ method = \"min_max\", constant = {rule} }}\n")
    };
    let opened = |of: &str| open(&rule(of), TREE, &[("values.csv", VALUES)]).expect("a project");

    let said = run(&opened("\"fail\""), "m").expect_err("refused");
    assert!(said.contains("every value is 100"), "{said}");
    assert!(said.contains("constant = \"leave_out\""), "{said}");

    // Every region has 1: x and y make (0.5, 0.75, 1), b is 1; index = (2a + b + z)/4.
    let stated = run(&opened("1"), "m").expect("scores");
    assert_eq!(scores(&stated, "a"), [0.5, 0.75, 1.0]);
    assert_eq!(scores(&stated, "index"), [0.75, 0.625, 0.875]);

    // y and b are not in the tree: a is x, index = (2x + z)/3.
    let left = run(&opened("\"leave_out\""), "m").expect("scores");
    assert_eq!(scores(&left, "a"), [0.0, 0.5, 1.0]);
    let third = |x: f64| (x / 3.0 * 1e9).round() / 1e9;
    assert_eq!(scores(&left, "index"), [third(1.0), third(1.0), third(2.5)]);
    let weights = ["x", "y", "a", "b", "z"].map(|node| weight(&left, node));
    assert_eq!(weights, [1.0, 0.0, third(2.0), 0.0, third(1.0)]);
    assert!(scores(&left, "b").iter().all(|x| x.is_nan()));
    let listed: Vec<(String, f64, ConstantScores)> = left
        .constants()
        .into_iter()
        .map(|c| (left.methodology().system.node(c.leaf).code.clone(), c.value, c.scores))
        .collect();
    let out = ConstantScores::LeftOut;
    assert_eq!(listed, [("y".into(), 100.0, out), ("u".into(), 5.0, out), ("v".into(), 7.0, out)]);
}

/// What is left out is no absence: methods that refuse absent cells go on, weights by data do not see it, and no least
/// share or number counts it.
#[test]
fn an_indicator_that_is_left_out_is_no_absent_cell() {
    let m = "[methodology.topsis]\nnormalisation = { method = \"min_max\", constant = \"leave_out\" }\n\
             aggregation = \"topsis\"\nweighting = \"entropy\"\n\
             [methodology.share]\nextends = \"topsis\"\naggregation = \"arithmetic\"\nweighting = \"given\"\n\
             imputation = { method = \"renormalise\", least_share = 1.0 }\n\
             [methodology.plain]\nextends = \"share\"\nsystem = \"less\"\n[system.less]\ntree = \"less.csv\"\n";
    let less = "code,parent,weight\nindex,,\na,index,2\nx,a,1\nz,index,1\n";
    let files = [("values.csv", VALUES), ("less.csv", less)];
    let m = m.replace("[methodology.topsis]\n", "[methodology.topsis]\nsystem = \"s\"\n");
    let resolved = open(&m, TREE, &files).expect("a project");
    let topsis = run(&resolved, "topsis").expect("scores");
    assert_eq!(scores(&topsis, "a"), [0.0, 0.5, 1.0]);
    let (share, plain) = (run(&resolved, "share"), run(&resolved, "plain"));
    let (share, plain) = (share.expect("scores"), plain.expect("scores"));
    assert_eq!(scores(&share, "index"), scores(&plain, "index"));

    let all = open(
        "[methodology.m]\nnormalisation = { method = \"z_score\", constant = \"leave_out\" }\n",
        "code,parent\nindex,\nx,index\ny,index\n",
        &[("values.csv", "region,x,y\n1,3,4\n2,3,4\n")],
    );
    let said = run(&all.expect("a project"), "m").expect_err("refused");
    assert!(said.contains("nothing is left to score"), "{said}");
}

/// Every normalisation that has the rule follows it.
#[test]
fn every_normalisation_that_has_the_rule() {
    use quanheng_core::conformance::Trial;
    use quanheng_core::method::{Settings, Value};
    use quanheng_core::normalisation::TABLE;

    let mut with_rule = 0;
    for entry in TABLE {
        if !(entry.settings)().iter().any(|setting| setting.name == "constant") {
            continue;
        }
        with_rule += 1;
        let mut example = (entry.example)();
        let settings = |rule: Value| {
            let mut settings = example.settings.clone();
            settings.0.insert("constant".into(), rule);
            (entry.make)(&Settings(settings.0)).expect("settings that fit")
        };
        let (scored, left) = (settings(0.25.into()), settings("leave_out".into()));
        example.columns = vec![vec![0.0, f64::NAN, 0.0]];
        let found = scored.trial(&example).expect(entry.name);
        assert!(found[0] == 0.25 && found[1].is_nan() && found[2] == 0.25, "{}", entry.name);
        let found = left.trial(&example).expect(entry.name);
        assert!(found.iter().all(|x| x.is_nan()), "{}", entry.name);
    }
    assert_eq!(with_rule, 13);
}

/// A region of the table without a row in the data has missing cells, as one with an empty row.
#[test]
fn a_region_without_a_row() {
    let table = "code\n1\n2\n3\n";
    let tree = "code,parent\nindex,\nx,index\ny,index\n";
    let m = "[methodology.fail]\nnormalisation = \"none\"\n[methodology.mean]\nextends = \"fail\"\nimputation = \"mean\"\n\
             [methodology.left]\nextends = \"fail\"\nimputation = \"renormalise\"\n";
    for values in ["region,x,y\n1,3,4\n2,4,3\n", "region,x,y\n1,3,4\n2,4,3\n3,,\n"] {
        let files = [("regions.csv", table), ("values.csv", values)];
        let resolved = open(m, tree, &files).expect("a project");
        let said = run(&resolved, "fail").expect_err("refused");
        assert!(said.contains("3"), "{said}");
        let mean = run(&resolved, "mean").expect("scores");
        assert_eq!(scores(&mean, "index"), [3.5, 3.5, 3.5]);
        let left = run(&resolved, "left").expect("scores");
        let there: Vec<f64> = scores(&left, "index").into_iter().filter(|x| !x.is_nan()).collect();
        assert_eq!(there, [3.5, 3.5]);
    }
}

/// In a panel it is so for each period; where nothing is filled, the region is left out of the period and listed.
#[test]
fn a_region_without_a_row_in_a_period() {
    let table = "code\n1\n2\n3\n";
    let tree = "code,parent\nindex,\nx,index\n";
    let values = "region,period,x\n1,2019,1\n2,2019,2\n3,2019,6\n1,2020,3\n2,2020,4\n";
    let m = "[methodology.fail]\nnormalisation = \"none\"\n[methodology.carry]\nextends = \"fail\"\nimputation = \"carry\"\n";
    let files = [("regions.csv", table), ("values.csv", values)];
    let resolved = open(m, tree, &files).expect("a project");
    let carry = run(&resolved, "carry").expect("scores");
    assert_eq!(scores(&carry, "index"), [1.0, 2.0, 6.0, 3.0, 4.0, 6.0]);
    let fail = run(&resolved, "fail").expect("scores");
    assert_eq!(scores(&fail, "index"), [1.0, 2.0, 6.0, 3.0, 4.0]);
    let listed: Vec<(u32, u32, Shortage)> =
        fail.screened().iter().map(|s| (s.region.0, s.period.0, s.why)).collect();
    assert_eq!(listed, [(2, 1, Shortage::NoRow)]);
}

const SOURCES: &str =
    "code,parent,weight\nindex,,\na,index,1\nx,a,1\ny,a,2\nz,a,3\nb,index,1\nu,b,1\nv,b,1\n";
const GAPS: &str = "region,x,y,z,u,v\n1,1,1,1,1,1\n2,2,,,2,\n3,,3,3,3,3\n4,4,4,,,\n";

/// Which regions have a score at `a`, `b` and the index.
fn scored(evaluation: &Evaluation) -> [String; 3] {
    ["a", "b", "index"].map(|node| {
        let there = |x: &f64| if x.is_nan() { '-' } else { '+' };
        scores(evaluation, node).iter().map(there).collect()
    })
}

#[test]
fn the_least_that_must_be_there() {
    let m = |code: &str, rule: &str| {
        format!(
            "[methodology.{code}]\nnormalisation = \"none\"\nimputation = {{ method = \"renormalise\", {rule} }}\n"
        )
    };
    let of_a = "at = { a = { method = \"renormalise\", least";
    for (rule, expected) in [
        ("least = 1".to_owned(), ["++++", "+++-", "++++"]),
        ("least = 2".to_owned(), ["+-++", "+-+-", "+-+-"]),
        // Of a two are asked for, of b and the index one.
        ("least = \"1/2\"".to_owned(), ["+-++", "+++-", "++++"]),
        ("least = 0.5".to_owned(), ["+-++", "+++-", "++++"]),
        ("least = \"2/2\"".to_owned(), ["+---", "+-+-", "+---"]),
        // By weight, x is a sixth, x and y a half, y and z five sixths.
        ("least_share = \"1/6\"".to_owned(), ["++++", "+++-", "++++"]),
        ("least_share = 0.1667".to_owned(), ["+-++", "+++-", "++++"]),
        ("least_share = \"5/6\"".to_owned(), ["+-+-", "+-+-", "+-+-"]),
        // At a node, at a level, and at none else.
        (format!("{of_a} = 3 }} }}"), ["+---", "+++-", "+++-"]),
        (
            "at = { index = { method = \"renormalise\", least_share = 1 }, \
             level1 = { method = \"renormalise\", least_share = 0 } }"
                .to_owned(),
            ["++++", "+++-", "+++-"],
        ),
        (
            "at = { level1 = { method = \"renormalise\", least = 2 } }".to_owned(),
            ["+-++", "+-+-", "+-++"],
        ),
    ] {
        let resolved = open(&m("m", &rule), SOURCES, &[("values.csv", GAPS)])
            .unwrap_or_else(|e| panic!("{e}"));
        let found = scored(&run(&resolved, "m").unwrap_or_else(|e| panic!("{rule}: {e}")));
        assert_eq!(found, expected.map(str::to_owned), "{rule}");
    }
}

/// The table printed by Chakraborty et al. (2015), whose weights add up to 1.0155, gives 0.8329 and not 0.8277 for its
/// first row; here the same in small: 0.6 and 0.5.
#[test]
fn weights_as_printed() {
    let tree = "code,parent,weight\nindex,,\nx,index,0.6\ny,index,0.5\n";
    let values = "region,x,y\n1,10,20\n2,20,10\n3,20,20\n";
    let m = "[methodology.m]\nnormalisation = \"none\"\nweighting = { method = \"given\", rescale = false }\n\
             [methodology.plain]\nextends = \"m\"\nweighting = \"given\"\n\
             [methodology.waspas]\nextends = \"m\"\naggregation = { method = \"waspas\", lambda = 1 }\n\
             [methodology.geometric]\nextends = \"m\"\naggregation = \"geometric\"\n";
    let resolved = open(m, tree, &[("values.csv", values)]).unwrap_or_else(|e| panic!("{e}"));
    let of = |code: &str| scores(&run(&resolved, code).unwrap_or_else(|e| panic!("{e}")), "index");
    assert_eq!(of("m"), [16.0, 17.0, 22.0]);
    assert_eq!(of("plain"), [14.545454545, 15.454545455, 20.0]);
    assert_eq!(of("waspas"), [0.8, 0.85, 1.1]);
    // 10^0.6 · 20^0.5, and so on.
    assert_eq!(of("geometric"), [17.803893914, 19.081741027, 26.985656953]);
    let topsis = m.replace("\"waspas\", lambda = 1", "\"topsis\"");
    let said = open(&topsis, tree, &[("values.csv", values)]).map(|_| ()).expect_err("refused");
    assert!(said.contains("weights as printed"), "{said}");
}

/// Weights of all leaves at once are used as printed in the whole: the root adds up the printed weights of the leaves, and
/// the nodes below are means.
#[test]
fn weights_as_printed_over_all_leaves() {
    let tree = "code,parent,weight\nindex,,\na,index,\nx,a,0.3\ny,a,0.2\nz,index,0.6\n";
    let values = "region,x,y,z\n1,10,20,30\n2,20,10,\n3,20,20,20\n";
    let m = "[methodology.m]\nnormalisation = \"none\"\nimputation = \"renormalise\"\n\
             weighting = { method = \"given\", rescale = false, across = \"leaves\" }\n\
             [methodology.plain]\nextends = \"m\"\n\
             weighting = { method = \"given\", across = \"leaves\" }\n\
             [methodology.median]\nextends = \"m\"\n\
             aggregation = { method = \"arithmetic\", at.a = \"median\" }\n\
             [methodology.at_once]\nextends = \"m\"\n\
             aggregation = { method = \"arithmetic\", across = \"leaves\" }\n";
    let resolved = open(m, tree, &[("values.csv", values)]).unwrap_or_else(|e| panic!("{e}"));
    let of = |code: &str, node: &str| {
        scores(&run(&resolved, code).unwrap_or_else(|e| panic!("{e}")), node)
    };
    // 0.3·10 + 0.2·20 + 0.6·30; without z, the others have its weight: 16 · 1.1.
    assert_eq!(of("m", "index"), [25.0, 17.6, 22.0]);
    assert_eq!(of("at_once", "index"), [25.0, 17.6, 22.0]);
    assert_eq!(of("m", "a"), [14.0, 16.0, 20.0]);
    assert_eq!(of("plain", "index"), [22.727272727, 16.0, 20.0]);
    // Below the root nothing is printed, so that a method without a use for it can stand there.
    assert_eq!(of("median", "index"), [25.5, 16.5, 22.0]);
}

/// A script or plugin that says nothing about constant columns follows the rule that is stated beside it.
#[test]
fn the_rule_for_a_script() {
    let rule = |rule: &str| {
        format!(
            "[methodology.m]\nnormalisation = {{ script = \"normalisation/min_max.rhai\", constant = {rule} }}\n"
        )
    };
    let of = |stated: &str| {
        let resolved = open(&rule(stated), TREE, &[("values.csv", VALUES)]);
        run(&resolved.unwrap_or_else(|e| panic!("{e}")), "m")
    };
    let built_in = |stated: &str| {
        let m =
            rule(stated).replace("script = \"normalisation/min_max.rhai\"", "method = \"min_max\"");
        run(&open(&m, TREE, &[("values.csv", VALUES)]).expect("a project"), "m")
    };
    for stated in ["1", "\"leave_out\""] {
        let (found, wanted) = (of(stated).expect("scores"), built_in(stated).expect("scores"));
        for node in ["index", "a", "b"] {
            let bits = |e: &Evaluation| format!("{:?}", scores(e, node));
            assert_eq!(bits(&found), bits(&wanted), "{stated} {node}");
        }
        assert_eq!(found.constants(), wanted.constants());
    }
    assert!(of("\"fail\"").expect_err("refused").contains("every value is 100"));
    let said = open(&rule("\"keep\""), TREE, &[("values.csv", VALUES)]).map(|_| ());
    let said = said.expect_err("refused");
    assert!(said.contains("`constant`") && said.contains("`leave_out`"), "{said}");
}

/// Of a single cut the names go from best to worst, whichever way is better; of several they run with the cuts.
#[test]
fn names_of_tiers_by_cuts() {
    let values = "region,x\n1,90\n2,60\n3,30\n";
    let tiers = |tiering: &str, order: &str| {
        let m = format!(
            "[methodology.m]\nnormalisation = \"none\"\ntiering = {tiering}\nranking = {{ order = \"{order}\" }}\n"
        );
        let resolved = open(&m, "code,parent\nindex,\nx,index\n", &[("values.csv", values)]);
        let evaluation = run(&resolved.unwrap_or_else(|e| panic!("{e}")), "m").expect("tiers");
        let name = |(row, tier): (usize, &Option<u16>)| {
            tier.map_or(String::new(), |t| evaluation.tier_labels(row)[usize::from(t)].clone())
        };
        evaluation.tiers().iter().enumerate().map(name).collect::<Vec<_>>()
    };
    for method in ["method = \"cut_points\"", "script = \"tiering/cut_points.rhai\""] {
        let one = format!("{{ {method}, cuts = [60], labels = [\"good\", \"bad\"] }}");
        assert_eq!(tiers(&one, "best_first"), ["good", "good", "bad"], "{method}");
        assert_eq!(tiers(&one, "lowest_first"), ["bad", "good", "good"], "{method}");
        let two = format!("{{ {method}, cuts = [40, 60], labels = [\"low\", \"mid\", \"high\"] }}");
        assert_eq!(tiers(&two, "best_first"), ["high", "high", "low"], "{method}");
        assert_eq!(tiers(&two, "lowest_first"), ["high", "mid", "low"], "{method}");
        let down =
            format!("{{ {method}, cuts = [60, 40], labels = [\"high\", \"mid\", \"low\"] }}");
        assert_eq!(tiers(&down, "lowest_first"), ["high", "mid", "low"], "{method}");
    }
    let near = "{ script = \"tiering/boundary.rhai\", cuts = [60], margin = 1, labels = [\"good\", \"bad\"] }";
    assert_eq!(tiers(near, "best_first"), ["good", "", "bad"]);
    assert_eq!(tiers(near, "lowest_first"), ["bad", "", "good"]);
}
