//! One use of everything that `core/clippy.toml` forbids, a use a line. Nothing here is ever run.

#![expect(unused_must_use, reason = "only that the lint sees a use counts")]

use std::hash::RandomState;
use std::io::Write;
use std::net::ToSocketAddrs;
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub fn numbers(x: f64, y: f64) {
    x.exp();
    x.exp_m1();
    x.ln();
    x.ln_1p();
    x.log(y);
    x.log2();
    x.log10();
    x.powf(y);
    x.powi(2);
    x.cbrt();
    x.sin();
    x.cos();
    x.tanh();
    x.exp2();
    x.tan();
    x.sin_cos();
    x.sinh();
    x.cosh();
    x.asin();
    x.acos();
    x.atan();
    x.atan2(y);
    x.asinh();
    x.acosh();
    x.atanh();
    x.hypot(y);
    x.mul_add(y, y);
    x.min(y);
    x.max(y);
    x.clamp(y, y);
}

pub fn files(path: &Path) {
    std::fs::canonicalize(path);
    std::fs::copy(path, path);
    std::fs::create_dir(path);
    std::fs::create_dir_all(path);
    std::fs::exists(path);
    std::fs::hard_link(path, path);
    let permissions = std::fs::metadata(path).unwrap().permissions();
    std::fs::read(path);
    std::fs::read_dir(path);
    std::fs::read_link(path);
    std::fs::read_to_string(path);
    std::fs::remove_dir(path);
    std::fs::remove_dir_all(path);
    std::fs::remove_file(path);
    std::fs::rename(path, path);
    std::fs::set_permissions(path, permissions);
    std::fs::symlink_metadata(path);
    std::fs::write(path, "");
    path.canonicalize();
    path.exists();
    path.is_dir();
    path.is_file();
    path.is_symlink();
    path.metadata();
    path.read_dir();
    path.read_link();
    path.symlink_metadata();
    path.try_exists();
    std::fs::DirBuilder::new();
    std::fs::File::create(path);
    std::fs::File::open(path);
    std::fs::File::options().read(true).open(path);
    std::fs::OpenOptions::new().read(true).open(path);
}

pub fn environment(path: &Path) {
    std::env::args();
    std::env::args_os();
    std::env::current_dir();
    std::env::current_exe();
    std::env::home_dir();
    std::env::set_current_dir(path);
    std::env::temp_dir();
    std::env::var("HOME");
    std::env::var_os("HOME");
    std::env::vars();
    std::env::vars_os();
}

pub fn output() {
    std::io::stderr().write_all(b"");
    std::io::stdin();
    std::io::stdout().write_all(b"");
    dbg!(1);
    eprint!("");
    eprintln!();
    print!("");
    println!();
}

pub fn output_of_another(_: std::io::Stdout, _: std::io::Stderr, _: std::io::Stdin,) {}

pub fn processes(end: bool) {
    std::process::Command::new("true").status();
    std::process::id();
    if end { std::process::exit(1) }
    std::process::abort()
}

pub fn network() {
    "localhost:80".to_socket_addrs();
    std::net::TcpListener::bind("localhost:80");
    std::net::TcpStream::connect("localhost:80");
    std::net::UdpSocket::bind("localhost:80");
    std::os::unix::net::UnixDatagram::unbound();
    std::os::unix::net::UnixListener::bind("socket");
    std::os::unix::net::UnixStream::connect("socket");
}

pub fn threads(time: std::time::Duration) {
    std::thread::available_parallelism();
    std::thread::park();
    std::thread::park_timeout(time);
    std::thread::scope(|_| ());
    std::thread::sleep(time);
    std::thread::spawn(|| ());
    std::thread::yield_now();
    std::thread::Builder::new();
}

pub fn clocks() {
    std::time::UNIX_EPOCH.elapsed();
    std::time::Instant::now();
    std::time::SystemTime::now();
}

pub fn order(numbers: &[f64]) {
    numbers.par_iter().fold(|| 0.0, |a, b| a + b).count();
    numbers.par_iter().fold_with(0.0, |a, b| a + b).count();
    numbers.par_iter().product::<f64>();
    numbers.par_iter().copied().reduce(|| 0.0, |a, b| a + b);
    numbers.par_iter().copied().reduce_with(|a, b| a + b);
    numbers.par_iter().sum::<f64>();
}

pub fn randomness() {
    RandomState::new();
}
