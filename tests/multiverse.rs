//! Multiverses: shares of variance against their definition, options against methodologies written out, runs that are
//! stopped and go on.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use quanheng::multiverse::{Evaluated, evaluate};
use quanheng::progress::Progress;
use quanheng::project::{self, Resolved};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::multiverse::{Design, Fate, Fork, Forks};

fn forks(sizes: &[usize]) -> Forks {
    let fork = |(k, n): (usize, &usize)| Fork {
        name: format!("c{k}"),
        options: (0..*n).map(|o| o.to_string()).collect(),
    };
    Forks::new(sizes.iter().enumerate().map(fork).collect()).expect("few")
}

/// The parts of a functional ANOVA by their definition: for each set of forks, the variance of the mean over the others
/// less the parts of all its subsets (Sobol' 1993).
fn parts(forks: &Forks, y: &[f64]) -> Vec<f64> {
    let k = forks.list().len();
    let n = y.len() as f64;
    let mean = y.iter().sum::<f64>() / n;
    let mut closed = vec![0.0; 1 << k];
    for (set, closed) in closed.iter_mut().enumerate() {
        let mut of: std::collections::BTreeMap<Vec<usize>, Vec<f64>> = Default::default();
        for (branch, x) in y.iter().enumerate() {
            let inside = (0..k).filter(|f| set >> f & 1 == 1);
            let key = inside.map(|f| forks.option(branch as u64, f)).collect();
            of.entry(key).or_default().push(*x);
        }
        let means = of.values().map(|xs| (xs.iter().sum::<f64>() / xs.len() as f64, xs.len()));
        *closed = means.map(|(m, c)| c as f64 * (m - mean) * (m - mean)).sum::<f64>() / n;
    }
    let mut parts = vec![0.0; 1 << k];
    for set in 0..1 << k {
        let below: f64 = (0..set).filter(|s| s & !set == 0).map(|s| parts[s]).sum();
        parts[set] = closed[set] - below;
    }
    parts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shares_of_variance_are_those_of_the_definition(
        sizes in proptest::collection::vec(1usize..5, 1..5),
        seed in proptest::collection::vec(-50.0..50.0f64, 256),
    ) {
        let forks = forks(&sizes);
        let count = forks.count() as usize;
        let y: Vec<f64> = (0..count).map(|i| seed[i]).collect();
        let branches: Vec<u64> = (0..count as u64).collect();
        let design = Design::new(&forks, &branches);
        prop_assert!(design.is_complete());
        let parts = parts(&forks, &y);
        let variance: f64 = parts.iter().sum();
        prop_assert!((variance - design.variance(&y)).abs() < 1e-8 * (1.0 + variance));
        if variance > 1e-9 {
            let mut alone = 0.0;
            for fork in 0..sizes.len() {
                let share = design.shares(fork, &y).expect("it varies");
                let first = parts[1 << fork] / variance;
                let with = (0..parts.len()).filter(|set| set >> fork & 1 == 1);
                let total: f64 = with.map(|set| parts[set]).sum::<f64>() / variance;
                prop_assert!((share.first - first).abs() < 1e-9, "{share:?} {first}");
                prop_assert!((share.total - total).abs() < 1e-9, "{share:?} {total}");
                alone += share.first;
            }
            // What each does alone and what they do together is the whole.
            let several = (0..parts.len()).filter(|set| set.count_ones() > 1);
            let together: f64 = several.map(|set| parts[set]).sum::<f64>() / variance;
            prop_assert!((alone + together - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn with_branches_missing_total_effects_are_means_over_pairs(
        seed in proptest::collection::vec(-5.0..5.0f64, 24),
        kept in proptest::collection::vec(any::<bool>(), 24),
    ) {
        let forks = forks(&[2, 3, 4]);
        let branches: Vec<u64> = (0..24).filter(|b| kept[*b as usize]).collect();
        let y: Vec<f64> = branches.iter().map(|b| seed[*b as usize]).collect();
        let design = Design::new(&forks, &branches);
        for (fork, size) in [2.0, 3.0, 4.0].into_iter().enumerate() {
            let (mut squares, mut pairs) = (0.0, 0u64);
            for (i, a) in branches.iter().enumerate() {
                for (j, b) in branches.iter().enumerate().take(i) {
                    if forks.beside(*a, fork) == forks.beside(*b, fork) {
                        squares += (y[i] - y[j]) * (y[i] - y[j]);
                        pairs += 1;
                    }
                }
            }
            prop_assert_eq!(design.pairs(fork), pairs);
            if pairs > 0 {
                let total = squares / pairs as f64 / 2.0 * (size - 1.0) / size;
                prop_assert!((design.effects(fork, &y).total - total).abs() < 1e-9);
            }
        }
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quanheng"));
    command.args(arguments);
    command
}

fn output(arguments: &[&str]) -> Output {
    program(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The ASEM example with another multiverse at its end.
fn asem(multiverse: &str) -> tempfile::TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/asem");
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["regions.csv", "tree.csv", "values.csv"] {
        std::fs::copy(from.join(name), folder.path().join(name)).expect("copied");
    }
    let toml = std::fs::read_to_string(from.join("quanheng.toml")).expect("a project");
    // There may be other systems too.
    let toml = toml.replace("[methodology.official]", "[methodology.official]\nsystem = \"asem\"");
    std::fs::write(folder.path().join("quanheng.toml"), toml + multiverse).expect("written");
    folder
}

fn evaluated(folder: &Path, code: &str) -> (Resolved, Evaluated) {
    let resolved = project::open_whole(folder)
        .unwrap_or_else(|p| panic!("{}", p.render(quanheng_words::Language::En, false)));
    let multiverse = &resolved.multiverses[code];
    let progress = Progress::new(quanheng_words::Language::En);
    let done = evaluate(
        &resolved,
        multiverse,
        &quanheng::gate::Folder::at(folder.join("out")),
        false,
        &progress,
    )
    .unwrap_or_else(|p| panic!("{}", p.render(quanheng_words::Language::En, false)));
    (resolved, done)
}

/// Options in all their forms, and beside each branch that is looked at a methodology that says the same.
#[test]
fn options_say_what_methodologies_say() {
    let folder = asem(
        r#"
[system.short]
tree = "short.csv"
[methodology.a]
extends = "official"
treatment = { method = "winsorise", max = 3, count = "steps", fallback = "log_ct" }
normalisation = { method = "min_max", upper = 100, at = { LPI = "rank" } }
[methodology.b]
extends = "a"
system = "short"
normalisation = { method = "min_max", upper = 10, at = { LPI = { method = "min_max", upper = 10 } } }
aggregation = { method = "arithmetic", at = { index = "geometric" } }
[multiverse.m]
methodology = "official"
top = 5
[multiverse.m.choices]
treatment.max = [6, 3]
lpi = [{ label = "as others" }, { label = "by rank", normalisation.at.LPI = "rank" }, { label = "to 50", normalisation.at.LPI.upper = 50 }]
"normalisation.upper" = [100, 10]
top = [{ label = "mean" }, { label = "product", aggregation.at.index = "geometric", normalisation.lower = 1 }]
system = ["asem", "short"]
data = ["as published", "fewer", "revised"]
[multiverse.m.data.fewer]
where = "code not in ['CHN', 'MLT']"
[multiverse.m.data.revised]
values = "revised.csv"
"#,
    );
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    let tree = read("tree.csv");
    let short: Vec<&str> = tree.lines().filter(|l| !l.starts_with("Gas,")).collect();
    std::fs::write(folder.path().join("short.csv"), short.join("\n") + "\n").unwrap();
    let values = read("values.csv");
    let column = values.lines().next().unwrap().split(',').position(|h| h == "LPI").unwrap();
    let revised = values.lines().enumerate().map(|(i, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if i == 1 {
            cells[column] = "1.5";
        }
        cells.join(",")
    });
    let revised: Vec<String> = revised.collect();
    std::fs::write(folder.path().join("revised.csv"), revised.join("\n") + "\n").unwrap();

    let (resolved, done) = evaluated(folder.path(), "m");
    let space = done.tree.space();
    assert_eq!(space.forks.count(), 2 * 3 * 2 * 2 * 2 * 3);
    let names: Vec<&str> = space.forks.list().iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["treatment.max", "lpi", "normalisation.upper", "top", "system", "data"]);
    let result = |labels: [&str; 6]| {
        let branch = (0..space.forks.count()).find(|b| {
            let options = space.forks.list().iter().enumerate();
            options.zip(labels).all(|((f, fork), l)| fork.options[space.forks.option(*b, f)] == l)
        });
        match done.tree.fates()[branch.expect("such a branch") as usize] {
            Fate::Evaluated(at) => done.results[at].as_ref().expect("a result").ranks.clone(),
            other => panic!("{other:?}"),
        }
    };
    let run = |code: &str| -> Vec<f32> {
        let methodology = Arc::clone(&resolved.methodologies[code]);
        let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("fine");
        evaluation.ranks().iter().map(|r| *r as f32).collect()
    };
    let published = "as published";
    assert_eq!(result(["6", "as others", "100", "mean", "asem", published]), run("official"));
    assert_eq!(result(["3", "by rank", "100", "mean", "asem", published]), run("a"));
    let revised = result(["6", "as others", "100", "mean", "asem", "revised"]);
    assert_ne!(revised, run("official"), "other data, other ranks");
    let small = result(["6", "as others", "100", "mean", "asem", "fewer"]);
    assert_eq!(small.iter().filter(|r| !r.is_nan()).count(), 49);
    // What every result has: 51 rows, whatever its data.
    assert_eq!((small.len(), done.tree.rows().len()), (51, 51));
    let short = result(["6", "as others", "100", "mean", "short", published]);
    assert_ne!(short, run("official"));
}

#[test]
fn branches_that_are_left_out_fail_or_break_constraints_are_all_counted() {
    let folder = asem(
        r#"
[multiverse.m]
methodology = "official"
constraints = ["not (exclude == 'Conn' and aggregation == 'geometric')"]
[multiverse.m.choices]
exclude = "level1"
aggregation = ["arithmetic", "geometric"]
treatment = [{ label = "limits", method = "winsorise", count = "steps", fallback = "log_ct" }, "none"]
"treatment.max" = [3, 6]
"#,
    );
    let (_, done) = evaluated(folder.path(), "m");
    let fates = done.tree.fates();
    assert_eq!(fates.len(), 3 * 2 * 2 * 2);
    let count = |test: fn(&Fate) -> bool| fates.iter().filter(|f| test(f)).count();
    assert_eq!(count(|f| matches!(f, Fate::Invalid(0))), 4);
    // `none` has no `max`: with `winsorise` there is one, so that these fail and the project stands.
    assert_eq!(count(|f| matches!(f, Fate::Misfit(_))), 10);
    assert!(done.tree.misfits()[0].to_string().contains("`none` has no setting `max`"));
    let ended = |at: &usize| done.results[*at].is_ok();
    let (mut ok, mut failed) = (0, 0);
    for fate in fates {
        if let Fate::Evaluated(at) = fate {
            if ended(at) { ok += 1 } else { failed += 1 }
        }
    }
    // 0 to 100 has no geometric mean: a contract says so.
    assert_eq!((ok, failed), (6, 4));
    let why = done.results.iter().find_map(|r| r.as_ref().err()).expect("one that failed");
    let zh = why.render(quanheng_words::Language::Zh);
    assert!(zh.contains("合成方法 `geometric` 要求数值大于 0"), "{zh}");
    let why = why.to_string();
    assert!(why.contains("aggregation `geometric`") && why.contains("above 0"), "{why}");
}

#[test]
fn options_that_say_the_same_are_one_evaluation() {
    let folder = asem(
        r#"
[multiverse.m]
[multiverse.m.choices]
scale = [{ label = "a", normalisation = { method = "min_max", upper = 100 } }, { label = "b", normalisation = { method = "min_max", lower = 0, upper = 100 } }]
exclude = [[], ["Gas", "Physical"], ["Physical"]]
"#,
    );
    let (_, done) = evaluated(folder.path(), "m");
    assert_eq!(done.tree.numbers().len(), 6);
    assert_eq!(done.tree.evaluations(), 2);
    assert_eq!(done.computed, [2; 6]);
}

/// Some 700 branches, each with a weighting that takes its time in a debug build.
const LONG: &str = r#"
[multiverse.long]
[multiverse.long.choices]
imputation = [{ method = "group_mean", group = "continent" }, "nearest", "median"]
treatment = ["none", { label = "two", method = "winsorise", max = 2 }, { label = "five", method = "winsorise", max = 5 }]
normalisation = [{ label = "1-100", method = "min_max", lower = 1, upper = 100 }, "z_score", "rank"]
weighting = ["given", "critic", "entropy"]
aggregation = ["arithmetic", "geometric", "median"]
exclude = "level2"
"#;

const TABLES: [&str; 4] = ["branches.csv", "ranks.csv", "regions.csv", "multiverse.json"];

fn tables(folder: &Path) -> Vec<Vec<u8>> {
    TABLES.iter().map(|name| std::fs::read(folder.join(name)).expect(name)).collect()
}

/// The branches of a ledger, each as often as it stands there.
fn done_in(ledger: &Path) -> Vec<u64> {
    let text = std::fs::read_to_string(ledger).expect("a ledger");
    let number =
        |line: &str| line.strip_prefix("{\"branch\":")?.split([',', '}']).next()?.parse().ok();
    text.lines().filter_map(number).collect()
}

fn uninterrupted(folder: &tempfile::TempDir, threads: &str) -> PathBuf {
    let out = folder.path().join(format!("whole{threads}"));
    let project = folder.path().to_str().expect("text");
    let run = output(&[
        "--threads",
        threads,
        "multiverse",
        project,
        "long",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    out
}

#[test]
fn a_run_that_is_killed_goes_on_and_ends_the_same() {
    let folder = asem(LONG);
    let whole = uninterrupted(&folder, "1");
    // On two threads the same bytes.
    assert!(tables(&uninterrupted(&folder, "2")) == tables(&whole));
    let all = done_in(&whole.join("ledger"));
    assert!(all.is_sorted_by(|a, b| a != b) && all.len() > 500);

    let out = folder.path().join("killed");
    let ledger = out.join("ledger");
    let project = folder.path().to_str().expect("text");
    let arguments = ["multiverse", project, "long", "--out", out.to_str().expect("text")];
    let mut kills = 0;
    let size = std::fs::metadata(whole.join("ledger")).expect("a ledger").len();
    for part in 0..8 {
        let mut child = program(&arguments)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program runs");
        let began = Instant::now();
        // Once the ledger has grown so far, and a moment more.
        let grown = || std::fs::metadata(&ledger).map_or(0, |m| m.len()) >= size * part / 9;
        while !grown() && began.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(Duration::from_millis(part * 3));
        child.kill().expect("it can be killed");
        kills += usize::from(!child.wait().expect("it ends").success());
    }
    assert!(kills >= 3, "{kills} of the runs were killed before they ended");
    let before = done_in(&ledger).len();
    let last = output(&arguments);
    assert!(last.status.success(), "{}", text(&last.stderr));
    let said = text(&last.stderr);
    assert!(said.contains(&format!("of {} taken from", all.len())), "{said}");
    let mut again = done_in(&ledger);
    assert!(before <= again.len());
    again.sort_unstable();
    let mut sorted = all.clone();
    sorted.sort_unstable();
    assert_eq!(again, sorted, "each once");
    assert!(tables(&out) == tables(&whole), "the same bytes as a run that was not killed");
    // And once more: nothing is left to do.
    let once_more = output(&arguments);
    assert!(text(&once_more.stderr).starts_with("0 evaluations done"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_says_how_to_go_on() {
    let folder = asem(LONG);
    let out = folder.path().join("stopped");
    let project = folder.path().to_str().expect("text");
    let arguments =
        ["--threads", "1", "multiverse", project, "long", "--out", out.to_str().unwrap()];
    let child = program(&arguments)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    let began = Instant::now();
    let head = || std::fs::metadata(out.join("ledger")).map_or(0, |m| m.len()) > 0;
    while !head() && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    let pid = child.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().expect("kill runs");
    let output = child.wait_with_output().expect("it ends");
    if output.status.code() == Some(130) {
        let said = text(&output.stderr);
        assert!(said.contains("the same command goes on from there"), "{said}");
    } else {
        assert!(output.status.success(), "it ended before it was stopped");
    }
    let on = program(&arguments).output().expect("the program runs");
    assert!(on.status.success(), "{}", text(&on.stderr));
}

#[cfg(unix)]
#[test]
fn a_full_disk_damages_nothing() {
    let folder = asem(LONG);
    let out = folder.path().join("full");
    let project = folder.path().to_str().expect("text");
    let arguments = ["multiverse", project, "long", "--out", out.to_str().expect("text")];
    // No file may be longer than 40 blocks: the write fails as on a full disk.
    let script = "trap '' XFSZ; ulimit -f 40; exec \"$0\" \"$@\"";
    let full = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_quanheng")])
        .args(arguments)
        .output()
        .expect("a shell");
    assert_eq!(full.status.code(), Some(73), "{}", text(&full.stderr));
    assert!(text(&full.stderr).contains("ledger cannot be written"), "{}", text(&full.stderr));
    let had = done_in(&out.join("ledger")).len();
    let on = output(&arguments);
    assert!(on.status.success(), "{}", text(&on.stderr));
    assert!(had > 0 && text(&on.stderr).contains(&format!(", {had} of ")), "{}", text(&on.stderr));
    assert!(tables(&out) == tables(&uninterrupted(&folder, "2")));
}

#[test]
fn a_ledger_is_for_what_it_was_made_from() {
    let folder = asem(
        "\n[multiverse.m.choices]\nweighting = [\"given\", \"equal\"]\nexclude = [[], [\"Gas\"]]\n",
    );
    let project = folder.path().to_str().expect("text");
    let run = |more: &[&str]| output(&[&["multiverse", project, "m"], more].concat());
    assert!(run(&[]).status.success());
    assert!(folder.path().join("multiverse/m/ledger").exists());
    let toml = folder.path().join("quanheng.toml");
    let change = |from: &str, to: &str, file: &Path| {
        let text = std::fs::read_to_string(file).expect("a file");
        assert!(text.contains(from));
        std::fs::write(file, text.replacen(from, to, 1)).expect("written");
    };
    let refused = |changed: &str| {
        let run = run(&[]);
        assert_eq!(run.status.code(), Some(2));
        let said = text(&run.stderr);
        assert!(said.contains(&format!("something else: {changed} changed")), "{said}");
        assert!(said.contains("--fresh"), "{said}");
    };
    // A comment and the order of keys change nothing.
    change("[multiverse.m.choices]", "# choices\n[multiverse.m.choices]", &toml);
    assert!(text(&run(&[]).stderr).starts_with("0 evaluations done, 4 of 4"));
    change("\"equal\"", "\"critic\"", &toml);
    refused("the content of the methodologies, the choices or their labels");
    assert!(run(&["--fresh"]).status.success());
    let values = folder.path().join("values.csv");
    let text_of = std::fs::read_to_string(&values).expect("a file");
    let cell = text_of.lines().nth(3).unwrap().split(',').nth(3).unwrap().to_owned();
    change(&cell, "77.5", &values);
    refused("the data");
    // Another folder is another ledger.
    assert!(run(&["--out", folder.path().join("other").to_str().unwrap()]).status.success());
}

#[test]
fn samples_plans_and_wrong_words() {
    let folder = asem(
        r#"
[multiverse.huge]
sample = 40
seed = 3
[multiverse.huge.choices]
exclude = "leaves"
normalisation = [{ label = "1-100", method = "min_max", lower = 1, upper = 100 }, "z_score", "rank"]
weighting = ["given", "critic"]
a = [{ label = "0" }, { label = "1", exclude = ["Gas"] }]
b = [{ label = "0" }, { label = "1", exclude = ["LPI"] }]
c = [{ label = "0" }, { label = "1", exclude = ["Ship"] }]
"#,
    );
    let project = folder.path().to_str().expect("text");
    let plan = output(&["multiverse", project, "huge", "--plan"]);
    let said = text(&plan.stdout);
    assert!(said.contains("2400 branches, 40 looked at: 40 to be evaluated"), "{said}");
    let run = output(&["multiverse", project, "huge", "--format", "markdown"]);
    let said = text(&run.stdout);
    assert!(said.contains("40 drawn of 2400 branches"), "{said}");
    assert!(said.contains("are estimates"), "{said}");
    let ledger = std::fs::read_to_string(folder.path().join("multiverse/huge/branches.csv"));
    assert_eq!(ledger.expect("the ledger").lines().count(), 41);

    let code = |arguments: &[&str]| {
        let run = output(&[&["multiverse", project], arguments].concat());
        (run.status.code(), text(&run.stderr))
    };
    let (exit, said) = code(&[]);
    assert_eq!(exit, Some(2));
    assert!(said.contains("one of `robust`, `huge`"), "{said}");
    let (exit, said) = code(&["huga"]);
    assert!(exit == Some(2) && said.contains("did you mean `huge`?"), "{said}");
    let (exit, said) = code(&["huge", "--region", "CNH"]);
    assert!(exit == Some(2) && said.contains("there is no region `CNH`"), "{said}");
    let (exit, said) = code(&["huge", "--period", "1999"]);
    assert!(exit == Some(2) && said.contains("there is no period `1999`"), "{said}");
    let curve = output(&["multiverse", project, "huge", "--region", "China", "--format", "csv"]);
    assert_eq!(text(&curve.stdout).lines().count(), 41);
}
