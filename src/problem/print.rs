//! What can be wrong with a PDF or a PNG.

/// Kinds of faults of what is printed.
#[derive(Clone, Debug, PartialEq)]
pub enum PrintFault {
    /// A program that was built without PDF and PNG.
    NotBuilt {
        /// The name of the file that is asked for.
        file: String,
    },
    /// A file or folder in which there is no font.
    NoFont {
        /// Its path.
        path: String,
    },
    /// No font at all.
    NoFonts,
    /// Characters that no font has.
    Missing {
        /// The characters.
        characters: Vec<char>,
        /// Whether fonts were named; otherwise they are those of the system.
        are_named: bool,
    },
    /// A document that the compiler refuses.
    Refused {
        /// The name of the file.
        file: String,
        /// What it says.
        reason: String,
    },
    /// A document that was written, and that the compiler warns of.
    Warned {
        /// The name of the file.
        file: String,
        /// What it says.
        reason: String,
    },
}
