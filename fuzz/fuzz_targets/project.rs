//! Whole projects: the project file, the tree, the tables of regions and of members, and the values, in one text. They are
//! opened, every methodology is evaluated, and what is wrong or found is written in both languages.
//!
//! A line `--- name` begins a file. Inputs are changed line by line and word by word, so that most stay projects.
#![no_main]

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;

use quanheng::problem::{Place, Problems};
use quanheng::project;
use quanheng::report::ranking::{Frame, View, report};
use quanheng_core::evaluation::Evaluation;
use quanheng_words::Language;

/// The files that an input may have.
const FILES: [&str; 6] =
    ["quanheng.toml", "tree.csv", "tree.toml", "regions.csv", "members.csv", "values.csv"];

libfuzzer_sys::fuzz_target!(init: quanheng_fuzz::pass_caught_faults(), |data: &[u8]| run(data));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = changed(&data[..size], seed);
    match changed {
        // Bytes that are not text, and a share of all inputs, are left to the fuzzer.
        None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
        Some(text) => {
            let length = text.len().min(max_size).min(data.len());
            data[..length].copy_from_slice(&text[..length]);
            length
        }
    }
});

fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let name = format!("quanheng-fuzz-{}", std::process::id());
        let shared = PathBuf::from("/dev/shm");
        let base = if shared.is_dir() { shared } else { std::env::temp_dir() };
        let folder = base.join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    })
}

/// Writes the files of an input, and removes those that it does not have.
fn write(data: &[u8]) {
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(4).position(|four| four == b"--- ") {
        let name_end = rest[at..].iter().position(|b| *b == b'\n').map_or(rest.len(), |n| at + n);
        let name = std::str::from_utf8(&rest[at + 4..name_end]).unwrap_or_default().trim();
        let body = &rest[(name_end + 1).min(rest.len())..];
        let end = body.windows(5).position(|five| five == b"\n--- ").map_or(body.len(), |n| n + 1);
        if let Some(name) = FILES.iter().find(|file| **file == name) {
            files.push((*name, &body[..end]));
        }
        rest = &body[end..];
    }
    for file in FILES {
        let path = folder().join(file);
        match files.iter().find(|(name, _)| *name == file) {
            Some((_, body)) => std::fs::write(path, body).expect("a file"),
            None => drop(std::fs::remove_file(path)),
        }
    }
}

fn run(data: &[u8]) {
    // What a project names outside its folder is not ours to read.
    if data.windows(2).any(|two| two == b"..") || data.windows(2).any(|two| two == b"\"/") {
        return;
    }
    write(data);
    let resolved = match project::open(folder()) {
        Ok(resolved) => resolved,
        Err(problems) => return said(&problems),
    };
    said_if_any(&resolved.aside.all());
    for (code, methodology) in &resolved.methodologies {
        let run = Evaluation::new(Arc::clone(&resolved.study), Arc::clone(methodology));
        match run {
            Err(errors) => said(&resolved.evaluation_problems(code, errors)),
            Ok(evaluation) => {
                for language in [Language::En, Language::Zh] {
                    let view = View {
                        language,
                        periods: None,
                        leagues: None,
                        node: None,
                        every_node: true,
                        top: None,
                        bottom: None,
                    };
                    let shown = report(&evaluation, &view, &Frame::default());
                    assert!(!shown.blocks.is_empty() || evaluation.study().panel.rows() == 0);
                }
                let root = methodology.system.root();
                let scores = evaluation.scores(root).values();
                assert!(scores.iter().all(|x| !x.is_infinite()), "an infinite score");
            }
        }
    }
}

fn said_if_any(problems: &Problems) {
    if !problems.is_empty() {
        said(problems);
    }
}

/// Every problem has words in both languages, and places that are in their texts.
fn said(problems: &Problems) {
    assert!(!problems.is_empty(), "refused without a word");
    for problem in problems.iter() {
        for place in &problem.places {
            if let Place::Text { source, span } = place {
                assert!(
                    source.text.get(span.clone()).is_some(),
                    "{span:?} is not in {}",
                    source.name
                );
            }
        }
    }
    for language in [Language::En, Language::Zh] {
        assert!(!problems.render(language, false).is_empty());
    }
}

/// Words of project files, and odd cells.
const WORDS: [&str; 64] = [
    "",
    "0",
    "1",
    "-1",
    "0.5",
    "1e308",
    "-1e-300",
    "NaN",
    "12.3*",
    "1,5",
    "50%",
    "…",
    "x",
    "\"",
    "\"\"",
    "2019",
    "2019.0",
    "2019年",
    "2024.1",
    "2024.10",
    "2024-01",
    "1月",
    "第3期",
    "2019Q1",
    "2019-01-01",
    "a",
    "b",
    "r1",
    "r2",
    "index",
    "root",
    "根",
    "\u{200b}",
    "\u{feff}",
    "min_max",
    "z_score",
    "rank",
    "goalposts",
    "equal",
    "given",
    "entropy",
    "pca",
    "critic",
    "ahp",
    "arithmetic",
    "geometric",
    "topsis",
    "vikor",
    "promethee",
    "carry",
    "interpolate",
    "mean",
    "knn",
    "winsorise",
    "quantiles",
    "cut_points",
    "shares",
    "none",
    "fail",
    "leave",
    "leaves",
    "level1",
    "true",
    "[]",
];

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize) % n.max(1)
    }
}

/// An input with one to three changes: lines left out, doubled, exchanged or moved, words and ends of lines replaced.
fn changed(data: &[u8], seed: u32) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(data).ok()?;
    let mut random = Random(u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    if random.below(5) == 0 || text.is_empty() {
        return None;
    }
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        if lines.is_empty() {
            break;
        }
        let (a, b) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(10) {
            0 => drop(lines.remove(a)),
            1 => {
                let line = lines[a].clone();
                lines.insert(b, line);
            }
            2 => lines.swap(a, b),
            3 => {
                let end = ["\n", "\r\n", "\r", "\n\n", ""][random.below(5)];
                lines[a] = format!("{}{end}", lines[a].trim_end_matches(['\r', '\n']));
            }
            _ => {
                // A word between the marks of a line gives way to a known one, or to another of the input.
                let marks = |c: char| " ,;=\"[]{}().\t\n\r".contains(c);
                let spans = |line: &str| -> Vec<(usize, usize)> {
                    let start = line.as_ptr() as usize;
                    let word = |w: &str| {
                        let from = w.as_ptr() as usize - start;
                        (from, from + w.len())
                    };
                    line.split(marks).map(word).collect()
                };
                let others = spans(&lines[b]);
                let (from, to) = others[random.below(others.len())];
                let known = WORDS[random.below(WORDS.len())].to_owned();
                let new = if random.below(2) == 0 { lines[b][from..to].to_owned() } else { known };
                let own = spans(&lines[a]);
                let (from, to) = own[random.below(own.len())];
                lines[a].replace_range(from..to, &new);
            }
        }
    }
    Some(lines.concat().into_bytes())
}
