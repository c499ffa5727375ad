//! What happens when the user stops the program.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::problem::Exit;

/// The message to a user who stops the program.
static WORDS: Mutex<Option<String>> = Mutex::new(None);

/// Whether something runs that ends by itself when it is asked to.
static GENTLY: AtomicBool = AtomicBool::new(false);

/// Whether it was asked to.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Sets the message to a user who stops the program.
pub(super) fn say(words: Option<String>) {
    if let Ok(mut said) = WORDS.lock() {
        *said = words;
    }
}

/// From now on Ctrl-C asks what runs to end, and a second one ends the program. The first prints `words`.
pub(super) fn gently(words: String) {
    say(Some(words));
    GENTLY.store(true, Ordering::Relaxed);
}

/// Whether what runs is asked to end.
pub(super) fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// Starts the thread that waits for Ctrl-C.
pub(super) fn wait() {
    // Stopping the program leaves no half-written file.
    #[cfg(any(unix, windows))]
    let _ = ctrlc::set_handler(|| {
        let goes_on = GENTLY.load(Ordering::Relaxed) && !ASKED.swap(true, Ordering::Relaxed);
        if !goes_on {
            crate::data::write::abandon();
        }
        if let Some(words) = WORDS.lock().ok().and_then(|mut words| words.take()) {
            super::complain(&format!("\n{words}\n"));
        }
        if !goes_on {
            std::process::exit(Exit::Stopped as i32);
        }
    });
}
