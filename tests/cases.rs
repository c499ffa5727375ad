//! `quanheng cases`, cases in profiles, and their charts.

use std::process::Command;

const PROJECT: &str = "examples/online-service";

fn quanheng(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_quanheng"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--lang", "en"])
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn cases_are_found() {
    let codes = |arguments: &[&str]| -> Vec<String> {
        let (out, err, _) = quanheng(&[&["cases", PROJECT], arguments].concat());
        let known = ["internet-plus", "one-visit", "hotline"];
        let codes = out.lines().filter_map(|line| line.split_whitespace().next());
        let codes: Vec<String> = codes.filter(|c| known.contains(c)).map(str::to_owned).collect();
        assert!(err.is_empty(), "{err}");
        codes
    };
    assert_eq!(codes(&[]), ["internet-plus", "one-visit", "hotline"]);
    // A case that names no region is about all of them.
    assert_eq!(codes(&["--region", "浙江"]), ["internet-plus", "one-visit"]);
    assert_eq!(codes(&["--search", "回访"]), ["internet-plus", "hotline"]);
    assert_eq!(codes(&["--search", "THIRD visits"]), ["one-visit"]);
}

#[test]
fn a_case_is_shown_whole() {
    let (out, err, code) = quanheng(&["cases", PROJECT, "hotline"]);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    insta::assert_snapshot!(out);
    let (profile, ..) = quanheng(&["profile", PROJECT, "110000"]);
    assert!(profile.contains("接诉即办"), "{profile}");
}

#[test]
fn cases_are_drawn() {
    for kind in ["flow", "timeline"] {
        let (svg, err, _) = quanheng(&["plot", kind, PROJECT, "--case", "one-visit"]);
        assert!(svg.starts_with("<svg") && svg.contains("Xinhua 2017-08-07"), "{err}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    for (arguments, wanted) in [
        (&["cases", PROJECT, "hotlin"][..], "no case `hotlin`"),
        (&["cases", PROJECT, "--region", "浙江省省"], "no region `浙江省省`"),
        (&["cases", PROJECT, "hotline", "one-visit"], "only one case is shown"),
        (&["cases", "examples/china-shdi"], "the project has no cases"),
        (&["plot", "flow", PROJECT], "no case is named"),
        (&["plot", "flow", PROJECT, "--case", "x"], "no case `x`"),
    ] {
        let (_, err, code) = quanheng(arguments);
        assert!(err.contains(wanted), "{arguments:?}: {err}");
        assert_eq!(code, Some(2), "{arguments:?}: {err}");
    }
}
