//! Fonts: those of the system, or those that are named.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use fontdb::{Database, Source};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// Fonts that texts are set with, in a fixed order.
#[derive(Debug)]
pub struct Fonts {
    database: Arc<Database>,
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
}

/// A font, read when it is needed.
#[derive(Debug)]
struct Face {
    id: fontdb::ID,
    font: OnceLock<Option<Font>>,
}

/// A file or folder in which there is no font.
#[derive(Debug)]
pub struct NoFont {
    /// Its path.
    pub path: PathBuf,
    /// Why it could not be read; nothing where it is no font, or a folder without fonts.
    pub error: Option<std::io::Error>,
}

impl Fonts {
    /// The fonts of the system. Every font file is opened: with some hundred of them this takes most of a second.
    pub fn system() -> Fonts {
        let mut database = Database::new();
        database.load_system_fonts();
        Fonts::of(database)
    }

    /// The fonts in these files and folders, and no others.
    ///
    /// # Errors
    /// A path without a font in it.
    pub fn named(paths: &[PathBuf]) -> Result<Fonts, NoFont> {
        let mut database = Database::new();
        for path in paths {
            let before = database.len();
            let error = match path.is_dir() {
                true => {
                    database.load_fonts_dir(path);
                    None
                }
                false => database.load_font_file(path).err(),
            };
            if database.len() == before {
                return Err(NoFont { path: path.clone(), error });
            }
        }
        Ok(Fonts::of(database))
    }

    /// The fonts in the bytes of font files, and no others. Bytes that are no font are left out.
    pub fn in_memory(files: impl IntoIterator<Item = Vec<u8>>) -> Fonts {
        let mut database = Database::new();
        for file in files {
            database.load_font_data(file);
        }
        Fonts::of(database)
    }

    fn of(mut database: Database) -> Fonts {
        let path = |source: &Source| match source {
            Source::File(path) | Source::SharedFile(path, _) => Some(path.clone()),
            Source::Binary(_) => None,
        };
        // The order in which a system lists the files of a folder must not decide which font is taken.
        let mut ids: Vec<(Option<PathBuf>, u32, fontdb::ID)> =
            database.faces().map(|face| (path(&face.source), face.index, face.id)).collect();
        ids.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut book = FontBook::new();
        let mut faces = Vec::new();
        for (.., id) in ids {
            match database.with_face_data(id, FontInfo::new).flatten() {
                // A font whose glyphs are all the same box, which some systems have.
                Some(info) if info.is_last_resort() => database.remove_face(id),
                None => database.remove_face(id),
                Some(info) => {
                    book.push(info);
                    faces.push(Face { id, font: OnceLock::new() });
                }
            }
        }
        Fonts { database: Arc::new(database), book: LazyHash::new(book), faces }
    }

    /// Whether there is no font at all.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// The names of the families, in alphabetical order.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        self.book.families().map(|(name, _)| name)
    }

    /// Those of some families that are there, in the order given.
    pub fn of_these<'a>(&self, wanted: &[&'a str]) -> Vec<&'a str> {
        let has = |name: &&&str| self.book.contains_family(&name.to_lowercase());
        wanted.iter().filter(has).copied().collect()
    }

    /// The characters that no font has. Blanks, and characters that are never seen, need none.
    pub fn missing(&self, characters: impl IntoIterator<Item = char>) -> Vec<char> {
        let wanted: BTreeSet<char> = characters.into_iter().filter(|&c| is_seen(c)).collect();
        let has = |c: char| {
            let mut infos = (0..self.faces.len()).filter_map(|k| self.book.info(k));
            infos.any(|info| info.coverage.contains(u32::from(c)))
        };
        wanted.into_iter().filter(|&c| !has(c)).collect()
    }

    /// Whether a font has a character.
    pub(crate) fn covers(&self, id: fontdb::ID, sign: char) -> bool {
        let at = self.faces.iter().position(|face| face.id == id);
        let info = at.and_then(|at| self.book.info(at));
        info.is_some_and(|info| info.coverage.contains(u32::from(sign)))
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, at: usize) -> Option<Font> {
        let face = self.faces.get(at)?;
        let read = || {
            let read = |data: &[u8], index| Font::new(Bytes::new(data.to_vec()), index);
            self.database.with_face_data(face.id, read).flatten()
        };
        face.font.get_or_init(read).clone()
    }

    pub(crate) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }
}

/// Whether a character is ink.
fn is_seen(c: char) -> bool {
    let is_joiner = matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}');
    !c.is_whitespace() && !c.is_control() && !is_joiner
}

impl std::fmt::Display for NoFont {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.error {
            Some(error) => write!(f, "{error}"),
            None => write!(f, "no font"),
        }
    }
}

impl std::error::Error for NoFont {}
