//! How large the parts of a workbook are when they are unpacked. What the archive says of it is not believed.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::{Fault, ods};
use crate::gate::bounds::{Beyond, RATIO, RATIO_FROM, TAG_TEXT, UNPACKED};

/// Refuses an archive with a part that is too large.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    // What is wrong with an archive its reader says.
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut left = UNPACKED;
    let mut texts = Vec::new();
    for part in 0..archive.len() {
        let Ok(file) = archive.by_index(part) else { continue };
        let Some(name) = name(&file) else { continue };
        // Pictures and films are not read.
        if name.contains("/media/") || name.starts_with("pictures/") || file.is_dir() {
            continue;
        }
        let (packed, is_xml) = (file.compressed_size(), !name.ends_with(".bin"));
        let rest = measure(file, packed, is_xml, left)?;
        if name.ends_with("sharedstrings.xml") {
            texts.push((part, left - rest));
        }
        left = rest;
    }
    for (part, length) in texts {
        if let Ok(file) = archive.by_index(part) {
            shared_strings(file, length)?;
        }
    }
    for part in 0..archive.len() {
        let Ok(file) = archive.by_index(part) else { continue };
        if name(&file).as_deref() == Some("content.xml") {
            ods::check(file)?;
        }
    }
    Ok(())
}

/// The name of a part; the reader of workbooks does not distinguish capitals.
fn name<R: Read>(file: &ZipFile<'_, R>) -> Option<String> {
    Some(file.name().ok()?.replace('\\', "/").to_lowercase())
}

/// Unpacks a part and keeps nothing of it; returns how much of `left` it leaves.
fn measure(mut part: impl Read, packed: u64, is_xml: bool, left: u64) -> Result<u64, Beyond> {
    let mut piece = vec![0; 1 << 16];
    let (mut length, mut text) = (0_u64, 0_u64);
    loop {
        // A part that cannot be unpacked to its end is refused by its reader.
        let Ok(n @ 1..) = part.read(&mut piece) else { return Ok(left - length) };
        length += n as u64;
        if length > left {
            return Err(Beyond::Unpacked);
        }
        if length > RATIO_FROM && length / RATIO > packed {
            return Err(Beyond::Ratio);
        }
        if !is_xml {
            continue;
        }
        for run in piece[..n].split_inclusive(|byte| *byte == b'<') {
            text += run.len() as u64;
            if text > TAG_TEXT {
                return Err(Beyond::Text);
            }
            if run.ends_with(b"<") {
                text = 0;
            }
        }
    }
}

/// A list of texts says how many they are, and its reader makes room for them.
fn shared_strings(part: impl Read, length: u64) -> Result<(), Beyond> {
    let mut xml = Reader::from_reader(std::io::BufReader::new(part));
    xml.config_mut().check_end_names = false;
    xml.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) if start.local_name().into_inner() == "sst" => {
                let mut attributes = start.attributes();
                let counts = attributes.with_checks(false).flatten();
                let mut counts = counts.filter(|a| a.key.into_inner() == "uniqueCount");
                // A text takes some bytes, so that there are never more texts than bytes.
                let too_many =
                    counts.any(|count| count.value.trim().parse::<u64>().is_ok_and(|n| n > length));
                return if too_many { Err(Beyond::Text) } else { Ok(()) };
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            _ => {}
        }
    }
}
