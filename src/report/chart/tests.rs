//! What holds for every kind of chart, on real projects and on hostile ones.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use quanheng_core::analysis::{Subject, Unwatched};
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{LeagueIx, PeriodIx, RegionIx};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::canvas::escaped;
use super::*;
use crate::data::map::Map;
use crate::gate::Folder;
use crate::multiverse::{Evaluated, Group, evaluate, parts};
use crate::progress::Progress;
use crate::project::{self, Resolved};
use crate::report::ranking::Frame;
use crate::report::{Cell, Kind as Of};
use crate::robustness::{Effort, Robust};
use crate::sensitivity::{Analysed, sobol};

/// Everything that charts of a project are drawn of.
struct Open {
    resolved: Resolved,
    evaluations: Vec<(String, Evaluation)>,
    frame: Frame,
    many: Option<(String, Evaluated, Vec<Group>)>,
    robust: Robust,
    shares: Option<(String, Analysed)>,
    map: Map,
}

/// A map of stripes, an area for each of some codes.
fn stripes<'c>(codes: impl Iterator<Item = &'c str>) -> Map {
    let area = |(k, code): (usize, &str)| {
        let (x, y) = (k as f64, 30.0);
        crate::data::map::Area {
            facts: vec![("code".to_owned(), code.to_owned())],
            rings: vec![vec![(x, y), (x + 1.0, y), (x + 1.0, y + 5.0), (x, y + 5.0), (x, y)]],
        }
    };
    Map { areas: codes.chain(["elsewhere"]).enumerate().map(area).collect() }
}

impl Open {
    fn new(path: &Path, methodologies: &[&str]) -> Open {
        let resolved = project::open_whole(path).unwrap_or_else(|problems| {
            panic!("{}", problems.render(Language::En, false));
        });
        let codes: Vec<String> = match methodologies {
            [] => resolved.methodologies.keys().cloned().collect(),
            some => some.iter().map(|code| (*code).to_owned()).collect(),
        };
        let evaluation = |code: &String| {
            let methodology = Arc::clone(&resolved.methodologies[code]);
            let found = Evaluation::new(Arc::clone(&resolved.study), methodology);
            Some((code.clone(), found.ok()?))
        };
        let evaluations = codes.iter().filter_map(evaluation).collect();
        let frame = Frame {
            fingerprint: "0123456789abcdef".to_owned(),
            left_out: 0,
            ..Frame::of(&resolved, resolved.marks.clone())
        };
        let map = stripes(resolved.study.regions.iter().map(|region| region.code.as_str()));
        let shown = |problems: crate::problem::Problems| -> ! {
            panic!("{}", problems.render(Language::En, false));
        };
        let progress = Progress::new(Language::En);
        let shares = resolved.sensitivities.values().next().map(|stated| {
            let found = sobol(&resolved, stated, &[], &[], &progress);
            (stated.code.clone(), found.unwrap_or_else(|problems| shown(problems)))
        });
        let evaluations: Vec<(String, Evaluation)> = evaluations;
        let evaluation = &evaluations[0].1;
        let slices = evaluation.study().panel.slices();
        let period = slices.iter().map(|slice| slice.period).max().unwrap_or(PeriodIx(0));
        let inputs = &resolved.analysis.inputs;
        let subject =
            Subject { evaluation, league: LeagueIx(0), period, inputs, watch: &Unwatched };
        let robust = Robust::new(&subject, &resolved.analysis.settings, Effort::Small);
        Open { many: None, robust, shares, evaluations, frame, map, resolved }
    }

    fn example(name: &str, methodologies: &[&str]) -> Open {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        Open::new(&folder, methodologies)
    }

    /// With the branches of its first multiverse.
    fn with_branches(mut self) -> Open {
        let multiverse = self.resolved.multiverses.values().next().expect("a multiverse");
        let aside = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(aside.path());
        let progress = Progress::new(Language::En);
        let evaluated = evaluate(&self.resolved, multiverse, &folder, true, &progress)
            .unwrap_or_else(|problems| panic!("{}", problems.render(Language::En, false)));
        let groups = parts(&self.resolved, &evaluated, &["all".to_owned()], 3)
            .unwrap_or_else(|problems| panic!("{}", problems.render(Language::En, false)));
        self.many = Some((multiverse.code.clone(), evaluated, groups));
        self
    }

    fn side(&self, at: usize, period: Option<PeriodIx>) -> Side<'_> {
        let (label, evaluation) = &self.evaluations[at];
        let slices = evaluation.study().panel.slices();
        let last = slices.iter().map(|slice| slice.period).max().unwrap_or(PeriodIx(0));
        Side { label: label.clone(), evaluation, period: period.unwrap_or(last) }
    }

    /// The usual scene: the first methodology in its last period, and the first region.
    fn scene(&self, language: Language) -> Scene<'_> {
        let first = self.evaluations[0].1.study().panel.regions().first().copied();
        Scene {
            sides: vec![self.side(0, None)],
            league: LeagueIx(0),
            node: None,
            region: first,
            group: self.resolved.study.groups.first().map(|group| group.code.as_str()),
            with: None,
            leaves: false,
            top: None,
            case: self.resolved.cases.first(),
            map: Some(&self.map),
            map_key: None,
            many: self.many.as_ref().map(|(name, evaluated, groups)| Many {
                name,
                evaluated,
                groups,
            }),
            robust: Some(&self.robust),
            shares: self.shares.as_ref().map(|(name, of)| (name.as_str(), of)),
            groups: &self.resolved.groups,
            inputs: &self.resolved.analysis.inputs,
            frame: &self.frame,
            language,
            id: "q",
            is_alone: true,
        }
    }

    /// Every scene worth drawing: alone, beside another methodology, and between two periods.
    fn scenes(&self, language: Language) -> Vec<Scene<'_>> {
        let one = self.scene(language);
        let mut all = vec![one.clone()];
        if self.evaluations.len() > 1 {
            all.push(Scene { sides: vec![self.side(0, None), self.side(1, None)], ..one.clone() });
        }
        let first = self.evaluations[0].1.study().panel.slices()[0].period;
        if first != self.side(0, None).period {
            let sides = vec![self.side(0, Some(first)), self.side(0, None)];
            all.push(Scene { sides, ..one.clone() });
        }
        all.push(Scene { leaves: true, region: None, group: None, ..one });
        all
    }
}

/// Everything that must hold for a chart.
fn check(kind: &Kind, scene: &Scene<'_>) -> Result<(), Reason> {
    let figure = (kind.draw)(scene)?;
    let (svg, (all, (width, height))) = figure.drawn(kind, scene);
    let chart = figure.framed(kind, scene);
    let of = format!("{} {:?}", kind.name, scene.language);
    assert_eq!(chart.svg, svg);
    assert_eq!(kind.draw(scene)?, chart, "{of}: the same bytes each time");
    for wrong in ["NaN", ">inf<", " inf ", "\"-0\""] {
        let at = svg.find(wrong).map(|at| svg[..at].chars().rev().take(60).collect::<String>());
        assert_eq!(at, None, "{of} has {wrong}");
    }
    // What was not published is said.
    for line in crate::report::marks::lines(&scene.frame.marks, scene.language) {
        // Long lines are broken.
        let begin: String = line.chars().take(6).collect();
        assert!(svg.contains(&escaped(begin.trim())), "{of}: {line}");
    }
    assert!(svg.contains(&escaped(&chart.alternative)), "{of} has its alternative");
    assert!(svg.contains("role=\"img\" aria-labelledby=\"q-title q-desc\""), "{of}");
    assert!(!chart.alternative.is_empty() && !chart.table.rows.is_empty(), "{of}");
    // XML as a parser reads it, with all its texts.
    let mut reader = Reader::from_str(&svg);
    let mut texts = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Text(text)) => texts.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) => texts.push_str(match &*name {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("{of}: &{other};"),
            }),
            Ok(Event::Start(start) | Event::Empty(start)) => {
                for attribute in start.attributes() {
                    let attribute = attribute.unwrap_or_else(|e| panic!("{of}: {e}"));
                    texts.push(' ');
                    texts.push_str(
                        &attribute
                            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                            .expect("a value"),
                    );
                }
            }
            Ok(_) => {}
            Err(e) => panic!("{of}: {e}"),
        }
    }
    // Lists of names are in the drawing name by name.
    let names_of_lists = ["regions", "ahead", "then"];
    for row in &chart.table.rows {
        for (cell, head) in row.iter().zip(&chart.table.columns) {
            let text = match cell {
                Cell::Text(text) if head.kind == Of::Text => text,
                Cell::Tier { label, .. } => label,
                _ => continue,
            };
            if names_of_lists.contains(&head.key.as_str()) {
                continue;
            }
            for part in text.split(" · ") {
                let part: String = part
                    .chars()
                    .filter(|c| !c.is_control() || *c == '\n' || *c == '\t')
                    .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
                    .collect();
                assert!(texts.contains(&part), "{of}: `{part}` of the table is not in the drawing");
            }
        }
    }
    for placed in all.texts() {
        let (from, to) = (placed.from, placed.to);
        let is_inside =
            from.0 >= -0.5 && from.1 >= -0.5 && to.0 <= width + 0.5 && to.1 <= height + 0.5;
        assert!(is_inside, "{of}: {placed:?} is outside of {width} x {height}");
    }
    let upright: Vec<_> = all.texts().iter().filter(|placed| !placed.is_turned).collect();
    for (k, a) in upright.iter().enumerate() {
        for b in &upright[k + 1..] {
            let across = min(a.to.0, b.to.0) - max(a.from.0, b.from.0);
            let down = min(a.to.1, b.to.1) - max(a.from.1, b.from.1);
            assert!(across < 1.0 || down < 2.5, "{of}: {a:?} lies on {b:?}");
        }
    }
    Ok(())
}

/// Draws every kind of every scene, and gives the kinds that were drawn.
fn check_all(open: &Open) -> Vec<&'static str> {
    let mut drawn = Vec::new();
    for language in [Language::Zh, Language::En] {
        for scene in open.scenes(language) {
            for kind in KINDS {
                match check(kind, &scene) {
                    Ok(()) => drawn.push(kind.name),
                    Err(reason) => assert_ne!(reason, Reason::NoScores, "{}", kind.name),
                }
            }
        }
    }
    drawn.sort_unstable();
    drawn.dedup();
    drawn
}

#[test]
fn charts_of_provinces() {
    let drawn = check_all(&Open::example("china-shdi", &["official", "entropy"]));
    let missing: Vec<&str> = KINDS.iter().map(|k| k.name).filter(|k| !drawn.contains(k)).collect();
    let others = ["specification", "robust_comparisons", "sobol", "flow", "timeline"];
    assert_eq!(
        missing, others,
        "everything but what takes a multiverse, a case or scores that are weighted means"
    );
}

#[test]
fn charts_of_cases() {
    let mut open = Open::example("online-service", &["official"]);
    let cases = std::mem::take(&mut open.resolved.cases);
    assert!(cases.len() > 2);
    for case in cases {
        open.resolved.cases = vec![case];
        let drawn = check_all(&open);
        assert!(drawn.contains(&"flow") && drawn.contains(&"timeline"), "{drawn:?}");
    }
}

#[test]
fn charts_of_countries_and_branches() {
    let drawn = check_all(&Open::example("asem", &["official", "coinr"]).with_branches());
    assert!(drawn.contains(&"specification") && drawn.contains(&"ranking"), "{drawn:?}");
    assert!(!drawn.contains(&"tiles"), "countries are no provinces");
}

#[test]
fn charts_of_placeholders_and_of_many_countries() {
    check_all(&Open::example("digital-government", &["cdg"]));
    check_all(&Open::example("egdi", &[]));
}

#[test]
fn every_kind_has_its_words() {
    for kind in KINDS {
        for attribute in ["", "summary"] {
            let said = Declaration::chart(kind.name).says(attribute, Language::Zh);
            assert!(said.is_some(), "{} {attribute}", kind.name);
        }
        assert!(kind.summary.ends_with('.'), "{}", kind.name);
        assert!(Kind::find(kind.name).is_some_and(|found| std::ptr::eq(found, kind)));
    }
}

/// A project of some regions with these names and figures.
fn written(names: &[String], figures: &[[f64; 3]]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut regions = String::from("code,name,area\n");
    let mut values = String::from("region,period,x,y,z\n");
    for (k, (name, row)) in names.iter().zip(figures).enumerate() {
        let area = if k % 2 == 0 { "north & <south>" } else { "west" };
        regions.push_str(&format!("r{k},{},{area}\n", quoted(name)));
        for (period, shift) in [("2020", 0.0), ("2021", 1.0)] {
            let [x, y, z] = row.map(|v| if k % 3 == 0 { v + shift } else { v });
            values.push_str(&format!("r{k},{period},{x},{y},{z}\n"));
        }
    }
    let title = names.first().map_or("", String::as_str).replace(['"', '\\', '\n', '\r'], "'");
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    let toml = format!(
        "[project]\ntitle = \"{title}\"\nsource = \"a < b & c\"\n[data]\nregions = \"regions.csv\"\n\
         values = \"values.csv\"\nillustrative = \"drawn <by> lot\"\n[group.area]\ncolumn = \"area\"\n\
         [system.s]\ntree = \"tree.csv\"\n[methodology.m]\nnormalisation = \"min_max\"\n\
         tiering = {{ method = \"cut_points\", cuts = [0.6, 0.3], labels = [\"<A>\", \"B&\", \"C\"] }}\n\
         [methodology.n]\nextends = \"m\"\naggregation = \"minimum\"\n\
         [multiverse.v]\nchoices = {{ aggregation = [\"arithmetic\", \"minimum\"] }}\n\
         [sensitivity.w]\nmethodology = \"m\"\nweights = [\"leaves\"]\nby = 1\nrows = 64\nresamples = 20\n"
    );
    let mut cases = String::from("[[case]]\ncode = \"c\"\nsources = \"a < b & c\"\n");
    for (k, name) in names.iter().enumerate() {
        let name = name.replace(['"', '\\'], "'");
        let name: String = name.chars().filter(|c| !c.is_control()).collect();
        // Some steps lead to the one after the next one too, and the last one leads back.
        let then = match k {
            k if k + 1 == names.len() => "[\"s0\"]".to_owned(),
            k if k % 2 == 0 && k + 2 < names.len() => {
                format!("[\"s{}\", {{ to = \"s{}\", when = \"{name}\" }}]", k + 1, k + 2)
            }
            k => format!("\"s{}\"", k + 1),
        };
        cases.push_str(&format!(
            "[[case.steps]]\ncode = \"s{k}\"\ntitle = \"{name}\"\nwho = \"{name}\"\nthen = {then}\n\
             [[case.timeline]]\ndate = \"20{:02}\"\nwhat = \"{name}\"\n",
            10 + k * k % 17
        ));
    }
    let toml = format!("{toml}[cases]\nfile = \"cases.toml\"\n");
    let tree = "code,parent,weight,name\nindex,,,Index\nx,index,0.5,X <1>\ny,index,0.25,Y\nz,index,0.25,Z\n";
    for (name, text) in [
        ("quanheng.toml", toml.as_str()),
        ("cases.toml", &cases),
        ("regions.csv", &regions),
        ("values.csv", &values),
        ("tree.csv", tree),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let path = folder.path().to_owned();
    (folder, path)
}

fn names() -> impl Strategy<Value = Vec<String>> {
    let hostile = prop_oneof![
        Just("<script>alert(1)</script>".to_owned()),
        Just("]]>&amp;\"'<!--".to_owned()),
        Just("名".repeat(80)),
        Just("W".repeat(120)),
        Just("\u{202e}abc\u{200b}\u{1f600}".to_owned()),
        "[a-zA-Z甲乙丙 &<>\"']{1,30}",
    ];
    prop::collection::vec(hostile, 3..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn hostile_names_break_nothing(names in names(), seed in 0_u64..1000) {
        // Codes are added, since names must differ to be told from each other.
        let names: Vec<String> = names.iter().enumerate().map(|(k, n)| format!("{n} {k}")).collect();
        let figure = |k: usize, at: u64| {
            quanheng_core::number::uniform(seed, k as u64, at) * 20.0 - 5.0
        };
        let figures: Vec<[f64; 3]> =
            (0..names.len()).map(|k| [figure(k, 0), figure(k, 1), figure(k, 2)]).collect();
        let (_folder, path) = written(&names, &figures);
        let open = Open::new(&path, &["m", "n"]).with_branches();
        let drawn = check_all(&open);
        prop_assert!(drawn.len() >= KINDS.len() - 2, "{drawn:?}");
    }
}

#[test]
fn equal_scores_and_a_lone_region_are_drawn() {
    let names = |n: usize| (0..n).map(|k| format!("R{k}")).collect::<Vec<String>>();
    let figures = [[1.0, 2.0, 3.0], [2.0, 1.0, 3.0], [4.0, 2.0, 1.0], [1.0, 1.0, 2.0]];
    let (_folder, path) = written(&names(4), &figures);
    let open = Open::new(&path, &["m"]);
    check_all(&open);
    // A region that is not there in a period.
    let scene = Scene { region: Some(RegionIx(3)), top: Some(1), ..open.scene(Language::En) };
    for kind in KINDS {
        let _ = check(kind, &scene);
    }
}

/// One small drawing of each kind, so that a change of any of them is seen. Without the style sheet, which is pinned once.
#[test]
fn each_kind_is_pinned() {
    let names = ["Anshan", "Benxi", "Chifeng", "Dandong"].map(str::to_owned);
    let figures = [[4.0, 1.0, 3.0], [3.0, 2.0, 1.5], [1.0, 4.0, 2.5], [2.0, 0.5, 1.0]];
    let (_folder, path) = written(&names, &figures);
    let open = Open::new(&path, &["m", "n"]).with_branches();
    let one = Scene { is_alone: false, ..open.scene(Language::En) };
    let two = Scene { sides: vec![open.side(0, None), open.side(1, None)], ..one.clone() };
    for kind in KINDS {
        let scene = match kind.needs {
            Need::Several | Need::RegionAndTwo | Need::TiersAndSeveral => &two,
            _ => &one,
        };
        match kind.draw(scene) {
            Ok(chart) => insta::assert_snapshot!(kind.name, chart.svg),
            Err(reason) => assert_eq!(reason, Reason::NoProvinces, "{}", kind.name),
        }
    }
    insta::assert_snapshot!("style", style());
}
