//! PDF and PNG, in a program that was built with them.

use std::path::{Path, PathBuf};

use crate::problem::{Fault, PrintFault, Problem, Problems};
use crate::report::document::Document;

/// Forms of output that the feature `print` adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    Pdf,
    Png,
}

impl Paper {
    /// The form that the name of a file asks for by its end.
    pub(super) fn of(file: &Path) -> Option<Paper> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "pdf" => Some(Paper::Pdf),
            "png" => Some(Paper::Png),
            _ => None,
        }
    }
}

fn problem(fault: PrintFault) -> Problems {
    Problem { fault: Fault::Print(fault), places: Vec::new() }.into()
}

/// Whether the program can write PDF and PNG; said before anything is computed.
pub(super) fn is_built(file: &Path) -> Result<(), Problems> {
    match cfg!(feature = "print") {
        true => Ok(()),
        false => Err(problem(PrintFault::NotBuilt { file: file.display().to_string() })),
    }
}

/// A document as the bytes of a PDF for `file`, set with the fonts in these files and folders, or with those of the system
/// where there are none. What may not look right in it comes with it.
#[cfg(feature = "print")]
pub(super) fn pdf(
    document: &Document,
    file: &Path,
    fonts: &[PathBuf],
) -> Result<(Vec<u8>, Problems), Problems> {
    use crate::report::document::typst;
    use quanheng_print::Complaint;

    let file = file.display().to_string();
    let (fonts, are_named) = built::fonts(fonts)?;
    let faces = typst::Faces::of(fonts.families(), are_named);
    let source = typst::source(document, &faces);
    built::have(&fonts, &source.characters, are_named)?;
    let files: Vec<(String, Vec<u8>)> =
        source.files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    let job = quanheng_print::Job {
        source: &source.text,
        files: &files,
        identifier: &format!("{} {}", document.language.tag(), document.origin),
        creator: concat!("quanheng ", env!("CARGO_PKG_VERSION")),
    };
    let said = |complaints: &[Complaint]| {
        let one = |of: &Complaint| match of.line {
            Some(line) => format!("{} [{line}] {}", of.message, of.hints.join("; ")),
            None => format!("{} {}", of.message, of.hints.join("; ")),
        };
        complaints.iter().map(|of| one(of).trim_end().to_owned()).collect::<Vec<_>>().join("; ")
    };
    let printed = quanheng_print::pdf(&job, &fonts).map_err(|complaints| {
        problem(PrintFault::Refused { file: file.clone(), reason: said(&complaints) })
    })?;
    let warned = match &printed.warnings[..] {
        [] => Problems::default(),
        warnings => problem(PrintFault::Warned { file, reason: said(warnings) }),
    };
    Ok((printed.bytes, warned))
}

/// The same in a program that was built without PDF.
#[cfg(not(feature = "print"))]
pub(super) fn pdf(
    _document: &Document,
    file: &Path,
    _fonts: &[PathBuf],
) -> Result<(Vec<u8>, Problems), Problems> {
    is_built(file).map(|()| Default::default())
}

/// A drawing as the bytes of a PNG for `file`, with `scale` pixels for each unit of the drawing.
#[cfg(feature = "print")]
pub(super) fn png(
    svg: &str,
    file: &Path,
    scale: f32,
    fonts: &[PathBuf],
) -> Result<Vec<u8>, Problems> {
    use crate::report::document::typst;

    let (fonts, are_named) = built::fonts(fonts)?;
    let faces = typst::Faces::of(fonts.families(), are_named);
    built::have(&fonts, &typst::drawn(svg), are_named)?;
    let svg = typst::with_faces(svg, &faces.sans);
    quanheng_print::png(&svg, scale, &faces.sans, &fonts)
        .map_err(|reason| problem(PrintFault::Refused { file: file.display().to_string(), reason }))
}

/// The same in a program that was built without PNG.
#[cfg(not(feature = "print"))]
pub(super) fn png(
    _svg: &str,
    file: &Path,
    _scale: f32,
    _fonts: &[PathBuf],
) -> Result<Vec<u8>, Problems> {
    is_built(file).map(|()| Vec::new())
}

#[cfg(feature = "print")]
mod built {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use quanheng_print::Fonts;

    use super::problem;
    use crate::problem::{PrintFault, Problem, Problems};

    /// The fonts that are named, or those of the system; and whether they are named.
    pub(super) fn fonts(named: &[PathBuf]) -> Result<(Fonts, bool), Problems> {
        if named.is_empty() {
            return Ok((Fonts::system(), false));
        }
        let fonts = Fonts::named(named).map_err(|no| {
            let path = no.path.display().to_string();
            match no.error {
                Some(error) => Problem::unreadable(path, error).into(),
                None => problem(PrintFault::NoFont { path }),
            }
        })?;
        Ok((fonts, true))
    }

    /// Whether there is a font for every character.
    pub(super) fn have(
        fonts: &Fonts,
        characters: &BTreeSet<char>,
        are_named: bool,
    ) -> Result<(), Problems> {
        if fonts.is_empty() {
            return Err(problem(PrintFault::NoFonts));
        }
        match fonts.missing(characters.iter().copied()) {
            missing if missing.is_empty() => Ok(()),
            characters => Err(problem(PrintFault::Missing { characters, are_named })),
        }
    }
}
