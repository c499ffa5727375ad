//! Progress on a terminal, for everything that takes longer than a second.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use quanheng_words::{Language, Text, word};

/// A bar on standard error that stays away for the first second, and from pipes altogether.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    language: Language,
}

impl Progress {
    /// Starts with reading, which every command does first.
    pub fn new(language: Language) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]");
        bar.set_style(style.expect("a template that parses"));
        bar.set_message(word!(progress_reading, language));
        let progress = Progress { bar, language };
        progress.wait_a_second();
        progress
    }

    /// A thread that starts drawing after a second; it ends with the bar.
    fn wait_a_second(&self) {
        let bar = self.bar.downgrade();
        let draw = move || {
            std::thread::sleep(Duration::from_secs(1));
            if let Some(bar) = bar.upgrade()
                && !bar.is_finished()
            {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(Duration::from_millis(120));
            }
        };
        // A system without threads draws nothing.
        let _ = std::thread::Builder::new().spawn(draw);
    }

    /// What is being done now, and how far it is.
    pub fn step(&self, what: &Text, at: usize, of: usize) {
        self.bar.set_message(format!("{} {} / {of}", what.render(self.language), at + 1));
    }

    /// Clears the line.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}
