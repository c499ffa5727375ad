//! How long the main jobs take, beside the peers where they are installed; see `benches/README.md`.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use quanheng_core::aggregation::{self, AbsentRule, Aggregation, Children, Least};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{PlainRows, Scratch, Settings, Stage, find};
use quanheng_core::model::{
    Column, Direction, League, LeagueIx, Node, Period, PeriodIx, PeriodKind, Region, RegionIx,
    Study,
};

/// One figure: seconds here, and the target.
struct Figure {
    name: &'static str,
    seconds: f64,
    target: f64,
}

fn main() {
    // `cargo test` builds and starts benches too; only `cargo bench` measures.
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    if std::env::args().any(|a| a == "scripts") {
        return print_scripts();
    }
    if std::env::args().any(|a| a == "plugins") {
        return print_plugins();
    }
    if std::env::args().any(|a| a == "explain") {
        return print_explain();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if std::env::args().any(|a| a == "reading") {
        return print_reading(root);
    }
    if std::env::args().any(|a| a == "describe") {
        return print_describe(root);
    }
    if std::env::args().any(|a| a == "draws") {
        return print_draws(root);
    }
    if std::env::args().any(|a| a == "multiverse") {
        return print_multiverse(root);
    }
    let mut figures = Vec::new();
    asem(root, &mut figures);
    figures.push(Figure {
        name: "copeland 500x10",
        seconds: aggregate("copeland", 500, 10, 20),
        target: 0.05,
    });
    figures.push(Figure {
        name: "benefit_of_doubt 3000x8",
        seconds: aggregate("benefit_of_doubt", 3000, 8, 3),
        target: 2.0,
    });
    let (figure, pass) = million();
    figures.push(figure);
    let peers = peers(root);
    println!("{:<28} {:>12} {:>12} {:>12} {:>9}", "figure", "seconds", "target", "peer", "ratio");
    for figure in &figures {
        let peer = peers.iter().find(|(name, _)| name == figure.name).map(|(_, s)| *s);
        let shown = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.6}"));
        println!(
            "{:<28} {:>12.6} {:>12.6} {:>12} {:>9}",
            figure.name,
            figure.seconds,
            figure.target,
            shown(peer),
            peer.map_or("-".to_owned(), |p| format!("{:.0}x", p / figure.seconds)),
        );
    }
    print_scripts();
    print_plugins();
    print_explain();
    println!("one pass over the 1,000,000 x 65 cells: {pass:.6} s");
    println!("peak memory: {}", peak_memory());
}

/// What the same pipeline takes by built-ins and by scripts; alone with `cargo bench -- scripts`.
fn print_scripts() {
    let heads = ("pipeline of 65 indicators", "built-in", "script", "ratio");
    println!("{:<28} {:>12} {:>12} {:>9}", heads.0, heads.1, heads.2, heads.3);
    let only: Option<usize> = std::env::args().find_map(|a| a.parse().ok());
    for rows in [31, 3000].into_iter().filter(|rows| only.is_none_or(|only| only == *rows)) {
        let (built_in, script) = scripts(rows);
        let ratio = script / built_in;
        println!("{:<28} {built_in:>12.6} {script:>12.6} {ratio:>8.1}x", format!("{rows} regions"));
    }
}

/// One weighting in four forms: built in, as a script, as a plugin in this process and in a child; alone with
/// `cargo bench -- plugins`.
fn print_plugins() {
    use quanheng_core::method::Needs;
    use quanheng_core::weighting::{self, Siblings, Weighting};
    use quanheng_plugin_host::{ChildLimits, Isolation, Plugged, Plugin};
    use quanheng_scripts::{Host, Limits, Script, Scripted};

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library =
        std::env::temp_dir().join(format!("quanheng-bench-{}-variation.so", std::process::id()));
    let built = Command::new("cc")
        .args(["-std=c11", "-O3", "-ffp-contract=off", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg("-I")
        .arg(root.join("plugins/api"))
        .arg(root.join("plugins/variation/variation.c"))
        .arg("-lm")
        .status();
    if !built.is_ok_and(|status| status.success()) {
        eprintln!("there is no C compiler: no figures of plugins");
        return;
    }
    let none = Settings::default();
    let entry = find(weighting::TABLE, "coefficient_of_variation").expect("a built-in");
    let built_in: Arc<dyn Weighting> = Arc::from((entry.make)(&none).expect("its defaults"));
    let host = Host::new(None, Limits::default());
    let script = Script::open(&host, "weighting/coefficient_of_variation.rhai").expect("bundled");
    let script = <dyn Weighting>::scripted(script.prepare(&none).expect("its defaults"));
    let hash = quanheng_plugin_host::hash(&library).expect("it was built");
    let plugin = |isolation| {
        let plugin = Plugin::open(&library, &hash, isolation).expect("a plugin");
        <dyn Weighting>::plugged(plugin.prepare(0, &none).expect("no settings"))
    };
    let here = plugin(Isolation::None);
    let program = Path::new(env!("CARGO_BIN_EXE_quanheng")).to_path_buf();
    let child = plugin(Isolation::Process { program, limits: ChildLimits::default() });
    let _ = std::fs::remove_file(&library);
    println!(
        "{:<28} {:>12} {:>9} {:>9} {:>9} {:>14}",
        "weights by variation", "built-in", "script", "plugin", "in child", "child adds, µs"
    );
    for rows in [31, 3000, 100_000] {
        let data: Vec<Vec<f64>> = (0..65).map(|k| column(rows, k)).collect();
        let slices: Vec<&[f64]> = data.iter().map(Vec::as_slice).collect();
        let node = Node::plain("x");
        let nodes: Vec<&Node> = vec![&node; 65];
        let who = PlainRows::new(rows);
        let siblings = Siblings {
            columns: &slices,
            nodes: &nodes,
            parent: &node,
            directions: &[Direction::Positive; 65],
            rows: who.rows(),
        };
        let mut scratch = Scratch::default();
        let runs = (2_000_000 / rows).clamp(20, 3000);
        let mut weigh = |method: &dyn Weighting| {
            assert_eq!(method.needs(), Needs::NOTHING);
            let mut out = vec![0.0; 65];
            let seconds = least(runs, || {
                method.weights(black_box(&siblings), &mut scratch, &mut out).expect("it runs");
            });
            (seconds, out)
        };
        let (base, expected) = weigh(&*built_in);
        let mut ratio = |method: &dyn Weighting| {
            let (seconds, found) = weigh(method);
            assert_eq!(expected, found, "the same bits in every form");
            seconds
        };
        let (script, here, child) = (ratio(&*script), ratio(&*here), ratio(&*child));
        println!(
            "{:<28} {base:>12.6} {:>8.2}x {:>8.2}x {:>8.2}x {:>14.1}",
            format!("{rows} x 65"),
            script / base,
            here / base,
            child / base,
            (child - base) * 1e6,
        );
    }
}

/// The least of some runs, in seconds.
fn least(runs: usize, mut work: impl FnMut()) -> f64 {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, quanheng_core::number::min)
}

fn asem(root: &Path, figures: &mut Vec<Figure>) {
    let folder = root.join("examples/asem");
    let resolved = quanheng::project::open(&folder).expect("the example");
    let methodology = resolved.methodologies["coinr"].clone();
    let study = resolved.study.clone();
    let mut evaluation = Evaluation::new(study, methodology.clone()).expect("it runs");
    let seconds = least(300, || {
        evaluation.replay(black_box(methodology.clone()), Stage::System).expect("it runs");
    });
    figures.push(Figure { name: "asem in process", seconds, target: 0.001 });
    let seconds = least(30, || {
        let program = Path::new(env!("CARGO_BIN_EXE_quanheng"));
        let done = Command::new(program).arg("run").arg(&folder).output().expect("it starts");
        assert!(done.status.success());
    });
    figures.push(Figure { name: "asem as a process", seconds, target: 0.05 });
}

/// A grid of 10,800 branches over the ASEM example; all of them can be evaluated.
const GRID: &str = "
[multiverse.grid]
methodology = \"official\"
[multiverse.grid.choices]
imputation = [{ method = \"group_mean\", group = \"continent\" }, \"mean\", \"median\"]
treatment = [\"none\", { method = \"winsorise\", max = 5, fallback = \"log_ct\" }, { method = \"winsorise\", max = 3, fallback = \"log_ct\" }]
normalisation = [{ method = \"min_max\", lower = 1, upper = 100 }, { method = \"min_max\", lower = 10, upper = 90 }, \"rank\", \"percentile_rank\"]
weighting = [\"given\", \"equal\", \"standard_deviation\"]
aggregation = [\"arithmetic\", \"median\"]
exclude = \"leaves\"
";

/// The whole command with its ledger and tables, on one thread and two, beside a peer's time for a branch.
fn print_multiverse(root: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let example = root.join("examples/asem");
    for name in ["regions.csv", "values.csv", "tree.csv"] {
        std::fs::copy(example.join(name), folder.path().join(name)).expect("copied");
    }
    let project = std::fs::read_to_string(example.join("quanheng.toml")).expect("the example");
    let own = project.split("[multiverse").next().expect("what comes before");
    std::fs::write(folder.path().join("quanheng.toml"), format!("{own}{GRID}")).expect("written");
    let run = |threads: &str| {
        let program = Path::new(env!("CARGO_BIN_EXE_quanheng"));
        let done = Command::new(program)
            .args(["multiverse", "--fresh", "--format", "json", "--threads", threads])
            .arg(folder.path())
            .output()
            .expect("it starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let ledger = std::fs::read_to_string(folder.path().join("multiverse/grid/outcomes.csv"));
        ledger.expect("its table")
    };
    let outcomes = run("2");
    assert!(outcomes.lines().any(|l| l.starts_with("ok,10800,")), "{outcomes}");
    let branches = 10_800.0;
    println!(
        "multiverse of {branches} branches over ASEM, ledger and tables written (target: 10,000 in 10 s)"
    );
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let peer = Command::new(python).arg(root.join("benches/peers/peers.py")).arg(example).output();
    let peer = peer.ok().and_then(|done| {
        eprint!("{}", String::from_utf8_lossy(&done.stderr));
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        text.lines()
            .find_map(|l| l.strip_prefix("peer\tmultiverse, a branch\t")?.parse::<f64>().ok())
    });
    for threads in ["1", "2"] {
        let seconds = least(3, || {
            run(threads);
        });
        let each = seconds / branches;
        let ratio = peer.map_or(String::new(), |p| format!(", the peer {:.0}x that", p / each));
        println!("{threads} threads: {seconds:.3} s, {:.1} µs a branch{ratio}", each * 1e6);
    }
}

/// What it takes to read a large CSV file and to lay it out, and to run the whole project, beside polars, which only reads
/// it. Both by turns, so that other work on the machine slows both; alone with `cargo bench -- reading`.
fn print_reading(root: &Path) {
    let (rows, leaves) = (1_000_000, 65);
    let folder = tempfile::tempdir().expect("a folder");
    let values = folder.path().join("values.csv");
    write_project(folder.path(), rows, leaves);
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let script = root.join("benches/peers/reading.py");
    let peer = || {
        let done = Command::new(&python)
            .arg(&script)
            .arg(&values)
            .env("POLARS_MAX_THREADS", rayon::current_num_threads().to_string())
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        let mut seconds = text.strip_prefix("peer\treading\t")?.trim().split('\t');
        Some([seconds.next()?.parse::<f64>().ok()?, seconds.next()?.parse::<f64>().ok()?])
    };
    let here = || {
        let resolved = quanheng::project::open(folder.path()).unwrap_or_else(|problems| {
            panic!("{}", problems.render(quanheng_words::Language::En, false))
        });
        black_box(resolved);
    };
    let run = || {
        let program = Path::new(env!("CARGO_BIN_EXE_quanheng"));
        let done = Command::new(program).arg("run").arg(folder.path()).output();
        assert!(done.expect("it starts").status.success());
    };
    let bytes = std::fs::metadata(&values).expect("its length").len();
    println!("reading a CSV file of {rows} x {leaves} cells, {} MB", bytes / 1_000_000);
    println!("{:<28} {:>12} {:>12}", "", "seconds", "processor");
    for _ in 0..3 {
        print_both("read and laid out", Some(timed(here)));
        print_both("polars, read only", peer());
        print_both("run, as a process", Some(timed(run)));
    }
}

/// What a description takes as a process, and the correlations of many columns beside numpy; alone with
/// `cargo bench -- describe`.
fn print_describe(root: &Path) {
    println!("{:<28} {:>12} {:>12}", "description", "seconds", "target");
    for (rows, target) in [(31, 0.02), (3000, 0.3)] {
        let folder = tempfile::tempdir().expect("a folder");
        write_project(folder.path(), rows, 65);
        for sections in [&[][..], &["--audit"]] {
            let seconds = least(10, || {
                let program = Path::new(env!("CARGO_BIN_EXE_quanheng"));
                let mut command = Command::new(program);
                let done = command.arg("describe").arg(folder.path()).args(sections).output();
                assert!(done.expect("it starts").status.success());
            });
            let name = format!("{rows} x 65 {}", sections.first().unwrap_or(&""));
            println!("{name:<28} {seconds:>12.6} {target:>12.6}");
        }
    }
    let (rows, count) = (3000, 1000);
    let columns: Vec<Vec<f64>> = (0..count).map(|k| column(rows, k)).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let seconds = least(5, || {
        let by = quanheng_core::number::Correlation::Pearson;
        black_box(quanheng_core::number::CorrelationMatrix::new(black_box(&columns), by));
    });
    // Half of the products of all columns, each a multiplication and an addition.
    let billions = (count * (count + 1) * rows) as f64 / 1e9;
    println!("correlations {rows} x {count}: {seconds:.6} s, {:.2} Gflop/s", billions / seconds);
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let script = root.join("benches/peers/correlations.py");
    let done = Command::new(&python)
        .arg(&script)
        .env("OPENBLAS_NUM_THREADS", rayon::current_num_threads().to_string())
        .output();
    let text = done.map(|done| String::from_utf8_lossy(&done.stdout).into_owned());
    match text.as_deref().ok().and_then(|text| text.strip_prefix("peer\tcorrelations\t")) {
        Some(seconds) => println!("numpy.corrcoef, the same: {} s", seconds.trim()),
        None => println!("numpy is not installed"),
    }
}

/// Drawn weights beside numpy, and the probabilities of all pairs in closed form; alone with `cargo bench -- draws`.
fn print_draws(root: &Path) {
    use quanheng_core::robustness::{Draws, Linear, Shape, simplex};
    let table = |n: u64, k: u64| -> Vec<f64> {
        let cell = |i: u64, j: u64| 100.0 * quanheng_core::number::uniform(2024, i, j);
        (0..n).flat_map(|i| (0..k).map(move |j| cell(i, j))).collect()
    };
    println!("{:<28} {:>12} {:>12}", "", "seconds", "processor");
    for (n, k) in [(31, 65), (500, 65)] {
        let scores = table(n, k as u64);
        let name = format!("all pairs of {n} x {k}, exact");
        simplex::winning(&scores, k, 0.0);
        print_both(&name, Some(timed(|| drop(black_box(simplex::winning(&scores, k, 0.0))))));
    }
    let draws = |k: usize, count: u64, figures: bool| Draws {
        shapes: vec![Shape::Dirichlet(vec![1; k])],
        bounds: vec![None],
        count,
        until: None,
        seed: 1,
        pairs: figures,
        central: figures,
        tiers: Vec::new(),
    };
    let linear = Linear::of_table(table(31, 65), vec![1.0 / 65.0; 65]);
    for (name, figures) in [("1,000,000 draws of 31 x 65", false), ("the same, all figures", true)]
    {
        let of = draws(65, 1_000_000, figures);
        for _ in 0..3 {
            print_both(name, Some(timed(|| drop(black_box(of.of(&linear))))));
        }
    }
    let many = Linear::of_table(table(3000, 65), vec![1.0 / 65.0; 65]);
    let of = draws(65, 20_000, false);
    print_both("20,000 draws of 3000 x 65", Some(timed(|| drop(black_box(of.of(&many))))));
    println!("peak memory: {}", peak_memory());
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let done = Command::new(&python)
        .arg(root.join("benches/peers/draws.py"))
        .env("OPENBLAS_NUM_THREADS", "1")
        .output();
    let text = done.map(|done| String::from_utf8_lossy(&done.stdout).into_owned());
    match text.as_deref().ok().and_then(|text| text.strip_prefix("peer\tdraws\t")) {
        Some(seconds) => println!("numpy, one thread: {} s of the processor", seconds.trim()),
        None => println!("numpy is not installed"),
    }
}

fn print_both(name: &str, seconds: Option<[f64; 2]>) {
    match seconds {
        Some([wall, processor]) => println!("{name:<28} {wall:>12.3} {processor:>12.3}"),
        None => println!("{name:<28} {:>12}", "not installed"),
    }
}

/// Seconds by the clock, and those of processors in this process and in those that it waited for.
fn timed(work: impl FnOnce()) -> [f64; 2] {
    let processor = || {
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let behind = stat.rsplit(')').next().unwrap_or_default();
        let ticks = behind.split_whitespace().skip(11).take(4);
        // Linux counts a hundred ticks a second.
        ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
    };
    let (start, before) = (Instant::now(), processor());
    work();
    [start.elapsed().as_secs_f64(), processor() - before]
}

/// A project of random numbers: leaves below pillars of five.
fn write_project(folder: &Path, rows: usize, leaves: usize) {
    write_values(&folder.join("values.csv"), rows, leaves).expect("a file");
    let mut tree = String::from("code,parent\nindex,\n");
    (0..leaves / 5).for_each(|pillar| tree.push_str(&format!("p{pillar},index\n")));
    (0..leaves).for_each(|leaf| tree.push_str(&format!("x{leaf},p{}\n", leaf / 5)));
    std::fs::write(folder.join("tree.csv"), tree).expect("a file");
    let project = "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
        [methodology.m]\nnormalisation = \"min_max\"\nweighting = \"equal\"\naggregation = \"arithmetic\"\n";
    std::fs::write(folder.join("quanheng.toml"), project).expect("a file");
}

/// A wide table of numbers of five figures.
fn write_values(file: &Path, rows: usize, leaves: usize) -> std::io::Result<()> {
    use std::io::Write;

    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    let heads: Vec<String> = (0..leaves).map(|leaf| format!("x{leaf}")).collect();
    writeln!(out, "region,{}", heads.join(","))?;
    for row in 0..rows {
        write!(out, "r{row:07}")?;
        for leaf in 0..leaves {
            let hundredths = 10_000 + (noise((row * leaves + leaf) as u64) * 90_000.0) as u32;
            write!(out, ",{}.{:02}", hundredths / 100, hundredths % 100)?;
        }
        writeln!(out)?;
    }
    out.flush()
}

/// Numbers without pattern: a multiply-and-shift of a counter.
fn noise(k: u64) -> f64 {
    let mut x = k.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ (x >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

fn column(rows: usize, k: usize) -> Vec<f64> {
    (0..rows).map(|i| 1.0 + 99.0 * noise((k * rows + i) as u64)).collect()
}

/// A node without any stated facts.
fn aggregate(name: &str, rows: usize, columns: usize, runs: usize) -> f64 {
    let entry = find(aggregation::TABLE, name).expect("a built-in");
    let method: Box<dyn Aggregation> = (entry.make)(&Settings::default()).expect("its defaults");
    let data: Vec<Vec<f64>> = (0..columns).map(|k| column(rows, k)).collect();
    let slices: Vec<&[f64]> = data.iter().map(Vec::as_slice).collect();
    let nodes: Vec<Node> = (0..columns).map(|k| Node::plain(format!("x{k}"))).collect();
    let who = PlainRows::new(rows);
    let children = Children {
        columns: &slices,
        weights: &vec![1.0 / columns as f64; columns],
        proportions: &vec![1.0; columns],
        directions: &vec![Direction::Positive; columns],
        full_marks: &vec![f64::NAN; columns],
        absent: AbsentRule::Proportional,
        least_share: 0.0,
        least: Least::default(),
        printed: None,
        complete: true,
        nodes: &nodes.iter().collect::<Vec<_>>(),
        parent: &Node::plain("index"),
        rows: who.rows(),
    };
    let mut scratch = Scratch::default();
    let mut out = vec![0.0; rows];
    least(runs, || {
        method.aggregate(black_box(&children), &mut scratch, &mut out).expect("it runs");
    })
}

/// Normalisation, weighting, aggregation and tiering of 65 indicators in 13 groups, by built-ins and by the bundled
/// scripts of the same names: seconds of each.
fn scripts(rows: usize) -> (f64, f64) {
    let folder = std::env::temp_dir().join(format!("quanheng-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut tree = String::from("code,parent\nindex,\n");
    (0..13).for_each(|pillar| tree.push_str(&format!("p{pillar},index\n")));
    (0..65).for_each(|leaf| tree.push_str(&format!("x{leaf},p{}\n", leaf / 5)));
    let head: Vec<String> = (0..65).map(|k| format!("x{k}")).collect();
    let mut regions = String::from("code\n");
    let mut values = format!("region,{}\n", head.join(","));
    for r in 0..rows {
        let cells = (0..65).map(|k| format!("{}", noise((r * 65 + k) as u64)));
        regions.push_str(&format!("r{r:04}\n"));
        values.push_str(&format!("r{r:04},{}\n", cells.collect::<Vec<_>>().join(",")));
    }
    let project = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
        [methodology.built_in]\nnormalisation = \"min_max\"\nweighting = \"entropy\"\naggregation = \"arithmetic\"\n\
        tiering = { method = \"cut_points\", cuts = [0.45, 0.55] }\n\
        [methodology.script]\nnormalisation = \"script:normalisation/min_max.rhai\"\n\
        weighting = \"script:weighting/entropy.rhai\"\naggregation = \"script:aggregation/arithmetic.rhai\"\n\
        tiering = { script = \"cuts.rhai\", cuts = [0.55, 0.45] }\n";
    for (name, text) in [
        ("tree.csv", tree.as_str()),
        ("regions.csv", &regions),
        ("values.csv", &values),
        ("quanheng.toml", project),
        (
            "cuts.rhai",
            "const CUTS = setting(\"cuts\", [0.8, 0.6]);\nfn tiers(scores) { scores.cut(CUTS) }\n",
        ),
    ] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    let resolved = quanheng::project::open(&folder).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    });
    let _ = std::fs::remove_dir_all(&folder);
    let time = |code: &str| {
        let methodology = resolved.methodologies[code].clone();
        let mut evaluation =
            Evaluation::new(resolved.study.clone(), methodology.clone()).expect("it runs");
        let ranks = evaluation.ranks().to_vec();
        let seconds = least(if rows < 100 { 500 } else { 100 }, || {
            evaluation
                .replay(black_box(methodology.clone()), Stage::Normalisation)
                .expect("it runs");
        });
        (seconds, ranks)
    };
    let ((built_in, ranks), (script, same)) = (time("built_in"), time("script"));
    assert_eq!(ranks, same, "both rank alike");
    (built_in, script)
}

/// A million regions by 65 indicators through imputation by the mean, winsorising, min-max, equal weights and the
/// arithmetic mean, with ranks and tiers. And the seconds of reading its cells once, on as many threads: what memory
/// allows at best.
fn million() -> (Figure, f64) {
    const ROWS: usize = 1_000_000;
    const LEAVES: usize = 65;
    let folder = std::env::temp_dir().join(format!("quanheng-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut tree = String::from("code,parent\nindex,\n");
    for pillar in 0..13 {
        tree.push_str(&format!("p{pillar},index\n"));
    }
    for leaf in 0..LEAVES {
        tree.push_str(&format!("x{leaf},p{}\n", leaf / 5));
    }
    let head: Vec<String> = (0..LEAVES).map(|k| format!("x{k}")).collect();
    let small: Vec<String> = (0..3)
        .map(|r| {
            let cells = (0..LEAVES).map(|k| format!("{}", noise((r * LEAVES + k) as u64)));
            format!("r{r},{}", cells.collect::<Vec<_>>().join(","))
        })
        .collect();
    let files = [
        ("tree.csv", tree),
        ("regions.csv", "code\nr0\nr1\nr2\n".to_owned()),
        ("values.csv", format!("region,{}\n{}\n", head.join(","), small.join("\n"))),
        (
            "quanheng.toml",
            "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
             [methodology.m]\nimputation = \"mean\"\ntreatment = \"winsorise\"\n\
             normalisation = { method = \"min_max\", upper = 100 }\nweighting = \"equal\"\n\
             tiering = { method = \"quantiles\", tiers = 5 }\n"
                .to_owned(),
        ),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    let resolved = quanheng::project::open(&folder).expect("the project");
    let methodology = resolved.methodologies["m"].clone();
    let _ = std::fs::remove_dir_all(&folder);

    let regions = (0..ROWS).map(|r| Region { code: format!("{r:07}"), ..Region::default() });
    let rows: Vec<_> = (0..ROWS as u32).map(|r| (LeagueIx(0), PeriodIx(0), RegionIx(r))).collect();
    let columns = (0..LEAVES).map(|k| (format!("x{k}"), Column::new(column(ROWS, k))));
    let period = Period { label: "1".into(), kind: PeriodKind::Edition, time: 1.0 };
    let from: Vec<usize> = (0..ROWS).collect();
    let (mut study, _) =
        Study::new(regions.collect(), vec![League::default()], vec![period], &rows, &from, columns);
    // One cell in a hundred of one column is missing, so that imputation has work to do.
    let mut holes = column(ROWS, 0);
    holes.iter_mut().step_by(100).for_each(|x| *x = f64::NAN);
    study.columns.insert("x0".into(), Column::new(holes));
    let study = Arc::new(study);
    let seconds = least(2, || {
        black_box(Evaluation::new(study.clone(), methodology.clone()).expect("it runs"));
    });
    let cells: Vec<&[f64]> = study.columns.values().map(|c| c.values()).collect();
    let pass = least(5, || {
        black_box(cells.par_iter().map(|c| quanheng_core::number::sum(c)).sum::<f64>());
    });
    (Figure { name: "1,000,000 x 65", seconds, target: 3.0 }, pass)
}

/// Why a region moved between two periods of a panel, down to the columns; alone with `cargo bench -- explain`.
fn print_explain() {
    use quanheng_core::explanation::{Explanation, Side};

    let (study, methodology) = published();
    let side = |period| Side { methodology: Arc::clone(&methodology), period: PeriodIx(period) };
    let seconds = least(3, || {
        let explanation =
            Explanation::new(&study, side(PERIODS - 2), side(PERIODS - 1)).expect("two sides");
        black_box(explanation.of(RegionIx(7)).expect("a change"));
    });
    let (rows, leaves) = (study.panel.rows(), methodology.system.leaves().len());
    println!("explain, {rows} rows x {leaves} leaves, two periods: {seconds:.3} s");
}

/// How many periods the panel of [`published`] has.
const PERIODS: u32 = 26;

/// A panel and an index of the size of published ones: 53 regions by 26 periods, 84 leaves below 33 nodes, every score
/// rounded where it arises.
fn published() -> (Arc<Study>, Arc<quanheng_core::methodology::Methodology>) {
    use quanheng_core::methodology::{Choice, Methodology, Plan, Rounding};
    use quanheng_core::model::{NodeDraft, System};
    use quanheng_core::normalisation;
    use quanheng_core::number::RoundMode;

    const REGIONS: u32 = 53;
    let node =
        |code: String, parent: Option<String>| NodeDraft { code, parent, ..NodeDraft::default() };
    let mut drafts = vec![node("index".into(), None)];
    drafts.extend((0..4).map(|p| node(format!("p{p}"), Some("index".into()))));
    drafts.extend((0..28).map(|g| node(format!("g{g}"), Some(format!("p{}", g / 7)))));
    drafts.extend((0..84).map(|x| node(format!("x{x}"), Some(format!("g{}", x / 3)))));
    let system = Arc::new(System::new(drafts).expect("a tree"));
    let rows: Vec<_> = (0..PERIODS)
        .flat_map(|p| (0..REGIONS).map(move |r| (LeagueIx(0), PeriodIx(p), RegionIx(r))))
        .collect();
    let region = |r: u32| Region { code: format!("r{r:02}"), ..Region::default() };
    let period = |p: u32| Period {
        label: (2000 + p).to_string(),
        kind: PeriodKind::Year,
        time: f64::from(2000 + p),
    };
    let columns = (0..84).map(|k| (format!("x{k}"), Column::new(column(rows.len(), k))));
    let (study, _) = Study::new(
        (0..REGIONS).map(region).collect(),
        vec![League::default()],
        (0..PERIODS).map(period).collect(),
        &rows,
        &(0..rows.len()).collect::<Vec<_>>(),
        columns,
    );
    let scale = Choice::built_in(normalisation::TABLE, "min_max");
    let scale = Plan::whole(&system, scale);
    let mut made = Methodology::new("m".into(), Arc::clone(&system), "s".into(), scale);
    let rounding = Some(Rounding { digits: 3, mode: RoundMode::HalfUp });
    made.rounding = vec![rounding; system.nodes().len()];
    (Arc::new(study), Arc::new(made))
}

/// What the peers took, from `benches/peers/peers.R` where R and the packages are installed.
fn peers(root: &Path) -> Vec<(String, f64)> {
    let script = root.join("benches/peers/peers.R");
    let Ok(done) = Command::new("Rscript").arg(&script).arg(root).output() else {
        eprintln!("Rscript is not installed: no peers");
        return Vec::new();
    };
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    eprint!("{}", String::from_utf8_lossy(&done.stderr));
    text.lines()
        .filter_map(|line| line.strip_prefix("peer\t")?.split_once('\t'))
        .filter_map(|(name, seconds)| Some((name.to_owned(), seconds.parse().ok()?)))
        .collect()
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).map(str::to_owned);
    line.unwrap_or_else(|| "not known on this system".into())
}
