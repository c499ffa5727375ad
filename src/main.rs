//! Quanheng 权衡.
fn main() {}
