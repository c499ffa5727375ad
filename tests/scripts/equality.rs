//! Equal by proof: a built-in that exists as a bundled script too gives the same bits, whatever it is given.
//!
//! Both run over every input of the conformance battery, for the worked examples of both and every word of every
//! setting, and over wider ones; where one refuses an input, so must the other. A name that is in both places is
//! compared without a line here, unless the bits differ.

use std::sync::Arc;

use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::{Subject, Trial, inputs};
use quanheng_core::method::{Accepts, Domain, Entry, Example, Settings, Stage, Value, find};
use quanheng_core::model::{Direction, Indicator};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::weighting::Weighting;
use quanheng_core::{aggregation, imputation, normalisation, tiering, treatment, weighting};
use quanheng_scripts::{Host, LIBRARY, Limits, Script, Scripted, Worked};

/// Scripts whose bits differ from the built-in's: the greatest difference, relative to the greatest number of the
/// result, and why.
const TOLERANCES: &[(&str, f64, &str)] = &[
    (
        "aggregation/cocoso.rhai",
        1e-14,
        "the built-in takes the cube root as such, the script as a power of 1/3",
    ),
    (
        "weighting/scatter_degree.rhai",
        1e-9,
        "the built-in divides columns by a power of two first, so that nothing overflows, and the search for eigenvectors stops at other bits",
    ),
];

/// What the comparison of one script with its built-in came to.
#[derive(Default)]
pub struct Compared {
    pub name: String,
    /// How many inputs gave a result.
    pub results: usize,
    /// How many were refused by both.
    pub refused: usize,
    /// The greatest relative difference, 0 only for the same bits.
    pub worst: f64,
    /// The input that it was found on, and the two results.
    pub example: String,
    /// Where one gave a result and the other did not, or settings do not agree.
    pub faults: Vec<String>,
}

#[test]
fn scripts_equal_the_built_ins() {
    let host = Host::new(None, Limits::default());
    let names: Vec<&str> = LIBRARY.iter().map(|b| b.name).collect();
    let compared = compare_all(&host, &names);
    let mut wrong = Vec::new();
    for found in &compared {
        wrong.extend(found.faults.iter().map(|f| format!("{}: {f}", found.name)));
        if found.results < 20 {
            wrong.push(format!("{}: only {} inputs gave a result", found.name, found.results));
        }
        let stated = TOLERANCES.iter().find(|(name, _, _)| *name == found.name);
        match stated {
            None if found.worst > 0.0 => {
                wrong.push(format!("{}: other bits\n{}", found.name, found.example));
            }
            Some((_, tolerance, _)) if found.worst > *tolerance => wrong.push(format!(
                "{}: {} and not {tolerance}\n{}",
                found.name, found.worst, found.example
            )),
            Some(_) if found.worst == 0.0 => {
                wrong.push(format!("{}: the same bits need no tolerance", found.name));
            }
            _ => {}
        }
    }
    for (name, _, why) in TOLERANCES {
        assert!(!why.is_empty(), "{name}: why?");
        if compared.iter().all(|c| c.name != *name) {
            wrong.push(format!("{name}: a tolerance for what is not compared"));
        }
    }
    assert!(wrong.is_empty(), "{} findings\n{}", wrong.len(), wrong.join("\n"));
}

/// Scripts that say under a name of their own what a built-in says with settings: to the last digits, as sums are taken in
/// other orders.
#[test]
fn combinations_equal_the_built_in() {
    let number = |x: f64| Value::Number(x);
    let of = |names: &[&str]| ("of", Value::from(names.to_vec()));
    let given_entropy = || of(&["given", "entropy"]);
    let shares = ("shares", Value::from(vec![0.25, 0.75]));
    let three = of(&["given", "entropy", "critic"]);
    let absolute = || ("negative", Value::from("absolute"));
    let pairs = [
        (
            "weighting/linear_combination.rhai",
            Settings::from([("alpha", number(0.25))]),
            Settings::from([given_entropy(), ("by", "linear".into()), shares]),
        ),
        (
            "weighting/product_combination.rhai",
            Settings::default(),
            Settings::from([given_entropy(), ("by", "product".into())]),
        ),
        (
            "weighting/game_theoretic.rhai",
            Settings::default(),
            Settings::from([given_entropy(), ("by", "game".into())]),
        ),
        (
            "weighting/game_theoretic.rhai",
            Settings::from([of(&["stated", "entropy", "critic"]), absolute()]),
            Settings::from([three, ("by", "game".into()), absolute()]),
        ),
    ];
    let entry = find(weighting::TABLE, "combination").expect("a built-in");
    let host = Host::new(None, Limits::default());
    for (name, own, built_in) in pairs {
        let mut found = Compared { name: name.into(), ..Compared::default() };
        let script = Script::open(&host, name).expect("a script");
        let scripted = <dyn Weighting>::scripted(script.prepare(&own).expect("settings that fit"));
        let method = (entry.make)(&built_in).expect("settings that fit");
        let example = (entry.example)();
        let subject = Subject {
            stage: Stage::Weighting,
            name,
            method: &&*method,
            claims: entry.claims,
            intermediate: None,
            example: &example,
        };
        for input in inputs(&subject).into_iter().chain(wide(&example)) {
            look(&input, &*method, &*scripted, &mut found);
        }
        assert!(found.results > 20, "{name}: {} results", found.results);
        assert!(found.faults.is_empty(), "{name}: {}", found.faults.join("\n"));
        assert!(found.worst < 1e-12, "{name}: {}\n{}", found.worst, found.example);
    }
}

/// TOPSIS with entropy weights is TOPSIS over columns of length one, weighed by entropy.
#[test]
fn entropy_topsis_is_entropy_then_topsis() {
    let host = Host::new(None, Limits::default());
    let script = Script::open(&host, "aggregation/entropy_topsis.rhai").expect("a script");
    let scripted =
        <dyn Aggregation>::scripted(script.prepare(&Settings::default()).expect("no settings"));
    let entropy = find(weighting::TABLE, "entropy").expect("a built-in");
    let topsis = find(aggregation::TABLE, "topsis").expect("a built-in");
    let entropy = (entropy.make)(&Settings::default()).expect("defaults");
    let topsis = (topsis.make)(&Settings::from([("scale", "vector".into())])).expect("a scale");
    let example = Example {
        columns: vec![vec![0.0, 1.0, 1.0, 0.0], vec![0.0, 0.0, 3.0, 0.0]],
        ..Example::default()
    };
    let complete = |input: &Example| input.columns.iter().flatten().all(|x| !x.is_nan());
    let mut compared = 0;
    for input in wide(&example).into_iter().chain([example]).filter(complete) {
        let weights = entropy.trial(&input).expect("weights");
        let expected = topsis.trial(&Example { weights, ..input.clone() }).expect("scores");
        let found = scripted.trial(&input).expect("scores");
        assert!(difference(&expected, &found) < 1e-12, "{expected:?}, {found:?}");
        compared += 1;
    }
    assert_eq!(compared, 3);
}

/// What is known of results before anything is computed: bounds, centre, which way is better.
#[test]
fn scripts_give_what_the_built_ins_give() {
    let host = Host::new(None, Limits::default());
    let prepared = |name: &str, settings: &Settings| {
        let script = Script::open(&host, name).expect("a script");
        script.prepare(settings).expect("settings that fit")
    };
    let one = |name: &str, x: f64| Settings::from([(name, x.into())]);
    for (name, settings) in [
        ("min_max", Settings::default()),
        ("min_max", one("upper", 100.0)),
        ("min_max", one("epsilon", 0.25)),
        ("z_score", Settings::default()),
        ("z_score", one("mean", 100.0)),
        ("percentile_rank", Settings::default()),
    ] {
        let entry = find(normalisation::TABLE, name).expect("a built-in");
        let built_in = (entry.make)(&settings).expect("settings that fit");
        let script = prepared(&format!("normalisation/{name}.rhai"), &settings);
        let scripted = <dyn Normalisation>::scripted(script);
        let leaf = Indicator::default();
        assert_eq!(built_in.gives(&leaf), scripted.gives(&leaf), "{name} {settings:?}");
    }
    let children = [Domain::between(0.5, 2.0), Domain::between(1.0, 3.0)];
    for name in [
        "arithmetic",
        "copras",
        "cradis",
        "edas",
        "geometric",
        "marcos",
        "minimum",
        "spotis",
        "todim",
        "topsis",
        "vikor",
        "wroclaw",
    ] {
        let entry = find(aggregation::TABLE, name).expect("a built-in");
        let built_in = (entry.make)(&Settings::default()).expect("defaults");
        let script = prepared(&format!("aggregation/{name}.rhai"), &Settings::default());
        let scripted = <dyn Aggregation>::scripted(script);
        assert_eq!(built_in.gives(&children), scripted.gives(&children), "{name}");
    }
}

/// Every script of these that is a built-in too, compared.
pub fn compare_all(host: &Arc<Host>, names: &[&str]) -> Vec<Compared> {
    let mut all = Vec::new();
    compare(host, names, imputation::TABLE, &mut all);
    compare(host, names, treatment::TABLE, &mut all);
    compare(host, names, normalisation::TABLE, &mut all);
    compare(host, names, weighting::TABLE, &mut all);
    compare(host, names, aggregation::TABLE, &mut all);
    compare(host, names, tiering::TABLE, &mut all);
    all
}

fn compare<M: Scripted + Trial + ?Sized>(
    host: &Arc<Host>,
    names: &[&str],
    table: &[Entry<M>],
    all: &mut Vec<Compared>,
) {
    for entry in table {
        let name = format!("{}/{}.rhai", M::STAGE.name(), entry.name);
        if names.contains(&name.as_str()) {
            let script =
                Script::open(host, &name).unwrap_or_else(|e| panic!("{name} does not open: {e:?}"));
            let mut found = Compared { name, ..Compared::default() };
            compare_one(&script, entry, &mut found);
            all.push(found);
        }
    }
}

fn compare_one<M: Scripted + Trial + ?Sized>(
    script: &Arc<Script>,
    entry: &Entry<M>,
    found: &mut Compared,
) {
    for setting in script.settings() {
        if (entry.settings)().iter().all(|s| s.name != setting.name) {
            found.faults.push(format!("the built-in has no setting `{}`", setting.name));
        }
    }
    let mut examples = vec![(entry.example)()];
    for worked in script.examples().unwrap_or_else(|f| panic!("{}: {f}", found.name)) {
        if let Worked::Method(example) = worked {
            examples.push(example);
        }
    }
    for example in examples {
        for settings in variants(script, &example.settings) {
            let example = Example { settings, ..example.clone() };
            let built_in = (entry.make)(&example.settings);
            let prepared = script.prepare(&example.settings);
            let (built_in, prepared) = match (built_in, prepared) {
                (Ok(built_in), Ok(prepared)) => (built_in, prepared),
                (Err(_), Err(_)) => continue,
                (a, b) => {
                    found.faults.push(format!(
                        "{:?}: the built-in says {:?}, the script {:?}",
                        example.settings,
                        a.err(),
                        b.err()
                    ));
                    continue;
                }
            };
            let scripted = M::scripted(prepared);
            let subject = Subject {
                stage: M::STAGE,
                name: entry.name,
                method: &&*built_in,
                claims: entry.claims,
                intermediate: None,
                example: &example,
            };
            for input in inputs(&subject).into_iter().chain(wide(&example)) {
                for input in [flipped(&input), input] {
                    look(&input, &*built_in, &*scripted, found);
                }
            }
        }
    }
}

fn look<M: Trial + ?Sized>(input: &Example, built_in: &M, scripted: &M, found: &mut Compared) {
    match (built_in.trial(input), scripted.trial(input)) {
        (Ok(a), Ok(b)) => {
            found.results += 1;
            let difference = difference(&a, &b);
            if difference > found.worst {
                found.worst = difference;
                found.example = format!(
                    "    settings {:?}\n    input {:?}\n    weights {:?}\n    built in {a:?}\n    script   {b:?}",
                    input.settings.0, input.columns, input.weights
                );
            }
        }
        (Err(_), Err(_)) => found.refused += 1,
        (a, b) => {
            if found.faults.len() < 3 {
                let words = |o: Result<Vec<f64>, _>| {
                    o.map_err(|e: quanheng_core::method::MethodError| e.to_string())
                };
                found.faults.push(format!(
                    "settings {:?}, input {:?}: the built-in gave {:?}, the script {:?}",
                    input.settings.0,
                    input.columns,
                    words(a),
                    words(b)
                ));
            }
        }
    }
}

/// 0 for the same bits, absent cells being alike; else the greatest difference relative to the greatest number.
fn difference(a: &[f64], b: &[f64]) -> f64 {
    let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
    if a.len() == b.len() && a.iter().zip(b).all(same) {
        return 0.0;
    }
    if a.len() != b.len() || a.iter().zip(b).any(|(a, b)| a.is_nan() != b.is_nan()) {
        return f64::INFINITY;
    }
    let size = a.iter().map(|x| x.abs()).filter(|x| !x.is_nan()).fold(0.0, larger);
    let gap = a.iter().zip(b).map(|(a, b)| (a - b).abs()).filter(|x| !x.is_nan()).fold(0.0, larger);
    larger(gap / larger(size, f64::MIN_POSITIVE), f64::MIN_POSITIVE)
}

fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The script's defaults with what the example states of them; then every word of a choice, and yes and no.
fn variants(script: &Script, stated: &Settings) -> Vec<Settings> {
    let mut base = Settings::default();
    for setting in script.settings() {
        let name = setting.name.to_string();
        if let Some(value) = stated.0.get(&name).or(setting.default.as_ref()) {
            base.0.insert(name, value.clone());
        }
    }
    let mut all = vec![base.clone()];
    for setting in script.settings() {
        let values: Vec<Value> = match &setting.accepts {
            Accepts::Choice(words) => words.iter().map(|w| Value::Text(w.clone())).collect(),
            Accepts::Bool => vec![false.into(), true.into()],
            _ => Vec::new(),
        };
        for value in values {
            let mut other = base.clone();
            other.0.insert(setting.name.to_string(), value);
            all.push(other);
        }
    }
    all
}

/// Longer and wider inputs in the range of the example: complete, with equal values, and with absent cells.
fn wide(example: &Example) -> Vec<Example> {
    let first = &example.columns[0];
    let periods = example.periods.max(1);
    let rows = if example.groups.is_empty() { 12 * periods } else { first.len() };
    let width = if example.columns.len() > 1 { 9 } else { 1 };
    let mut state = 20_260_101_u64;
    let mut draw = || {
        // The constants of Knuth's MMIX; the upper bits are even enough for inputs of a test.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64
    };
    let mut all = Vec::new();
    for version in 0..3 {
        let columns = (0..width).map(|k| {
            let values = &example.columns[k % example.columns.len()];
            let there = || values.iter().copied().filter(|x| !x.is_nan());
            let (least, greatest) =
                (there().fold(f64::INFINITY, f64_min), there().fold(f64::NEG_INFINITY, larger));
            (0..rows)
                .map(|_| {
                    let (share, gap) = (draw(), draw() < 0.2);
                    match version {
                        1 => least + (greatest - least) * (share * 4.0).floor() / 4.0,
                        2 if gap => f64::NAN,
                        _ => least + (greatest - least) * share,
                    }
                })
                .collect()
        });
        let columns: Vec<Vec<f64>> = columns.collect();
        let cycled = |list: &[f64]| match list.len() {
            0 => Vec::new(),
            n => (0..width).map(|k| list[k % n] * (1.0 + (k / n) as f64)).collect(),
        };
        let mut input = Example {
            columns,
            weights: cycled(&example.weights),
            stated: cycled(&example.stated),
            full_marks: cycled(&example.full_marks),
            expected: Vec::new(),
            ..example.clone()
        };
        if !input.indicators.is_empty() {
            let n = input.indicators.len();
            input.indicators = (0..width).map(|k| input.indicators[k % n].clone()).collect();
        }
        all.push(input);
    }
    all
}

fn f64_min(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The same figures with every direction turned round.
fn flipped(input: &Example) -> Example {
    let mut other = input.clone();
    other.indicators.resize(input.columns.len(), Default::default());
    for indicator in &mut other.indicators {
        indicator.direction = match indicator.direction {
            Direction::Positive => Direction::Negative,
            Direction::Negative => Direction::Positive,
        };
    }
    other
}
