//! Documents that the program writes about itself. A change that makes them stale is no work to follow up:
//! `QUANHENG_WRITE=1 cargo test --test main generated` writes them all.

use std::path::Path;

use quanheng::report::methods;
use quanheng_scripts::{Host, Limits};

/// A generated document, or a generated part of one.
struct Generated {
    file: &'static str,
    /// The part between `<!-- NAME:begin -->` and `<!-- NAME:end -->`; the whole file where empty.
    part: &'static str,
    make: fn() -> String,
}

/// All of them.
const GENERATED: &[Generated] = &[
    Generated { file: "docs/methods.md", part: "", make: || methods::document(&methods::all()) },
    Generated { file: "docs/quanheng.schema.json", part: "", make: quanheng::project::schema_text },
    Generated {
        file: "docs/scripts.md",
        part: "",
        make: || quanheng_scripts::document(&host()).expect("every bundled script runs"),
    },
    Generated {
        file: "docs/quanheng.d.rhai",
        part: "",
        make: || quanheng_scripts::definitions(&host()),
    },
    Generated { file: "docs/scripting.md", part: "limits", make: crate::scripting::limits },
    Generated {
        file: "docs/scripting.md",
        part: "functions",
        make: || format!("{}\n", quanheng_scripts::reference(&host()).trim_end()),
    },
];

fn host() -> std::sync::Arc<Host> {
    Host::new(None, Limits::default())
}

/// The file as it should be, given what it is.
fn made(one: &Generated, there: &str) -> String {
    if one.part.is_empty() {
        return (one.make)();
    }
    let (begin, end) =
        (format!("<!-- {}:begin -->\n", one.part), format!("<!-- {}:end -->", one.part));
    let (before, rest) =
        there.split_once(&begin).unwrap_or_else(|| panic!("{} has no {begin}", one.file));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{} has no {end}", one.file));
    format!("{before}{begin}{}{end}{after}", (one.make)())
}

#[test]
fn generated_documents_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let writes = std::env::var_os("QUANHENG_WRITE").is_some_and(|value| value == "1");
    let mut stale = Vec::new();
    for one in GENERATED {
        let path = root.join(one.file);
        // A document of which nothing is there yet is as stale as any.
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        let made = made(one, &there);
        if made == there {
            continue;
        }
        if writes {
            // Other tests read it meanwhile: it is whole at any time.
            let aside = path.with_extension("new");
            std::fs::write(&aside, made).expect("it is written");
            std::fs::rename(aside, path).expect("it is in its place");
        } else {
            stale.push(match one.part {
                "" => one.file.to_owned(),
                part => format!("{} ({part})", one.file),
            });
        }
    }
    assert!(
        stale.is_empty(),
        "stale: {}; `QUANHENG_WRITE=1 cargo test --test main generated` writes them",
        stale.join(", ")
    );
}
