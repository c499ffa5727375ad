//! A plugin that panics wherever it can: when it is made, when it is called, when it is given back.

use quanheng_plugin::{Fault, Given, Info, Method, Settings, Tiering, Weighting};

/// Panics when it is called, and when it is given back.
pub struct Panics;

impl Method for Panics {
    fn info() -> Info {
        Info::new("panics", "Panics.")
    }

    fn make(_: &Settings) -> Result<Self, String> {
        Ok(Panics)
    }
}

impl Weighting for Panics {
    fn weights(&self, given: &Given<'_>, _: &mut [f64]) -> Result<(), Fault> {
        panic!("there is no column {} here", given.width())
    }
}

impl Drop for Panics {
    fn drop(&mut self) {
        panic!("not even given back without a panic")
    }
}

/// Panics when it is made.
pub struct MakePanics;

impl Method for MakePanics {
    fn info() -> Info {
        Info::new("make-panics", "Panics when it is made.")
    }

    fn make(_: &Settings) -> Result<Self, String> {
        std::panic::panic_any(42)
    }
}

impl Tiering for MakePanics {
    fn tiers(&self, _: &Given<'_>, _: &mut [f64]) -> Result<(), Fault> {
        Ok(())
    }
}

quanheng_plugin::export! { weighting: Panics, tiering: MakePanics }
