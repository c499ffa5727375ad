//! Screening: which regions are left out for want of data, and that they leave no trace in what is computed.

use std::process::Command;
use std::sync::Arc;

use quanheng::project::{self, Resolved};
use quanheng_core::audit::{Bench, Options, TABLE, Verdict};
use quanheng_core::comparison::changes;
use quanheng_core::evaluation::{Evaluation, Shortage};
use quanheng_core::explanation::{Explanation, NoChange, Side};
use quanheng_core::methodology::Part;
use quanheng_core::model::PeriodIx;
use quanheng_core::multiverse::{ByRow, Tree, Walk};

use crate::projects::evaluate;

/// Four indicators of twelve countries: the data of the vignette "Unit Screening" of COINr 1.1, from the ASEM portal.
const ASEM: &str = "region,Research,Pat,CultServ,CultGood\n\
    KOR,20437,249.8,1.79800,\nLAO,175,,,\nMYS,8080,64.2,1.15292,7.555\nMNG,293,0.3,0.00266,0.046\n\
    MMR,299,,0.08905,\nNZL,7731,46.5,0.34615,1.213\nPAK,7122,7.2,0.03553,1.256\nPHL,1361,11.3,0.29555,3.185\n\
    RUS,16182,141.5,1.44633,8.379\nSGP,11411,270.5,0.92780,14.507\nTHA,5317,53.6,0.08969,6.661\nVNM,3618,,,\n";

const ASEM_TREE: &str = "code,parent,direction\nindex,,\nResearch,index,1\nPat,index,1\nCultServ,index,1\nCultGood,index,1\n";

fn regions(values: &str) -> String {
    let codes = values.lines().skip(1).map(|line| line.split(',').next().expect("a code"));
    let mut lines: Vec<&str> = codes.collect();
    lines.dedup();
    lines.sort();
    lines.dedup();
    format!("code\n{}\n", lines.join("\n"))
}

fn open(methodologies: &str, tree: &str, values: &str) -> (tempfile::TempDir, Resolved) {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = format!(
        "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n{methodologies}"
    );
    let files = [
        ("quanheng.toml", toml.as_str()),
        ("tree.csv", tree),
        ("values.csv", values),
        ("regions.csv", &regions(values)),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let resolved = project::open_whole(folder.path()).unwrap_or_else(|problems| {
        panic!("{}", problems.render(quanheng_words::Language::En, false))
    });
    (folder, resolved)
}

/// Who is left out, as `code period why values of nonzero`.
fn left_out(evaluation: &Evaluation) -> Vec<String> {
    let study = evaluation.study();
    let line = |s: &quanheng_core::evaluation::Screened| {
        let region = &study.regions[s.region.0 as usize].code;
        let period = &study.periods[s.period.0 as usize].label;
        format!("{region} {period} {:?} {} {} {}", s.why, s.values, s.of, s.nonzero)
    };
    evaluation.screened().iter().map(line).collect()
}

/// Every score of every node by region, bit by bit.
fn scores(evaluation: &Evaluation) -> Vec<(String, u64, f64)> {
    let study = evaluation.study();
    let nodes = evaluation.methodology().system.nodes().len() as u32;
    let of_node = |node: u32| {
        let node = quanheng_core::model::NodeId(node);
        (0..study.panel.rows()).map(move |row| {
            let code = &study.regions[study.panel.regions()[row].0 as usize].code;
            let score = evaluation.scores(node).values()[row].to_bits();
            (code.clone(), score, evaluation.ranks()[row])
        })
    };
    (0..nodes).flat_map(of_node).collect()
}

/// COINr screens LAO, MMR and VNM at 0.75: one, two and one of four indicators. KOR has three of four, which is not below.
/// All that is computed is what it is without them: means that fill cells, the least and greatest values, ranks.
#[test]
fn as_coinr_screens() {
    let methodology = "[methodology.all]\nimputation = \"mean\"\nnormalisation = \"min_max\"\n\
        [methodology.m]\nextends = \"all\"\nscreening = { available = 0.75 }\n";
    let (_folder, resolved) = open(methodology, ASEM_TREE, ASEM);
    let screened = evaluate(&resolved, "m");
    assert_eq!(
        left_out(&screened),
        ["LAO  Values 1 4 1", "MMR  Values 2 4 2", "VNM  Values 1 4 1"]
    );
    assert!(evaluate(&resolved, "all").screened().is_empty());
    let kept = |line: &&str| !["LAO", "MMR", "VNM"].contains(&&line[..3]);
    let less = ASEM.lines().filter(kept).collect::<Vec<_>>().join("\n") + "\n";
    let (_folder, without) = open(methodology, ASEM_TREE, &less);
    assert_eq!(scores(&screened), scores(&evaluate(&without, "all")));
    assert_ne!(scores(&screened).len(), scores(&evaluate(&resolved, "all")).len());
}

/// Two periods, zeros, cells that do not apply, and both kinds of exceptions.
///
/// 2020: a has 1 of 3 values; b 3 of 3, of which one is not zero; c 3 of 3; d 1 of the 2 that apply to it.
/// 2021: all have all, and b again two zeros.
#[test]
fn shares_by_hand() {
    let tree = "code,parent,direction\nindex,,\nx,index,1\ny,index,1\nz,index,1\n";
    let values = "region,period,x,y,z\na,2020,1,,\nb,2020,0,0,4\nc,2020,2,3,5\nd,2020,7,n/a,\n\
                  a,2021,1,2,3\nb,2021,0,0,6\nc,2021,4,5,6\nd,2021,7,n/a,9\n";
    let m = "[data.states]\nmissing = [\"\"]\nnot_applicable = [\"n/a\"]\n\
        [methodology.base]\nimputation = \"renormalise\"\nnormalisation = \"none\"\n\
        [methodology.half]\nextends = \"base\"\nscreening = { available = 0.5 }\n\
        [methodology.more]\nextends = \"base\"\nscreening = { available = 0.51 }\n\
        [methodology.zeros]\nextends = \"base\"\nscreening = { nonzero = 0.5 }\n\
        [methodology.both]\nextends = \"base\"\nscreening = { available = 0.51, nonzero = 0.5, include = [\"a\"], exclude = [\"c\"] }\n\
        [methodology.nobody]\nextends = \"base\"\nscreening = { exclude = [\"a\", \"b\", \"c\", \"d\"] }\n";
    let (_folder, resolved) = open(m, tree, values);
    let of = |code: &str| left_out(&evaluate(&resolved, code));
    assert_eq!(of("half"), ["a 2020 Values 1 3 1"], "half of what applies is enough for d");
    assert_eq!(of("more"), ["a 2020 Values 1 3 1", "d 2020 Values 1 2 1"]);
    assert_eq!(of("zeros"), ["b 2020 Nonzero 3 3 1", "b 2021 Nonzero 3 3 1"]);
    assert_eq!(
        of("both"),
        [
            "b 2020 Nonzero 3 3 1",
            "c 2020 Named 3 3 3",
            "d 2020 Values 1 2 1",
            "b 2021 Nonzero 3 3 1",
            "c 2021 Named 3 3 3"
        ]
    );
    let nobody =
        Evaluation::new(Arc::clone(&resolved.study), resolved.methodologies["nobody"].clone());
    assert!(nobody.expect_err("nobody is left")[0].error.to_string().contains("no region is left"));
    assert_eq!(Shortage::Named, evaluate(&resolved, "both").screened()[1].why);
}

/// A replay screens as a run does, and takes back what another methodology left out.
#[test]
fn a_replay_screens_anew() {
    let m = "[methodology.all]\nimputation = \"mean\"\nnormalisation = \"min_max\"\n\
        [methodology.some]\nextends = \"all\"\nscreening = { available = 0.75 }\n\
        [methodology.few]\nextends = \"all\"\nscreening = { available = 0.76, include = [\"MMR\"] }\n";
    let (_folder, resolved) = open(m, ASEM_TREE, ASEM);
    let mut evaluation = evaluate(&resolved, "all");
    for code in ["some", "few", "all", "few"] {
        let methodology = resolved.methodologies[code].clone();
        evaluation.replay(methodology, quanheng_core::method::Stage::Imputation).expect("a result");
        let fresh = evaluate(&resolved, code);
        assert_eq!(scores(&evaluation), scores(&fresh), "{code}");
        assert_eq!(evaluation.screened(), fresh.screened(), "{code}");
    }
}

/// All commands know the part through the list of parts.
#[test]
fn every_command_knows_it() {
    let m = "[methodology.usual]\nimputation = \"mean\"\nnormalisation = \"min_max\"\n\
        [methodology.some]\nextends = \"usual\"\nscreening = { available = 0.75 }\n\
        [methodology.same]\nextends = \"usual\"\nscreening = { available = 0.75, include = [], nonzero = 0 }\n\
        [multiverse.m]\nmethodology = \"usual\"\n[multiverse.m.choices]\nscreening.available = [0.2, 0.75, 0.76]\n\
        normalisation = [\"min_max\", \"rank\"]\n";
    let (folder, resolved) = open(m, ASEM_TREE, ASEM);
    let study = &resolved.study;
    let (usual, some) = (&resolved.methodologies["usual"], &resolved.methodologies["some"]);
    let unlike: Vec<Part> = changes((usual, study), (some, study))
        .into_iter()
        .filter(|part| !part.changes.is_empty())
        .map(|part| part.part)
        .collect();
    assert_eq!(unlike, [Part::Screening]);
    let side = |m: &Arc<_>| Side { methodology: Arc::clone(m), period: PeriodIx(0) };
    let explanation = Explanation::new(study, side(usual), side(some)).expect("an explanation");
    assert_eq!(explanation.players(), [Part::Screening]);
    let lao = study.region("LAO").expect("a region");
    assert_eq!(explanation.of(lao), Err(NoChange::NoScore { second: true }));
    let kor = explanation.of(study.region("KOR").expect("a region")).expect("a change");
    assert_eq!(kor.ranked, (12, 9));

    let bench = Bench::new(Arc::clone(study), Arc::clone(some), Options::default());
    let bench = bench.expect("an evaluation");
    assert_eq!(bench.base().study().panel.rows(), 9, "those who are left are audited");
    for property in TABLE {
        assert_ne!(bench.test(property).verdict, Verdict::Untested, "{}", property.name);
    }

    let tree = Tree::new(resolved.multiverses["m"].space.clone());
    let all_evaluations: Vec<usize> = (0..tree.evaluations()).collect();
    let bits =
        |of: &ByRow| of.scores.iter().chain(&of.ranks).map(|x| x.to_bits()).collect::<Vec<_>>();
    let found = Walk::new(&tree).block(&all_evaluations);
    for (&at, found) in all_evaluations.iter().zip(&found) {
        let alone = Evaluation::new(Arc::clone(tree.study(at)), Arc::new(tree.methodology(at)));
        let alone = ByRow::of(&alone.expect("a result"), tree.rows());
        assert_eq!(bits(found.as_ref().expect("a result")), bits(&alone), "{at}");
    }

    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        text(output.stdout) + text(output.stderr).as_str()
    };
    let mut printed = String::new();
    for arguments in [
        &["run", ".", "-m", "some", "--lang", "en", "--out", "out"][..],
        &["show", ".", "MMR", "-m", "some", "--lang", "en"],
        &["show", ".", "MMR", "-m", "some", "--lang", "zh"],
        &["diff", "usual", "some", "--lang", "zh"],
        &["explain", "KOR", "usual", "some", "--lang", "zh"],
        &["multiverse", ".", "m", "--plan", "--lang", "en"],
    ] {
        let text: String = run(arguments)
            .lines()
            .filter(|line| !line.contains("fingerprint") && !line.contains("指纹"))
            .map(|line| format!("{line}\n"))
            .collect();
        printed.push_str(&format!("$ quanheng {}\n{text}\n", arguments.join(" ")));
    }
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
    printed.push_str(&format!("screening.csv\n{}\n", read("out/some/screening.csv")));
    insta::assert_snapshot!(printed);
    assert!(!folder.path().join("out/usual").exists());

    // What a lock says of it, and that a methodology without it has no word of it.
    run(&["lock", "."]);
    let lock = read("quanheng.lock");
    let said = |code: &str| {
        let head = format!("[methodology.{code}.made_from]");
        let table = lock.split(&head).nth(1).expect("a table").split("\n\n").next();
        table.expect("lines").lines().find(|l| l.starts_with("screening")).map(str::to_owned)
    };
    assert_eq!(said("usual"), None);
    assert!(said("some").is_some());
    assert_eq!(said("some"), said("same"), "no share is below zero");
}
