//! Typst source to PDF.

use typst::diag::{FileError, FileResult, Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::Fonts;

/// What is printed.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The source. It can read `files` and nothing else.
    pub source: &'a str,
    /// Files that the source names, such as `figure-1.svg`, with their contents.
    pub files: &'a [(String, Vec<u8>)],
    /// What tells this document from every other one: the PDF has an identifier that is made of it.
    pub identifier: &'a str,
    /// The program that asks for the PDF.
    pub creator: &'a str,
}

/// A PDF.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What the compiler did not like, and printed all the same.
    pub warnings: Vec<Complaint>,
}

/// What the compiler has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What is wrong, in the words of the compiler.
    pub message: String,
    /// Its hints.
    pub hints: Vec<String>,
    /// The line of the source, from 1; nothing where the source is not to blame.
    pub line: Option<usize>,
}

/// Prints a document as PDF/UA-1: a file with a structure that screen readers use. It has no date, and the same bytes for
/// the same job and fonts.
///
/// # Errors
/// What is wrong with the source, and what of the document keeps it from being PDF/UA-1.
pub fn pdf(job: &Job<'_>, fonts: &Fonts) -> Result<Printed, Vec<Complaint>> {
    let desk = Desk::new(job, fonts);
    let compiled = typst::compile::<PagedDocument>(&desk);
    let document = compiled.output.map_err(|errors| desk.complaints(&errors))?;
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).expect("one standard agrees with itself");
    let options = PdfOptions {
        ident: Smart::Custom(job.identifier.to_owned()),
        creator: Smart::Custom(Some(job.creator.to_owned())),
        timestamp: None,
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| desk.complaints(&errors))?;
    let warnings = desk.complaints(&compiled.warnings);
    Ok(Printed { bytes, pages: document.pages().len(), warnings })
}

/// Everything that the compiler can see.
struct Desk<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    main: Source,
    files: Vec<(FileId, Bytes)>,
}

impl<'a> Desk<'a> {
    fn new(job: &Job<'_>, fonts: &'a Fonts) -> Desk<'a> {
        let file = |(name, bytes): &(String, Vec<u8>)| Some((id(name)?, Bytes::new(bytes.clone())));
        Desk {
            library: LazyHash::new(Library::default()),
            fonts,
            main: Source::new(id("main.typ").expect("a name"), job.source.to_owned()),
            files: job.files.iter().filter_map(file).collect(),
        }
    }

    fn complaints(&self, of: &[SourceDiagnostic]) -> Vec<Complaint> {
        let one = |said: &SourceDiagnostic| {
            let place = self.range(said.span);
            let line = place.and_then(|range| self.main.lines().byte_to_line(range.start));
            let hints = said.hints.iter().map(|hint| hint.v.to_string()).collect();
            Complaint { message: said.message.to_string(), hints, line: line.map(|k| k + 1) }
        };
        let mut all: Vec<&SourceDiagnostic> = of.iter().collect();
        all.sort_by_key(|said| said.severity != Severity::Error);
        all.into_iter().map(one).collect()
    }
}

/// The place of a file among those of a job; nothing where a path cannot have the name.
fn id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.main.id() {
            true => Ok(self.main.clone()),
            false => Err(FileError::NotSource),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(of, _)| *of == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
