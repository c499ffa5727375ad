//! Who watches what takes long, and may stop it.

use std::fmt::Debug;

/// A watcher of one computation.
pub trait Watch: Debug + Sync {
    /// Another piece is done: `done` in all of `of`. `kept` gives everything that is done as bytes, from which it can go on.
    fn went_on(&self, done: u64, of: u64, kept: &dyn Fn() -> Vec<u8>);

    /// Whether to stop; the pieces in hand are done before.
    fn is_stopped(&self) -> bool;
}

/// Nobody watches.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn went_on(&self, _done: u64, _of: u64, _kept: &dyn Fn() -> Vec<u8>) {}

    fn is_stopped(&self) -> bool {
        false
    }
}
