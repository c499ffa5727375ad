//! Scripts run on a stack of stated size, whatever thread calls them.
//!
//! The engine reads, runs and takes apart a script by recursion, and what one step of that takes is a matter of how the
//! engine was compiled: ten times as much without optimisation as with it. So the limits on depth and on calls only hold
//! where it is known how much stack there is. A thread that is not known to have enough hands its work to one that has,
//! and waits; each thread keeps one such helper as long as it lives, so that a call costs two changes of thread and no
//! start of one. The work is the same on either.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel, sync_channel};

/// Bytes of stack below a script. Of all scripts that [`crate::Limits::default`] lets through, the worst that we know (calls
/// in calls in nested blocks) takes between 4 and 8 MB where the engine is compiled without optimisation, and less than one
/// with it; instrumented builds, as for fuzzing, take several times as much. Only what is touched takes memory.
pub const STACK: usize = 64 << 20;

type Job = Box<dyn FnOnce() + Send>;

thread_local! {
    static HAS_STACK: Cell<bool> = const { Cell::new(false) };
    static HELPER: RefCell<Option<Sender<Job>>> = const { RefCell::new(None) };
}

/// States that this thread was started with a stack of [`STACK`] bytes or more, so that scripts run on it itself: for the
/// threads of a pool that calls many of them.
pub fn has_stack() {
    HAS_STACK.set(true);
}

/// Does work where there is stack enough; the error is what it panicked with.
pub(crate) fn run<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Box<dyn Any + Send>> {
    let work = move || catch_unwind(AssertUnwindSafe(work));
    // WebAssembly has no threads; there, a stack that is used up ends the program cleanly.
    if cfg!(target_family = "wasm") || HAS_STACK.get() {
        return work();
    }
    let (done, result) = sync_channel(1);
    // The waiting thread exists until the work is done.
    let job = Box::new(move || drop(done.send(work())));
    HELPER.with_borrow_mut(|helper| hand_over(helper, job)).map_err(
        |e| -> Box<dyn Any + Send> { Box::new(format!("no thread could be started: {e}")) },
    )?;
    result.recv().unwrap_or_else(|ended| Err(Box::new(ended.to_string())))
}

fn hand_over(helper: &mut Option<Sender<Job>>, job: Job) -> std::io::Result<()> {
    let jobs = match helper {
        Some(jobs) => jobs,
        None => helper.insert(start()?),
    };
    jobs.send(job).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
}

/// A thread with the stack that scripts need; it ends with the thread that keeps its channel.
fn start() -> std::io::Result<Sender<Job>> {
    let (jobs, waiting) = channel::<Job>();
    std::thread::Builder::new().name("script".into()).stack_size(STACK).spawn(move || {
        has_stack();
        waiting.into_iter().for_each(|job| job());
    })?;
    Ok(jobs)
}

#[cfg(test)]
mod tests {
    use super::{has_stack, run};

    #[test]
    fn work_is_done_and_panics_come_back() {
        let name = || std::thread::current().name().map(str::to_owned);
        for k in 0..3 {
            assert_eq!(run(move || k + 1).ok(), Some(k + 1));
        }
        assert_eq!(run(name).ok().flatten().as_deref(), Some("script"));
        // Work inside work stays where it is.
        assert_eq!(run(move || run(name).ok().flatten()).ok().flatten().as_deref(), Some("script"));
        let panic = run(|| -> u8 { panic!("no more") }).expect_err("it panicked");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"no more"));
        assert_eq!(run(|| 1).ok(), Some(1), "the helper goes on");
        let here = std::thread::Builder::new().name("roomy".into()).spawn(move || {
            has_stack();
            run(name).ok().flatten()
        });
        let here = here.expect("a thread").join().expect("no panic");
        assert_eq!(here.as_deref(), Some("roomy"));
    }

    /// A byte array of this size on the stack, in debug builds too.
    #[test]
    fn the_stack_is_as_large_as_stated() {
        fn below(depth: usize) -> usize {
            let kept = std::hint::black_box([depth as u8; 4096]);
            if depth == 0 { 0 } else { below(depth - 1) + usize::from(kept[0] == depth as u8) }
        }
        let depth = super::STACK / 4096 / 4;
        assert_eq!(run(move || below(depth)).ok(), Some(depth));
    }
}
