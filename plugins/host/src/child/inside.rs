//! The child process: opens one library, shuts itself in, and answers until the pipe closes.

use std::fs::File;
use std::io::{BufReader, Write};
use std::os::fd::AsFd;
use std::path::Path;

use memmap2::{MmapMut, MmapOptions};
use quanheng_words::{Text, text};
use rustix::event::{PollFd, PollFlags, poll};

use super::protocol::{
    CALL, Call, DONE, DROP, FAILED, LONGEST, MAKE, OPENED, REFUSED, put_beside, put_description,
    put_refusal, receive, send,
};
use super::sandbox;
use crate::given::{Failure, Given};
use crate::library::{Instance, Library};
use crate::refusal::Refusal;
use crate::settings::{Bytes, Stated};

/// The body of the hidden command that a child process runs: the library, the shared memory, and the megabytes that it
/// may take. Returns when the program closes the pipe.
///
/// # Errors
/// Pipes or memory that cannot be obtained.
pub fn child(library: &Path, shared: &Path, megabytes: u64) -> std::io::Result<()> {
    // What the plugin prints must not reach the pipe that the answers go through.
    let answers = rustix::io::dup(std::io::stdout())?;
    let questions = rustix::io::dup(std::io::stdin())?;
    let nowhere = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdin(nowhere.as_fd())?;
    rustix::stdio::dup2_stdout(nowhere.as_fd())?;
    let (mut questions, mut answers) = (BufReader::new(File::from(questions)), File::from(answers));
    let shared = File::options().read(true).write(true).open(shared)?;

    let mut payload = Vec::new();
    let no_isolation = |reason| Refusal::NoIsolation { reason: Text::plain(reason) };
    let opened = sandbox::before(library, megabytes).map_err(no_isolation);
    let opened = opened.and_then(|before| {
        let library = Library::open(library)?;
        let after = sandbox::after().map_err(no_isolation)?;
        Ok((library, before.with(after)))
    });
    let library = match opened {
        Ok((library, sandbox)) => {
            end_with_the_program(&questions)?;
            payload.push(sandbox.bits());
            put_description(&mut payload, &library.description);
            if payload.len() > LONGEST {
                payload.clear();
                let refusal = Refusal::Unusable { what: text!(plugin_says_too_much) };
                put_refusal(&mut payload, &refusal);
                return send(&mut answers, REFUSED, &payload);
            }
            send(&mut answers, OPENED, &payload)?;
            library
        }
        Err(refusal) => {
            put_refusal(&mut payload, &refusal);
            return send(&mut answers, REFUSED, &payload);
        }
    };
    serve(&library, &mut questions, &mut answers, &shared)
}

/// Ends this process when the program is gone, even in the middle of a call. The thread starts when all walls stand, so
/// that it stands behind them too.
fn end_with_the_program(questions: &BufReader<File>) -> std::io::Result<()> {
    let pipe = questions.get_ref().try_clone()?;
    let watch = move || {
        // No event is requested, so only the end of the pipe is reported.
        let mut fds = [PollFd::new(&pipe, PollFlags::empty())];
        while let Ok(0) | Err(rustix::io::Errno::INTR) = poll(&mut fds, None) {}
        std::process::exit(0);
    };
    std::thread::Builder::new().stack_size(1 << 16).spawn(watch).map(|_| ())
}

fn serve(
    library: &Library,
    questions: &mut BufReader<File>,
    answers: &mut impl Write,
    shared: &File,
) -> std::io::Result<()> {
    let mut instances: Vec<Option<Instance>> = Vec::new();
    let mut map: Option<MmapMut> = None;
    loop {
        if questions.buffer().is_empty() {
            super::process::soon(questions.get_ref());
        }
        let (kind, payload) = match receive(questions) {
            Ok(frame) => frame,
            // The program is done with this child, or is gone.
            Err(_) => return Ok(()),
        };
        let mut bytes = Bytes(&payload);
        let mut answer = Vec::new();
        let done = match kind {
            MAKE => make(library, &mut bytes, &mut instances, &mut answer),
            CALL => call(library, &mut bytes, &instances, shared, &mut map, &mut answer),
            DROP => {
                let instance = bytes.u64().and_then(|k| instances.get_mut(k as usize)?.take());
                instance.into_iter().for_each(|i| library.drop(i));
                Ok(())
            }
            _ => Err(Failure::new(text!(plugin_unknown_question), None)),
        };
        match done {
            Ok(()) => send(answers, DONE, &answer)?,
            Err(failure) => {
                answer.clear();
                failure.put(&mut answer);
                send(answers, FAILED, &answer)?;
            }
        }
    }
}

fn short() -> Failure {
    Failure::new(text!(plugin_cut_short), None)
}

fn make(
    library: &Library,
    bytes: &mut Bytes<'_>,
    instances: &mut Vec<Option<Instance>>,
    answer: &mut Vec<u8>,
) -> Result<(), Failure> {
    let method = bytes.u64().ok_or_else(short)? as usize;
    let settings = Stated::read(bytes).ok_or_else(short)?;
    let instance = library.make(method, &settings)?;
    answer.extend((instances.len() as u64).to_le_bytes());
    instances.push(Some(instance));
    Ok(())
}

fn call(
    library: &Library,
    bytes: &mut Bytes<'_>,
    instances: &[Option<Instance>],
    shared: &File,
    map: &mut Option<MmapMut>,
    answer: &mut Vec<u8>,
) -> Result<(), Failure> {
    let call = Call::read(bytes).ok_or_else(short)?;
    let places = call.layout.places().ok_or_else(short)?;
    let instance = instances.get(call.instance as usize).and_then(Option::as_ref);
    let instance = instance.ok_or_else(short)?;
    if map.as_ref().is_none_or(|m| m.len() < places.end * 8) && places.end > 0 {
        let system = |e: std::io::Error| {
            let what = text!(plugin_memory, reason = e.to_string());
            Failure::new(what, Some(text!(plugin_memory_hint)))
        };
        // Its length is found without a look at the file itself, which is no longer allowed.
        let length =
            rustix::fs::seek(shared, rustix::fs::SeekFrom::End(0)).map_err(|e| system(e.into()))?;
        // SAFETY: the file belongs to the program and this child alone, and each waits for the other.
        let mapped = unsafe { MmapOptions::new().len(length as usize).map_mut(shared) };
        *map = Some(mapped.map_err(system)?);
    }
    let words: &mut [f64] = match map.as_mut() {
        None => &mut [],
        Some(map) if map.len() < places.end * 8 => return Err(short()),
        // SAFETY: the memory begins at a page, is long enough, and every pattern of bits is a number.
        Some(map) => unsafe {
            std::slice::from_raw_parts_mut(map.as_mut_ptr().cast::<f64>(), places.end)
        },
    };
    let (input, out) = words.split_at_mut(places.out);
    let input: &[f64] = input;
    let mut given = Given {
        stage: call.stage,
        rows: call.layout.rows,
        codes: call.codes.iter().map(String::as_str).collect(),
        column: call.column,
        indicator: call.indicator,
        nodes: call.nodes,
        asked: call.asked,
        ..Given::default()
    };
    places.read(call.layout.columns, &mut given, input);
    let found = given.with(|input| library.call(instance, input, given.asked, out))?;
    put_beside(answer, &found);
    if answer.len() > LONGEST {
        return Err(Failure::new(text!(plugin_nodes_long), None));
    }
    Ok(())
}
