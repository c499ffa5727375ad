//! `quanheng compare` and `quanheng diff` as a user runs them, and their statistics against naive formulas.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use quanheng_core::comparison::{
    Agreement, Aligned, Mapping, Standing, TierMapping, Weights, changes, kappa,
};
use quanheng_core::comparison::{rank_biased_overlap, weighted_tau};
use quanheng_core::methodology::RankTies;
use quanheng_core::number::{Correlation, Ties, rank};

/// Runs the program in a folder: exit code, then all that it printed, fingerprints blotted out.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let printed = text(output.stdout) + text(output.stderr).as_str();
    let blotted = |line: &str| match line.rsplit_once(' ') {
        Some((before, word)) if word.len() == 64 => format!("{before} …\n"),
        _ => format!("{line}\n"),
    };
    (output.status.code().expect("a code"), printed.lines().map(blotted).collect())
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Holds what the program prints to a snapshot: the command lines, then what each printed.
fn pinned(name: &str, folder: &Path, commands: &[&[&str]]) {
    let mut text = String::new();
    for arguments in commands {
        let (code, printed) = run(folder, arguments);
        text.push_str(&format!("$ quanheng {}   # {code}\n{printed}\n", arguments.join(" ")));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/compare");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder above")).expect("made");
    std::fs::write(path, text).expect("written");
}

const TREE: &str = "code,parent,weight\nindex,,\nx,index,0.5\ny,index,0.5\n";
const PLAIN: &str = "normalisation = \"none\"\naggregation = \"arithmetic\"\n";

/// A small project: its [methodology.…] tables and its values.
fn project(folder: &Path, name: &str, tables: &str, values: &str) {
    let toml =
        format!("[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n{tables}");
    write(folder, &format!("{name}/quanheng.toml"), &toml);
    write(folder, &format!("{name}/tree.csv"), TREE);
    write(folder, &format!("{name}/values.csv"), values);
}

#[test]
fn methodologies_of_examples() {
    let china = "examples/china-shdi";
    pinned(
        "china_shdi",
        repository(),
        &[
            &["compare", china, "official", "entropy", "--top", "6", "--movers", "4"],
            &[
                "compare", china, "official", "entropy", "--top", "3", "--movers", "2", "--lang",
                "en", "--format", "markdown",
            ],
        ],
    );
    pinned(
        "asem",
        repository(),
        &[
            &["compare", "examples/asem", "all", "--top", "4", "--movers", "3"],
            &[
                "compare",
                "examples/asem",
                "official",
                "untreated",
                "--top",
                "4",
                "--movers",
                "3",
                "--lang",
                "zh",
            ],
        ],
    );
}

#[test]
fn two_periods() {
    pinned(
        "periods",
        repository(),
        &[&[
            "compare",
            "examples/china-shdi",
            "@1990",
            "@2019",
            "relative",
            "--top",
            "4",
            "--movers",
            "3",
            "--persistence",
            "0.5",
        ]],
    );
}

/// Leagues by name, one of which only one side has, and one without rows in the period.
#[test]
fn leagues() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let regions = "code,level\na,city\nb,city\nc,county\nd,county\n";
    let league = |names: &[&str]| -> String {
        let each = names.iter().map(|l| format!("[league.{l}]\nwhere = \"level == '{l}'\"\n"));
        each.collect()
    };
    let methodologies = format!(
        "[methodology.m]\n{PLAIN}[methodology.n]\nextends = \"m\"\naggregation = \"minimum\"\n"
    );
    let values = "region,period,x,y\na,1,1,2\nb,1,3,0\nc,1,5,6\nd,1,6,4\na,2,3,3\nb,2,2,9\n";
    for (name, leagues) in [("one", &["city", "county"][..]), ("two", &["city"])] {
        let tables = league(leagues) + methodologies.as_str();
        project(folder, name, &tables, values);
        let toml = format!("{name}/quanheng.toml");
        let text = std::fs::read_to_string(folder.join(&toml)).expect("written before");
        write(folder, &toml, &text.replace("[data]", "[data]\nregions = \"regions.csv\""));
        write(folder, &format!("{name}/regions.csv"), regions);
    }
    pinned(
        "leagues",
        folder,
        &[
            &["compare", "one", "m", "n", "--lang", "en"],
            &["compare", "one", "m", "n", "--period", "2", "--league", "county"],
            &["compare", "one", "m", "two:m", "--league", "city"],
            &["compare", "one", "m", "two:m", "--lang", "zh", "--period", "1"],
            &["compare", "one", "m", "n", "--league", "cities"],
        ],
    );
}

/// Two projects whose regions and tiers have other codes; what has no counterpart is named.
#[test]
fn two_projects_with_a_mapping() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let tiered = |labels: &str, cuts: &str| {
        format!(
            "[methodology.m]\n{PLAIN}tiering = {{ method = \"cut_points\", cuts = {cuts}, labels = {labels} }}\n"
        )
    };
    project(
        folder,
        "old",
        &tiered("[\"A\", \"B\", \"C\"]", "[6, 3]"),
        "region,x,y\n11,9,9\n12,7,5\n13,4,4\n14,2,2\n15,1,1\n",
    );
    project(
        folder,
        "new",
        &tiered("[\"high\", \"middle\", \"low\"]", "[6, 3]"),
        "region,x,y\ne1,8,8\ne2,2,2\ne3,5,5\n14,3,3\n12,1,0\n",
    );
    write(folder, "map.csv", "from,to\n11,e1\n12,e2\n13,e3\n15,\n");
    write(folder, "tiers.csv", "from,to\nA,high\nB,middle\nC,low\n");
    let both = ["compare", "old", "m", "new:m"];
    let with = |more: &[&'static str]| -> Vec<&str> { both.iter().chain(more).copied().collect() };
    pinned(
        "mapping",
        folder,
        &[
            &with(&[]),
            &with(&["--map", "map.csv", "--map-tiers", "tiers.csv"]),
            &with(&["--map", "map.csv", "--map-tiers", "tiers.csv", "--format", "csv"]),
        ],
    );
    write(folder, "bad.csv", "from,to\n11,e1\n12,e1\n");
    write(folder, "unknown.csv", "from,to\n19,e1\n12,e7\n");
    write(folder, "heads.csv", "code,other\n11,e1\n");
    pinned(
        "mapping_errors",
        folder,
        &[
            &with(&["--map", "bad.csv"]),
            &with(&["--map", "unknown.csv"]),
            &with(&["--map", "heads.csv"]),
            &with(&["--map-tiers", "map.csv"]),
            &with(&["--map", "nowhere.csv"]),
        ],
    );
}

/// What is not defined says why, and nothing is NaN.
#[test]
fn borders() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let methodologies = format!(
        "[methodology.m]\n{PLAIN}[methodology.n]\nextends = \"m\"\naggregation = \"minimum\"\n\
         [methodology.tiered]\nextends = \"m\"\ntiering = {{ method = \"cut_points\", cuts = [0] }}\n\
         [methodology.more]\nextends = \"m\"\ntiering = {{ method = \"cut_points\", cuts = [1, 0] }}\n"
    );
    project(folder, "ties", &methodologies, "region,x,y\na,1,1\nb,1,1\nc,1,1\n");
    project(folder, "single", &methodologies, "region,x,y\na,1,2\n");
    let gaps =
        methodologies.replace("normalisation", "imputation = \"renormalise\"\nnormalisation");
    project(folder, "gaps", &gaps, "region,x,y\na,1,2\nb,,\nc,3,3\nd,0,5\n");
    for name in ["ties", "single", "gaps"] {
        let (code, printed) = run(folder, &["compare", name, "all", "--format", "json"]);
        assert_eq!(code, 0, "{printed}");
        assert!(!printed.contains("NaN") && !printed.contains("inf"), "{printed}");
        let _: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    }
    pinned(
        "borders",
        folder,
        &[
            &["compare", "ties", "m", "n", "--lang", "en"],
            &["compare", "ties", "tiered", "tiered", "--lang", "zh"],
            &["compare", "ties", "m", "tiered", "more"],
            &["compare", "single", "m", "n"],
            &["compare", "gaps", "m", "n"],
            // Only the other project has `c` and `d`.
            &["compare", "single", "m", "gaps:n"],
        ],
    );
}

#[test]
fn wrong_words() {
    let china = "examples/china-shdi";
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "map.csv", "from,to\n110000,120000\n");
    let map = folder.path().join("map.csv").display().to_string();
    let (code, printed) = run(
        repository(),
        &["compare", china, "official", "entropy", "--map", &map, "--lang", "en"],
    );
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("`--map` has nothing to map"), "{printed}");
    pinned(
        "errors",
        repository(),
        &[
            &["compare", china, "official"],
            &["compare", china, "official", "entropie"],
            &["compare", china, "official", "official@1889"],
            &["compare", china, "official", "examples/nowhere:official"],
            &["compare", china, "oficial", "entropie", "--period", "1889"],
            &["compare", china, "official", "entropy", "--persistence", "1"],
            &["diff", china, "official", "entropy@2018"],
        ],
    );
}

/// Every table as a file, and the same numbers as on the screen.
#[test]
fn files() {
    let out = tempfile::tempdir().expect("a folder");
    let path = out.path().display().to_string();
    let (code, _) = run(
        repository(),
        &["compare", "examples/china-shdi", "official", "entropy", "--out", &path],
    );
    assert_eq!(code, 0);
    let read = |name: &str| std::fs::read_to_string(out.path().join(name)).expect("written");
    let agreement = read("agreement.csv");
    // Excel needs the mark to read UTF-8; what is printed goes to other programs, and has none.
    assert!(agreement.starts_with("\u{feff}league,"), "{agreement}");
    let (_, printed) = run(
        repository(),
        &["compare", "examples/china-shdi", "official", "entropy", "--format", "csv"],
    );
    assert!(printed.starts_with("league,"), "{printed}");
    let spearman = agreement.lines().find(|l| l.contains("spearman")).expect("a line");
    assert!(spearman.starts_with(",official,entropy,spearman,0.97326"), "{spearman}");
    assert_eq!(read("regions.csv").lines().count(), 1 + 2 * 31);
    assert_eq!(read("migration.csv").lines().count(), 1 + 16);
    let json: serde_json::Value = serde_json::from_str(&read("comparison.json")).expect("JSON");
    assert_eq!(json["blocks"].as_array().expect("tables").len(), 7);
}

#[test]
fn methodologies_stage_by_stage() {
    pinned(
        "diff_examples",
        repository(),
        &[
            &["diff", "examples/china-shdi", "official", "entropy"],
            &["diff", "examples/china-shdi", "official", "all", "--lang", "en"],
            &["diff", "examples/asem", "official", "all"],
            &["diff", "examples/panjin-12345", "official", "zhungeer", "--lang", "en"],
            &["diff", "examples/asem", "official", "official"],
            &["diff", "examples/asem", "official", "untreated", "--format", "csv"],
        ],
    );
}

/// Nodes added, removed, moved and renamed; overrides of nodes; texts of scripts.
#[test]
fn systems_and_scripts_that_differ() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let script = "//! Weights.\n\n/// All alike.\nfn weights(siblings) {\n    siblings.scores.map_columns(|x| 1.0)\n}\n\nfn example() { #{ scores: [[0.0, 1.0]], weights: [1.0] } }\n";
    let tree = "code,parent,weight,name,direction,unit,bad,good\nindex,,,Index,,,,\na,index,0.5,A,,,,\nx,a,0.5,X,1,%,0,100\ny,a,0.5,Y,1,,0,10\nb,index,0.5,B,,,,\nz,b,1,Z,1,,0,1\nold,b,1,Trust,1,,0,1\n";
    let other = "code,parent,weight,name,direction,unit,bad,good\nindex,,,Index,,,,\nb,index,0.5,B,,,,\nz,b,1,Zed,-1,,1,0\nnew,b,2,Trust,1,,0,1\na,index,0.4,A,,,,\nx,a,0.5,X,1,points,0,90\ny,b,0.5,Y,1,,0,10\nw,a,0.5,W,1,,0,10\n";
    let methodology = "[methodology.m]\nnormalisation = { method = \"goalposts\", at = { x = { method = \"goalposts\", clamp = false } } }\nweighting = \"script:w.rhai\"\naggregation = { method = \"arithmetic\", at = { a = \"geometric\" } }\nrounding = { index = 2 }\ntreatment = \"none\"\n";
    let changed = methodology
        .replace("clamp = false", "clamp = true")
        .replace("{ index = 2 }", "{ index = 3, a = 1 }")
        .replace("\"none\"", "[{ method = \"winsorise\", max = 3 }, \"none\"]")
        + "ranking = { ties = \"dense\" }\nperiods = [\"2020\"]\n";
    let values = "region,period,x,y,z,w,old,new\nr,2020,1,1,1,1,1,1\ns,2020,50,5,0.5,5,0.5,0.5\nr,2021,1,1,1,1,1,1\n";
    for (name, tree, methodology, script) in [
        ("before", tree, methodology, script.to_owned()),
        ("after", other, changed.as_str(), script.replace("1.0)", "x.mean())")),
    ] {
        project(folder, name, methodology, values);
        write(folder, &format!("{name}/tree.csv"), tree);
        write(folder, &format!("{name}/w.rhai"), &script);
    }
    pinned(
        "diff_systems",
        folder,
        &[
            &["diff", "before", "m", "after:m", "--lang", "en"],
            &["diff", "before", "m", "after:m", "--lang", "zh"],
            &["diff", "before", "m", "after:m", "--format", "json"],
        ],
    );
    // Comments, the order of keys and titles are no difference.
    project(
        folder,
        "same",
        &format!(
            "# The same.\n{}",
            methodology.replace("[methodology.m]\n", "[methodology.m]\ntitle = \"Other\"\n")
        ),
        values,
    );
    write(folder, "same/tree.csv", &tree.replace(",Trust,", ",Confidence,"));
    write(folder, "same/w.rhai", script);
    let (code, printed) = run(folder, &["diff", "before", "m", "same:m"]);
    assert_eq!(code, 0, "{printed}");
    assert!(
        printed.contains("they are equal") && printed.contains("old Trust → Confidence"),
        "{printed}"
    );
}

/// Of any two methodologies of an example, a stage has no difference if and only if it is equal, either way round.
#[test]
fn a_difference_is_a_difference() {
    let mut unlike = 0;
    // One example takes results of others.
    quanheng::gate::allow(&repository().join("examples")).expect("examples/");
    for entry in std::fs::read_dir(repository().join("examples")).expect("examples/") {
        let folder = entry.expect("an entry").path();
        if !folder.join("quanheng.toml").exists() {
            continue;
        }
        let resolved = quanheng::project::open(&folder).expect("an example");
        let study = &*resolved.study;
        for a in resolved.methodologies.values() {
            for b in resolved.methodologies.values() {
                let there = changes((a, study), (b, study));
                let back = changes((b, study), (a, study));
                assert_eq!(there.len(), 11);
                for (there, back) in there.iter().zip(&back) {
                    let what = format!("{} {} {}", a.code, b.code, there.part.name());
                    assert_eq!(there.changes.is_empty(), there.first == there.second, "{what}");
                    assert_eq!(there.changes.len(), back.changes.len(), "{what}");
                    unlike += usize::from(!there.changes.is_empty());
                }
                if a.code == b.code {
                    assert!(there.iter().all(|stage| stage.changes.is_empty()));
                }
            }
        }
    }
    assert!(unlike >= 20, "{unlike} stages differ");
}

/// Ranks by score, the greatest first.
fn ranks(scores: &[f64], ties: Ties) -> Vec<f64> {
    let negated: Vec<f64> = scores.iter().map(|x| -x).collect();
    let mut out = vec![0.0; scores.len()];
    rank(&negated, ties, 0.0, &mut Vec::new(), &mut out);
    out
}

fn sign(a: f64, b: f64) -> f64 {
    f64::from(u8::from(a > b)) - f64::from(u8::from(a < b))
}

/// By the definition: all pairs, with the places of one lexicographic order.
fn naive_weighted(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| x[j].total_cmp(&x[i]).then(y[j].total_cmp(&y[i])));
    let mut place = vec![0; n];
    order.iter().enumerate().for_each(|(k, &i)| place[i] = k);
    let weight = |i: usize| 1.0 / (place[i] + 1) as f64;
    let product = |a: &[f64], b: &[f64]| {
        let mut sum = 0.0;
        for i in 0..n {
            for j in (0..n).filter(|&j| j != i) {
                sum += sign(a[i], a[j]) * sign(b[i], b[j]) * (weight(i) + weight(j));
            }
        }
        sum
    };
    product(x, y) / (product(x, x).sqrt() * product(y, y).sqrt())
}

/// By the definition: sets of the regions down to each depth.
fn naive_overlap(x: &[f64], y: &[f64], p: f64) -> f64 {
    let n = x.len();
    let (mut sum, mut power) = (0.0, 1.0);
    for d in 1..=n {
        let within = |ranks: &[f64], i: usize| ranks.iter().filter(|r| **r < ranks[i]).count() < d;
        let both = (0..n).filter(|&i| within(x, i) && within(y, i)).count() as f64;
        let each = (0..n).map(|i| usize::from(within(x, i)) + usize::from(within(y, i)));
        let agreement = 2.0 * both / each.sum::<usize>() as f64;
        sum += (1.0 - p) * agreement * power;
        power *= p;
    }
    sum + power
}

fn scores() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    // Few different values, so that there are ties of all kinds.
    (1_usize..40, 1_u32..60).prop_flat_map(|(n, values)| {
        let column = move || proptest::collection::vec((0..values).prop_map(f64::from), n);
        (column(), column())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn sorting_counts_what_pairs_count((x, y) in scores()) {
        let constant = |v: &[f64]| v.iter().all(|a| *a == v[0]);
        let defined = x.len() > 1 && !constant(&x) && !constant(&y);
        let tau = Correlation::Kendall.of(&x, &y);
        let weighted = weighted_tau(&x, &y);
        prop_assert_eq!(tau.is_some(), defined);
        prop_assert_eq!(weighted.is_some(), defined);
        if let (Some(tau), Some(weighted)) = (tau, weighted) {
            let product = |a: &[f64], b: &[f64]| -> f64 {
                let pairs = (0..a.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
                pairs.map(|(i, j)| sign(a[i], a[j]) * sign(b[i], b[j])).sum()
            };
            let naive = product(&x, &y) / (product(&x, &x).sqrt() * product(&y, &y).sqrt());
            prop_assert_eq!(tau, naive);
            let naive = (naive_weighted(&x, &y) + naive_weighted(&y, &x)) / 2.0;
            prop_assert!((weighted - naive).abs() < 1e-12, "{} {}", weighted, naive);
            prop_assert!((weighted_tau(&y, &x).unwrap() - weighted).abs() < 1e-15);
        }
    }

    #[test]
    fn overlap_is_that_of_sets((x, y) in scores(), p in 0.05_f64..0.99) {
        for ties in [Ties::Competition, Ties::Dense, Ties::Average, Ties::Worst] {
            let (a, b) = (ranks(&x, ties), ranks(&y, ties));
            let found = rank_biased_overlap(&a, &b, p).unwrap();
            prop_assert!((found - naive_overlap(&a, &b, p)).abs() < 1e-12);
            prop_assert!((0.0..=1.0).contains(&found));
            prop_assert!((rank_biased_overlap(&a, &a, p).unwrap() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn kappa_is_that_of_shares(cells in proptest::collection::vec(0_usize..9, 16)) {
        let counts: Vec<Vec<usize>> = cells.chunks(4).map(<[usize]>::to_vec).collect();
        let n: usize = cells.iter().sum();
        let share = |i: usize, j: usize| counts[i][j] as f64 / n as f64;
        let row = |i: usize| (0..4).map(|j| share(i, j)).sum::<f64>();
        let column = |j: usize| (0..4).map(|i| share(i, j)).sum::<f64>();
        for weights in [Weights::Equal, Weights::Linear, Weights::Quadratic] {
            // In the usual form: agreement weighs from 1 down to 0, the distance scaled by the greatest.
            let agree = |i: usize, j: usize| {
                let apart = i.abs_diff(j) as f64 / 3.0;
                match weights {
                    Weights::Equal => f64::from(u8::from(i == j)),
                    Weights::Linear => 1.0 - apart,
                    Weights::Quadratic => 1.0 - apart * apart,
                }
            };
            let mut of = [0.0; 2];
            for (i, j) in (0..4).flat_map(|i| (0..4).map(move |j| (i, j))) {
                of[0] += agree(i, j) * share(i, j);
                of[1] += agree(i, j) * row(i) * column(j);
            }
            match kappa(&counts, weights) {
                Ok(found) => prop_assert!((found - (of[0] - of[1]) / (1.0 - of[1])).abs() < 1e-9),
                Err(_) => prop_assert!(n == 0 || (1.0 - of[1]).abs() < 1e-12),
            }
        }
    }

    /// Whoever is on one side only changes nothing among the others.
    #[test]
    fn others_are_ranked_anew((x, y) in scores(), missing in 0_usize..8) {
        let standing = |scores: &[f64], ties: Ties, rule: RankTies| Standing {
            regions: (0..scores.len()).map(|i| format!("r{i:03}")).collect(),
            scores: scores.to_vec(),
            ranks: ranks(scores, ties),
            tiers: vec![None; scores.len()],
            ties: rule,
            ..Standing::default()
        };
        let kept = x.len().saturating_sub(missing).max(1);
        for (ties, rule) in [(Ties::Competition, RankTies::Competition), (Ties::Dense, RankTies::Dense),
            (Ties::Average, RankTies::Average), (Ties::Worst, RankTies::Worst)] {
            let (a, b) = (standing(&x, ties, rule), standing(&y[..kept], ties, rule));
            let alone = standing(&x[..kept], ties, rule);
            let aligned = Aligned::new(&a, &b, &Mapping::default());
            let wanted = Aligned::new(&alone, &b, &Mapping::default());
            prop_assert_eq!(aligned.n(), kept);
            prop_assert_eq!(aligned.only_first.len(), x.len() - kept);
            prop_assert_eq!(aligned.movers(), wanted.movers());
            let kendall = |aligned: &Aligned<'_>| {
                let agreement = Agreement::new(aligned, 0.9, &TierMapping::default());
                agreement.figure("kendall_tau_b").value.clone()
            };
            prop_assert_eq!(kendall(&aligned), kendall(&wanted));
        }
    }
}

/// A hundred thousand regions in a moment: nothing grows with the square of their number.
#[test]
fn a_hundred_thousand_regions() {
    let n = 100_000;
    let mut state = 1_u64;
    let mut draw = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f64
    };
    let x: Vec<f64> = (0..n).map(|_| draw()).collect();
    let y: Vec<f64> = x.iter().map(|x| (x + draw()) % 5000.0).collect();
    let (a, b) = (ranks(&x, Ties::Competition), ranks(&y, Ties::Competition));
    let start = Instant::now();
    let tau = Correlation::Kendall.of(&a, &b).expect("defined");
    let weighted = weighted_tau(&x, &y).expect("defined");
    let overlap = rank_biased_overlap(&a, &b, 0.999).expect("defined");
    let took = start.elapsed();
    assert!(tau.abs() < 0.1 && weighted.abs() < 0.3 && overlap < 0.5, "{tau} {weighted} {overlap}");
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// One ranking of three methodologies; rules and their limits by name.
#[test]
fn a_consensus_of_methodologies() {
    let run = |more: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(["--lang", "en", "compare", "tests/choosing", "goalposts", "rank", "z_score"])
            .args(more)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (text(output.stdout), text(output.stderr), output.status.code())
    };
    let (out, err, code) = run(&["--consensus", "all", "--top", "3"]);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    let table = out.split("One ranking of all").nth(1).expect("the table");
    assert!(table.contains("Borda") && table.contains("Kemeny"), "{table}");
    // Beijing is first in each of them, and so by every rule.
    let first = table.lines().find(|line| line.contains("110000")).expect("Beijing");
    let ranks: Vec<&str> = first.split_whitespace().filter(|word| *word == "1").collect();
    assert_eq!(ranks.len(), 6, "{first}");
    let (_, err, code) = run(&["--consensus", "vote"]);
    assert!(code == Some(2) && err.contains("`vote`") && err.contains("borda"), "{err}");
}
