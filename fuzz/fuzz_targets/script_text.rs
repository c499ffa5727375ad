//! Any text at all: refused with words, or compiled and run within its limits.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| quanheng_fuzz::run(text));
