//! The same project gives the same bytes.

use std::path::{Path, PathBuf};
use std::process::Command;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_quanheng"))
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// Everything that a run prints with every digit.
fn output(project: &Path, more: &[&str]) -> Vec<u8> {
    let done = program()
        .args([
            "run",
            "--methodology",
            "all",
            "--period",
            "all",
            "--format",
            "json",
            "--lang",
            "en",
        ])
        .args(more)
        .arg(project)
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(done.stdout.len() > 1000);
    done.stdout
}

/// The output without the line that names the fingerprint of the input files.
fn figures(output: &[u8]) -> String {
    let text = String::from_utf8(output.to_vec()).expect("UTF-8");
    text.lines().filter(|l| !l.contains("fingerprint")).collect::<Vec<_>>().join("\n")
}

#[test]
fn twice_and_on_any_number_of_threads() {
    for name in ["asem", "china-shdi"] {
        let once = output(&example(name), &["--threads", "1"]);
        assert_eq!(once, output(&example(name), &["--threads", "1"]), "{name} twice");
        assert_eq!(once, output(&example(name), &["--threads", "2"]), "{name} on two threads");
    }
}

/// Rows in another order, in every table of the data: not a bit moves.
#[test]
fn shuffled_rows() {
    for name in ["asem", "china-shdi"] {
        let folder = tempfile::tempdir().expect("a folder");
        for entry in std::fs::read_dir(example(name)).expect("the example") {
            let path = entry.expect("an entry").path();
            let file = path.file_name().expect("a name").to_string_lossy().into_owned();
            if !path.is_file() {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("text");
            let text =
                if file == "values.csv" || file == "regions.csv" { shuffled(&text) } else { text };
            std::fs::write(folder.path().join(file), text).expect("written");
        }
        let straight = output(&example(name), &[]);
        let shuffled = output(folder.path(), &[]);
        assert_eq!(figures(&straight), figures(&shuffled), "{name}");
    }
}

/// A pipeline of scripts, over enough cells to be spread over threads: one compiled text serves all of them.
#[test]
fn scripts_on_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let noise = |k: u64| {
        let x = (k + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (k << 7);
        (x >> 40) as f64 / 256.0
    };
    let mut tree = "code,parent\nindex,\n".to_owned();
    let mut values = "region".to_owned();
    for k in 0..40 {
        tree.push_str(&format!("x{k},index\n"));
        values.push_str(&format!(",x{k}"));
    }
    for region in 0..4000 {
        values.push_str(&format!("\nr{region}"));
        (0..40).for_each(|k| values.push_str(&format!(",{}", noise(region * 40 + k))));
    }
    std::fs::write(path("tree.csv"), tree).expect("written");
    std::fs::write(path("values.csv"), values).expect("written");
    std::fs::write(
        path("quanheng.toml"),
        "[data]\nvalues = \"values.csv\"\n[system.s]\ntree = \"tree.csv\"\n[methodology.m]\n\
         normalisation = \"script:normalisation/min_max.rhai\"\n\
         weighting = \"script:weighting/entropy.rhai\"\n\
         aggregation = \"script:aggregation/arithmetic.rhai\"\n",
    )
    .expect("written");
    let once = output(folder.path(), &["--threads", "1"]);
    assert_eq!(once, output(folder.path(), &["--threads", "2"]));
    assert_eq!(once, output(folder.path(), &["--threads", "7"]));
}

/// The lines after the head in another order: every seventh, then the rest from the back.
fn shuffled(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let head = lines.remove(0);
    let (some, rest): (Vec<_>, Vec<_>) = lines.iter().enumerate().partition(|(i, _)| i % 7 == 3);
    let order = some.into_iter().chain(rest.into_iter().rev()).map(|(_, l)| *l);
    std::iter::once(head).chain(order).collect::<Vec<_>>().join("\n")
}
