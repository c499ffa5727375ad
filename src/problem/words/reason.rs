//! Why a file cannot be read or written, in words.

use quanheng_words::{Text, text};

use crate::gate::Refusal;
use crate::problem::Reason;

impl Reason {
    /// The reason in words.
    pub(crate) fn words(&self) -> Text {
        match self {
            Reason::NotFound => text!(reason_not_found),
            Reason::Denied => text!(reason_denied),
            Reason::IsFolder => text!(reason_is_folder),
            Reason::NotFolder => text!(reason_not_folder),
            Reason::Full => text!(reason_full),
            Reason::Exists => text!(reason_exists),
            Reason::ReadOnly => text!(reason_read_only),
            Reason::CutShort => text!(reason_cut_short),
            Reason::NotUtf8 { byte } => text!(reason_not_utf8, byte = *byte),
            Reason::NoHome => text!(reason_no_home),
            Reason::Refused(Refusal::Outside { folder }) => text!(reason_outside, folder = folder),
            Reason::Refused(Refusal::Link { to }) => text!(reason_link, to = to),
            Reason::Refused(Refusal::NotAFile) => text!(reason_not_a_file),
            Reason::Refused(Refusal::TooLong { most }) => {
                text!(reason_too_long, megabytes = most >> 20)
            }
            Reason::Other(message) => text!(reason_system, message = message),
        }
    }

    /// What to do about it; nothing for causes that the user cannot change here.
    pub(super) fn hint(&self) -> Option<Text> {
        match self {
            Reason::NotFound => Some(text!(reason_not_found_hint)),
            Reason::Denied => Some(text!(reason_denied_hint)),
            Reason::IsFolder => Some(text!(reason_is_folder_hint)),
            Reason::NotFolder => Some(text!(reason_not_folder_hint)),
            Reason::Full => Some(text!(reason_full_hint)),
            Reason::ReadOnly => Some(text!(reason_read_only_hint)),
            Reason::NotUtf8 { .. } => Some(text!(reason_not_utf8_hint)),
            Reason::Refused(Refusal::Outside { .. } | Refusal::Link { .. }) => {
                Some(text!(reason_outside_hint))
            }
            Reason::Refused(Refusal::NotAFile) => Some(text!(reason_not_a_file_hint)),
            Reason::Refused(Refusal::TooLong { .. }) => Some(text!(reason_too_long_hint)),
            Reason::Exists | Reason::CutShort | Reason::NoHome | Reason::Other(_) => None,
        }
    }
}
