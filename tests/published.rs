//! Published figures of groups: what they determine, what cannot be true, and the example from which they came.

use std::path::Path;

use quanheng::official::{self, Contradiction, Figures};
use quanheng::project;
use quanheng_words::Language;

#[path = "../examples/digital-government/generate.rs"]
#[expect(dead_code, reason = "the program around it is not called here")]
mod generate;

fn example() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/digital-government")
}

#[test]
fn the_data_of_the_example_are_those_of_the_generator() {
    for (name, text) in generate::files() {
        let there = std::fs::read_to_string(example().join(&name)).unwrap_or_default();
        assert!(text == there, "generate.rs writes another {name}");
    }
}

fn figures(folder: &Path) -> Vec<Figures> {
    let resolved = project::open(folder)
        .unwrap_or_else(|problems| panic!("{}", problems.render(Language::En, false)));
    let (found, problems) = official::weigh(&resolved);
    assert!(problems.is_empty(), "{}", problems.render(Language::En, false));
    found
}

/// What /1.6 of the notes on the CDG index derives by hand from the published figures.
#[test]
fn the_classes_of_cities_of_2020() {
    let all = figures(&example());
    let [found] = all.as_slice() else { panic!("one table of figures") };
    // 8 and 53.3 % ask for 15 cities; with 苏州 there are 16, and 100 cities without it where 101 are published.
    let [Contradiction::Share { row, is, together }] = found.contradictions.as_slice() else {
        panic!("{:?}", found.contradictions);
    };
    let row = &found.rows[*row];
    assert_eq!((row.count, row.members, row.sizes.as_slice(), *is), (Some(8), 16, &[15][..], 50.0));
    assert_eq!(*together, Some((15, 100, 101)));
    let counts = |of: &str| {
        let row = found.rows.iter().find(|row| row.of.as_deref() == Some(of));
        row.expect("a row").counts.clone()
    };
    assert_eq!((counts("优质型"), counts("追赶型")), (vec![9], vec![30]));
    // The ten cities that are vice-provincial and capitals: 16 · 67.5 + 27 · 58.5 + 68 · 50.6 − 101 · 53.8 = 666.5, and
    // rounding makes 10.6 of it uncertain. Three of them are among the ten leading cities: 杭州, 广州 and 武汉.
    let both = found.shares.iter().find(|share| share.classes.len() == 2).expect("both");
    assert_eq!(both.size, 10);
    let (low, high) = both.mean.expect("bounds");
    assert!((low - 65.59).abs() < 1e-6 && (high - 67.71).abs() < 1e-6, "{low} {high}");
    assert_eq!(both.counts[0], ("引领型".to_owned(), (3.0, 3.0)));
}

#[test]
fn means_that_cannot_be_true_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = "[data]\nregions = \"regions.csv\"\nvalues = \"values.csv\"\n[group.g]\ncolumn = \"kind\"\n\
        [system.s]\ntree = \"tree.csv\"\n[methodology.m]\nnormalisation = \"none\"\n\
        [published.p]\nfile = \"figures.csv\"\ngroup = \"g\"\n";
    let files = [
        ("quanheng.toml", toml),
        ("regions.csv", "code,kind\na,u\nb,u\nc,v\nd,v\n"),
        ("values.csv", "region,x\na,1\nb,2\nc,3\nd,4\n"),
        ("tree.csv", "code,parent\ni,\nx,i\n"),
        (
            "figures.csv",
            "class,of,size,mean,count\n,,4,2.5,\nu,,2,1.5,\nv,,3,3.9,\n,top,,,3\nu,top,,,0\nv,top,,,2\n",
        ),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let all = figures(folder.path());
    // Three v's are published and two are there; 2 · 1.5 + 2 · 3.9 is 10.8 and not 4 · 2.5; 0 and 2 are not 3.
    assert_eq!(
        all[0].contradictions,
        [
            Contradiction::Size { row: 2 },
            Contradiction::Means { rows: vec![0, 1, 2] },
            Contradiction::Counts { rows: vec![3, 4] },
        ]
    );
    let resolved = project::open(folder.path()).expect("a project");
    let said = official::unmet_figures(&official::weigh(&resolved).0).render(Language::En, false);
    assert!(said.contains("contradict each other in 3 ways"), "{said}");
}
