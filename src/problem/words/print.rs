//! The words for what is wrong with a PDF or a PNG.

use quanheng_words::text;

use super::Words;
use crate::problem::PrintFault;

/// More characters than this are not named one by one.
const NAMED: usize = 40;

pub(super) fn words(fault: &PrintFault) -> Words {
    match fault {
        PrintFault::NotBuilt { file } => {
            Words::new(text!(print_not_built, file = file), text!(print_not_built_hint))
        }
        PrintFault::NoFont { path } => {
            Words::new(text!(print_no_font, path = path), text!(print_no_font_hint))
        }
        PrintFault::NoFonts => Words::new(text!(print_no_fonts), text!(print_missing_hint)),
        PrintFault::Missing { characters, are_named } => {
            let count = characters.len();
            let named: Vec<String> = characters
                .iter()
                .take(NAMED)
                .map(|&of| format!("{of} (U+{:04X})", u32::from(of)))
                .collect();
            let more = count.saturating_sub(NAMED);
            let named = named.join(", ") + if more > 0 { " …" } else { "" };
            let hint = match are_named {
                true => text!(print_missing_named_hint),
                false => text!(print_missing_hint),
            };
            Words::new(text!(print_missing, count = count, characters = named), hint)
        }
        PrintFault::Refused { file, reason } => Words::new(
            text!(print_refused, file = file, reason = text!(reason_original, message = reason)),
            text!(print_refused_hint),
        ),
        PrintFault::Warned { file, reason } => Words::new(
            text!(print_warned, file = file, reason = text!(reason_original, message = reason)),
            text!(print_refused_hint),
        ),
    }
}
