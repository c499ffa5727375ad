//! Progress on a terminal, for everything that takes longer than a second.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use quanheng_words::{Language, Text, text, word};

/// A bar on standard error that stays away for the first second, and from pipes altogether.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    language: Language,
    /// What is being done, since when, and how far it was then.
    began: Mutex<Option<(String, Instant, usize)>>,
}

impl Progress {
    /// Starts with reading, which every command does first.
    pub fn new(language: Language) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]");
        bar.set_style(style.expect("a template that parses"));
        bar.set_message(word!(progress_reading, language));
        let progress = Progress { bar, language, began: Mutex::new(None) };
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

    /// What is being done now, how far it is, and how much time is left if it goes on as before.
    pub fn step(&self, what: &Text, at: usize, of: usize) {
        let what = what.render(self.language);
        let left = self.left(&what, at, of).map(|left| {
            let (minutes, seconds) = (left.as_secs() / 60, left.as_secs() % 60);
            let left = text!(progress_left, time = format!("{minutes}:{seconds:02}"));
            left.render(self.language)
        });
        let left = left.unwrap_or_default();
        self.bar.set_message(format!("{what} {} / {of}{left}", at + 1));
    }

    /// How much time is left; none where too little is done to say so.
    fn left(&self, what: &str, at: usize, of: usize) -> Option<Duration> {
        let mut began = self.began.lock().unwrap_or_else(PoisonError::into_inner);
        let (same, since, from) =
            began.get_or_insert_with(|| (what.to_owned(), Instant::now(), at));
        if same != what || *from > at {
            *began = Some((what.to_owned(), Instant::now(), at));
            return None;
        }
        let (done, spent) = (at - *from, since.elapsed());
        let enough = done > 0 && at < of && spent > Duration::from_secs(1);
        enough.then(|| spent.mul_f64((of - at) as f64 / done as f64))
    }

    /// Clears the line.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}
