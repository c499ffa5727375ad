//! The host as a stage gives it intermediate results.

use std::ffi::c_void;

use crate::author::Intermediate;
use crate::contract;

/// Who takes intermediate results.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taker {
    pub(crate) give: unsafe extern "C" fn(sink: *mut c_void, result: *const contract::Intermediate),
    pub(crate) sink: *mut c_void,
}

impl Taker {
    pub(crate) fn take(&self, result: &Intermediate<'_>) {
        let lent = result.lent();
        // SAFETY: the host's own function, with what it asked to be handed; it copies the result. A `Given` holds it for as
        // long as the call lasts.
        unsafe { (self.give)(self.sink, &raw const lent) };
    }
}
