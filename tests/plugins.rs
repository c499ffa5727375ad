//! The example plugins: the battery over each, in this process and in a child, and against what is built in.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};

use quanheng::project::{self, Resolved};
use quanheng_core::aggregation::{self, Aggregation};
use quanheng_core::conformance::Trial;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{Entry, Example, MethodError, Settings, Value};
use quanheng_core::weighting::{self, Weighting};
use quanheng_plugin_host::{
    ChildLimits, Examined, Isolation, Plugged, Plugin, Prepared, examine, hash, template,
};

/// The library of an example that is a crate: Cargo has put it beside this program.
fn built(name: &str) -> PathBuf {
    let program = std::env::current_exe().expect("this program");
    let file = format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    program.parent().expect("a folder").join(file)
}

/// The example in C, built once by the system's compiler.
fn variation() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let build = || {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("variation");
        std::fs::create_dir_all(&folder).expect("a folder");
        let library = folder.join("libvariation.so");
        let line = build_line(&std::fs::read_to_string(root.join(README)).expect("its README"));
        let done = Command::new("sh")
            .args(["-c", &line])
            .current_dir(root.join("plugins/variation"))
            .env("OUT", &folder)
            .output()
            .expect("a shell");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        library
    };
    BUILT.get_or_init(build).clone()
}

const README: &str = "plugins/variation/README.md";

/// The line of the README that builds it, with the library put elsewhere.
fn build_line(readme: &str) -> String {
    let line = readme.lines().find(|l| l.trim_start().starts_with("cc ")).expect("a build line");
    assert!(line.contains("-o libvariation.so"), "{line}");
    line.trim().replace("-o libvariation.so", "-o \"$OUT/libvariation.so\"")
}

/// Every example, by the name that the library gives itself.
pub(crate) fn libraries() -> Vec<(&'static str, PathBuf)> {
    vec![
        ("quanheng-benefit-of-the-doubt", built("quanheng_benefit_of_the_doubt")),
        ("quanheng-mr-sort", built("quanheng_mr_sort")),
        ("quanheng-principal-components", built("quanheng_principal_components")),
        ("variation", variation()),
    ]
}

fn child() -> Isolation {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_quanheng"));
    Isolation::Process { program, limits: ChildLimits::default() }
}

pub(crate) fn open(path: &Path, isolation: Isolation) -> Arc<Plugin> {
    let pinned = hash(path).unwrap_or_else(|e| panic!("{}: {e:?}", path.display()));
    Plugin::open(path, &pinned, isolation).unwrap_or_else(|e| panic!("{}: {e:?}", path.display()))
}

fn prepare(plugin: &Arc<Plugin>, method: &str, settings: &Settings) -> Arc<Prepared> {
    let methods = &plugin.description().methods;
    let index = methods.iter().position(|m| m.name == method).expect("a method of this name");
    plugin.prepare(index, settings).unwrap_or_else(|e| panic!("{method}: {e:?}"))
}

/// Why a method does not take these settings.
fn refusal(plugin: &Arc<Plugin>, method: &str, settings: &Settings) -> String {
    let methods = &plugin.description().methods;
    let index = methods.iter().position(|m| m.name == method).expect("a method of this name");
    format!("{:?}", plugin.prepare(index, settings).expect_err("settings that do not fit"))
}

/// A method of a plugin on the input of an example.
fn trial<M: Trial + Plugged + ?Sized>(
    plugin: &Arc<Plugin>,
    method: &str,
    input: &Example,
) -> Result<Vec<f64>, MethodError> {
    M::plugged(prepare(plugin, method, &input.settings)).trial(input)
}

/// A method that is built in.
fn built_in<M: Trial + ?Sized>(table: &[Entry<M>], name: &str, input: &Example) -> Vec<f64> {
    let entry = table.iter().find(|e| e.name == name).expect("a built-in of this name");
    let method = (entry.make)(&input.settings).expect("settings that fit");
    method.trial(input).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Numbers that are the same in every run: a linear congruential generator, the upper bits of it.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn columns(&mut self, columns: usize, rows: usize, from: f64, to: f64) -> Vec<Vec<f64>> {
        let mut column = || (0..rows).map(|_| from + (to - from) * self.next()).collect();
        (0..columns).map(|_| column()).collect()
    }
}

fn settings<const N: usize>(pairs: [(&str, Value); N]) -> Settings {
    Settings::from(pairs)
}

#[track_caller]
fn near(a: &[f64], b: &[f64], by: f64) {
    let close = a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= by);
    assert!(close, "{a:?}\n{b:?}");
}

#[test]
fn the_battery_in_this_process_and_in_a_child() {
    for (name, path) in libraries() {
        for isolation in [Isolation::None, child()] {
            let plugin = open(&path, isolation);
            assert_eq!(plugin.description().name, name);
            let examined = examine(&plugin);
            assert_eq!(examined.len(), plugin.description().methods.len());
            for one in examined {
                let found: Vec<String> = one.findings.iter().map(ToString::to_string).collect();
                assert_eq!(one.example, Some(true), "{name} {}: {found:?}", one.method);
                assert!(
                    one.passed(),
                    "{name} {}: {:?}\n{}",
                    one.method,
                    one.unsaid,
                    found.join("\n")
                );
            }
        }
    }
}

/// The battery finds what is wrong: a claim or an example that does not hold, a result that is not written or written too
/// far, a crash on a single region.
#[test]
fn the_battery_is_no_rubber_stamp() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source =
        std::fs::read_to_string(root.join("plugins/variation/variation.c")).expect("a file");
    let folder = tempfile::tempdir().expect("a folder");
    const FAULT: &str = "it never crashes, hangs, panics or leaves its result unwritten";
    let written = "output->values[k] =";
    let wrong = [
        (
            "QH_CLAIMS_SCALE |",
            "QH_CLAIMS_SCALE_AND_SHIFT |",
            "the unit of measurement does not matter",
        ),
        ("2.0 / 3.0, 1.0 / 3.0", "0.5, 0.5", "the worked example holds (expected, then found)"),
        (written, "if (k) output->values[k] =", FAULT),
        (written, "output->values[k + 1] =", FAULT),
        ("if (n < 2)", "if (n < 2) __builtin_trap(); if (n < 2)", FAULT),
    ];
    for (k, (right, other, property)) in wrong.into_iter().enumerate() {
        assert!(source.contains(right), "{right}");
        let changed = folder.path().join(format!("wrong{k}.c"));
        let library = folder.path().join(format!("libwrong{k}.so"));
        std::fs::write(&changed, source.replace(right, other)).expect("written");
        compile(&changed, &library);
        let examined = examine(&open(&library, child()));
        let properties: Vec<_> =
            examined[0].findings.iter().map(|f| f.property.to_string()).collect();
        assert!(properties.iter().any(|p| p == property), "{properties:?}");
    }
}

/// A system has no example and no battery: what it builds, of nothing and of a small tree, must be the same tree twice.
#[test]
fn the_kit_looks_at_systems_and_at_what_has_no_example() {
    let source = r#"
        #include "quanheng_plugin.h"
        #include <stddef.h>
        #define TEXT(s) { (const uint8_t *)(s), sizeof(s) - 1 }
        #define FACTS { 1, 0, 1, 0, 1, 1 }
        static int32_t make(size_t m, const qh_setting *s, size_t n, void **i, qh_message *e) {
            (void)m; (void)s; (void)n; (void)e; *i = NULL; return QH_STATUS_OK;
        }
        static int32_t call(size_t m, const void *i, const qh_input *in, qh_output *out, qh_message *e) {
            static double calls = 0;
            (void)i; (void)in; (void)e;
            calls += STEP;
            if (m == 1) return QH_STATUS_FAILED;
            qh_node root = { .code = TEXT("index"), .weight = 1, .full_marks = 1, .indicator = FACTS };
            qh_node leaf = { .code = TEXT("x"), .parent = TEXT("index"), .weight = calls, .full_marks = 1, .indicator = FACTS };
            out->emit(out->sink, &root);
            out->emit(out->sink, &leaf);
            return QH_STATUS_OK;
        }
        static const qh_method methods[] = {
            { .stage = QH_STAGE_SYSTEM, .name = TEXT("tree"), .summary = TEXT("A tree."), .setting_size = sizeof(qh_declared) },
            { .stage = QH_STAGE_TREATMENT, .name = TEXT("bare"), .setting_size = sizeof(qh_declared) },
        };
        static const qh_table table = {
            .contract = QH_CONTRACT, .size = sizeof(qh_table), .target = TEXT(QH_TARGET), .name = TEXT("t"),
            .version = TEXT("1"), .methods = methods, .count = 2, .method_size = sizeof(qh_method),
            .make = make, .call = call,
        };
        const qh_table *quanheng_plugin(uint32_t least, uint32_t greatest) {
            return least <= QH_CONTRACT && QH_CONTRACT <= greatest ? &table : NULL;
        }
    "#;
    let folder = tempfile::tempdir().expect("a folder");
    for (step, properties) in [("0", vec![]), ("1", vec!["the same tree twice"])] {
        let library = folder.path().join(format!("libtree{step}.so"));
        let code = folder.path().join(format!("tree{step}.c"));
        std::fs::write(&code, source.replace("STEP", step)).expect("written");
        compile(&code, &library);
        let examined = examine(&open(&library, child()));
        let [tree, bare] = &examined[..] else { panic!("{examined:?}") };
        let found = |one: &Examined| -> Vec<String> {
            one.findings.iter().map(|f| f.property.to_string()).collect()
        };
        assert_eq!(tree.example, None);
        assert!(
            found(tree).iter().all(|p| properties.contains(&p.as_str())),
            "{:?}",
            tree.findings
        );
        assert_eq!(found(tree).is_empty(), properties.is_empty());
        let unsaid: Vec<String> = tree.unsaid.iter().map(ToString::to_string).collect();
        assert_eq!(unsaid, ["`zh`", "`formula`", "`reference`"]);
        assert!(!tree.passed());
        assert_eq!(
            found(bare),
            ["it has a worked example, without which the battery has no input"]
        );
        assert_eq!(bare.example, None);
    }
}

/// Compiles a plugin in C.
fn compile(code: &Path, library: &Path) {
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("plugins/api");
    let done = Command::new("cc")
        .args(["-std=c11", "-O2", "-shared", "-fPIC", "-I"])
        .args([&api, Path::new("-o"), library, code, Path::new("-lm")])
        .output()
        .expect("a compiler");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// The same bits in a child as here, with absent cells where a method takes them.
#[test]
fn a_child_gives_the_same_bits() {
    fn both<M: Trial + Plugged + ?Sized>(path: &Path, method: &str, inputs: &[Example]) {
        let (here, there) = (open(path, Isolation::None), open(path, child()));
        for input in inputs {
            let (a, b) = (trial::<M>(&here, method, input), trial::<M>(&there, method, input));
            match (&a, &b) {
                (Ok(a), Ok(b)) => {
                    let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                    assert_eq!(bits(a), bits(b), "{method}: {a:?}, {b:?}");
                }
                _ => assert_eq!(a, b, "{method}"),
            }
        }
    }
    let mut draw = Draw(1);
    let mut inputs = |gaps: bool, settings: &Settings| -> Vec<Example> {
        let one = |draw: &mut Draw, rows: usize| {
            let mut columns = draw.columns(4, rows, 0.0, 100.0);
            if gaps {
                columns[1][rows / 2] = f64::NAN;
            }
            let weights = (0..4).map(|_| draw.next()).collect();
            Example { settings: settings.clone(), columns, weights, ..Example::default() }
        };
        [5, 23, 60].map(|rows| one(&mut draw, rows)).into()
    };
    let profiles = Value::List(vec![Value::Number(30.0), Value::Number(60.0)]);
    let sort = settings([("profiles", profiles)]);
    let shares = settings([("lower", Value::Number(0.1)), ("upper", Value::Number(0.6))]);
    let none = Settings::default();
    let [doubt, sorting, components, c] = libraries().try_into().expect("four");
    both::<dyn Aggregation>(&doubt.1, "benefit_of_the_doubt", &inputs(false, &shares));
    both::<dyn Aggregation>(&doubt.1, "benefit_of_the_doubt", &inputs(true, &shares));
    both::<dyn Aggregation>(&sorting.1, "mr_sort", &inputs(true, &sort));
    both::<dyn Weighting>(&components.1, "principal_components", &inputs(false, &none));
    both::<dyn Weighting>(&c.1, "variation", &inputs(true, &none));
}

#[test]
fn benefit_of_the_doubt_as_the_built_in() {
    let plugin = open(&libraries()[0].1, Isolation::None);
    let mut draw = Draw(2);
    for (lower, upper) in [(0.0, 1.0), (0.0, 0.6), (0.1, 1.0), (0.15, 0.5)] {
        for (columns, rows) in [(2, 7), (3, 40), (6, 60)] {
            let mut columns = draw.columns(columns, rows, 0.0, 50.0);
            // Some zeros, a copy of a region, and a region beaten in everything.
            columns[0][1] = 0.0;
            for column in &mut columns {
                column[2] = column[3];
                column[4] = column[3] / 2.0;
            }
            let settings =
                settings([("lower", Value::Number(lower)), ("upper", Value::Number(upper))]);
            let input = Example { settings, columns, ..Example::default() };
            let found = trial::<dyn Aggregation>(&plugin, "benefit_of_the_doubt", &input);
            let found = found.unwrap_or_else(|e| panic!("{e}"));
            near(&found, &built_in(aggregation::TABLE, "benefit_of_doubt", &input), 1e-9);
            assert!(found.contains(&1.0) || lower > 0.0 || upper < 1.0, "{found:?}");
        }
    }
}

/// Small whole numbers: ties, zeros, copies, and corners where many regions meet.
#[test]
fn benefit_of_the_doubt_on_ties() {
    let plugin = open(&libraries()[0].1, Isolation::None);
    let mut draw = Draw(5);
    let mut scored = 0;
    for case in 0..200 {
        let (n, rows) = (1 + case % 5, 1 + case % 13);
        let mut columns = draw.columns(n, rows, 0.0, 4.0);
        columns.iter_mut().flatten().for_each(|x| *x = x.floor());
        let even = 1.0 / n as f64;
        let lower = [0.0, 0.05, even][case % 3];
        let upper = [1.0, (even + 1.0) / 2.0, even][case % 7 % 3];
        let settings = settings([("lower", Value::Number(lower)), ("upper", Value::Number(upper))]);
        let input = Example { settings, columns, ..Example::default() };
        let found = trial::<dyn Aggregation>(&plugin, "benefit_of_the_doubt", &input);
        let entry = aggregation::TABLE.iter().find(|e| e.name == "benefit_of_doubt");
        let core = (entry.expect("built in").make)(&input.settings).expect("made").trial(&input);
        match (found, core) {
            (Ok(a), Ok(b)) => {
                near(&a, &b, 1e-9);
                scored += 1;
            }
            (a, b) => assert!(a.is_err() && b.is_err(), "{:?}: {a:?}, {b:?}", input.columns),
        }
    }
    assert!(scored > 150, "{scored}");
}

#[test]
fn principal_components_as_the_built_ins() {
    let plugin = open(&libraries()[2].1, Isolation::None);
    let mut draw = Draw(3);
    let number = Value::Number;
    let text = |s: &str| Value::Text(s.to_owned());
    for (n, rows) in [(3, 12), (5, 30), (8, 31)] {
        // Columns that have something in common, in several units, one of them constant.
        let mut columns = draw.columns(n, rows, 0.0, 1.0);
        for k in 1..n {
            for row in 0..rows {
                columns[k][row] = 100.0 * (columns[k][row] + 0.8 * columns[k / 2][row]) + 7.0;
            }
        }
        columns[n - 1] = vec![3.7; rows];
        let input = |settings: Settings| Example {
            settings,
            columns: columns.clone(),
            ..Example::default()
        };
        let found = |settings: Settings| {
            let found = trial::<dyn Weighting>(&plugin, "principal_components", &input(settings));
            found.unwrap_or_else(|e| panic!("{e}"))
        };
        let core =
            |name: &str, settings: Settings| built_in(weighting::TABLE, name, &input(settings));
        // Handbook's rule without its two further limits.
        let open = || [("least_share", number(0.0)), ("least_total", number(0.0))];
        near(&found(Settings::default()), &core("factor_analysis", settings(open())), 1e-9);
        let raw = settings([("normalise", Value::Bool(false)), ("components", number(2.0))]);
        let core_raw = settings([("normalise", Value::Bool(false)), ("factors", number(2.0))]);
        near(&found(raw), &core("factor_analysis", core_raw), 1e-9);
        // The first component alone.
        let first = settings([("components", number(1.0)), ("rotation", text("none"))]);
        let squared = settings([("rule", text("squared"))]);
        near(&found(first.clone()), &core("pca", squared), 1e-9);
        // With one component there is nothing to rotate and nothing to choose from.
        let first_of_all = settings([("components", number(1.0)), ("rule", text("communality"))]);
        near(&found(first), &found(first_of_all), 1e-12);
        // No rotation changes the communalities, and those of all components are 1.
        let two = |rotation: &str| {
            settings([
                ("components", number(2.0)),
                ("rule", text("communality")),
                ("rotation", text(rotation)),
            ])
        };
        near(&found(two("varimax")), &found(two("none")), 1e-9);
        let all = settings([
            ("keep", text("share")),
            ("share", number(1.0)),
            ("rule", text("communality")),
        ]);
        let mut equal = vec![1.0 / (n - 1) as f64; n];
        equal[n - 1] = 0.0;
        near(&found(all), &equal, 1e-9);
    }
}

#[test]
fn variation_as_the_built_in() {
    let plugin = open(&variation(), Isolation::None);
    let mut draw = Draw(4);
    for (n, rows) in [(2, 5), (4, 31), (9, 300)] {
        let mut columns = draw.columns(n, rows, -20.0, 100.0);
        columns[0][rows / 2] = f64::NAN;
        columns[1] = vec![0.1; rows];
        let input = Example { columns, ..Example::default() };
        let found = trial::<dyn Weighting>(&plugin, "variation", &input);
        let found = found.unwrap_or_else(|e| panic!("{e}"));
        near(&found, &built_in(weighting::TABLE, "coefficient_of_variation", &input), 1e-12);
        assert_eq!(found[1], 0.0, "a constant column");
    }
}

#[test]
fn what_does_not_fit_is_said() {
    let [doubt, sorting, components, c] = libraries().try_into().expect("four");
    let list = |x: &[f64]| Value::List(x.iter().map(|x| Value::Number(*x)).collect());
    let texts = |x: &[&str]| Value::List(x.iter().map(|x| Value::Text((*x).to_owned())).collect());
    let said = |text: String, words: &str| assert!(text.contains(words), "{text}");

    let plugin = open(&doubt.1, child());
    let bounds =
        |lower, upper| settings([("lower", Value::Number(lower)), ("upper", Value::Number(upper))]);
    let name = "benefit_of_the_doubt";
    said(refusal(&plugin, name, &bounds(0.5, 0.4)), "at most `upper`");
    let uneven = settings([("children", texts(&["x1"])), ("lowers", list(&[0.1, 0.2]))]);
    said(refusal(&plugin, name, &uneven), "each of the 1 codes");
    let run = |settings: Settings, columns: &[&[f64]]| {
        let columns = columns.iter().map(|c| c.to_vec()).collect();
        let input = Example { settings, columns, ..Example::default() };
        trial::<dyn Aggregation>(&plugin, name, &input).expect_err("a failure").to_string()
    };
    let plain = Settings::default;
    said(run(bounds(0.4, 1.0), &[&[1.0], &[1.0], &[1.0]]), "cannot add up to 1");
    said(run(plain(), &[&[1.0, -2.0], &[1.0, 1.0]]), "-2");
    said(run(plain(), &[&[1.0, f64::NAN], &[1.0, 1.0]]), "no value");
    said(run(plain(), &[&[0.0, 0.0], &[0.0, 0.0]]), "nothing to score against");
    said(run(settings([("children", texts(&["x9"]))]), &[&[1.0, 2.0]]), "`x9`");

    let plugin = open(&sorting.1, child());
    let refused =
        |settings: Settings, words: &str| said(refusal(&plugin, "mr_sort", &settings), words);
    refused(Settings::default(), "Unstated");
    refused(settings([("profiles", list(&[50.0, 40.0]))]), "must not fall");
    refused(
        settings([("profiles", list(&[1.0, 2.0, 3.0])), ("children", texts(&["a", "b"]))]),
        "2 numbers for each profile",
    );
    refused(settings([("profiles", list(&[1.0])), ("veto", list(&[0.0]))]), "above 0");
    refused(settings([("profiles", list(&[1.0])), ("majority", Value::Number(0.4))]), "majority");
    let names = settings([("profiles", list(&[1.0, 2.0])), ("children", texts(&["x1", "z"]))]);
    let input = Example { settings: names, columns: vec![vec![1.0]; 2], ..Example::default() };
    let fault = trial::<dyn Aggregation>(&plugin, "mr_sort", &input).expect_err("a failure");
    said(fault.to_string(), "no `x2`");

    let plugin = open(&components.1, child());
    let input = Example { columns: vec![vec![2.0; 4]; 2], ..Example::default() };
    let fault = trial::<dyn Weighting>(&plugin, "principal_components", &input);
    said(fault.expect_err("a failure").to_string(), "no column varies");

    let plugin = open(&c.1, child());
    let input = Example { columns: vec![vec![1.0, 2.0], vec![-1.0, 1.0]], ..Example::default() };
    let fault = trial::<dyn Weighting>(&plugin, "variation", &input);
    said(fault.expect_err("a failure").to_string(), "`x2`: the mean is 0");
}

/// The crate that `quanheng plugin new` writes builds as it is, without network, and passes its own tests and the battery.
#[test]
fn a_new_plugin_builds_and_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in template("my-index").expect("a name") {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-plugin");
    let cargo = |word: &str| {
        let done = Command::new(env!("CARGO"))
            .args([word, "--offline", "--quiet"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTFLAGS", "-D warnings")
            .output()
            .expect("cargo");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    cargo("test");
    cargo("build");
    let file = format!("{}my_index{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let plugin = open(&target.join("debug").join(file), child());
    assert_eq!(plugin.description().name, "my-index");
    let examined = examine(&plugin);
    assert_eq!(examined.len(), 1);
    assert_eq!(examined[0].method, "my_index");
    let found: Vec<String> = examined[0].findings.iter().map(ToString::to_string).collect();
    assert!(examined[0].passed(), "{}", found.join("\n"));
}

fn evaluate(resolved: &Resolved, code: &str) -> Evaluation {
    Evaluation::new(Arc::clone(&resolved.study), resolved.methodologies[code].clone())
        .unwrap_or_else(|e| {
            panic!(
                "{}",
                resolved.evaluation_problems(code, e).render(quanheng_words::Language::En, false)
            )
        })
}

/// A project that uses every example, as a project file names them.
#[test]
fn a_project_with_plugins() {
    project::run_plugins_in(env!("CARGO_BIN_EXE_quanheng").into());
    project::trust_pins();
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("regions.csv", "code,name\n01,甲\n02,乙\n03,丙\n04,丁\n05,戊\n06,己\n");
    write("tree.csv", "code,parent,weight\nindex,,\na,index,0.4\nb,index,0.3\nc,index,0.3\n");
    write(
        "values.csv",
        "region,a,b,c\n01,80,75,30\n02,60,55,90\n03,90,90,25\n04,95,40,75\n05,40,45,100\n06,20,65,60\n",
    );
    let mut toml = String::from(
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n",
    );
    let codes = ["doubt", "sorting", "components", "c"];
    for (code, (_, path)) in codes.into_iter().zip(libraries()) {
        std::fs::copy(&path, folder.path().join(format!("{code}.so"))).expect("copied");
        let hash = hash(&path).expect("a hash");
        toml.push_str(&format!("[plugin.{code}]\npath = \"{code}.so\"\nblake3 = \"{hash}\"\n"));
        if code == "c" {
            toml.push_str("isolation = \"none\"\n");
        }
    }
    toml.push_str(
        r#"
[methodology.base]
normalisation = "none"
weighting = "given"
aggregation = "arithmetic"
[methodology.doubt]
extends = "base"
aggregation = { plugin = "doubt", method = "benefit_of_the_doubt", lower = 0.1, upper = 0.7 }
[methodology.doubt_built_in]
extends = "base"
aggregation = { method = "benefit_of_doubt", lower = 0.1, upper = 0.7 }
[methodology.doubt_own]
extends = "base"
aggregation = { plugin = "doubt", children = ["c"], uppers = [0.2] }
[methodology.sorted]
extends = "base"
aggregation = { plugin = "sorting", method = "mr_sort", profiles = [50, 70], majority = 0.6, veto = [40] }
tiering = { plugin = "sorting", method = "classes", labels = ["优", "中", "差"] }
[methodology.sorted_by_child]
extends = "base"
aggregation = { plugin = "sorting", children = ["c", "a", "b"], profiles = [20, 50, 50, 30, 90, 70], majority = 0.7 }
[methodology.components]
extends = "base"
weighting = { plugin = "components", method = "principal_components", keep = "share", share = 0.9 }
[methodology.components_handbook]
extends = "base"
weighting = { plugin = "components" }
[methodology.components_built_in]
extends = "base"
weighting = { method = "factor_analysis", least_share = 0, least_total = 0 }
[methodology.variation]
extends = "base"
weighting = { plugin = "c", method = "variation" }
[methodology.variation_built_in]
extends = "base"
weighting = "coefficient_of_variation"
"#,
    );
    write("quanheng.toml", &toml);
    let resolved = project::open(folder.path())
        .unwrap_or_else(|p| panic!("{}", p.render(quanheng_words::Language::En, false)));
    let scores = |code: &str| {
        let evaluation = evaluate(&resolved, code);
        let node = evaluation.methodology().system.find("index").expect("a node");
        evaluation.scores(node).values().to_vec()
    };
    near(&scores("doubt"), &scores("doubt_built_in"), 1e-9);
    near(&scores("components_handbook"), &scores("components_built_in"), 1e-9 * 100.0);
    near(&scores("variation"), &scores("variation_built_in"), 1e-12 * 100.0);
    // Two components of three explain 0.9, so that the weights are others than by the first alone.
    assert_ne!(scores("components"), scores("components_handbook"));
    // A region that lives of c alone loses what it had of it.
    let (free, bound) = (scores("doubt"), scores("doubt_own"));
    assert!(bound[4] < free[4], "{free:?} {bound:?}");
    // The worked example of the README, and 06: 50 in b and c, 0.6, and 30 below in a, no veto.
    assert_eq!(scores("sorted"), [1.0, 1.0, 1.0, 2.0, 0.0, 1.0]);
    // 30 in c, 90 in a, 70 in b for the second class: 01 has b and c, 0.6; 03 a and b, 04 a and c, 0.7.
    assert_eq!(scores("sorted_by_child"), [1.0, 1.0, 2.0, 2.0, 0.0, 0.0]);
    let sorted = evaluate(&resolved, "sorted");
    let label = |row: usize| {
        sorted.tiers()[row].map_or("", |tier| sorted.tier_labels(row)[usize::from(tier)].as_str())
    };
    assert_eq!([0, 1, 2, 3, 4, 5].map(label), ["中", "中", "中", "优", "差", "中"]);
}

/// A README names every method, every setting and the library that is built.
#[test]
fn each_has_a_readme_that_is_whole() {
    for (name, path) in libraries() {
        let folder = name.strip_prefix("quanheng-").unwrap_or(name);
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("plugins").join(folder);
        let readme = std::fs::read_to_string(readme.join("README.md")).expect("a README");
        let description = open(&path, Isolation::None).description().clone();
        for method in &description.methods {
            assert!(readme.contains(&method.name), "{name}: {}", method.name);
            assert!(readme.contains(&method.zh), "{name}: {}", method.zh);
            for setting in &method.settings {
                assert!(
                    readme.contains(&format!("`{}`", setting.name)),
                    "{name}: {}",
                    setting.name
                );
            }
        }
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        for words in
            [file.as_str(), "quanheng plugin test", "quanheng plugin trust", "Worked example"]
        {
            assert!(readme.contains(words), "{name}: {words}");
        }
    }
}

/// Intermediate results of a plugin: the same in this process and in a child, and those of the built-in.
#[test]
fn the_weights_that_benefit_of_the_doubt_found() {
    use quanheng_core::method::{Intermediate, Scratch, Shape};
    let columns = vec![vec![4.0, 0.5, 2.0, 3.0], vec![1.0, 5.0, 2.0, 3.0]];
    let input = Example { columns: columns.clone(), ..Example::default() };
    let asked = |method: &dyn Trial| {
        let mut scratch = Scratch { intermediate: Intermediate::asked(), ..Scratch::default() };
        let scores = method.trial_in(&input, &mut scratch).expect("scores");
        (scores, scratch.intermediate.take())
    };
    let entry =
        aggregation::TABLE.iter().find(|e| e.name == "benefit_of_doubt").expect("a built-in");
    let own = (entry.make)(&Settings::default()).expect("defaults");
    let (_, built_in) = asked(&&*own);
    for isolation in [Isolation::None, child()] {
        let plugin = open(&built("quanheng_benefit_of_the_doubt"), isolation);
        let method = plugin.description().methods[0].name.clone();
        let method = <dyn Aggregation>::plugged(prepare(&plugin, &method, &Settings::default()));
        let (scores, found) = asked(&&*method);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_str(), found[0].shape), ("weights", Shape::REGIONS_SIBLINGS));
        assert!(!found[0].is_unique);
        for row in 0..4 {
            let worth = |by: &[f64]| columns.iter().zip(by).map(|(c, u)| c[row] * u).sum::<f64>();
            assert!((worth(found[0].row(row)) - scores[row]).abs() < 1e-9, "{row}");
            assert!((worth(built_in[0].row(row)) - scores[row]).abs() < 1e-9, "{row}");
        }
        // Who does not ask is given nothing.
        let mut scratch = Scratch::default();
        method.trial_in(&input, &mut scratch).expect("scores");
        assert_eq!(scratch.intermediate.take(), []);
    }
}
