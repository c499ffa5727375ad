//! The ledger: a text file that only grows, block by block, each with its checksum.
//!
//! A line is a record; a line that begins with `#` ends a block, with how many bytes the block has and their BLAKE3
//! hash. The first block is the head: what the ledger was made from. A block counts if its checksum is right. The
//! unfinished block of a killed run is therefore recognised and cut off, and only damaged blocks are evaluated again.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use quanheng_core::multiverse::{Kept, Tree};
use serde_json::{Map, Value};

use quanheng_words::{Language, Text, text};

use crate::gate::{self, Folder};
use crate::problem::{Fault, Problem, Problems};
use crate::project::Multiverse;
use crate::report::number::exact;

/// What one evaluation came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Record {
    /// The first branch that it stands for.
    pub(super) branch: u64,
    pub(super) hash: String,
    pub(super) ranks: Vec<f32>,
    /// Tiers by position among `labels`.
    pub(super) tiers: Vec<u16>,
    pub(super) labels: Vec<String>,
    /// Why there is no result.
    pub(super) failed: Option<Text>,
}

/// What a ledger is made from: name, hash, and the message if it differs.
pub(super) type Head = Vec<(&'static str, String, Text)>;

/// Everything that results depend on.
pub(super) fn head(tree: &Tree, multiverse: &Multiverse) -> Head {
    fn hashed<'t>(texts: impl Iterator<Item = &'t str>) -> String {
        let mut hasher = blake3::Hasher::new();
        for text in texts {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
    let space = tree.space();
    let data = space.grounds.made().iter().flatten().map(|ground| ground.content.as_str());
    // For data and system the hash of the data comes first and is reported separately.
    let methods = tree.contents().map(|text| match text.split_once(' ') {
        Some((first, rest)) if first.len() == 64 => rest,
        _ => text,
    });
    let names = space.forks.list().iter().flat_map(|fork| {
        std::iter::once(fork.name.as_str()).chain(fork.options.iter().map(String::as_str))
    });
    let constraints = space.constraints.iter().map(|c| c.text.as_str());
    let sample = format!("{:?}", space.sample);
    let rows = tree.rows().iter().flat_map(|r| [&r.league, &r.period, &r.region]);
    vec![
        ("multiverse", multiverse.code.clone(), text!(ledger_part_multiverse)),
        ("program", env!("CARGO_PKG_VERSION").to_owned(), text!(ledger_part_program)),
        ("data", hashed(data), text!(ledger_part_data)),
        ("rows", hashed(rows.map(String::as_str)), text!(ledger_part_rows)),
        ("methods", hashed(methods), text!(ledger_part_methods)),
        ("choices", hashed(names), text!(ledger_part_choices)),
        ("constraints", hashed(constraints), text!(ledger_part_constraints)),
        ("sample", hashed(std::iter::once(sample.as_str())), text!(ledger_part_sample)),
    ]
}

/// A ledger that is open and held by this run.
#[derive(Debug)]
pub(super) struct Ledger {
    file: File,
    path: PathBuf,
    /// The length of the intact part.
    end: u64,
}

impl Ledger {
    /// Opens the ledger at `path`, or begins it; gives what it has, and how many damaged blocks were dropped.
    pub(super) fn open(
        folder: &Folder,
        path: &Path,
        head: &Head,
        fresh: bool,
    ) -> Result<(Ledger, Vec<Record>, usize), Problems> {
        let unwritable = |e: io::Error| Problems::from(unwritable(path, &e));
        let target = folder.target(path).map_err(unwritable)?;
        if let Some(above) = target.parent() {
            std::fs::create_dir_all(above).map_err(unwritable)?;
        }
        if target.exists() {
            gate::open(&target).map_err(unwritable)?;
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&target).map_err(unwritable)?;
        let name = path.display().to_string();
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(about(Fault::LedgerBusy { file: name })),
            // A file system without locks: two runs at once are then the user's own care.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(unwritable)?;
        let mut ledger = Ledger { file, path: path.to_path_buf(), end: 0 };
        let first = block(&head_line(head));
        // A head that was not finished is begun again.
        if fresh || first.starts_with(&bytes) {
            ledger.cut(0)?;
            ledger.write(&first)?;
            return Ok((ledger, Vec::new(), 0));
        }
        let (blocks, whole, dropped) = blocks(&bytes);
        let found = blocks.first().filter(|(start, _)| *start == 0).and_then(|(_, b)| read_head(b));
        let Some(found) = found else {
            return Err(about(Fault::LedgerDamaged { file: name }));
        };
        let differs = |(key, hash, _): &&(&str, String, Text)| {
            found.get(*key).and_then(Value::as_str) != Some(hash.as_str())
        };
        let changed: Vec<Text> =
            head.iter().filter(differs).map(|(_, _, words)| words.clone()).collect();
        if !changed.is_empty() {
            return Err(about(Fault::LedgerOfOther { file: name, changed }));
        }
        let mut records = Vec::new();
        for (_, block) in &blocks[1..] {
            records.extend(block.split(|b| *b == b'\n').filter_map(read_record));
        }
        if dropped > 0 {
            // The intact part is written to a new file, which replaces the damaged one.
            let mut text = Vec::new();
            blocks.iter().for_each(|(_, b)| text.extend(self::block(b)));
            crate::data::write::bytes(&target, &text)?;
            let file = options.open(&target).map_err(unwritable)?;
            let _ = file.try_lock();
            ledger = Ledger { file, path: path.to_path_buf(), end: text.len() as u64 };
            ledger.cut(ledger.end)?;
        } else {
            ledger.cut(whole)?;
        }
        Ok((ledger, records, dropped))
    }

    /// Adds a block: on the disk when this returns, or not there at all.
    pub(super) fn append(&mut self, records: &[Record]) -> Result<(), Problems> {
        let mut text = String::new();
        records.iter().for_each(|record| line(&mut text, record));
        self.write(&block(text.as_bytes()))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Problems> {
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_data());
        if let Err(e) = written {
            // A full disk: what was whole stays whole.
            let _ = self.file.set_len(self.end);
            return Err(unwritable(&self.path, &e).into());
        }
        self.end += bytes.len() as u64;
        Ok(())
    }

    /// Cuts off what is not whole.
    fn cut(&mut self, end: u64) -> Result<(), Problems> {
        let done = self.file.set_len(end).and_then(|()| self.file.seek(SeekFrom::Start(end)));
        done.map_err(|e| Problems::from(unwritable(&self.path, &e)))?;
        self.end = end;
        Ok(())
    }
}

fn about(fault: Fault) -> Problems {
    Problem { fault, places: Vec::new() }.into()
}

fn unwritable(path: &Path, e: &io::Error) -> Problem {
    let fault = Fault::Unwritable { file: path.display().to_string(), reason: e.into() };
    Problem { fault, places: Vec::new() }
}

/// Lines with the line that ends their block.
fn block(lines: &[u8]) -> Vec<u8> {
    let mut bytes = lines.to_vec();
    bytes.extend(format!("#{} {}\n", lines.len(), blake3::hash(lines).to_hex()).bytes());
    bytes
}

/// The blocks whose checksums hold, with where they begin; where the last of them ends; and how many pieces between or
/// before them do not hold. What follows the last is a block that was not finished.
fn blocks(bytes: &[u8]) -> (Vec<(usize, &[u8])>, u64, usize) {
    let mut found = Vec::new();
    let (mut start, mut whole, mut dropped, mut bad) = (0, 0, 0, 0);
    let mut at = 0;
    while let Some(length) = bytes[at..].iter().position(|b| *b == b'\n') {
        let (line, next) = (&bytes[at..at + length], at + length + 1);
        if line.first() == Some(&b'#') {
            let lines = &bytes[start..at];
            if block(lines) == bytes[start..next] {
                found.push((start, lines));
                whole = next as u64;
                dropped += bad;
                bad = 0;
            } else {
                bad += 1;
            }
            start = next;
        }
        at = next;
    }
    (found, whole, dropped)
}

fn head_line(head: &Head) -> Vec<u8> {
    let table: Map<String, Value> = head
        .iter()
        .map(|(key, hash, _)| ((*key).to_owned(), Value::String(hash.clone())))
        .collect();
    format!("{}\n", Value::Object(table)).into_bytes()
}

fn read_head(block: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(block).ok()? {
        Value::Object(table) => Some(table),
        _ => None,
    }
}

fn line(text: &mut String, record: &Record) {
    let quoted = |words: &str| Value::String(words.to_owned()).to_string();
    text.push_str(&format!("{{\"branch\":{}", record.branch));
    if let Some(why) = &record.failed {
        let in_language = |language: Language| quoted(&why.render(language));
        let (en, zh) = (in_language(Language::En), in_language(Language::Zh));
        text.push_str(&format!(",\"failed\":{{\"en\":{en},\"zh\":{zh}}}}}\n"));
        return;
    }
    let ranks: Vec<String> = record
        .ranks
        .iter()
        .map(|r| if r.is_nan() { "null".into() } else { exact(f64::from(*r)) })
        .collect();
    text.push_str(&format!(",\"hash\":\"{}\",\"ranks\":[{}]", record.hash, ranks.join(",")));
    if !record.tiers.is_empty() {
        let tiers: Vec<String> = record
            .tiers
            .iter()
            .map(|t| if *t == Kept::NONE { "null".into() } else { t.to_string() })
            .collect();
        let labels: Vec<String> = record.labels.iter().map(|l| quoted(l)).collect();
        let (tiers, labels) = (tiers.join(","), labels.join(","));
        text.push_str(&format!(",\"tiers\":[{tiers}],\"labels\":[{labels}]"));
    }
    text.push_str("}\n");
}

fn read_record(line: &[u8]) -> Option<Record> {
    let value: Value = serde_json::from_slice(line).ok()?;
    let branch = value.get("branch")?.as_u64()?;
    if let Some(why) = value.get("failed") {
        let failed = Some(match why.as_str() {
            // A ledger of an earlier version, which has the reason in one language.
            Some(why) => Text::plain(why),
            None => {
                let of = |language: Language| why.get(language.tag())?.as_str();
                let (zh, en) = (of(Language::Zh)?, of(Language::En)?);
                Text::by_language(|language| match language {
                    Language::Zh => zh.to_owned(),
                    Language::En => en.to_owned(),
                })
            }
        });
        return Some(Record { branch, failed, ..Record::default() });
    }
    let list = |key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let rank = |r: &Value| r.as_f64().map_or(f32::NAN, |r| r as f32);
    let tier = |t: &Value| t.as_u64().map_or(Kept::NONE, |t| t as u16);
    Some(Record {
        branch,
        hash: value.get("hash")?.as_str()?.to_owned(),
        ranks: list("ranks").iter().map(rank).collect(),
        tiers: list("tiers").iter().map(tier).collect(),
        labels: list("labels").iter().filter_map(|l| l.as_str().map(str::to_owned)).collect(),
        failed: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        vec![
            ("data", "d".into(), text!(ledger_part_data)),
            ("program", "1".into(), text!(ledger_part_program)),
        ]
    }

    fn records() -> Vec<Vec<Record>> {
        let ok = |branch: u64| Record {
            branch,
            hash: format!("{branch:032x}"),
            ranks: vec![1.0, 2.5, f32::INFINITY.min(3.0), 2.5],
            tiers: vec![0, Kept::NONE, 1, 1],
            labels: vec!["好".into(), "a \"b\"".into()],
            failed: None,
        };
        let why = Text::by_language(|language| format!("{} 零 # \n\"x\"", language.tag()));
        let failed = Record { branch: 7, failed: Some(why), ..Record::default() };
        vec![vec![ok(0), ok(3)], vec![failed], vec![ok(9), ok(10), ok(11)]]
    }

    /// A ledger of three blocks, and where each of them ends.
    fn written(path: &Path) -> Vec<usize> {
        let (mut ledger, found, dropped) =
            Ledger::open(&Folder::of(path), path, &head(), false).unwrap();
        assert!(found.is_empty() && dropped == 0);
        let mut ends = vec![ledger.end as usize];
        for block in records() {
            ledger.append(&block).unwrap();
            ends.push(ledger.end as usize);
        }
        ends
    }

    #[test]
    fn cut_at_any_byte_whole_blocks_stay_and_the_rest_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let ends = written(&path);
        let whole = std::fs::read(&path).unwrap();
        assert_eq!(whole.len(), *ends.last().unwrap());
        for length in 0..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let (mut ledger, found, dropped) =
                Ledger::open(&Folder::of(&path), &path, &head(), false).unwrap();
            let kept = ends.iter().filter(|end| **end <= length).count().saturating_sub(1);
            let expected: Vec<Record> = records()[..kept].iter().flatten().cloned().collect();
            assert_eq!(found, expected, "cut at {length}");
            assert_eq!(dropped, 0);
            // Each append waits for the disk: not after every cut.
            if length % 29 == 0 {
                for block in &records()[kept..] {
                    ledger.append(block).unwrap();
                }
                drop(ledger);
                assert!(std::fs::read(&path).unwrap() == whole, "the same bytes, cut at {length}");
            }
        }
    }

    #[test]
    fn a_changed_byte_costs_its_block_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let ends = written(&path);
        let whole = std::fs::read(&path).unwrap();
        let all: Vec<Record> = records().into_iter().flatten().collect();
        for at in (0..whole.len()).filter(|at| at % 5 == 0 || ends.contains(&(at + 1))) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
            match Ledger::open(&Folder::of(&path), &path, &head(), false).map(|(_, found, _)| found)
            {
                Err(problems) => {
                    assert!(at < ends[0], "only the head: {at}");
                    assert!(
                        problems.render(quanheng_words::Language::En, false).contains("--fresh")
                    );
                }
                Ok(found) => {
                    assert!(at >= ends[0], "byte {at} of the head");
                    assert!(found.iter().all(|r| all.contains(r)), "nothing false: {at}");
                    // The last byte of a block holds it and the next apart.
                    let lost = all.len() - found.len();
                    assert!((1..=4).contains(&lost), "{lost} records of byte {at}");
                    let (_, again, dropped) =
                        Ledger::open(&Folder::of(&path), &path, &head(), false).unwrap();
                    assert_eq!((again, dropped), (found, 0), "mended");
                }
            }
        }
    }

    #[test]
    fn a_ledger_of_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        written(&path);
        let mut other = head();
        other[0].1 = "e".into();
        let problems = Ledger::open(&Folder::of(&path), &path, &other, false).unwrap_err();
        assert!(
            problems
                .render(quanheng_words::Language::En, false)
                .contains("made from something else: the data changed")
        );
        assert!(
            Ledger::open(&Folder::of(&path), &path, &other, true).unwrap().1.is_empty(),
            "--fresh"
        );
        assert_eq!(Ledger::open(&Folder::of(&path), &path, &other, false).unwrap().1, []);
    }

    #[test]
    fn two_runs_do_not_write_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let held = Ledger::open(&Folder::of(&path), &path, &head(), false).unwrap();
        let problems = Ledger::open(&Folder::of(&path), &path, &head(), false).unwrap_err();
        assert!(problems.render(quanheng_words::Language::En, false).contains("another run"));
        drop(held);
        assert!(Ledger::open(&Folder::of(&path), &path, &head(), false).is_ok());
    }
}
