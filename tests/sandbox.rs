//! Hostile scripts: each ends in a clear error within its limits, and nothing of the program falls with it.
//!
//! Every file of tests/sandbox/hostile is run in a process of its own, under a limit on its address space and a clock, so
//! that an abort, a hang or an appetite for memory is seen. Its first line says what it tries and, after `=>`, what must
//! come: `an error`; `too long`, the error of the clock; or the start of the exact result. `@{300|fn f#() {}}` in a file stands for 300 repetitions, `#` being
//! the number of each.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::Trial;
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{Example, MethodError, ProgramFault, Settings, Source, Stage};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;
use quanheng_scripts::{
    Host, Limits, Prepared, Script, Scripted, SystemExample, SystemFault, Unfit, system_trial,
};
use quanheng_words::Language;

/// Of one process that runs one hostile script: wall-clock time, and memory at its greatest.
const LONGEST: Duration = Duration::from_secs(40);
const MEGABYTES: u64 = 512;
/// Address space of such a process, the stacks that are set aside and hardly used counted.
const ADDRESSES: u64 = 3 << 20;

/// The sizes, depths and counts are those that users get; steps and memory are scarcer, so that the suite is short, and so
/// is time for what is only slow. Nothing else must come to depend on how fast the machine is.
fn limits(slow: bool) -> Limits {
    Limits {
        operations: 300_000,
        bytes: 64 << 20,
        memory: 192 << 20,
        time: if slow { Duration::from_millis(600) } else { Duration::from_secs(15) },
        ..Limits::default()
    }
}

const FOLDER: &str = "tests/sandbox/hostile";
const NAME: &str = "QUANHENG_HOSTILE_SCRIPT";
const PROJECT: &str = "QUANHENG_HOSTILE_PROJECT";

#[test]
fn hostile_scripts_end_in_errors() {
    let project = project();
    let mut names: Vec<String> = std::fs::read_dir(FOLDER)
        .expect("the folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 60, "{} scripts", names.len());
    let chosen = std::env::var("ONLY").unwrap_or_default();
    let waiting = Mutex::new(names.iter().rev().filter(|n| n.contains(&chosen)));
    let outcomes = Mutex::new(BTreeMap::new());
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(name) = waiting.lock().expect("the list").next() else { break };
                    match in_a_process(name, &project) {
                        Ok(outcome) => {
                            outcomes.lock().expect("the map").insert(name.clone(), outcome);
                        }
                        Err(why) => {
                            failures.lock().expect("the list").push(format!("{name}: {why}"))
                        }
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("the list");
    failures.sort();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let outcomes = outcomes.into_inner().expect("the map");
    let lines: Vec<String> = outcomes.iter().map(|(name, o)| format!("{name}\n{o}")).collect();
    if chosen.is_empty() {
        insta::assert_snapshot!("outcomes", lines.join("\n"));
    } else {
        println!("{}", lines.join("\n"));
    }
}

/// What one script comes to, or what is wrong with how it ended.
fn in_a_process(name: &str, project: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(Path::new(FOLDER).join(name)).map_err(|e| e.to_string())?;
    let first = text.lines().next().unwrap_or_default();
    let (tries, must) = first
        .trim_start_matches(['/', '!', ' '])
        .split_once(" => ")
        .ok_or("its first line does not say `// what it tries => what must come`")?;
    if tries.is_empty() {
        return Err("what does it try?".into());
    }
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let start = Instant::now();
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -v {ADDRESSES} && exec \"$@\""), "sh"])
        .arg(program)
        .args(["sandbox::one_hostile_script", "--exact", "--ignored", "--nocapture"])
        .env(NAME, name)
        .env(PROJECT, project)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    let status = loop {
        match child.try_wait().map_err(|e| e.to_string())? {
            Some(status) => break status,
            None if start.elapsed() > LONGEST => {
                child.kill().map_err(|e| e.to_string())?;
                child.wait().map_err(|e| e.to_string())?;
                return Err(format!("still running after {LONGEST:?}"));
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let took = start.elapsed();
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    let words = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    let tail: String = complaints.chars().take(600).collect();
    if !status.success() {
        return Err(format!("{status} after {took:?}: {tail}"));
    }
    let said = |key: &str| {
        let lines: Vec<&str> = words.lines().filter_map(|l| l.strip_prefix(key)).collect();
        lines.join("\n")
    };
    let memory: u64 = said("memory ").parse().map_err(|_| format!("no memory: {words}"))?;
    if memory > MEGABYTES << 10 {
        return Err(format!("held {} MB at its greatest", memory >> 10));
    }
    // The author's own words are left as they are, whatever language they are in.
    let english = said("english ");
    if !english.is_empty() && !first.contains("in its own words") {
        return Err(format!("not in Chinese: {english}"));
    }
    let outcome = said("outcome ");
    println!("{name}: {} ms, {} MB", took.as_millis(), memory >> 10);
    for line in outcome.lines() {
        let kept = line.split_once(": ").map_or("", |(_, rest)| rest);
        let as_it_must = match must {
            "too long" => kept.starts_with("error: the script took too long"),
            "an error" => kept.starts_with("error: ") && kept.len() > "error: ".len(),
            exact => kept.starts_with(exact),
        };
        if !as_it_must {
            return Err(format!("{line}, and {must} must come"));
        }
        if line.contains("the host of scripts failed") {
            return Err(format!("a panic: {line}"));
        }
        if line.len() > 3000 {
            return Err(format!("{} bytes of words", line.len()));
        }
    }
    match outcome.lines().count() {
        0 => Err(format!("no outcome: {words}{tail}")),
        _ => Ok(outcome.lines().map(|l| format!("    {l}\n")).collect()),
    }
}

/// Runs one script; only in the processes that the test above starts.
#[test]
#[ignore = "run by hostile_scripts_end_in_errors, a process a script"]
fn one_hostile_script() {
    let Ok(name) = std::env::var(NAME) else { return };
    let project = PathBuf::from(std::env::var(PROJECT).expect("the project's folder"));
    let text = std::fs::read_to_string(Path::new(FOLDER).join(&name)).expect("the script");
    let slow = text.lines().next().is_some_and(|l| l.ends_with("=> too long"));
    let text = expanded(&text);
    let host = Host::new(Some(project.clone()), limits(slow));
    for (size, rows, width) in [("5 x 3", 5, 3), ("3000 x 65", 3000, 65)] {
        let outcome = match outcome(&host, &name, &text, rows, width) {
            Ok(values) => format!("{:?}", &values[..values.len().min(5)]),
            Err(words) => format!("error: {words}"),
        };
        // Where the clock stops what is slow, depends on the machine.
        let outcome = if slow { outcome.split(" <").next().unwrap_or_default() } else { &outcome };
        let outcome = outcome.replace(&*project.to_string_lossy(), "…");
        println!("outcome {size}: {}", visible(&outcome));
    }
    let status = std::fs::read_to_string("/proc/self/status").expect("the process");
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).expect("its memory");
    println!("memory {}", peak.trim().trim_end_matches("kB").trim());
}

/// One line, in which every letter shows.
fn visible(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || ('\u{200b}'..='\u{200f}').contains(&c)
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    text.chars()
        .flat_map(|c| if hidden(c) { c.escape_unicode().collect() } else { vec![c] })
        .collect()
}

/// Puts repetitions in place: `@{3|a#}` is `a0a1a2`.
fn expanded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        out.push_str(before);
        let (count, after) = after.split_once('|').expect("a count");
        let (what, after) = after.split_once("}@").expect("an end");
        for k in 0..count.parse::<usize>().expect("a number") {
            out.push_str(&what.replace('#', &k.to_string()).replace("\\n", "\n"));
        }
        rest = after;
    }
    out + rest
}

/// What a script gives for some numbers, or all that is said against it.
fn outcome(
    host: &Arc<Host>,
    name: &str,
    text: &str,
    rows: usize,
    width: usize,
) -> Result<Vec<f64>, String> {
    let source = Arc::new(Source::new(name, text));
    let script = Script::compile(host, source).map_err(|faults| {
        let more =
            if faults.len() > 2 { format!("; {} more", faults.len() - 2) } else { "".into() };
        let first: Vec<String> = faults.iter().take(2).map(words).collect();
        first.join("; ") + more.as_str()
    })?;
    script.examples().map_err(|f| words(&f))?;
    let prepared = script.prepare(&Settings::default()).map_err(|e| match e {
        Unfit::Fault(fault) => words(&fault),
        Unfit::Setting(error) => format!("{error:?}"),
    })?;
    let cell = |row: usize, k: usize| ((row * 7919 + k * 104_729) % 10_007) as f64 / 100.0;
    let columns: Vec<Vec<f64>> =
        (0..width).map(|k| (0..rows).map(|row| cell(row, k)).collect()).collect();
    if script.stage() == Stage::System {
        let raw = ["a", "b"].iter().zip(columns).map(|(n, c)| ((*n).to_owned(), c)).collect();
        let example = SystemExample { raw, ..SystemExample::default() };
        let found = system_trial(&prepared, &example).map_err(|e| match e {
            SystemFault::Fault(fault) => words(&fault),
            SystemFault::Tree { problems, .. } => format!("no tree: {problems:?}"),
        })?;
        return Ok(found.into_values().flatten().flatten().collect());
    }
    let weights = vec![1.0 / width as f64; width];
    let mut example = Example { columns, weights, ..Example::default() };
    if script.stage() == Stage::Imputation {
        example.columns[0][1] = f64::NAN;
    }
    let found = match script.stage() {
        Stage::System => unreachable!("dealt with above"),
        Stage::Imputation => trial::<dyn Imputation>(prepared, &example),
        Stage::Treatment => trial::<dyn Treatment>(prepared, &example),
        Stage::Normalisation => trial::<dyn Normalisation>(prepared, &example),
        Stage::Weighting => trial::<dyn Weighting>(prepared, &example),
        Stage::Aggregation => trial::<dyn Aggregation>(prepared, &example),
        Stage::Tiering => trial::<dyn Tiering>(prepared, &example),
    };
    found.map_err(|e| match e {
        MethodError::Program(fault) => words(&fault),
        other => other.to_string(),
    })
}

fn trial<M: Scripted + Trial + ?Sized>(
    script: Arc<Prepared>,
    example: &Example,
) -> Result<Vec<f64>, MethodError> {
    M::scripted(script).trial(example)
}

/// A fault in one line, with the places that it points to. What does not exist in Chinese is told beside it.
fn words(fault: &ProgramFault) -> String {
    for text in [Some(&fault.what), fault.hint.as_ref()].into_iter().flatten() {
        let chinese = text.render(Language::Zh);
        if !chinese.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
            println!("english {}", visible(&chinese));
        }
    }
    let mut line = fault.what.to_string();
    if let Some(hint) = &fault.hint {
        line += &format!(" ({hint})");
    }
    for site in &fault.sites {
        let text = &site.source.text;
        let place = 1 + text[..site.span.start].matches('\n').count();
        let word: String = text[site.span.clone()].chars().take(30).collect();
        line += &format!(
            " <{}:{place} {word}{}{}>",
            site.source.name,
            if site.note.is_empty() { "" } else { " " },
            site.note
        );
    }
    line
}

/// A project with modules, and ways out of it that must not be taken.
fn project() -> PathBuf {
    let above = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sandbox");
    let root = above.join("project");
    let _ = std::fs::remove_dir_all(&above);
    std::fs::create_dir_all(root.join("lib/deep")).expect("a folder");
    let write = |path: &str, text: &str| std::fs::write(root.join(path), text).expect("a file");
    let answer = "const ANSWER = 42;\nfn answer() { 42.0 }\n";
    std::fs::write(above.join("secret.rhai"), answer).expect("a file");
    std::fs::create_dir_all(above.join("outside")).expect("a folder");
    std::fs::write(above.join("outside/secret.rhai"), answer).expect("a file");
    write("lib/shares.rhai", answer);
    write("lib/itself.rhai", "import \"lib/itself\" as me;\nfn answer() { 42.0 }\n");
    write("lib/here.rhai", "import \"lib/there\" as there;\nfn answer() { 42.0 }\n");
    write("lib/there.rhai", "import \"lib/here\" as here;\nfn answer() { 42.0 }\n");
    write("lib/endless.rhai", "let x = 0;\nloop { x += 1; }\n");
    write("lib/fault.rhai", "fn answer() { 42.0 \n");
    write("lib/throws.rhai", "throw \"not today\";\n");
    write("lib/deep/recursion.rhai", "fn answer() { answer() }\n");
    write("lib/shadow.rhai", "fn sum(x) { 42.0 }\nfn answer() { sum([1.0]) }\n");
    for k in 0..1000 {
        let text = format!("import \"lib/chain{}\" as next;\nfn answer() {{ 42.0 }}\n", k + 1);
        write(&format!("lib/chain{k}.rhai"), &text);
    }
    write("lib/chain1000.rhai", answer);
    write("lib/long.rhai", &format!("{answer}// {}", "x".repeat(1 << 20)));
    write("lib/bytes.rhai", "");
    std::fs::write(root.join("lib/bytes.rhai"), b"fn answer() { \"\xff\xfe\" }").expect("a file");
    std::fs::create_dir_all(root.join("lib/folder.rhai")).expect("a folder");
    let link = |to: &Path, from: &str| {
        std::os::unix::fs::symlink(to, root.join(from)).expect("a link");
    };
    link(&above.join("secret.rhai"), "lib/link.rhai");
    link(&above.join("outside"), "lib/way");
    link(Path::new("/dev/zero"), "lib/zero.rhai");
    link(Path::new("loop.rhai"), "lib/loop.rhai");
    let made = Command::new("mkfifo").arg(root.join("lib/pipe.rhai")).status().expect("mkfifo");
    assert!(made.success());
    root
}
