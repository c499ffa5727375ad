//! Under which choices and values something happens: boxes of inputs that hold most of the cases of interest and little
//! else, and pairs of regions whose order depends on a choice.

mod pairs;
mod prim;

pub use pairs::{Pair, pairs};
pub use prim::{Bounds, Found, Input, Options, Prim, Restriction};
