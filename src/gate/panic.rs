//! A fault of the program itself, or of a library: said in a sentence, and ended with an exit code of its own.

use std::cell::Cell;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use quanheng_words::{Language, text};

thread_local! {
    /// How many callers on this thread ask to keep quiet about faults, which they catch.
    static QUIET: Cell<u32> = const { Cell::new(0) };
}

/// While it lives, a fault on this thread is not said: the code that catches it says something better.
#[derive(Debug)]
pub struct Quiet(());

/// Begins to keep quiet about faults on this thread.
pub fn quiet() -> Quiet {
    QUIET.set(QUIET.get() + 1);
    Quiet(())
}

/// Whether a fault on this thread is caught by a caller, who says it in words of its own.
pub fn is_quiet() -> bool {
    QUIET.get() > 0
}

impl Drop for Quiet {
    fn drop(&mut self) {
        QUIET.set(QUIET.get().saturating_sub(1));
    }
}

/// Runs the program; `None` where it fails by a fault of its own, which is then said.
pub fn guard<T>(language: Language, run: impl FnOnce() -> T) -> Option<T> {
    std::panic::set_hook(Box::new(move |fault| {
        if is_quiet() {
            return;
        }
        let said = text!(internal_fault, fault = fault.to_string()).render(language);
        // Where nothing can be written, nothing is said.
        let _ = writeln!(std::io::stderr(), "{said}");
    }));
    catch_unwind(AssertUnwindSafe(run)).ok()
}
