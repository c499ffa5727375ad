//! Documents that are generated from the program. `QUANHENG_WRITE=1 cargo test --test main generated` writes every one
//! that is stale. (`documents.rs` compares, and writes, what documents show of runs of the program.)

use std::path::Path;
use std::sync::Arc;

use quanheng::report::methods;
use quanheng_core::comparison::statistic::Of;
use quanheng_scripts::{Host, Limits};

use crate::{charts, documents, examples, scripting};

/// Makes the text of a document; it is given the present one, of which some documents keep parts.
type Generator = fn(&str) -> String;

/// Each generated document, made from the text that is there: all of it, or the parts of it that are generated.
const GENERATED: &[(&str, Generator)] = &[
    ("docs/methods.md", |_| methods::document(&methods::all())),
    ("docs/quanheng.schema.json", |_| quanheng::project::schema_text()),
    ("docs/project-file.md", |_| quanheng::project::document()),
    ("docs/notes.md", |_| quanheng::note::document()),
    ("docs/comparing.md", |there| {
        let ranks = documents::statistics(&[Of::Ranks, Of::Scores]);
        let there = with_part(there, "statistics of ranks", &ranks);
        with_part(&there, "statistics of tiers", &documents::statistics(&[Of::Tiers]))
    }),
    ("examples/README.md", |there| with_part(there, "examples", &examples::table())),
    ("docs/charts.md", |there| with_part(there, "kinds", &documents::as_markdown(charts::kinds()))),
    ("docs/charts/tiles.svg", |_| charts::drawn(&["tiles", "examples/china-shdi", "--lang", "en"])),
    ("docs/charts/bump.svg", |_| {
        charts::drawn(&[
            "bump",
            "examples/china-shdi",
            "-r",
            "330000",
            "--top",
            "15",
            "--lang",
            "en",
        ])
    }),
    ("docs/charts/flow.svg", |_| {
        let case = ["flow", "examples/online-service", "--case", "hotline", "--lang", "en"];
        charts::drawn(&case)
    }),
    ("docs/charts/timeline.svg", |_| {
        let case = ["timeline", "examples/online-service", "--case", "hotline", "--lang", "en"];
        charts::drawn(&case)
    }),
    ("docs/charts/ranking.svg", |_| {
        charts::drawn(&["ranking", "examples/china-shdi", "--top", "10", "--lang", "zh"])
    }),
    ("docs/report-language.md", |there| {
        with_part(there, "words", &quanheng::report::prose::document())
    }),
    ("docs/report.md", |there| {
        with_part(
            there,
            "templates",
            &documents::as_markdown(quanheng::report::template::table(
                quanheng_words::Language::En,
            )),
        )
    }),
    ("docs/output.md", |there| with_part(there, "formats", &documents::formats())),
    ("docs/scripts.md", |_| quanheng_scripts::document(&host()).expect("every script runs")),
    ("docs/quanheng.d.rhai", |_| quanheng_scripts::definitions(&host())),
    ("docs/scripting.md", |there| {
        let functions = format!("{}\n", quanheng_scripts::reference(&host()).trim_end());
        let there = with_part(there, "functions", &functions);
        scripting::with_messages(&with_part(&there, "limits", &scripting::limits()))
    }),
];

fn host() -> Arc<Host> {
    Host::new(None, Limits::default())
}

/// A text with another part between `<!-- NAME:begin -->` and `<!-- NAME:end -->`.
fn with_part(text: &str, name: &str, part: &str) -> String {
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let (before, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("no {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no {end}"));
    format!("{before}{begin}{part}{end}{after}")
}

#[test]
fn generated_documents_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let writes = std::env::var("QUANHENG_WRITE").is_ok_and(|value| value == "1");
    let mut stale = Vec::new();
    for (document, make) in GENERATED {
        let path = root.join(document);
        // A document that is not there yet is as stale as any.
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        let made = make(&there);
        if made == there {
            continue;
        }
        if writes {
            // Other tests read it meanwhile: it is whole at any time.
            let aside = path.with_extension("new");
            std::fs::write(&aside, made).expect("it is written");
            std::fs::rename(aside, path).expect("it is in its place");
        } else {
            stale.push(*document);
        }
    }
    assert!(
        stale.is_empty(),
        "stale: {}\n`QUANHENG_WRITE=1 cargo test --test main generated` writes them",
        stale.join(", ")
    );
}
