//! Native plugins for Quanheng: all that an author needs.
//!
//! ```
//! use quanheng_plugin::{Claims, Fault, Given, Info, Method, Settings, Weighting, setting};
//!
//! /// Weights by the range of the scores, to a power.
//! pub struct Spread {
//!     power: f64,
//! }
//!
//! impl Method for Spread {
//!     fn info() -> Info {
//!         Info {
//!             zh: "极差权重",
//!             formula: "w ∝ (max - min)^power",
//!             settings: vec![setting("power", 1.0, "The power of the range.").between(0.0, 10.0)],
//!             claims: Claims { absent: true, ..Claims::default() },
//!             ..Info::new("spread", "Weighs each sibling by the range of its scores.")
//!         }
//!     }
//!
//!     fn make(settings: &Settings) -> Result<Self, String> {
//!         Ok(Spread { power: settings.number("power") })
//!     }
//! }
//!
//! impl Weighting for Spread {
//!     fn weights(&self, given: &Given<'_>, out: &mut [f64]) -> Result<(), Fault> {
//!         for (weight, column) in out.iter_mut().zip(given.columns()) {
//!             let present = || column.iter().copied().filter(|x| !x.is_nan());
//!             let range = present().fold(f64::MIN, f64::max) - present().fold(f64::MAX, f64::min);
//!             *weight = range.max(0.0).powf(self.power);
//!         }
//!         Ok(())
//!     }
//! }
//!
//! quanheng_plugin::export! { weighting: Spread }
//! # fn main() {}
//! ```
//! That is a whole plugin: a crate of the kind `cdylib` with this text in `src/lib.rs`. Results should be the same bits on
//! every machine: take logarithms and powers from the crate `libm` rather than from the standard library.

mod author;
pub mod contract;
mod export;
mod stage;
mod taker;

pub use author::{
    Claims, Declared, Example, Fault, Gives, Info, Intermediate, Method, Needs, Node, Settings,
    Value, setting,
};
pub use contract::Indicator;
pub use stage::{
    Aggregation, Given, Imputation, Normalisation, System, Tiering, Treatment, Weighting,
};

#[doc(hidden)]
pub mod exported {
    pub use crate::export::{
        Offered, aggregation, entry, imputation, normalisation, system, tiering, treatment,
        weighting,
    };
}

/// Exports the methods of a plugin: `export! { weighting: Spread, tiering: Boundaries }`, each with the word of its stage.
/// The plugin has the name and version of its crate.
#[macro_export]
macro_rules! export {
    ($($stage:ident : $method:ty),+ $(,)?) => {
        /// The one function that a plugin exports.
        ///
        /// # Safety
        /// None is asked of the caller: it takes two numbers and gives a table that lives as long as the process.
        #[allow(unsafe_code, reason = "the contract is one of C, and this function is what a plugin exports")]
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn quanheng_plugin(
            least: u32,
            greatest: u32,
        ) -> *const $crate::contract::Table {
            $crate::exported::entry(
                least,
                greatest,
                env!("CARGO_PKG_NAME"),
                env!("CARGO_PKG_VERSION"),
                || vec![$($crate::exported::$stage::<$method>()),+],
            )
        }
    };
}
