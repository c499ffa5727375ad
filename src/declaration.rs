//! What was declared before the data were known: a file of hashes beside the project file, which every result of a multiverse
//! or sensitivity analysis is held against.
//!
//! A hash shows that nothing was changed since; when it was written it does not show. Whoever wants to prove that publishes
//! the hash where others date it.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use quanheng_words::{Text, text};
use toml::{Table, Value as Toml};

use crate::data::write;
use crate::gate::Folder;
use crate::problem::{Fault, Problem, Problems};
use crate::project::Said;

/// The name of the file.
const FILE: &str = "declaration.toml";

const HEAD: &str = "# What was declared before the results were known; `quanheng multiverse lock` writes it.\n\
                    # Publish the hash where others date it, and leave this file as it is.\n";

/// What a declaration pins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Of each table and file of the method, its hash.
    parts: IndexMap<String, String>,
    /// Of each file of data that was there, its hash.
    data: IndexMap<String, String>,
}

/// A declaration held against the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The hash of the declaration.
    pub hash: String,
    /// The tables and files that were changed, added or removed since.
    pub changed: Vec<String>,
    /// The files of data that were there already, with the same bytes.
    pub known_data: Vec<String>,
}

/// The tables that say how results are made and what varies.
const TABLES: [&str; 5] = ["system", "methodology", "multiverse", "sensitivity", "sampling"];

/// The tables that name data.
const OF_DATA: [&str; 4] = ["data", "records", "coding", "input"];

impl Declaration {
    /// What a project file says now. No data are read, and none need be there.
    pub fn of(said: &Said) -> Declaration {
        let folder = Folder::of(said.file());
        let mut parts = IndexMap::new();
        for table in TABLES {
            for (code, content, texts) in said.tables(table) {
                parts.insert(format!("{table}.{code}"), hash(content.as_bytes()));
                parts.extend(files(&folder, &texts));
            }
        }
        for name in scripts(folder.path()) {
            parts.extend(files(&folder, std::slice::from_ref(&name)));
        }
        let mut data = IndexMap::new();
        for table in OF_DATA {
            data.extend(files(&folder, &said.texts(table)));
        }
        data.retain(|name, _| !parts.contains_key(name));
        Declaration { parts, data }
    }

    /// Whether it declares anything that varies.
    pub fn is_empty(&self) -> bool {
        let varies =
            |name: &String| name.starts_with("multiverse.") || name.starts_with("sensitivity.");
        !self.parts.keys().any(varies)
    }

    /// The files of data that it pins.
    pub fn data_files(&self) -> Vec<String> {
        self.data.keys().cloned().collect()
    }

    /// Its hash.
    pub fn hash(&self) -> String {
        hash(self.body().as_bytes())
    }

    fn body(&self) -> String {
        let hashes = |of: &IndexMap<String, String>| {
            Toml::Table(of.iter().map(|(k, v)| (k.clone(), Toml::String(v.clone()))).collect())
        };
        let mut root = Table::new();
        root.insert("method".into(), hashes(&self.parts));
        root.insert("data".into(), hashes(&self.data));
        toml::to_string(&root).expect("a table of texts is TOML")
    }

    /// Where the declaration of a project stands.
    pub fn path(project_file: &Path) -> PathBuf {
        Folder::of(project_file).join(FILE)
    }

    /// The declaration beside a project file; none where there is no such file.
    ///
    /// # Errors
    /// A file that is no declaration, or was changed by hand.
    pub fn read(project_file: &Path) -> Result<Option<Declaration>, Problems> {
        const MOST: u64 = 1 << 20;
        let path = Declaration::path(project_file);
        let name = path.display().to_string();
        if !path.exists() {
            return Ok(None);
        }
        let bytes = Folder::of(project_file).read(&path, MOST);
        let bytes = bytes.map_err(|e| Problem::unreadable(&name, e))?;
        let damaged = || -> Problems {
            let fault = Fault::DeclarationDamaged { file: name.clone() };
            Problem { fault, places: Vec::new() }.into()
        };
        let text = String::from_utf8(bytes).map_err(|_| damaged())?;
        let root: Table = text.parse().map_err(|_| damaged())?;
        let part = |key: &str| -> Option<IndexMap<String, String>> {
            let table = root.get(key)?.as_table()?;
            table.iter().map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))).collect()
        };
        let (Some(parts), Some(data)) = (part("method"), part("data")) else {
            return Err(damaged());
        };
        let found = Declaration { parts, data };
        match root.get("hash").and_then(Toml::as_str) == Some(&found.hash()) {
            true => Ok(Some(found)),
            false => Err(damaged()),
        }
    }

    /// Writes it beside the project file, where there is none yet or `anew` is set.
    ///
    /// # Errors
    /// Another declaration is there, or the file cannot be written.
    pub fn write(&self, project_file: &Path, anew: bool) -> Result<(), Problems> {
        let path = Declaration::path(project_file);
        if path.exists() && !anew {
            let before = Declaration::read(project_file)?;
            if before.as_ref().is_some_and(|before| before.parts == self.parts) {
                return Ok(());
            }
            let fault = Fault::DeclaredOtherwise { file: path.display().to_string() };
            return Err(Problem { fault, places: Vec::new() }.into());
        }
        let text = format!("{HEAD}hash = \"{}\"\n\n{}", self.hash(), self.body());
        write::bytes(&path, text.as_bytes())
    }

    /// This declaration against what the project says now.
    pub fn held(&self, now: &Declaration) -> Standing {
        let mut changed: Vec<String> = Vec::new();
        for (name, hash) in &self.parts {
            if now.parts.get(name) != Some(hash) {
                changed.push(name.clone());
            }
        }
        changed.extend(now.parts.keys().filter(|name| !self.parts.contains_key(*name)).cloned());
        let same = |(name, hash): &(&String, &String)| now.data.get(*name) == Some(*hash);
        let known_data = self.data.iter().filter(same).map(|(name, _)| name.clone()).collect();
        Standing { hash: self.hash(), changed, known_data }
    }
}

impl Standing {
    /// The standing of a project, where it has a declaration.
    ///
    /// # Errors
    /// A declaration that cannot be read.
    pub fn of(said: &Said) -> Result<Option<Standing>, Problems> {
        let Some(before) = Declaration::read(said.file())? else { return Ok(None) };
        Ok(Some(before.held(&Declaration::of(said))))
    }

    /// What a result says of it.
    pub fn words(&self) -> Text {
        let hash = self.hash[..16].to_owned();
        if !self.changed.is_empty() {
            return text!(declared_changed, hash = hash, parts = self.changed.clone());
        }
        match self.known_data.is_empty() {
            true => text!(declared_before, hash = hash),
            false => text!(declared_beside, hash = hash, files = self.known_data.clone()),
        }
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The hashes of those texts that name files in the folder.
fn files(folder: &Folder, names: &[String]) -> IndexMap<String, String> {
    const MOST: u64 = 1 << 32;
    let read = |name: &String| {
        let path = folder.join(name);
        let is_file = !name.is_empty() && path.is_file();
        let bytes = is_file.then(|| folder.read(&path, MOST).ok()).flatten()?;
        Some((name.clone(), hash(&bytes)))
    };
    names.iter().filter_map(read).collect()
}

/// The scripts of the project, by name.
fn scripts(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder.join("scripts")) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter(|name| name.ends_with(".rhai"))
        .map(|name| format!("scripts/{name}"))
        .collect();
    names.sort();
    names
}
