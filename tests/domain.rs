//! Rule systems against their published figures: every row of the tables in `domain/` is reproduced by the bundled
//! scripts, or stands in `domain/not_reproduced.csv` with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use quanheng::project;
use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::Trial;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{Example, ProgramFault, Settings, Source, Value};
use quanheng_core::methodology::RankTies;
use quanheng_core::model::{Direction, Indicator, Names, NodeDraft, Region, System};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::number::{Grid, RoundMode, round};
use quanheng_core::ranking::{Key, ranks};
use quanheng_core::tiering::Tiering;
use quanheng_scripts::{Host, Limits, Script, Scripted, SystemFault, build, leagues};

/// A table, the columns that name a row of it, and the check of its rows.
type Checked = (&'static str, &'static [&'static str], fn(&Table) -> Done);

const TABLES: [Checked; 13] = [
    ("ccps_2019_online_service_capability_provinces", &["region"], ccps_provinces),
    ("ccps_2019_online_service_capability_key_cities", &["city"], ccps_cities),
    ("cdg_2020_provinces_partial", &["region"], cdg_provinces),
    ("cdg_2020_second_level_leaders", &["second_level"], cdg_leaders),
    ("cdg_2020_cities_summary", &["key"], cdg_cities),
    ("cdg_editions", &["edition"], cdg_editions),
    ("indicator_trees", &["system", "edition", "level1", "level2"], indicator_trees),
    ("lianyungang_12345_monthly", &["month", "unit"], lianyungang_monthly),
    ("lianyungang_12345_rule_points", &["month", "unit", "item"], lianyungang_points),
    ("panjin_2023_12345_districts", &["unit"], panjin),
    ("tier_rules", &["system", "edition", "tier"], tier_rules),
    ("weights_found", &["system", "edition", "component"], weights_found),
    ("misc_golden_values", &["system", "edition", "key"], misc),
];

/// The rows that a check has reproduced.
type Done = BTreeSet<String>;

struct Table {
    rows: Vec<Row>,
}

#[derive(Clone)]
struct Row {
    key: String,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn text(&self, column: &str) -> &str {
        self.cells.get(column).unwrap_or_else(|| panic!("no column `{column}`"))
    }

    /// The number in a cell; NaN where it is blank.
    fn number(&self, column: &str) -> f64 {
        match self.text(column) {
            "" => f64::NAN,
            text => text.parse().unwrap_or_else(|_| panic!("{}: {column} is `{text}`", self.key)),
        }
    }

    /// Every number in a cell, whatever stands between them.
    fn numbers(&self, column: &str) -> Vec<f64> {
        let text = self.text(column);
        let figure = |c: char| c.is_ascii_digit() || c == '.';
        text.split(|c| !figure(c)).filter_map(|part| part.parse().ok()).collect()
    }

    /// How many decimals the number in a cell is printed with.
    fn decimals(&self, column: &str) -> u32 {
        self.text(column).split_once('.').map_or(0, |(_, d)| d.len() as u32)
    }
}

impl Table {
    fn column(&self, name: &str) -> Vec<f64> {
        self.rows.iter().map(|row| row.number(name)).collect()
    }

    fn row(&self, key: &str) -> &Row {
        self.rows.iter().find(|r| r.key == key).unwrap_or_else(|| panic!("no row `{key}`"))
    }

    fn of<'a>(&'a self, system: &'a str, edition: &'a str) -> impl Iterator<Item = &'a Row> + 'a {
        self.rows.iter().filter(move |r| r.text("system") == system && r.text("edition") == edition)
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/domain")
}

fn table(name: &str, key: &[&str]) -> Table {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_path(folder().join(format!("{name}.csv")))
        .unwrap_or_else(|e| panic!("{name}: {e}"));
    let heads = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|record| {
        let record = record.expect("a record");
        let cells: BTreeMap<String, String> = heads
            .iter()
            .enumerate()
            .map(|(k, head)| (head.to_owned(), record.get(k).unwrap_or_default().to_owned()))
            .collect();
        let key = key.iter().map(|k| cells[*k].as_str()).collect::<Vec<_>>().join("/");
        Row { key, cells }
    });
    Table { rows: rows.collect() }
}

/// Every row of every table is reproduced, or listed with the reason why it cannot be.
#[test]
fn every_printed_figure() {
    let reasons = table("not_reproduced", &["table", "row"]);
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    for row in &reasons.rows {
        assert!(!row.text("reason").is_empty(), "{}: no reason", row.key);
        assert!(listed.insert(&row.key), "{} is listed twice", row.key);
    }
    let (mut reproduced, mut rows) = (0, 0);
    let mut wrong = Vec::new();
    for (name, key, check) in TABLES {
        let table = table(name, key);
        let done = check(&table);
        let mut seen = BTreeSet::new();
        for row in &table.rows {
            assert!(seen.insert(&row.key), "{name}: two rows are called {}", row.key);
            match (done.contains(&row.key), listed.remove(format!("{name}/{}", row.key).as_str())) {
                (true, false) => reproduced += 1,
                (false, true) => {}
                (true, true) => {
                    wrong.push(format!("{name}: {} is listed, and reproduced", row.key))
                }
                (false, false) => {
                    wrong.push(format!("{name}: {} is neither reproduced nor listed", row.key))
                }
            }
        }
        rows += table.rows.len();
    }
    wrong.extend(listed.iter().map(|key| format!("{key} is listed, and there is no such row")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((reproduced, rows), (258, 315), "rows reproduced, and all rows");
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder()).expect("the folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        files.extend(name.strip_suffix(".csv").map(str::to_owned));
    }
    files.remove("not_reproduced");
    assert_eq!(files, TABLES.iter().map(|(name, ..)| (*name).to_owned()).collect());
}

fn host() -> Arc<Host> {
    Host::new(None, Limits::default())
}

/// A bundled script, put to use.
fn method<M: Scripted + ?Sized>(name: &str, settings: Settings) -> Arc<M> {
    let script = Script::open(&host(), name).unwrap_or_else(|e| panic!("{name}: {e:?}"));
    M::scripted(script.prepare(&settings).unwrap_or_else(|e| panic!("{name}: {e:?}")))
}

/// A script of this test's own.
fn own<M: Scripted + ?Sized>(text: &str) -> Result<Arc<M>, Vec<ProgramFault>> {
    let source = Source::new("test.rhai", text);
    let script = Script::compile(&host(), Arc::new(source))?;
    Ok(M::scripted(script.prepare(&Settings::default()).expect("no settings")))
}

fn run<M: Trial + ?Sized>(method: &M, columns: Vec<Vec<f64>>) -> Vec<f64> {
    method.trial(&Example { columns, ..Example::default() }).expect("a result")
}

fn half_up(x: f64, digits: u32) -> f64 {
    round(x, digits, RoundMode::HalfUp)
}

/// Ranks of scores, the greatest first.
fn ranked(scores: &[f64], then: Option<&[f64]>, ties: RankTies) -> Vec<f64> {
    let key = |scores| Key { scores, direction: Direction::Positive, grid: Grid::EXACT };
    let mut out = vec![f64::NAN; scores.len()];
    ranks(key(scores), then.map(key), ties, 0.0, &mut Vec::new(), &mut out);
    out
}

fn bands(of: &str, scores: Vec<f64>) -> Vec<String> {
    let method = method::<dyn Tiering>("tiering/published_bands.rhai", [("of", of.into())].into());
    let tiers = run(&*method, vec![scores]);
    let label = |tier: f64| match tier.is_nan() {
        true => String::new(),
        false => method.labels()[tier as usize - 1].clone(),
    };
    tiers.into_iter().map(label).collect()
}

/// How many regions each tier by counts gets, of `n` regions with scores of their own.
fn sizes_by_counts(counts: &[f64], n: usize) -> Vec<f64> {
    let labels: Vec<String> = (1..=counts.len()).map(|k| k.to_string()).collect();
    let labels = Value::List(labels.iter().map(|l| l.as_str().into()).collect());
    let settings = [("counts", counts.to_vec().into()), ("labels", labels)];
    let method = method::<dyn Tiering>("tiering/counts.rhai", settings.into());
    let tiers = run(&*method, vec![(0..n).map(|k| (k * 37 % n) as f64).collect()]);
    (1..=counts.len()).map(|k| tiers.iter().filter(|t| **t == k as f64).count() as f64).collect()
}

/// A share as a percent at some decimals.
fn percent(part: f64, whole: f64, digits: u32) -> f64 {
    half_up(part / whole * 100.0, digits)
}

fn all(table: &Table) -> Done {
    table.rows.iter().map(|r| r.key.clone()).collect()
}

fn ccps_provinces(table: &Table) -> Done {
    // 安徽 and 福建 change places on the page; the corps has a rank and no score, which lies between its neighbours'.
    let mut scores = table.column("score");
    let place = |region: &str| table.rows.iter().position(|r| r.key == region).expect("a region");
    let (anhui, fujian, corps) = (place("安徽"), place("福建"), place("新疆生产建设兵团"));
    assert!(scores[anhui] < scores[fujian] && scores[corps].is_nan());
    scores.swap(anhui, fujian);
    scores[corps] = (scores[corps - 1] + scores[corps + 1]) / 2.0;

    let ranks = ranked(&scores, None, RankTies::Dense);
    let tiers = bands("ccps", scores);
    let mut done = Done::new();
    for (k, row) in table.rows.iter().enumerate() {
        assert_eq!(ranks[k], row.number("rank_printed"), "{}", row.key);
        assert_eq!(tiers[k], row.text("tier_derived"), "{}", row.key);
        if ![anhui, fujian, corps].contains(&k) {
            done.insert(row.key.clone());
        }
    }
    // The page's own tally, 25 %, 46.87 % and 28.13 %: rounded so that they add up to 100.
    let tally = |tier: &str| tiers.iter().filter(|t| *t == tier).count() as f64;
    let tally = ["非常高", "高", "中"].map(tally);
    assert_eq!(tally, [8.0, 15.0, 9.0]);
    let shares = own::<dyn Normalisation>(
        "fn normalise(x) { x.ratio(x * 0 + x.sum()).percent().round_to_sum(2) }",
    );
    assert_eq!(run(&*shares.expect("compiles"), vec![tally.to_vec()]), [25.0, 46.87, 28.13]);
    done
}

fn ccps_cities(table: &Table) -> Done {
    // 南京 is printed 0.01 above the two cities that it shares its rank with.
    let mut scores = table.column("score");
    let nanjing = table.rows.iter().position(|r| r.key == "南京").expect("it is there");
    assert_ne!(ranked(&scores, None, RankTies::Dense), table.column("rank_printed"));
    scores[nanjing] = 96.45;
    assert_eq!(ranked(&scores, None, RankTies::Dense), table.column("rank_printed"));
    all(table).into_iter().filter(|key| key != "南京").collect()
}

fn cdg_provinces(table: &Table) -> Done {
    let mut done = Done::new();
    for (score, rank) in [("org_score", "org_rank"), ("inst_score", "inst_rank")] {
        let scores = table.column(score);
        let ranks = ranked(&scores, None, RankTies::Dense);
        for (k, row) in table.rows.iter().enumerate().filter(|(k, _)| !scores[*k].is_nan()) {
            assert_eq!(ranks[k], row.number(rank), "{} {rank}", row.key);
            done.insert(row.key.clone());
        }
    }
    // The printed points of 制度体系 are 24, 21 and 19 steps of 0.625.
    let printed: BTreeSet<String> =
        table.rows.iter().map(|r| r.text("inst_score").to_owned()).collect();
    let steps: BTreeSet<String> =
        [24.0, 21.0, 19.0].iter().map(|n| half_up(n * 0.625, 1).to_string()).collect();
    assert!(steps.iter().all(|s| printed.contains(s)), "{steps:?}");
    done
}

fn cdg_leaders(table: &Table) -> Done {
    // Only names are printed; at least their number is that of the note.
    let leaders = |key: &str| table.row(key).text("leaders").split(';').count();
    assert_eq!((leaders("平台管理"), leaders("政民互动")), (10, 7));
    Done::new()
}

fn cdg_cities(table: &Table) -> Done {
    let number = |key: &str| table.row(key).number("value");
    let remark = |key: &str| table.row(key).numbers("remark");
    let leading: Vec<&str> = table.row("leading_tier_cities").text("value").split(';').collect();
    assert_eq!(sizes_by_counts(&[10.0, 91.0], number("cities_total") as usize), [10.0, 91.0]);
    assert_eq!(leading.len(), 10);
    // Groups overlap, and are data: 苏州 is counted with the vice-provincial cities here.
    let vice_provincial = ["深圳", "杭州", "广州", "宁波", "青岛", "厦门", "武汉", "苏州"];
    let capitals = ["杭州", "广州", "贵阳", "福州", "武汉"];
    let among = |group: &[&str]| leading.iter().filter(|c| group.contains(c)).count() as f64;
    assert_eq!(among(&vice_provincial), number("leading_in_vice_provincial"));
    assert_eq!(among(&capitals), number("leading_in_capitals"));
    // "53.3% of the group (8/15)", and so on.
    for key in ["leading_in_vice_provincial", "capitals_modal_tier", "ordinary_modal_tier"] {
        let [share, part, whole] = remark(key)[..] else { panic!("{key}") };
        assert_eq!(percent(part, whole, 1), share, "{key}");
    }
    // "9 below vice-provincial", "7.9 below capitals".
    for (key, above) in
        [("mean_capitals", "mean_vice_provincial"), ("mean_ordinary", "mean_capitals")]
    {
        assert_eq!(half_up(number(above) - number(key), 1), remark(key)[0], "{key}");
    }
    let open = ["mean_all", "mean_vice_provincial"];
    all(table).into_iter().filter(|key| !open.contains(&key.as_str())).collect()
}

fn cdg_editions(table: &Table) -> Done {
    let row = table.row("2022");
    let counts = row.numbers("tier_counts_provinces(引领/优质/特色/发展/追赶)");
    assert_eq!(counts, [3.0, 6.0, 6.0, 7.0, 9.0]);
    assert_eq!(sizes_by_counts(&counts, row.number("provinces") as usize), counts);
    Done::from([row.key.clone()])
}

/// The names in a cell; numbered ones where only their number is printed.
fn names(cell: &str) -> Vec<String> {
    let cell = cell.trim().trim_start_matches("+ ");
    match cell.split_once(' ').and_then(|(n, rest)| Some((n.parse::<usize>().ok()?, rest))) {
        Some((n, rest)) => (1..=n).map(|k| format!("{rest} {k}")).collect(),
        None => cell
            .split(';')
            .map(str::trim)
            .filter(|n| !n.is_empty() && *n != "...")
            .map(str::to_owned)
            .collect(),
    }
}

fn indicator_trees(table: &Table) -> Done {
    // How many nodes each tree has at its levels, as the sources count or list them.
    let shapes: [(&str, &str, &[usize]); 15] = [
        ("CDG", "2020/2021", &[4, 4]),
        ("CCPS", "2016", &[4]),
        ("CCPS", "2018+", &[5]),
        ("Fudan 开放数林", "2021H1", &[4, 17]),
        ("PKU digital ecology", "2021", &[3, 7, 13]),
        ("UESTC internet service", "2019-2021", &[3, 9]),
        ("城市数字治理", "2020", &[4]),
        ("冯朝睿&赵倩莹", "2023", &[3]),
        ("UN EGDI", "2022", &[1, 5]),
        ("UN EGDI", "2020-2022", &[2, 8]),
        ("UN EGDI", "2024", &[2, 2]),
        ("World Bank GTMI", "2022", &[4, 48]),
        ("OECD DGI", "2023", &[6]),
        ("EU eGov Benchmark", "2020", &[4]),
        ("EU DESI", "2022", &[4]),
    ];
    let mut done = Done::new();
    for (system, edition, shape) in shapes {
        let mut drafts: Vec<NodeDraft> =
            vec![NodeDraft { code: "index".into(), ..NodeDraft::default() }];
        let mut add = |parent: &str, name: &str| {
            let code = format!("{parent} / {name}");
            if drafts.iter().all(|d| d.code != code) {
                let parent = Some(parent.to_owned());
                drafts.push(NodeDraft { code: code.clone(), parent, ..NodeDraft::default() });
            }
            code
        };
        for row in table.of(system, edition).filter(|r| r.text("status").starts_with("FOUND")) {
            let first: Vec<String> =
                names(row.text("level1")).iter().map(|name| add("index", name)).collect();
            // Where several stand in one cell, what is below them is counted and not told apart.
            if let [first] = first.as_slice() {
                for second in names(row.text("level2")) {
                    let second = add(first, &second);
                    for third in names(row.text("level3")) {
                        add(&second, &third);
                    }
                }
            }
            done.insert(row.key.clone());
        }
        let tree = System::new(drafts).unwrap_or_else(|e| panic!("{system}: {e:?}"));
        let at = |depth: usize| tree.nodes().iter().filter(|n| n.depth == depth).count();
        let found: Vec<usize> = (1..=shape.len()).map(at).collect();
        assert_eq!(found, shape, "{system} {edition}");
        assert_eq!(at(shape.len() + 1), 0, "{system} {edition}: deeper than that");
    }
    done
}

/// Two leagues with full marks of their own, ranked apart.
fn lianyungang_monthly(table: &Table) -> Done {
    let region = |row: &Row| {
        let mut region = Region { code: row.key.clone(), ..Region::default() };
        region.attributes.insert("type", row.text("group"));
        region
    };
    let regions: Arc<Vec<Region>> = Arc::new(table.rows.iter().map(region).collect());
    let codes = [("county", "county"), ("district", "district")];
    let codes = Value::Table(codes.map(|(code, value)| (code.to_owned(), value.into())).into());
    let marks = [("county", 150.0), ("district", 100.0)];
    let marks = Value::Table(marks.map(|(code, x)| (code.to_owned(), x.into())).into());
    let script = Script::open(&host(), "system/leagues.rhai").expect("it compiles");
    let settings = [("leagues", codes), ("full_marks", marks)].into();
    let script = script.prepare(&settings).expect("it fits");
    let leagues = leagues(&script, &regions, &Arc::default()).expect("it has").expect("it runs");

    let months: BTreeSet<&str> = table.rows.iter().map(|r| r.text("month")).collect();
    let mut done = Done::new();
    for league in &leagues {
        for month in &months {
            let rows: Vec<&Row> = (0..table.rows.len())
                .filter(|k| league.members[*k])
                .map(|k| &table.rows[k])
                .filter(|row| row.text("month") == *month)
                .collect();
            let scores: Vec<f64> = rows.iter().map(|r| r.number("score")).collect();
            let ranks = ranked(&scores, None, RankTies::Competition);
            for (row, rank) in rows.iter().zip(ranks) {
                assert_eq!(rank, row.number("rank_printed"), "{}", row.key);
                let full = league.full_marks[0].1;
                assert_eq!(full, row.number("full_marks"), "{}", row.key);
                assert!(row.number("score") <= full, "{}", row.key);
                done.insert(row.key.clone());
            }
        }
    }
    done
}

fn lianyungang_points(table: &Table) -> Done {
    let mut done = Done::new();
    for row in table.rows.iter().filter(|r| !r.text("T_used").is_empty()) {
        let mut settings =
            Settings::from([("target", row.number("T_used").into()), ("round_first", 2.0.into())]);
        let rule: &[(&str, f64)] = match row.text("item") {
            "satisfaction" => &[("full", 25.0), ("per_unit", 0.5), ("floor", 12.5)],
            _ => &[("full", 20.0), ("per_unit", 1.0), ("floor", 0.0)],
        };
        settings.0.extend(rule.iter().map(|(name, x)| ((*name).to_owned(), (*x).into())));
        let method = method::<dyn Normalisation>("normalisation/attainment.rhai", settings);
        let points = run(&*method, vec![vec![row.number("rate_pct")]])[0];
        let printed = half_up(points, row.decimals("points_printed"));
        assert_eq!(printed, row.number("points_printed"), "{}", row.key);
        assert_eq!(half_up(points, 2), row.number("points_rule"), "{}", row.key);
        done.insert(row.key.clone());
    }
    assert_eq!(done.len(), 12, "printed pairs");
    done
}

fn panjin(table: &Table) -> Done {
    let score = method::<dyn Aggregation>(
        "aggregation/three_rates_score.rhai",
        [("given", "percent".into()), ("digits", 1.0.into())].into(),
    );
    let example = Example {
        columns: vec![
            table.column("close_rate"),
            table.column("satisfaction_rate"),
            vec![100.0; table.rows.len()],
        ],
        weights: vec![0.20, 0.30, 0.50],
        ..Example::default()
    };
    assert_eq!(score.trial(&example).expect("scores"), table.column("score"));
    all(table)
}

/// The rows of a system that an evaluated example reproduces.
fn evaluated(folder: &str) -> Evaluation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(folder);
    let resolved = project::open(&folder)
        .unwrap_or_else(|p| panic!("{}", p.render(quanheng_words::Language::En, false)));
    let methodology = resolved.methodologies["official"].clone();
    Evaluation::new(Arc::clone(&resolved.study), methodology).expect("it runs")
}

/// A node's scores in one period, by region.
fn scores_in(evaluation: &Evaluation, node: &str, period: &str) -> BTreeMap<String, f64> {
    let study = evaluation.study();
    let node = evaluation.methodology().system.find(node).expect("a node");
    let scores = evaluation.scores(node).values();
    (0..study.panel.rows())
        .filter(|row| study.periods[study.panel.periods()[*row].0 as usize].label == period)
        .map(|row| (study.regions[study.panel.regions()[row].0 as usize].code.clone(), scores[row]))
        .filter(|(_, score)| !score.is_nan())
        .collect()
}

fn mean(scores: &BTreeMap<String, f64>) -> f64 {
    scores.values().sum::<f64>() / scores.len() as f64
}

fn count(tiers: &[String], tier: &str) -> f64 {
    tiers.iter().filter(|t| *t == tier).count() as f64
}

fn tier_rules(table: &Table) -> Done {
    let mut done = Done::new();
    let mut reproduced = |row: &Row| done.insert(row.key.clone());

    let provinces: Vec<&Row> = table.of("CDG provinces", "2022").collect();
    let counts: Vec<f64> = provinces.iter().map(|r| r.number("count")).collect();
    assert_eq!(sizes_by_counts(&counts, 31), counts);
    provinces.into_iter().for_each(|r| _ = reproduced(r));
    for row in table.of("CDG cities", "2020") {
        let [first, all] = row.numbers("count")[..] else { panic!("{}", row.key) };
        assert_eq!(sizes_by_counts(&[first, all - first], all as usize)[0], first);
        reproduced(row);
    }

    // Bounds: a score at a bound belongs to the band, or to the one below, as the table says; just beside it, never.
    for (of, system, edition) in [
        ("ccps", "CCPS service capability", "2021"),
        ("ccps", "CCPS service capability", "2019"),
        ("cstc", "CSTC digital government service", "2023+2024"),
        ("egdi", "UN EGDI", "2018-2024"),
        ("gtmi", "World Bank GTMI", "2022"),
    ] {
        for row in table.of(system, edition).filter(|r| r.text("status") != "RECALLED") {
            let (lower, upper) = (row.numbers("lower"), row.numbers("upper"));
            let mut inside = Vec::new();
            // 中 has no lower bound in print.
            let lower = lower.first().filter(|_| !row.text("lower").contains("RECALLED"));
            inside.extend(lower.map(|x| x + 1e-9));
            if row.text("lower_incl") == "yes" {
                inside.extend(lower);
            }
            inside.extend(upper.first().map(|x| x - 1e-9));
            if row.text("upper_incl") == "yes" {
                inside.extend(upper.first());
            }
            assert!(!inside.is_empty(), "{}", row.key);
            let name = row.text("tier").trim_end_matches("(name unverified)");
            for (tier, score) in bands(of, inside.clone()).iter().zip(inside) {
                assert_eq!(tier, name, "{}: {score}", row.key);
            }
            if row.text("lower_incl").starts_with("no") {
                assert_ne!(bands(of, vec![*lower.expect("a bound")])[0], name, "{}", row.key);
            }
            // "16 of 32 (50%)"
            if let [part, whole, share] = row.numbers("count")[..] {
                assert_eq!(percent(part, whole, 1), share, "{}", row.key);
            }
            reproduced(row);
        }
    }
    // The published shares of the World Bank's groups, of its own scores.
    let gtmi = scores_in(&evaluated("govtech-maturity"), "GTMI", "2022");
    let groups = bands("gtmi", gtmi.values().copied().collect());
    for row in table.of("World Bank GTMI", "2022") {
        let share = percent(count(&groups, row.text("tier")), gtmi.len() as f64, 0);
        assert_eq!(share, row.numbers("count")[0], "{}", row.key);
    }

    // A website with a veto hit fails, whatever else it has; below 60 fails; 60 passes.
    let names = [("veto", "x1".into()), ("checks", "x2".into()), ("bonus", "x3".into())];
    let check = method::<dyn Aggregation>("aggregation/website_check.rhai", names.into());
    let scores =
        run(&*check, vec![vec![1.0, 0.0, 0.0], vec![100.0, 59.9, 60.0], vec![30.0, 30.0, 30.0]]);
    assert_eq!(bands("website_check", scores), ["不合格", "不合格", "合格"]);
    table.of("State Council website check", "2019").for_each(|r| _ = reproduced(r));
    done
}

fn weights_found(table: &Table) -> Done {
    let mut done = Done::new();
    let unusable = ["RECALLED", "NOT FOUND"];
    let usable = |row: &Row| !unusable.iter().any(|status| row.text("status").starts_with(status));
    let mut systems: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in table.rows.iter().filter(|r| usable(r)) {
        systems.entry((row.text("system"), row.text("edition"))).or_default().push(row);
    }
    for ((system, edition), rows) in systems {
        // Items of a rule, held by their printed points, and a part whose fellows are not printed.
        if system.starts_with("福建") {
            continue;
        }
        if system.starts_with("连云港") {
            for row in rows {
                let rule = match row.number("weight") {
                    25.0 => [("full", 25.0), ("per_unit", 0.5), ("floor", 12.5), ("target", 98.0)],
                    _ => [("full", 20.0), ("per_unit", 1.0), ("floor", 0.0), ("target", 95.0)],
                };
                let rule = rule.map(|(name, x)| (name, x.into())).into();
                let points = method::<dyn Normalisation>("normalisation/attainment.rhai", rule);
                assert_eq!(run(&*points, vec![vec![100.0]])[0], row.number("weight"));
                done.insert(row.key.clone());
            }
            continue;
        }
        // What stands together adds up to the whole: 1 or 100.
        let mut groups: BTreeMap<&str, f64> = BTreeMap::new();
        for row in &rows {
            let group = match row.text("component") {
                c if c.starts_with("HCI ") => "HCI",
                c if c.starts_with("TII ") => "TII",
                _ => "",
            };
            *groups.entry(group).or_default() += weight_of(row);
            done.insert(row.key.clone());
        }
        for (group, sum) in groups {
            let whole = if sum > 2.0 { 100.0 } else { 1.0 };
            assert!((sum - whole).abs() < 1e-12, "{system} {edition} {group}: {sum}");
        }
    }
    // Full marks worked out from points and rates of attainment.
    for (row, (points, rate)) in table.of("UESTC internet service", "2021").zip([
        (35.72, 0.893),
        (35.96, 0.899),
        (15.78, 0.789),
    ]) {
        assert_eq!(half_up(points / rate, 3), row.number("weight"), "{}", row.key);
    }
    // The UN's thirds, on its own components of 193 states.
    let egdi = evaluated("egdi");
    let [osi, tii, hci, index] = ["OSI", "TII", "HCI", "EGDI"].map(|n| scores_in(&egdi, n, "2022"));
    let column = |scores: &BTreeMap<String, f64>| scores.values().copied().collect::<Vec<f64>>();
    let thirds = method::<dyn Aggregation>("aggregation/arithmetic.rhai", Settings::default());
    let found = run(&*thirds, vec![column(&osi), column(&tii), column(&hci)]);
    assert_eq!(found.len(), 193);
    assert!(found.iter().zip(column(&index)).all(|(a, b)| (a - b).abs() < 1e-12));
    // The district's composite is what the script has as its default.
    let script = Script::open(&host(), "system/three_rates.rhai").expect("it compiles");
    let tree = build(&script.prepare(&Settings::default()).expect("it fits"), "test", None);
    let tree = tree.expect("a tree");
    let stated: Vec<f64> = tree.nodes()[1..].iter().map(|n| n.weight.expect("one")).collect();
    let printed = table.row("Beijing-type district hotline code/2020s/响应率;解决率;满意率");
    assert_eq!(stated.iter().map(|w| w * 100.0).collect::<Vec<_>>(), printed.numbers("weight"));
    done
}

/// What a row of weights adds up to: `1/3`, `5 x 20%`, `25 each`, `10;50;40`, `40`.
fn weight_of(row: &Row) -> f64 {
    let text = row.text("weight");
    let numbers = row.numbers("weight");
    match numbers[..] {
        [part, whole] if text.contains('/') => part / whole,
        [n, each] if text.contains(" x ") => n * each / 100.0,
        [each] if text.ends_with("each") => {
            let parts = row.text("component").split(';').count();
            each * if parts == 1 { row.numbers("component")[0] } else { parts as f64 }
        }
        _ => numbers.iter().sum(),
    }
}

fn misc(table: &Table) -> Done {
    let mut done = Done::new();
    let mut numbers = |key: &str| {
        done.insert(key.to_owned());
        table.row(key).numbers("value")
    };

    let egdi = evaluated("egdi");
    let [osi, tii, index] = ["OSI", "TII", "EGDI"].map(|node| scores_in(&egdi, node, "2022"));
    // Of components with four decimals, China's mean lies at 0.81183, and the index is printed 0.8119.
    let china = table.row("UN EGDI/2022/China EGDI").number("value");
    assert!(half_up(index["CHN"], 4) != china && (index["CHN"] - china).abs() < 1e-4);
    assert_eq!([half_up(mean(&index), 4)], numbers("UN EGDI/2022/world mean EGDI")[..]);
    let better = index.values().filter(|x| **x > index["CHN"]).count() as f64;
    let earlier = scores_in(&egdi, "EGDI", "2012");
    let before = earlier.values().filter(|x| **x > earlier["CHN"]).count() as f64;
    let printed = numbers("UN EGDI/2022/China rank");
    assert_eq!([better + 1.0, 2012.0, before + 1.0], printed[..]);
    for (key, code) in
        [("UN EGDI/2022/India OSI; TII", "IND"), ("UN EGDI/2022/Rwanda OSI; TII", "RWA")]
    {
        assert_eq!([half_up(osi[code], 4), half_up(tii[code], 4)], numbers(key)[..], "{key}");
    }

    let gtmi = evaluated("govtech-maturity");
    let nodes = ["GTMI", "CGSI", "PSDI", "DCEI", "GTEI"].map(|n| scores_in(&gtmi, n, "2022"));
    let printed = numbers("World Bank GTMI/2022/mean GTMI; CGSI; PSDI; DCEI; GTEI");
    assert_eq!(nodes.each_ref().map(|n| half_up(mean(n), 3)), printed[..]);
    let means = printed[1..].iter().map(|x| vec![*x]).collect();
    let average = method::<dyn Aggregation>("aggregation/arithmetic.rhai", Settings::default());
    assert_eq!(half_up(run(&*average, means)[0], 3), printed[0]);
    let group = |scores: &BTreeMap<String, f64>| bands("gtmi", scores.values().copied().collect());
    // Four economies have other codes in the edition of 2020.
    let renamed = [("ADO", "AND"), ("ROM", "ROU"), ("TMP", "TLS"), ("ZAR", "COD")];
    let today = |code: String| {
        renamed.iter().find(|(old, _)| *old == code).map_or(code, |(_, new)| (*new).to_owned())
    };
    let then = scores_in(&gtmi, "GTMI", "2020");
    let then: BTreeMap<String, f64> = then.into_iter().map(|(c, x)| (today(c), x)).collect();
    let now = &nodes[0];
    assert!(now.keys().eq(then.keys()), "the same economies");
    let mut moves = [0.0; 3];
    for (now, then) in group(now).iter().zip(&group(&then)) {
        moves[(now.cmp(then) as i8 + 1) as usize] += 1.0;
    }
    let printed = numbers("World Bank GTMI/2022/moved up / same / down");
    assert_eq!([moves[0], moves[1], moves[2], moves.iter().sum()], printed[..]);

    // A goalpost of 75 % without limits: 77.6 % scores above 1.
    let posts = quanheng_core::method::find(quanheng_core::normalisation::TABLE, "goalposts");
    let posts =
        (posts.expect("built in").make)(&[("clamp", false.into())].into()).expect("it fits");
    let indicator = Indicator {
        goalposts: Some(quanheng_core::model::Goalposts { bad: 0.0, good: 75.0 }),
        ..Indicator::default()
    };
    let example =
        Example { columns: vec![vec![77.6]], indicators: vec![indicator], ..Example::default() };
    let found = posts.trial(&example).expect("a score")[0];
    let printed = numbers("EU DESI/2016 data/Belgium indicator above goalpost");
    assert_eq!([77.6, 75.0, half_up(found, 2)], printed[..]);

    // Rates of attainment of the three parts, out of 40, 40 and 20.
    let printed = numbers("UESTC/2021/成都 供给;响应;智慧");
    for (pair, full) in printed.chunks(2).zip([40.0, 40.0, 20.0]) {
        assert_eq!(percent(pair[0], full, 2), pair[1]);
    }
    // 铜川's total is not the sum of its printed parts.
    let points = method::<dyn Aggregation>("aggregation/points.rhai", Settings::default());
    let total = run(&*points, vec![vec![30.4], vec![31.76], vec![11.58]])[0];
    let row = table.row("UESTC/2019/铜川 30.4+31.76+11.58 printed as");
    assert_eq!(row.numbers("value"), [73.73, half_up(total, 2)]);

    let printed = numbers("CCPS/2016/mean; above mean; very high");
    let [_, above, of, above_share, very_high, very_high_share] = printed[..] else {
        panic!("{printed:?}")
    };
    assert_eq!(percent(above, of, 2), above_share);
    assert_eq!(percent(very_high, of, 2), very_high_share);
    done
}

fn fault_of(result: Result<impl Sized, quanheng_core::method::MethodError>) -> String {
    result.err().expect("it is refused").to_string()
}

/// Rates, percents and points are told apart: nothing is multiplied by a hundred twice.
#[test]
fn a_double_hundred_is_refused() {
    let twice = own::<dyn Normalisation>("fn normalise(x) { x.as_rate().percent().percent() }");
    let example = Example { columns: vec![vec![0.98]], ..Example::default() };
    let words = fault_of(twice.expect("compiles").trial(&example));
    assert!(words.contains("percent already"), "{words}");
    let times = own::<dyn Normalisation>("fn normalise(x) { x.as_rate().percent() * 100 }");
    let words = fault_of(times.expect("compiles").trial(&example));
    assert!(words.contains("multiplied by 100 before"), "{words}");
    let sum = own::<dyn Normalisation>("fn normalise(x) { x.as_rate() + x.as_rate().percent() }");
    let words = fault_of(sum.expect("compiles").trial(&example));
    assert!(words.contains("rates and percents cannot be added"), "{words}");

    // Percents where rates belong, in the rule itself.
    let score =
        method::<dyn Aggregation>("aggregation/three_rates_score.rhai", Settings::default());
    let example =
        Example { columns: vec![vec![98.0], vec![96.0], vec![95.5]], ..Example::default() };
    let words = fault_of(score.trial(&example));
    assert!(words.contains("are these percents?"), "{words}");

    // A target of 95 % for a column of shares of one.
    let points = method::<dyn Normalisation>(
        "normalisation/attainment.rhai",
        [("target", 95.0.into())].into(),
    );
    let indicator = Indicator { unit: "rate".into(), ..Indicator::default() };
    let example =
        Example { columns: vec![vec![0.9]], indicators: vec![indicator], ..Example::default() };
    let words = fault_of(points.trial(&example));
    assert!(words.contains("a share of one, and the target a percent"), "{words}");
}

/// Equal scores are told apart by the volume of cases, as the district's rule has it; equal volumes stay equal.
#[test]
fn ties_by_a_second_key() {
    let scores = [100.0, 98.5, 100.0, 98.5, 98.5];
    let volume = [40.0, 300.0, 220.0, 500.0, 300.0];
    let ranks = |then, ties| ranked(&scores, then, ties);
    assert_eq!(ranks(None, RankTies::Competition), [1.0, 3.0, 1.0, 3.0, 3.0]);
    assert_eq!(ranks(Some(&volume[..]), RankTies::Competition), [2.0, 4.0, 1.0, 3.0, 4.0]);
}

/// Leagues by volume: a bound belongs above, a blank is in no league.
#[test]
fn leagues_by_volume() {
    let region = |volume: &str| {
        let mut region = Region { code: volume.into(), ..Region::default() };
        region.attributes.insert("volume", volume);
        region
    };
    let regions = Arc::new(["500", "100", "99", "20", "3", ""].map(region).to_vec());
    let script = Script::open(&host(), "system/volume_leagues.rhai").expect("it compiles");
    let script = script.prepare(&[("bounds", vec![100.0, 20.0].into())].into()).expect("it fits");
    let leagues = leagues(&script, &regions, &Arc::default()).expect("it has").expect("it runs");
    let members = |k: usize| -> Vec<&str> {
        let regions = regions.iter().zip(&leagues[k].members).filter(|(_, in_it)| **in_it);
        regions.map(|(region, _)| region.code.as_str()).collect()
    };
    assert_eq!(leagues.len(), 3);
    assert_eq!(members(0), ["500", "100"]);
    assert_eq!(members(1), ["99", "20"]);
    assert_eq!(members(2), ["3"]);
}

/// A re-cut tree has the base's leaves with their facts; a leaf without a place is an error that names it.
#[test]
fn trees_cut_anew() {
    // Only the leaves state full marks; what lies above has the sum of them.
    let node = |code: &str, parent: Option<&str>| NodeDraft {
        code: code.into(),
        parent: parent.map(str::to_owned),
        names: Names::plain(code),
        full_marks: (parent == Some("old")).then_some(10.0),
        indicator: Indicator { direction: Direction::Negative, ..Indicator::default() },
        ..NodeDraft::default()
    };
    let base = System::new(vec![
        node("index", None),
        node("old", Some("index")),
        node("platform", Some("old")),
        node("voice", Some("old")),
        node("data", Some("old")),
    ])
    .expect("a tree");
    let cut = |name: &str, settings: &[(&str, &[(&str, &str)])]| {
        let script = Script::open(&host(), name).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        let table = |pairs: &[(&str, &str)]| {
            Value::Table(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).into())).collect())
        };
        let settings = settings.iter().map(|(name, pairs)| ((*name).to_owned(), table(pairs)));
        let script = script.prepare(&Settings(settings.collect())).expect("it fits");
        build(&script, name, Some(&base))
    };
    let two = "system/two_mechanisms.rhai";
    let whole = [("platform", "fu_neng"), ("voice", "fu_quan"), ("data", "fu_neng")];
    let tree = cut(two, &[("mechanism", &whole)]).expect("a tree");
    assert_eq!(tree.leaves().len(), 3);
    let leaf = tree.node(tree.find("data").expect("it is there"));
    assert_eq!(tree.node(leaf.parent.expect("one")).names.get("zh"), Some("技术赋能"));
    assert_eq!(leaf.full_marks, Some(10.0));
    assert_eq!(leaf.indicator.as_ref().expect("a leaf").direction, Direction::Negative);

    let refused = |name: &str, settings: &[(&str, &[(&str, &str)])]| match cut(name, settings) {
        Err(SystemFault::Fault(fault)) => fault.what.to_string(),
        other => panic!("{name}: {other:?}"),
    };
    let words = refused(two, &[("mechanism", &[("platform", "fu_neng")])]);
    assert_eq!(words, "no mechanism is stated for: voice, data");
    let words = refused(two, &[("mechanism", &[whole[0], whole[1], ("data", "fu")])]);
    assert_eq!(words, "`data` is assigned to `fu`: one of fu_neng, fu_quan");
    let words = refused(two, &[("mechanism", &[whole[0], whole[1], whole[2], ("x", "fu_quan")])]);
    assert_eq!(words, "`x` is given a mechanism and is no leaf of the base");
    let five = "system/five_perspectives.rhai";
    let words = refused(five, &[("perspectives", &[("a", "一")]), ("perspective", &[])]);
    assert_eq!(words, "five perspectives are named, not 1");
    let recut = "system/recut.rhai";
    let place = [("platform", "process/tools"), ("voice", "process/people"), ("data", "input")];
    let tree = cut(recut, &[("place", &place)]).expect("a tree");
    let parent = |code: &str| {
        let node = tree.node(tree.find(code).expect("it is there"));
        tree.node(node.parent.expect("one")).code.clone()
    };
    assert_eq!([parent("voice"), parent("people"), parent("data")], ["people", "process", "input"]);
    let words = refused(recut, &[("place", &place[..1])]);
    assert_eq!(words, "no place is stated for: voice, data");
    let mixed = [place[0], place[1], ("data", "process")];
    let words = refused(recut, &[("place", &mixed)]);
    assert!(words.contains("\"process\" has"), "{words}");
    let edition = "system/edition.rhai";
    let tree = cut(edition, &[("codes", &[("voice", "hearing")])]).expect("a tree");
    let leaf = tree.node(tree.leaves()[0]);
    assert_eq!(leaf.code, "hearing");
    assert_eq!(leaf.indicator.as_ref().expect("a leaf").column.as_deref(), Some("voice"));
    let words = refused(edition, &[("codes", &[("sound", "hearing")])]);
    assert_eq!(words, "`sound` is mapped and is not in the base");
}
