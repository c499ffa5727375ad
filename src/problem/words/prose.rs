//! The words for what is wrong in the chapters of a report.

use quanheng_words::{Text, text};

use super::{Words, unknown};
use crate::problem::ProseFault;

pub(super) fn words(fault: &ProseFault) -> Words {
    let list = Text::plain("docs/report-language.md");
    match fault {
        ProseFault::Syntax { said } => {
            Words::new(text!(prose_syntax, said = said), text!(prose_syntax_hint, list = list))
        }
        ProseFault::Unknown { what, name, known } => unknown(what, name, known),
        ProseFault::Missing { function, argument } => Words::new(
            text!(prose_missing, function = *function, argument = *argument),
            text!(prose_argument_hint, list = list),
        ),
        ProseFault::TooMany { function, takes } => Words::new(
            text!(prose_too_many, function = *function),
            text!(prose_takes, function = *function, takes = takes.join(", ")),
        ),
        ProseFault::Argument { function, argument, must } => Words::new(
            text!(prose_argument, function = *function, argument = *argument, must = must),
            text!(prose_argument_hint, list = list),
        ),
        ProseFault::NotCalled { function } => Words::new(
            text!(prose_not_called, function = function),
            text!(prose_not_called_hint, function = function),
        ),
        ProseFault::NoDifference { first, second } => Words::new(
            text!(prose_no_difference, first = first, second = second),
            text!(prose_no_difference_hint),
        ),
        ProseFault::NoTable { table, why } => {
            Words::new(text!(prose_no_table, table = table, why = why), text!(prose_optional_hint))
        }
        ProseFault::Failed { said } => {
            Words::new(text!(prose_failed, said = said), text!(prose_syntax_hint, list = list))
        }
        ProseFault::Endless => Words::new(text!(prose_endless), text!(prose_endless_hint)),
        ProseFault::Inside { name } => {
            Words::new(text!(prose_inside, name = name), text!(prose_inside_hint))
        }
        ProseFault::Power => Words::new(text!(prose_power), text!(prose_power_hint)),
        ProseFault::Picture => Words::new(text!(prose_picture), text!(prose_picture_hint)),
        ProseFault::Ending { file, known } => Words::new(
            text!(prose_ending, file = file),
            text!(prose_ending_hint, known = known.join(", ")),
        ),
        ProseFault::Chapters { document } => {
            Words::new(text!(prose_chapters, document = document), text!(prose_chapters_hint))
        }
    }
}
