//! `quanheng explain`: what it prints, and that what it prints adds up.

use std::process::{Command, Output};

fn quanheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("explain")
        .args(arguments)
        // Which projects a user has listed has no effect on what is pinned.
        .env("XDG_CONFIG_HOME", "no-such-folder")
        .env_remove("QUANHENG_FOLDERS")
        .output()
        .expect("the program runs")
}

/// What is printed, without the fingerprint, which follows the program's version.
fn printed(arguments: &[&str]) -> String {
    let output = quanheng(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8(output.stdout).expect("text");
    let kept = text.lines().filter(|l| !l.starts_with("指纹") && !l.starts_with("fingerprint"));
    kept.map(|line| format!("{line}\n")).collect()
}

#[test]
fn provinces_of_china() {
    let mut text = String::new();
    for arguments in [
        &["examples/china-shdi", "贵州", "official", "entropy"][..],
        &["examples/china-shdi", "520000", "official", "relative", "--lang", "en"],
        &["examples/china-shdi", "贵州", "official@2018", "official@2019"],
        &["examples/china-shdi", "--all", "official", "relative", "--top", "6"],
    ] {
        text.push_str(&format!(
            "$ quanheng explain {}\n{}\n",
            arguments.join(" "),
            printed(arguments)
        ));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn connectivity_of_asia_and_europe() {
    let mut text = String::new();
    for arguments in [
        &["examples/asem", "SGP", "official", "untreated"][..],
        &["examples/asem", "--all", "coinr", "standardised", "--top", "4", "--lang", "zh"],
    ] {
        text.push_str(&format!(
            "$ quanheng explain {}\n{}\n",
            arguments.join(" "),
            printed(arguments)
        ));
    }
    insta::assert_snapshot!(text);
}

/// Every column of shares in a file adds up bit for bit, in the order of the file.
#[test]
fn files_add_up() {
    let csv = printed(&["examples/china-shdi", "--all", "official", "relative", "--format", "csv"]);
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().expect("heads");
    let at = |key: &str| heads.iter().position(|h| *h == key).expect(key);
    let mut count = 0;
    for cells in lines {
        let number = |key: &str| cells[at(key)].parse::<f64>().expect("a number");
        let score = number("score_normalisation") + number("score_aggregation");
        assert_eq!(score.to_bits(), number("score").to_bits(), "{cells:?}");
        assert_eq!(number("rank_normalisation") + number("rank_aggregation"), number("rank"));
        assert_eq!(number("rank_before") - number("rank_after"), number("rank"));
        count += 1;
    }
    assert_eq!(count, 31);
}

/// The order that a contract forbids, in words.
#[test]
fn a_forbidden_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n\
        [methodology.mean]\nimputation = \"fail\"\ntreatment = \"none\"\nweighting = \"equal\"\naggregation = \"geometric\"\n\
        normalisation = { method = \"min_max\", lower = 1, upper = 100 }\n\
        [methodology.standard]\nextends = \"mean\"\nnormalisation = \"z_score\"\naggregation = \"arithmetic\"\n\
        [methodology.ratio]\nextends = \"mean\"\nnormalisation = \"none\"\naggregation = \"aras\"\n";
    for (name, text) in [
        ("quanheng.toml", toml),
        ("regions.csv", "code,name_en\na,Alpha\nb,Beta\nc,Gamma\nd,Delta\n"),
        ("tree.csv", "code,parent,direction\nindex,,\nx,index,1\ny,index,-1\n"),
        ("values.csv", "region,x,y\na,1,3\nb,2,9\nc,4,7\nd,9,8\n"),
    ] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let project = folder.path().to_str().expect("a path");
    let mut text = String::new();
    for arguments in [
        &["Delta", "mean", "standard"][..],
        &["Delta", "ratio", "standard"],
        &["Delta", "ratio", "standard", "--lang", "zh"],
        &["Delta", "mean", "mean"],
    ] {
        let all: Vec<&str> = std::iter::once(project).chain(arguments.iter().copied()).collect();
        text.push_str(&format!("$ quanheng explain {}\n{}\n", arguments.join(" "), printed(&all)));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_cannot_be_explained() {
    let mut text = String::new();
    for arguments in [
        &["examples/china-shdi", "贵阳", "official", "entropy"][..],
        &["examples/china-shdi", "贵州", "official"],
        &["examples/china-shdi", "贵州", "official", "entrophy"],
        &["examples/china-shdi", "贵州", "official", "entropy", "relative"],
        &["examples/china-shdi", "贵州", "official", "no-such-project:official"],
        &["examples/china-shdi", "贵州", "official@2030", "official"],
        &["examples/china-shdi", "贵州", "official", "examples/asem:official"],
    ] {
        let output = quanheng(arguments);
        text.push_str(&format!(
            "$ quanheng explain {}\n{}{}exit {}\n\n",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
            output.status.code().expect("a code"),
        ));
    }
    insta::assert_snapshot!(text);
}
