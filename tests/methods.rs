//! `quanheng methods`: search, abilities, and one method on a table.

use std::path::Path;
use std::process::Command;

use quanheng::ability::{ABILITIES, Ability};
use quanheng_core::method::Stage;

fn quanheng(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(folder)
        .args(["--lang", "en", "methods"])
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// What is known of some methods from their papers is what running them finds.
#[test]
fn abilities_are_those_of_the_papers() {
    let can = |ability: &str, stage: Stage, method: &str| {
        Ability::find(ability).expect("an ability").of(stage, method)
    };
    let (scale, whole) = (Stage::Normalisation, Stage::Aggregation);
    for (ability, stage, method, expected) in [
        ("keeps_order", scale, "goalposts", true),
        ("keeps_order", whole, "arithmetic", true),
        ("keeps_order", whole, "copeland", false),
        ("own_values", whole, "arithmetic", true),
        ("own_values", whole, "topsis", false),
        ("own_values", scale, "min_max", false),
        ("zeros", whole, "harmonic", false),
        ("negatives", whole, "arithmetic", true),
        ("absent", whole, "topsis", false),
        ("uses_data", Stage::Weighting, "entropy", true),
        ("uses_data", Stage::Weighting, "equal", false),
    ] {
        assert_eq!(can(ability, stage, method), Some(expected), "{ability} of {method}");
    }
    assert_eq!(can("uses_data", whole, "arithmetic"), None);
    let names: Vec<&str> = ABILITIES.iter().map(|ability| ability.name).collect();
    assert_eq!(names, ["zeros", "negatives", "absent", "keeps_order", "own_values", "uses_data"]);
}

#[test]
fn methods_are_found() {
    let here = Path::new(".");
    let (out, _, code) = quanheng(here, &["--search", "熵权"]);
    assert!(code == Some(0) && out.contains("entropy"), "{out}");
    let (out, ..) = quanheng(here, &["--stage", "aggregation", "--with", "keeps_order,zeros"]);
    assert!(out.contains("arithmetic") && !out.contains("copeland"), "{out}");
    // Bundled scripts are found too, unless a built-in method does the same, or abilities are asked for.
    let (out, ..) = quanheng(here, &["--search", "灰色"]);
    assert!(out.contains("aggregation/grey_topsis.rhai"), "{out}");
    let (out, ..) = quanheng(here, &["--search", "Hwang & Yoon"]);
    assert!(out.contains("topsis") && !out.contains("aggregation/topsis.rhai"), "{out}");
    let (out, ..) = quanheng(here, &["--search", "灰色", "--stage", "weighting"]);
    assert!(!out.contains("aggregation/"), "{out}");
    let (out, ..) = quanheng(here, &["--search", "灰色", "--with", "zeros"]);
    assert!(!out.contains(".rhai"), "{out}");
    let (out, ..) = quanheng(here, &["--search", "nothing is called so"]);
    assert_eq!(out, "No method is like that.\n");
    let (_, err, code) = quanheng(here, &["--with", "magic"]);
    assert!(code == Some(2) && err.contains("`magic`") && err.contains("keeps_order"), "{err}");
    let (out, ..) = quanheng(here, &["show", "topsis"]);
    assert!(out.contains("keeps_order") && out.contains("Nearest"), "{out}");
}

/// One method on a table: directions, weights, settings, and everything that can be wrong with them.
#[test]
fn a_method_is_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = "地区,产出,成本\n甲,1,5\n乙,2,3\n丙,4,4\n";
    std::fs::write(folder.path().join("t.csv"), table).expect("written");
    // A word among figures is a mistake, and no reason to leave a column out.
    std::fs::write(folder.path().join("typed.csv"), table.replace("2,3", "2,x")).expect("written");
    let mut said = String::new();
    for arguments in [
        &["try", "topsis", "t.csv", "--less", "成本", "--set", "scale = \"min_max\""][..],
        &["try", "entropy", "t.csv"],
        &["try", "min_max", "t.csv", "--less", "成本"],
        &["try", "rank", "t.csv"],
        &["try", "quantiles", "t.csv", "--set", "tiers = 3", "--weights", "3,1"],
        &["try", "topsiss", "t.csv"],
        &["try", "topsis", "t.csv", "--less", "x"],
        &["try", "topsis", "t.csv", "--weights", "1"],
        &["try", "topsis", "t.csv", "--set", "scale = \"no\""],
        &["try", "arithmetic", "t.csv", "--less", "成本"],
        &["try", "topsis", "nothing.csv"],
        &["try", "topsis", "typed.csv"],
        &["try", "topsis", "t.csv", "--set", "scale = none"],
        &["try", "electre", "t.csv", "--less", "成本"],
        &["try", "flowsort", "t.csv"],
    ] {
        let (out, err, code) = quanheng(folder.path(), arguments);
        said += &format!("$ methods {} → {code:?}\n{out}{err}\n", arguments.join(" "));
    }
    // The table lies in another folder each time.
    let here = folder.path().canonicalize().expect("a folder");
    insta::assert_snapshot!(said.replace(&format!("{}/", here.display()), ""));
}
