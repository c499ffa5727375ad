//! Typst source to PDF, and SVG to PNG, with the fonts of the system or with given ones.
//!
//! This package knows nothing of Quanheng. It opens the font files that are named or that the system has, and nothing
//! else: no packages, no other files, no network, no clock.

mod fonts;
mod pdf;
mod png;

pub use fonts::{Fonts, NoFont};
pub use pdf::{Complaint, Job, Printed, pdf};
pub use png::png;
