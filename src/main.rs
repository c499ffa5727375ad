//! The program `quanheng`.

fn main() -> std::process::ExitCode {
    quanheng::command::main()
}
