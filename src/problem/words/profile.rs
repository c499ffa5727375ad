//! The words for what is wrong with a region whose profile is asked for.

use quanheng_words::text;

use super::Words;
use crate::problem::ProfileFault;

pub(super) fn words(fault: &ProfileFault) -> Words {
    match fault {
        ProfileFault::Words { found, all: false } => {
            Words::new(text!(profile_words, found = *found), text!(profile_words_hint))
        }
        ProfileFault::Words { all: true, .. } => {
            Words::new(text!(profile_all_and_region), text!(profile_words_hint))
        }
    }
}
