//! A child process that has a library open, as the program sees it.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child as Process, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use memmap2::{MmapMut, MmapOptions};
use quanheng_words::{Text, text};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::protocol::{self, CALL, Call, DONE, DROP, FAILED, HEAD, Layout, MAKE, OPENED, REFUSED};
use super::{COMMAND, ChildLimits, Dead, Walls};
use crate::describe::Description;
use crate::given::{Beside, Failure, Given};
use crate::refusal::Refusal;
use crate::settings::{Bytes, Stated};

/// A child process with a library open in it.
#[derive(Debug)]
pub(crate) struct Child {
    process: Process,
    questions: ChildStdin,
    answers: ChildStdout,
    shared: File,
    map: Option<MmapMut>,
    limits: ChildLimits,
    pub(crate) description: Description,
    pub(crate) walls: Walls,
}

/// How a question went.
enum Answer {
    Done(Vec<u8>),
    Failed(Failure),
}

fn garbled() -> Dead {
    Dead(text!(plugin_answer_nonsense))
}

/// How long a child that closed its pipe may take to end.
const GRACE: Duration = Duration::from_secs(2);

impl Child {
    /// Starts a child of `program` with a library.
    pub(crate) fn start(
        program: &Path,
        library: &Path,
        limits: ChildLimits,
    ) -> Result<Child, Refusal> {
        let none = |e: std::io::Error| Refusal::NoIsolation { reason: Text::plain(e.to_string()) };
        let shared = tempfile::NamedTempFile::new_in(shared_folder()).map_err(none)?;
        let mut process = Command::new(program)
            .arg(COMMAND)
            .arg(library)
            .arg(shared.path())
            .arg(limits.megabytes.to_string())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(none)?;
        let questions = process.stdin.take().expect("piped");
        let answers = process.stdout.take().expect("piped");
        let file = shared.as_file().try_clone().map_err(none)?;
        let mut child = Child {
            process,
            questions,
            answers,
            shared: file,
            map: None,
            limits,
            description: Description::default(),
            walls: Walls::default(),
        };
        let opened = child.answer(Instant::now() + limits.time);
        // Both have it open; its name is needed no longer.
        drop(shared);
        let (kind, payload) = opened.map_err(|Dead(how)| Refusal::Died { how })?;
        let mut bytes = Bytes(&payload);
        let garbled = || Refusal::Died { how: garbled().0 };
        match kind {
            OPENED => {
                child.walls = Walls::of(bytes.take(1).ok_or_else(garbled)?[0]);
                child.description = protocol::description(&mut bytes).ok_or_else(garbled)?;
                Ok(child)
            }
            REFUSED => Err(protocol::refusal(&mut bytes).unwrap_or_else(garbled)),
            _ => Err(garbled()),
        }
    }

    /// Whether it still runs; a child may end between two calls.
    pub(crate) fn runs(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Waits until a pipe is ready, as long as a call may take.
    fn ready(&mut self, deadline: Instant, flags: PollFlags) -> Result<(), Dead> {
        if flags == PollFlags::IN && soon(&self.answers) {
            return Ok(());
        }
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let left = Timespec::try_from(left).ok();
            let mut fds = [match flags {
                PollFlags::OUT => PollFd::new(&self.questions, flags),
                _ => PollFd::new(&self.answers, flags),
            }];
            match poll(&mut fds, left.as_ref()) {
                Ok(0) => {
                    self.kill();
                    let seconds = self.limits.time.as_secs_f64();
                    return Err(Dead(text!(plugin_not_in_time, seconds = seconds)));
                }
                Ok(_) => return Ok(()),
                Err(rustix::io::Errno::INTR) => {}
                Err(e) => return Err(Dead(Text::plain(e.to_string()))),
            }
        }
    }

    /// Reads as much as there is room for; a child that sends half an answer is waited for no longer than any other.
    fn fill(&mut self, deadline: Instant, room: &mut [u8]) -> Result<(), Dead> {
        let mut at = 0;
        while at < room.len() {
            self.ready(deadline, PollFlags::IN)?;
            match self.answers.read(&mut room[at..]) {
                Ok(0) => return Err(Dead(self.how_it_ended())),
                Ok(n) => at += n,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Dead(self.how_it_ended())),
            }
        }
        Ok(())
    }

    /// Waits for an answer.
    fn answer(&mut self, deadline: Instant) -> Result<(u8, Vec<u8>), Dead> {
        let mut head = [0; HEAD];
        self.fill(deadline, &mut head)?;
        let Some((length, kind)) = protocol::head(head) else {
            self.kill();
            return Err(garbled());
        };
        let mut payload = vec![0; length];
        self.fill(deadline, &mut payload)?;
        Ok((kind, payload))
    }

    /// Puts a question. A pipe that can be written to takes this much without waiting, so that a child that does not
    /// read blocks nothing.
    fn put(&mut self, deadline: Instant, frame: &[u8]) -> Result<(), Dead> {
        for piece in frame.chunks(4096) {
            self.ready(deadline, PollFlags::OUT)?;
            if self.questions.write_all(piece).is_err() {
                return Err(Dead(self.how_it_ended()));
            }
        }
        Ok(())
    }

    fn ask(&mut self, kind: u8, payload: &[u8]) -> Result<Answer, Dead> {
        let deadline = Instant::now() + self.limits.time;
        self.put(deadline, &protocol::frame(kind, payload))?;
        let (kind, payload) = self.answer(deadline)?;
        match kind {
            DONE => Ok(Answer::Done(payload)),
            FAILED => Failure::read(&mut Bytes(&payload)).map(Answer::Failed).ok_or_else(garbled),
            _ => Err(garbled()),
        }
    }

    /// Makes an instance; gives its number.
    pub(crate) fn make(
        &mut self,
        method: usize,
        settings: &Stated,
    ) -> Result<Result<u64, Failure>, Dead> {
        let mut payload = (method as u64).to_le_bytes().to_vec();
        settings.write(&mut payload);
        Ok(match self.ask(MAKE, &payload)? {
            Answer::Failed(failure) => Err(failure),
            Answer::Done(answer) => match Bytes(&answer).u64() {
                Some(number) => Ok(number),
                None => return Err(garbled()),
            },
        })
    }

    /// Runs an instance.
    pub(crate) fn call(
        &mut self,
        instance: u64,
        given: &Given<'_>,
        out: &mut [f64],
    ) -> Result<Result<Beside, Failure>, Dead> {
        let layout = Layout::of(given, out.len());
        let Some(places) = layout.places() else {
            return Ok(Err(Failure::new(text!(plugin_memory_beyond), None)));
        };
        if let Err(e) = self.room(places.end * 8) {
            let what = text!(plugin_memory, reason = e.to_string());
            return Ok(Err(Failure::new(what, Some(text!(plugin_megabytes)))));
        }
        if let Some(map) = self.map.as_mut().filter(|_| places.end > 0) {
            // SAFETY: the memory begins at a page, is long enough, and every pattern of bits is a number; the child waits.
            let words = unsafe {
                std::slice::from_raw_parts_mut(map.as_mut_ptr().cast::<f64>(), places.end)
            };
            places.write(given, words);
            words[places.out..places.end].copy_from_slice(out);
        }
        let mut payload = Vec::with_capacity(256);
        Call::put(&mut payload, instance, given, &layout);
        let answer = match self.ask(CALL, &payload)? {
            Answer::Failed(failure) => return Ok(Err(failure)),
            Answer::Done(answer) => answer,
        };
        if let Some(map) = self.map.as_ref().filter(|_| !out.is_empty()) {
            // SAFETY: as above; the child has answered and waits again.
            let words =
                unsafe { std::slice::from_raw_parts(map.as_ptr().cast::<f64>(), places.end) };
            out.copy_from_slice(&words[places.out..places.end]);
        }
        protocol::beside(&mut Bytes(&answer)).map(Ok).ok_or_else(garbled)
    }

    /// Gives an instance back.
    pub(crate) fn drop_instance(&mut self, instance: u64) {
        let _ = self.ask(DROP, &instance.to_le_bytes());
    }

    /// Makes the shared memory at least this long.
    fn room(&mut self, bytes: usize) -> std::io::Result<()> {
        if self.map.as_ref().is_some_and(|m| m.len() >= bytes) || bytes == 0 {
            return Ok(());
        }
        // Somewhat more than requested, so that a slightly longer call does not map it again.
        let length = bytes.next_power_of_two().max(1 << 16);
        self.map = None;
        self.shared.set_len(length as u64)?;
        // SAFETY: the file belongs to this program and its child alone, and each waits for the other.
        self.map = Some(unsafe { MmapOptions::new().len(length).map_mut(&self.shared)? });
        Ok(())
    }

    fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// How a child that closed its pipe came to its end.
    fn how_it_ended(&mut self) -> Text {
        // It closes its pipe a moment before it can be waited for; one that only closed its pipe is ended here.
        let until = Instant::now() + GRACE;
        let status = loop {
            match self.process.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(1)),
                Ok(None) => {
                    self.kill();
                    return text!(plugin_lost_pipe);
                }
                Err(e) => return text!(plugin_ended, reason = e.to_string()),
            }
        };
        match std::os::unix::process::ExitStatusExt::signal(&status) {
            Some(signal) => {
                let meaning = match signal {
                    4 => text!(plugin_signal_4),
                    6 => text!(plugin_signal_6),
                    7 => text!(plugin_signal_7),
                    8 => text!(plugin_signal_8),
                    9 => text!(plugin_signal_9),
                    11 => text!(plugin_signal_11),
                    31 => text!(plugin_signal_31),
                    _ => Text::default(),
                };
                text!(plugin_ended_by_signal, signal = signal, meaning = meaning)
            }
            None => text!(plugin_ended_with_code, code = status.code().unwrap_or_default()),
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.questions.flush();
        self.kill();
    }
}

/// How long either side looks again and again before it goes to sleep: most calls are shorter, and to be woken takes a
/// processor that has nothing else to do some fifty microseconds.
const AWAKE: Duration = Duration::from_micros(500);

/// Whether there is something to read within [`AWAKE`].
pub(super) fn soon(pipe: &impl std::os::fd::AsFd) -> bool {
    let start = Instant::now();
    loop {
        let mut fds = [PollFd::new(pipe, PollFlags::IN)];
        if let Ok(1..) = poll(&mut fds, Some(&Timespec::default())) {
            return true;
        }
        if start.elapsed() > AWAKE {
            return false;
        }
        // Where there is one processor only, the other side gets it.
        std::thread::yield_now();
    }
}

/// Where memory can be shared without touching a disk.
fn shared_folder() -> std::path::PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() }
}
