//! Files that hold a part of the draws of a league, made on one machine, to be put together with those of others.
//!
//! The first line has the BLAKE3 hash of everything after it; the second says in JSON what was drawn of what; the rest are
//! counts and sums. A file is written again after each piece of the draws, whole or not at all, so that a run that ends early
//! goes on from it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use quanheng_core::analysis::{Subject, Watch};
use quanheng_core::method::Settings;
use quanheng_core::robustness::{Partial, Shard};
use quanheng_words::{Text, text};
use serde_json::{Value, json};

use crate::data::write;
use crate::gate::{self, Folder, file_name};
use crate::lock;
use crate::problem::{Fault, Problem, Problems, ShardFault};
use crate::progress::Progress;

/// A file is written again after this time, so that the program can be ended at any moment.
const OFTEN: Duration = Duration::from_millis(250);

/// The ending of the files.
const ENDING: &str = "shard";

const FORM: &str = "quanheng-shard-1";

/// What was drawn of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Which shard, from 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
    /// The methodology, by code.
    pub methodology: String,
    /// The league, by code.
    pub league: String,
    /// The period, by label.
    pub period: String,
    /// How many draws all shards have.
    pub draws: u64,
    /// Whether all draws of the shard are done.
    pub complete: bool,
    /// The hash of the programs that draws can depend on.
    engine: String,
    /// The hash of the methodology.
    methods: String,
    /// The hash of the results, and so of the data.
    results: String,
    /// The hash of the settings of `draws`, and of what is stated of errors.
    settings: String,
}

/// A shard of a file, as it is on the disk.
#[derive(Debug)]
pub struct Kept {
    /// Where it lies.
    pub file: PathBuf,
    /// What it says of itself.
    pub head: Head,
    body: Vec<u8>,
}

impl Head {
    /// Of a shard of the draws of a league with these settings.
    pub fn new(shard: Shard, subject: &Subject<'_>, settings: &Settings, draws: u64) -> Head {
        let study = subject.study();
        let hash = |text: String| blake3::hash(text.as_bytes()).to_hex().to_string();
        let methodology = subject.evaluation.methodology();
        let mut settings = settings.clone();
        settings.0.sort_keys();
        Head {
            number: shard.number(),
            of: shard.of(),
            methodology: methodology.code.clone(),
            league: study.leagues[subject.league.0 as usize].code.clone(),
            period: study.periods[subject.period.0 as usize].label.clone(),
            draws,
            complete: false,
            engine: hash(format!("{:?}", lock::engine())),
            methods: hash(format!("{:?}", lock::made_from(methodology, study))),
            results: hash(format!("{:?}", lock::hashes(subject.evaluation))),
            settings: hash(format!("{settings:?} {:?}", subject.inputs.errors)),
        }
    }

    fn json(&self) -> Value {
        json!({
            "number": self.number,
            "of": self.of,
            "methodology": self.methodology,
            "league": self.league,
            "period": self.period,
            "draws": self.draws,
            "complete": self.complete,
            "made_from": {
                "engine": self.engine,
                "methods": self.methods,
                "results": self.results,
                "settings": self.settings,
            },
        })
    }

    fn of_json(json: &Value) -> Option<Head> {
        let number = |key: &str| json.get(key)?.as_u64();
        let text = |json: &Value, key: &str| Some(json.get(key)?.as_str()?.to_owned());
        let made_from = json.get("made_from")?;
        Some(Head {
            number: number("number")?,
            of: number("of")?,
            methodology: text(json, "methodology")?,
            league: text(json, "league")?,
            period: text(json, "period")?,
            draws: number("draws")?,
            complete: json.get("complete")?.as_bool()?,
            engine: text(made_from, "engine")?,
            methods: text(made_from, "methods")?,
            results: text(made_from, "results")?,
            settings: text(made_from, "settings")?,
        })
    }

    /// The shard.
    pub fn shard(&self) -> Option<Shard> {
        Shard::new(self.number, self.of)
    }

    /// The name of its file.
    pub fn file(&self) -> String {
        let Head { number, of, .. } = self;
        file_name(&format!("draws-{}-{number}-of-{of}.{ENDING}", self.of_what().join("-")))
    }

    /// The methodology, and the league and period where they have names.
    pub fn of_what(&self) -> Vec<&str> {
        let all = [&self.methodology, &self.league, &self.period];
        all.into_iter().map(String::as_str).filter(|name| !name.is_empty()).collect()
    }

    /// What of another shard, of the same league, was made from something else; nothing where both can be put together.
    pub fn changed(&self, other: &Head) -> Vec<Text> {
        let all = [
            (self.engine == other.engine, text!(ledger_part_program)),
            (self.methods == other.methods, text!(ledger_part_methods)),
            (self.results == other.results, text!(shard_part_results)),
            (
                self.settings == other.settings && self.draws == other.draws,
                text!(shard_part_settings),
            ),
            (self.of == other.of, text!(shard_part_number)),
        ];
        all.into_iter().filter(|(same, _)| !same).map(|(_, words)| words).collect()
    }
}

impl Kept {
    /// Reads the shard of a file.
    ///
    /// # Errors
    /// A file that cannot be read, or is not a shard.
    pub fn read(file: &Path) -> Result<Kept, Problems> {
        let unreadable = |e| Problem::unreadable(file.display(), e);
        let bytes = gate::read(file, u64::MAX).map_err(unreadable)?;
        let damaged = || of(ShardFault::Damaged { file: file.display().to_string() });
        let (head, body) = parted(&bytes).ok_or_else(damaged)?;
        Ok(Kept { file: file.to_path_buf(), head, body: body.to_vec() })
    }

    /// The draws, which have the form of `none`.
    ///
    /// # Errors
    /// Other bytes than such draws have.
    pub fn draws(&self, none: &Partial) -> Result<Partial, Problems> {
        let damaged = || of(ShardFault::Damaged { file: self.file.display().to_string() });
        none.read(&self.body).ok_or_else(damaged)
    }

    /// All files of shards in a folder, or the file itself, in the order of their names.
    ///
    /// # Errors
    /// A folder that cannot be read, or has none.
    pub fn below(path: &Path) -> Result<Vec<PathBuf>, Problems> {
        if path.is_file() {
            return Ok(vec![path.to_path_buf()]);
        }
        let unreadable = |e: std::io::Error| Problem::unreadable(path.display(), e);
        let entries = std::fs::read_dir(path).map_err(unreadable)?;
        let mut files = Vec::new();
        for entry in entries {
            let file = entry.map_err(unreadable)?.path();
            if file.extension().is_some_and(|ending| ending == ENDING) {
                files.push(file);
            }
        }
        files.sort();
        match files.is_empty() {
            true => Err(of(ShardFault::None { folder: path.display().to_string() })),
            false => Ok(files),
        }
    }
}

/// A problem with shards.
pub fn of(fault: ShardFault) -> Problems {
    Problem { fault: Fault::Shard(fault), places: Vec::new() }.into()
}

fn parted(bytes: &[u8]) -> Option<(Head, &[u8])> {
    let line = |bytes: &'_ [u8]| bytes.iter().position(|byte| *byte == b'\n');
    let (first, rest) = bytes.split_at_checked(line(bytes)? + 1)?;
    let hash = blake3::hash(rest).to_hex();
    if first != format!("{FORM} {hash}\n").as_bytes() {
        return None;
    }
    let (head, body) = rest.split_at_checked(line(rest)? + 1)?;
    let head = Head::of_json(&serde_json::from_slice(head).ok()?)?;
    // A number of a shard that cannot be is damage too.
    head.shard().map(|_| (head, body))
}

fn written(head: &Head, draws: &[u8]) -> Vec<u8> {
    let mut rest = format!("{}\n", head.json()).into_bytes();
    rest.extend(draws);
    let mut bytes = format!("{FORM} {}\n", blake3::hash(&rest).to_hex()).into_bytes();
    bytes.extend(rest);
    bytes
}

/// Shows how far draws are, and keeps them in a file.
#[derive(Debug)]
pub struct Keeper<'a> {
    progress: &'a Progress,
    is_asked: fn() -> bool,
    file: Option<(&'a Folder, PathBuf, Head)>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    last: Instant,
    failed: Option<Problems>,
}

impl<'a> Keeper<'a> {
    /// Shows how far draws are.
    pub fn showing(progress: &'a Progress) -> Keeper<'a> {
        Keeper::new(progress, || false, None)
    }

    /// Keeps draws in a file of a folder too, and stops when that is asked for.
    pub fn keeping(
        progress: &'a Progress,
        is_asked: fn() -> bool,
        folder: &'a Folder,
        head: Head,
    ) -> Keeper<'a> {
        let path = folder.join(head.file());
        Keeper::new(progress, is_asked, Some((folder, path, head)))
    }

    fn new(
        progress: &'a Progress,
        is_asked: fn() -> bool,
        file: Option<(&'a Folder, PathBuf, Head)>,
    ) -> Keeper<'a> {
        let state = Mutex::new(State { last: Instant::now(), failed: None });
        Keeper { progress, is_asked, file, state }
    }

    /// Writes the file, complete or as far as the draws are.
    ///
    /// # Errors
    /// It cannot be written, or could not be before.
    pub fn end(self, draws: &Partial, complete: bool) -> Result<(), Problems> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        match (state.failed, self.file) {
            (Some(failed), _) => Err(failed),
            (None, Some((folder, path, head))) => {
                write::below(folder, &path, &written(&Head { complete, ..head }, &draws.to_bytes()))
            }
            (None, None) => Ok(()),
        }
    }
}

impl Watch for Keeper<'_> {
    fn went_on(&self, done: u64, of: u64, kept: &dyn Fn() -> Vec<u8>) {
        let most = match &self.file {
            Some((.., head)) => of.div_ceil(head.of),
            None => of,
        };
        let at = done.min(most).saturating_sub(1);
        self.progress.step(&text!(progress_draws), at as usize, most as usize);
        let Some((folder, path, head)) = &self.file else { return };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.last.elapsed() >= OFTEN && state.failed.is_none() {
            state.failed = write::below(folder, path, &written(head, &kept())).err();
            state.last = Instant::now();
        }
    }

    fn is_stopped(&self) -> bool {
        let failed = || self.state.lock().unwrap_or_else(PoisonError::into_inner).failed.is_some();
        (self.is_asked)() || failed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any other byte makes a file one that nobody wrote.
    #[test]
    fn damage_is_found() {
        let head = Head {
            number: 1,
            of: 2,
            methodology: "m".to_owned(),
            league: "all".to_owned(),
            period: "2024".to_owned(),
            draws: 1_000,
            complete: true,
            engine: String::new(),
            methods: String::new(),
            results: String::new(),
            settings: String::new(),
        };
        let linear = quanheng_core::robustness::Linear::of_table(vec![1.0, 2.0], vec![1.0]);
        let draws = quanheng_core::robustness::Draws {
            shapes: vec![quanheng_core::robustness::Shape::Dirichlet(vec![1])],
            bounds: vec![None],
            count: 1_000,
            until: None,
            seed: 1,
            pairs: false,
            central: false,
            tiers: Vec::new(),
        };
        let mut done = draws.none(&linear);
        draws.run(&linear, Shard::WHOLE, &mut done, &quanheng_core::analysis::Unwatched);
        let bytes = written(&head, &done.to_bytes());
        let (found, body) = parted(&bytes).expect("a shard");
        assert_eq!((found, draws.none(&linear).read(body)), (head, Some(done)));
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(parted(&other).is_none(), "byte {at}");
            assert!(parted(&bytes[..at]).is_none(), "{at} bytes");
        }
    }
}
