//! `quanheng robustness`, end to end, and errors of scores against their formulas.

#[expect(dead_code, reason = "the program around it is not called here")]
#[path = "../examples/one-visit/generate.rs"]
mod generate;

use std::sync::Arc;

use quanheng::project;
use quanheng_core::analysis::{Cell, Found, Inputs, Reason, Subject, Unwatched, Word};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{Settings, Value};
use quanheng_core::model::{LeagueIx, PeriodIx};
use quanheng_core::number;
use quanheng_core::robustness::{TABLE, find};

use crate::tidy::root;

/// Regions with a share of so many people asked, and an estimate with a standard error.
const FILES: [(&str, &str); 2] = [
    (
        "values.csv",
        "region,sat,asked,cov,cov_se\na,80,400,60,1\nb,84,100,61,0.5\nc,90,1000,70,2\nd,91,1000,70,0.5\n",
    ),
    ("tree.csv", "code,parent,weight\nindex,,\nsat,index,3\ncov,index,1\n"),
];

fn found(methodology: &str, settings: &[(&str, Value)]) -> Result<Vec<Found>, Reason> {
    found_by(methodology, "sampling", settings)
}

fn found_by(
    methodology: &str,
    kind: &str,
    settings: &[(&str, Value)],
) -> Result<Vec<Found>, Reason> {
    found_with("", methodology, kind, settings)
}

/// As above, where both errors state `more`.
fn found_with(
    more: &str,
    methodology: &str,
    kind: &str,
    settings: &[(&str, Value)],
) -> Result<Vec<Found>, Reason> {
    let project = format!(
        "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n[methodology.m]\n{methodology}\n\
         [sampling.sat]\nn = \"asked\"\nfull = 100\n{more}\n\
         [sampling.cov]\nstandard_error = \"cov_se\"\n{more}\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES.into_iter().chain([("quanheng.toml", project.as_str())]) {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let resolved = project::open(folder.path()).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    });
    let methodology = resolved.methodology(None).expect("a methodology");
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("it runs");
    let inputs: &Inputs = &resolved.analysis.inputs;
    let (league, period) = (LeagueIx(0), PeriodIx(0));
    let subject = Subject { evaluation: &evaluation, league, period, inputs, watch: &Unwatched };
    let stated = settings.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
    find(kind).expect("the kind").compute(&subject, &Settings(stated.collect()))
}

const PLAIN: &str = "normalisation = \"none\"";

fn table<'f>(all: &'f [Found], name: &str) -> &'f Found {
    all.iter().find(|found| found.form.name == name).expect("the table")
}

fn way(all: &[Found]) -> Word {
    match table(all, "summary").column("way").expect("a column")[0] {
        Cell::Word(word) => *word,
        other => panic!("{other:?}"),
    }
}

/// In a mean, the variance of a score is the sum of the variances of its cells times the squares of their weights.
#[test]
fn a_mean_has_the_error_of_the_formula() {
    let all = found(PLAIN, &[]).expect("figures");
    assert_eq!(way(&all), Word::Exact);
    let ranks = table(&all, "ranks");
    // By rank: d, c, b, a. The error of a share is half its Wilson interval (by statsmodels, 0.95) over 1.959964.
    let expected = [
        ("d", 91.0, 1000.0, 0.5),
        ("c", 90.0, 1000.0, 2.0),
        ("b", 84.0, 100.0, 0.5),
        ("a", 80.0, 400.0, 1.0),
    ];
    let errors = ranks.numbers("error").expect("errors");
    for ((name, share, n, se), found) in expected.into_iter().zip(errors) {
        let (lower, upper) = quanheng_core::robustness::wilson(share / 100.0, n, 0.95);
        let sat = 100.0 * (upper - lower) / 2.0 / quanheng_core::robustness::normal_width(0.95);
        let formula = (0.75 * sat * (0.75 * sat) + 0.25 * se * (0.25 * se)).sqrt();
        assert!((found - formula).abs() < 1e-9, "{name}: {found} {formula}");
    }
    let first = ranks.numbers("rank_first").expect("ends");
    assert_eq!((first[0], first[3]), (1.0, 3.0));
}

/// Drawing all cells gives the errors that follow exactly, within four standard errors of the draws.
#[test]
fn draws_agree_with_what_follows_exactly() {
    let exact = found(PLAIN, &[]).expect("figures");
    let settings = [("errors", Value::from("draws")), ("evaluations", Value::Number(4_000.0))];
    let drawn = found(PLAIN, &settings).expect("figures");
    assert_eq!(way(&drawn), Word::Draws);
    let errors = |all: &[Found]| table(all, "ranks").numbers("error").expect("errors");
    for (exact, drawn) in errors(&exact).into_iter().zip(errors(&drawn)) {
        // The standard error of a standard deviation of n draws is σ/√(2n).
        assert!((drawn / exact - 1.0).abs() < 4.0 / 8_000.0_f64.sqrt(), "{exact} {drawn}");
    }
}

/// A geometric mean has slopes; ranks and rounded values jump, so that cells are drawn, or the reason is stated.
#[test]
fn what_is_not_linear() {
    let of = |more: &str| found(&format!("{PLAIN}\n{more}"), &[]).expect("figures");
    assert_eq!(way(&of("aggregation = \"geometric\"")), Word::Slopes);
    assert_eq!(way(&of("rounding = { sat = 0 }")), Word::Draws);
    assert_eq!(way(&found("normalisation = \"rank\"", &[]).expect("figures")), Word::Draws);
    let slopes = [("errors", Value::from("slopes"))];
    let all = found("normalisation = \"rank\"", &slopes).expect("the cells have intervals");
    let why = table(&all, "summary").column("why").expect("a column")[0].clone();
    assert_eq!(why, Cell::None(Reason::NotSmooth("index".into())));
}

#[test]
fn the_tables_of_the_example_are_those_of_the_generator() {
    let folder = root().join("examples/one-visit");
    let (mut answers, mut matters) = (Vec::new(), Vec::new());
    generate::answers(&mut answers).expect("written");
    generate::matters(&mut matters).expect("written");
    for (made, name) in [(answers, "answers.csv"), (matters, "matters.csv")] {
        assert!(made == std::fs::read(folder.join(name)).expect("the table"), "{name}");
    }
}

/// Every kind has a section in the document.
#[test]
fn kinds_are_documented() {
    let document =
        std::fs::read_to_string(root().join("docs/robustness.md")).expect("the document");
    for entry in TABLE {
        assert!(document.contains(&format!("\n## {} · ", entry.name)), "{}", entry.name);
    }
}

/// The tables of a kind over the last period of an example.
fn of_example(example: &str, kind: &str, settings: &[(&str, Value)]) -> Vec<Found> {
    let resolved =
        project::open(&root().join("examples").join(example)).unwrap_or_else(|problems| {
            panic!("{}", problems.render(quanheng_words::Language::En, false))
        });
    let methodology = resolved.methodology(None).expect("a methodology");
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("it runs");
    let inputs: &Inputs = &resolved.analysis.inputs;
    let last = evaluation.study().panel.slices().last().expect("a slice").period;
    let subject = Subject {
        evaluation: &evaluation,
        league: LeagueIx(0),
        period: last,
        inputs,
        watch: &Unwatched,
    };
    let stated = settings.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
    find(kind).expect("the kind").compute(&subject, &Settings(stated.collect())).expect("figures")
}

/// What is exact, what is drawn, and what is bounded agree with each other on the real index.
#[test]
fn exact_drawn_and_bounded_figures_agree() {
    const DRAWS: f64 = 5_000.0;
    let exact = of_example("china-innovation", "weights", &[]);
    let drawn = of_example("china-innovation", "draws", &[("draws", Value::Number(DRAWS))]);
    let (ranks, counted) = (table(&exact, "ranks"), table(&drawn, "ranks"));
    let column = |found: &Found, name: &str| found.numbers(name).expect("a column");
    let n = ranks.rows.len() as f64;
    let means = column(counted, "rank_mean");
    for (exact, drawn) in column(ranks, "rank_expected").into_iter().zip(means) {
        // The deviation of a rank is far below a quarter of the places.
        assert!((exact - drawn).abs() < 4.0 * 0.25 * n / DRAWS.sqrt(), "{exact} {drawn}");
    }
    let sds = column(ranks, "sd");
    for ((exact, drawn), sd) in
        column(ranks, "mean").into_iter().zip(column(counted, "mean")).zip(sds)
    {
        assert!((exact - drawn).abs() <= 4.5 * sd / DRAWS.sqrt() + 1e-12, "{exact} {drawn}");
    }
    let next = column(counted, "next_probability");
    for (p, drawn) in column(ranks, "next_probability").into_iter().zip(next) {
        let error = (p * (1.0 - p) / DRAWS).sqrt();
        assert!(p.is_nan() || (p - drawn).abs() <= 4.5 * error + 1e-9, "{p} {drawn}");
    }
    // Ranks that are drawn within the range lie within the bounds over it.
    let near = [("weights", Value::from("relative")), ("draws", Value::Number(DRAWS))];
    let near = of_example("china-innovation", "draws", &near);
    let counted = table(&near, "ranks");
    let bounds = of_example("china-innovation", "bounds", &[]);
    let bounds = table(&bounds, "ranks");
    let (best, worst) = (column(bounds, "rank_best"), column(bounds, "rank_worst"));
    let (low, high) = (column(counted, "rank_lower"), column(counted, "rank_upper"));
    let (first, last) = (column(ranks, "rank_first_always"), column(ranks, "rank_last_always"));
    for i in 0..best.len() {
        assert!(first[i] <= best[i] && best[i] <= low[i], "{i}");
        assert!(high[i] <= worst[i] && worst[i] <= last[i], "{i}");
    }
}

/// An index that is not linear in its weights is evaluated again, with the same figures as the fast way where it is linear.
#[test]
fn what_is_not_linear_is_evaluated_again() {
    let all = found(PLAIN, &[]).expect("figures");
    assert_eq!(way(&all), Word::Exact);
    let of = |more: &str, kind: &str, settings: &[(&str, Value)]| {
        found_by(&format!("{PLAIN}\n{more}"), kind, settings)
    };
    let geometric = "aggregation = \"geometric\"";
    assert_eq!(
        of(geometric, "weights", &[]).expect_err("a reason"),
        Reason::NotAMean("index".into())
    );
    let drawn = of(geometric, "draws", &[]).expect("figures");
    let word = table(&drawn, "summary").column("figures").expect("a column")[0].clone();
    assert_eq!(word, Cell::Word(Word::Evaluated));
    // The same draws, once as sums and once by evaluations of a mean.
    let few = [("draws", Value::Number(300.0)), ("evaluations", Value::Number(300.0))];
    let fast = of("", "draws", &few).expect("figures");
    let stated = of("", "draws", &[("weights", Value::from("stated")), few[1].clone()]);
    let stated = stated.expect("figures");
    assert_eq!(table(&fast, "ranks").rows.len(), table(&stated, "ranks").rows.len());
    let sd = table(&stated, "ranks").numbers("sd").expect("a column");
    assert!(sd.iter().all(|sd| *sd < 1e-9), "nothing is drawn: {sd:?}");
    // Errors of the data alone give the deviation of the closed form.
    let data = [
        ("weights", Value::from("stated")),
        ("errors", Value::Bool(true)),
        ("evaluations", Value::Number(4_000.0)),
    ];
    let data = of("", "draws", &data).expect("figures");
    let errors = table(&all, "ranks").numbers("error").expect("errors");
    let sds = table(&data, "ranks").numbers("sd").expect("deviations");
    for (error, sd) in errors.into_iter().zip(sds) {
        assert!((sd / error - 1.0).abs() < 4.0 / 8_000.0_f64.sqrt(), "{sd} {error}");
    }
}

/// Errors with a common part have the variance of a sum of correlated numbers, by slopes and by draws; without one, with the
/// correlation 0 and with names of their own they are independent.
#[test]
fn errors_have_a_common_part() {
    const R: f64 = 0.6;
    let errors = |more: &str, settings: &[(&str, Value)]| {
        let all = found_with(more, PLAIN, "sampling", settings).expect("figures");
        table(&all, "ranks").numbers("error").expect("errors")
    };
    let apart = errors("", &[]);
    let common = errors("common = \"survey\"\ncorrelation = 0.6", &[]);
    assert_eq!(apart, errors("common = \"survey\"\ncorrelation = 0", &[]));
    // By rank: d, c, b, a. The index is three quarters of a share and a quarter of an estimate.
    for ((apart, common), se) in apart.iter().zip(&common).zip([0.5, 2.0, 0.5, 1.0]) {
        let estimate: f64 = 0.25 * se;
        let share = (apart * apart - estimate * estimate).sqrt();
        let formula = (apart * apart + 2.0 * R * share * estimate).sqrt();
        assert!((common - formula).abs() < 1e-9, "{common} {formula}");
    }
    let settings = [("errors", Value::from("draws")), ("evaluations", Value::Number(4_000.0))];
    let drawn = errors("common = \"survey\"\ncorrelation = 0.6", &settings);
    for (exact, drawn) in common.into_iter().zip(drawn) {
        assert!((drawn / exact - 1.0).abs() < 4.5 / 8_000.0_f64.sqrt(), "{exact} {drawn}");
    }
}

/// Tiers that are not cut at stated scores are those of the evaluations: halves of the regions have half of the draws, and
/// tiers at stated scores have the shares that sums of scores have.
#[test]
fn tiers_of_evaluations_are_counted() {
    let data = [
        ("weights", Value::from("stated")),
        ("errors", Value::Bool(true)),
        ("evaluations", Value::Number(500.0)),
    ];
    let tiering = "tiering = { method = \"quantiles\", tiers = 2 }";
    let all = found_by(&format!("{PLAIN}\n{tiering}"), "draws", &data).expect("figures");
    let tiers = table(&all, "tiers");
    let share = |row: usize, tier: usize| match tiers.rows[row][4 + tier] {
        Cell::Number(share) => share,
        ref other => panic!("{other:?}"),
    };
    assert_eq!(tiers.rows.len(), 4);
    let best: f64 = (0..4).map(|row| share(row, 0)).sum();
    assert!((best - 2.0).abs() < 1e-9, "{best}");
    for row in 0..4 {
        assert!((share(row, 0) + share(row, 1) - 1.0).abs() < 1e-9);
    }
    assert!(share(0, 0) > 0.9 && share(3, 1) > 0.9);
}

/// Under drawn weights too, tiers are those of the drawn scores: no share is outside of what the mean and the deviation of the
/// scores allow (Cantelli's inequality, which holds of any numbers).
#[test]
fn tiers_follow_drawn_weights() {
    let all = of_example("china-shdi", "draws", &[("evaluations", Value::Number(300.0))]);
    let (ranks, tiers) = (table(&all, "ranks"), table(&all, "tiers"));
    let (means, sds) = (ranks.numbers("mean").expect("means"), ranks.numbers("sd").expect("sds"));
    let mut between = 0;
    for (row, (mean, sd)) in tiers.rows.iter().zip(means.iter().zip(sds)) {
        let mut reached = 0.0;
        for (cell, cut) in row[4..].iter().zip([0.8, 0.7, 0.55]) {
            let Cell::Number(share) = cell else { panic!("{cell:?}") };
            reached += share;
            // Scores are compared with three decimals.
            let (above, below) = (cut - mean - 0.0005, mean - cut - 0.0005);
            let most = |far: f64| sd * sd / (sd * sd + far * far);
            assert!(above <= 0.0 || reached <= most(above) + 1e-9, "{mean} {sd} {cut} {reached}");
            assert!(
                below <= 0.0 || reached >= 1.0 - most(below) - 1e-9,
                "{mean} {sd} {cut} {reached}"
            );
            between += usize::from((0.05..0.95).contains(&reached));
        }
    }
    assert!(between > 10, "{between}");
}

/// It is said how many draws were made, and whether they are enough.
#[test]
fn draws_are_made_until_ranks_are_known() {
    let of = |until: f64, draws: f64| {
        let settings = [("until", Value::Number(until)), ("draws", Value::Number(draws))];
        let all = found_by(PLAIN, "draws", &settings).expect("figures");
        let until = table(&all, "until");
        let word = until.column("enough").expect("a column")[0].clone();
        (until.numbers("draws").expect("draws")[0], word)
    };
    let (draws, word) = of(0.5, 1e6);
    assert!(draws < 1e6 && (draws as u64 / 64).is_power_of_two(), "{draws}");
    assert_eq!(word, Cell::Word(Word::Enough));
    assert_eq!(of(0.0, 100.0), (100.0, Cell::Word(Word::NotEnough)));
    let plain = found_by(PLAIN, "draws", &[]).expect("figures");
    assert!(plain.iter().all(|found| found.form.name != "until"));
}

/// A project with two indicators, of which some values are absent; `draws` has these settings.
fn with_gaps(methodology: &str, draws: &str) -> tempfile::TempDir {
    let values = "region,x,y\na,10,1\nb,20,\nc,60,4\nd,30,5\ne,,9\n";
    let tree = "code,parent,weight\nindex,,\nx,index,1\ny,index,1\n";
    let project = format!(
        "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n[methodology.m]\n{methodology}\n\
         [methodology.turned]\nextends = \"m\"\nweighting = {{ method = \"given\", weights = {{ x = 0.9, y = 0.1 }} }}\n\
         [methodology.other]\nextends = \"m\"\ntiering = {{ method = \"quantiles\", tiers = 2 }}\n\
         [robustness.draws]\n{draws}\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("values.csv", values), ("tree.csv", tree), ("quanheng.toml", &project)] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// What imputation by the mean misses is known: for each value, its distance from the mean of the others.
#[test]
fn filled_cells_are_drawn() {
    let draws = "weights = \"stated\"\nimputation = true\nevaluations = 4000";
    let folder = with_gaps("normalisation = \"none\"\nimputation = \"mean\"", draws);
    let all = drawn_in(folder.path(), "draws").expect("figures");
    let ranks = table(&all, "ranks");
    let [scores, means, deviations] =
        ["score", "mean", "sd"].map(|key| ranks.numbers(key).expect("numbers"));
    // By rank: c 32, e (30 + 9)/2, d 17.5, b (20 + 4.75)/2, a 5.5. Misses of x: ±, of y: the value less the mean of the
    // other three, and the drawn value stays between the least and the greatest that is there.
    let drawn = |known: &[f64], filled: f64| -> Vec<f64> {
        let n = known.len() as f64;
        let sum: f64 = known.iter().sum();
        let miss = |x: &f64| x - (sum - x) / (n - 1.0);
        let ends = number::extremes(known).expect("numbers");
        known.iter().map(|x| number::clamp(filled + miss(x), ends.0, ends.1)).collect()
    };
    let expected = |known: &[f64], filled: f64, other: f64| {
        let all = drawn(known, filled);
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let variance = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
        ((mean + other) / 2.0, variance.sqrt() / 2.0)
    };
    let e = expected(&[10.0, 20.0, 60.0, 30.0], 30.0, 9.0);
    let b = expected(&[1.0, 4.0, 5.0, 9.0], 4.75, 20.0);
    assert_eq!(scores, [32.0, 19.5, 17.5, 12.375, 5.5]);
    for (at, (mean, sd)) in [(1, e), (3, b)] {
        let error = sd / 4000.0_f64.sqrt();
        assert!((means[at] - mean).abs() < 4.0 * error, "{at}: {} {mean}", means[at]);
        assert!((deviations[at] / sd - 1.0).abs() < 0.05, "{at}: {} {sd}", deviations[at]);
    }
    for at in [0, 2, 4] {
        assert_eq!((means[at], deviations[at]), (scores[at], 0.0));
    }
    // Nothing was filled, or nothing can be.
    let none = with_gaps("normalisation = \"none\"\nimputation = \"renormalise\"", draws);
    assert_eq!(drawn_in(none.path(), "draws").err(), Some(Reason::NothingFilled));
}

/// Each draw takes one of the methodologies; others than stated ones, or of another form, are refused.
#[test]
fn methodologies_are_drawn() {
    let with = |codes: &str| {
        let draws = format!("weights = \"stated\"\nmethodologies = {codes}\nevaluations = 1000");
        let folder = with_gaps("normalisation = \"none\"\nimputation = \"mean\"", &draws);
        drawn_in(folder.path(), "draws")
    };
    let all = with("[\"turned\"]").expect("figures");
    let ranks = table(&all, "ranks");
    // b: (20 + 4.75)/2 and 0.9 · 20 + 0.1 · 4.75, each in about half of the draws.
    let (low, high) = (12.375, 18.475);
    let means = ranks.numbers("mean").expect("numbers");
    let sd = (high - low) / 2.0;
    assert!((means[3] - (low + high) / 2.0).abs() < 4.0 * sd / 1000.0_f64.sqrt(), "{means:?}");
    assert_eq!(with("[\"other\"]").err(), Some(Reason::OtherMethodology("other".into())));
    assert_eq!(with("[\"nobody\"]").err(), Some(Reason::NoMethodology("nobody".into())));
}

/// The tables of a kind in a project, with the project's settings.
fn drawn_in(folder: &std::path::Path, kind: &str) -> Result<Vec<Found>, Reason> {
    with_subject(folder, |subject, settings| {
        find(kind).expect("the kind").compute(subject, &settings[kind])
    })
}

fn with_subject<T>(
    folder: &std::path::Path,
    run: impl FnOnce(&Subject<'_>, &indexmap::IndexMap<String, Settings>) -> T,
) -> T {
    let resolved = project::open(folder).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    });
    let methodology = resolved.methodology(None).expect("a methodology");
    let evaluation = Evaluation::new(Arc::clone(&resolved.study), methodology).expect("it runs");
    let inputs: &Inputs = &resolved.analysis.inputs;
    let (league, period) = (LeagueIx(0), PeriodIx(0));
    let subject = Subject { evaluation: &evaluation, league, period, inputs, watch: &Unwatched };
    run(&subject, &resolved.analysis.settings)
}

/// Stops after so many pieces.
#[derive(Debug)]
struct After(std::sync::atomic::AtomicUsize);

impl quanheng_core::analysis::Watch for After {
    fn went_on(&self, _done: u64, _of: u64, _kept: &dyn Fn() -> Vec<u8>) {
        let left = &self.0;
        let less = |left: usize| Some(left.saturating_sub(1));
        let _ = left.fetch_update(ORDER, ORDER, less);
    }

    fn is_stopped(&self) -> bool {
        self.0.load(ORDER) == 0
    }
}

const ORDER: std::sync::atomic::Ordering = std::sync::atomic::Ordering::SeqCst;

/// Whether draws are made at once, in shards, or a few pieces at a time with the file read again in between, and whether
/// scores are linear or everything is evaluated: the tables are the same.
#[test]
fn draws_in_parts_are_those_of_one_run() {
    use quanheng_core::robustness::{Drawing, Shard};
    for draws in ["draws = 3000", "imputation = true\nevaluations = 700"] {
        let folder = with_gaps("normalisation = \"none\"\nimputation = \"mean\"", draws);
        with_subject(folder.path(), |subject, settings| {
            let settings = &settings["draws"];
            let once = find("draws").expect("the kind").compute(subject, settings).expect("tables");
            let drawing = Drawing::new(*subject, settings).expect("draws");
            let mut all = drawing.none();
            for number in [3, 1, 2] {
                let shard = Shard::new(number, 3).expect("a shard");
                let mut own = drawing.none();
                while !drawing.run(shard, &mut own, &After(2.into())) {
                    own = drawing.none().read(&own.to_bytes()).expect("what was written");
                    assert!(matches!(drawing.tables(&own), Err(Reason::DrawsLeft { .. })));
                }
                assert_eq!(all.add(own), Ok(()));
            }
            let merged = drawing.tables(&all).expect("tables");
            assert_eq!(format!("{merged:?}"), format!("{once:?}"));
        });
    }
}

/// Shards by the program itself, and everything that can be wrong with them.
#[test]
fn shards_are_merged() {
    let folder = with_gaps("normalisation = \"none\"\nimputation = \"mean\"", "draws = 2000");
    let said = |language: &str, arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .current_dir(folder.path())
            .args(["--lang", language, "robustness"])
            .args(arguments)
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (text(output.stdout), text(output.stderr), output.status.code())
    };
    let once = said("en", &[".", "draws", "--format", "json"]);
    for shard in ["1/3", "2/3", "3/3"] {
        let (_, err, code) = said("en", &["--shard", shard, "--out", "parts"]);
        assert_eq!((err.as_str(), code), ("", Some(0)));
    }
    assert_eq!(said("en", &["merge", ".", "parts", "--format", "json"]), once);
    // Again nothing is drawn, and the file is the same.
    let file = |name: &str| folder.path().join("parts").join(name);
    let second = file("draws-m-2-of-3.shard");
    let names: Vec<_> = std::fs::read_dir(folder.path().join("parts"))
        .expect("the folder")
        .map(|entry| entry.expect("a file").file_name())
        .collect();
    assert!(second.exists(), "{names:?}");
    let before = std::fs::read(&second).expect("the shard");
    said("en", &["--shard", "2/3", "--out", "parts"]);
    assert_eq!(std::fs::read(&second).expect("the shard"), before);

    let mut wrong = String::new();
    let mut all = |arguments: &[&str]| {
        for language in ["en", "zh"] {
            let (out, err, code) = said(language, arguments);
            assert_eq!(out, "", "{arguments:?}");
            wrong += &format!("$ robustness {} → {code:?}\n{err}\n", arguments.join(" "));
        }
    };
    all(&["--shard", "1/3"]);
    all(&["--shard", "4/3", "--out", "parts"]);
    all(&["weights", "--shard", "1/3", "--out", "parts"]);
    all(&["--shard", "1/3", "--out", "parts", "--until", "0.5"]);
    all(&["merge", "nowhere"]);
    std::fs::create_dir(folder.path().join("empty")).expect("a folder");
    all(&["merge", "empty"]);
    std::fs::copy(&second, file("copy.shard")).expect("copied");
    std::fs::remove_file(file("draws-m-1-of-3.shard")).expect("removed");
    all(&["merge", "parts"]);
    std::fs::remove_file(file("copy.shard")).expect("removed");
    let mut damaged = before.clone();
    *damaged.last_mut().expect("bytes") ^= 1;
    std::fs::write(&second, &damaged).expect("written");
    all(&["merge", "parts"]);
    all(&["--shard", "2/3", "--out", "parts"]);
    std::fs::write(&second, &before).expect("written");
    // The same command after a change of the project.
    let path = folder.path().join("quanheng.toml");
    let project = std::fs::read_to_string(&path).expect("the project");
    std::fs::write(&path, project.replace("draws = 2000", "draws = 2001")).expect("written");
    all(&["--shard", "2/3", "--out", "parts"]);
    said("en", &["--shard", "1/3", "--out", "parts"]);
    all(&["merge", "parts"]);
    insta::assert_snapshot!(wrong);
}

/// A lock can hold what robustness gives: the seed is part of it, and it stays pinned when the lock is written again.
#[test]
fn robustness_is_locked() {
    let folder = with_gaps("normalisation = \"none\"\nimputation = \"mean\"", "draws = 2000");
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .current_dir(folder.path())
            .args(["--lang", "en"])
            .args(arguments)
            .output()
            .expect("the program runs");
        let err = String::from_utf8(output.stderr).expect("text");
        (err, output.status.code())
    };
    let lock = || std::fs::read_to_string(folder.path().join("quanheng.lock")).expect("the lock");
    assert_eq!(run(&["lock"]), (String::new(), Some(0)));
    assert!(!lock().contains("robustness = \""));
    assert_eq!(run(&["lock", "--robustness"]), (String::new(), Some(0)));
    let pinned = lock();
    assert!(pinned.contains("robustness = \""), "{pinned}");
    assert_eq!(run(&["verify"]), (String::new(), Some(0)));
    assert_eq!(run(&["lock"]), (String::new(), Some(0)));
    assert_eq!(lock(), pinned);
    let file = folder.path().join("quanheng.toml");
    let text = std::fs::read_to_string(&file).expect("the project");
    std::fs::write(&file, text.replace("draws = 2000", "draws = 2000\nseed = 2")).expect("written");
    let (err, code) = run(&["verify"]);
    assert!(code == Some(1) && err.contains("`m` in `robustness`"), "{err}");
}
