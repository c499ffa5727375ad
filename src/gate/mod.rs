//! The gate between a project, whose files may be anybody's, and the computer of the person who opens it: which files are
//! opened, where is written, what a code is called as a file, and how large things may be.

pub mod bounds;
mod folder;
mod name;
mod panic;
mod user;

pub use folder::{Folder, Refusal, allow, open, place, read};
pub use name::{code_of, file_name};
pub use panic::{guard, is_quiet, quiet};
pub use user::user_file;
