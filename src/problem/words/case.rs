//! The words for what is wrong with a case that is asked for.

use quanheng_words::text;

use super::Words;
use crate::problem::CaseFault;

pub(super) fn words(fault: &CaseFault) -> Words {
    match fault {
        CaseFault::None => Words::new(text!(no_cases), text!(no_cases_hint)),
        CaseFault::Words { found } => {
            Words::new(text!(case_words, found = *found), text!(case_words_hint))
        }
    }
}
