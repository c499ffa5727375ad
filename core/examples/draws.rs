//! Draws of weights over a made table, and the number that all figures come to: the same on every machine.
//!
//! `cargo run --release -p quanheng-core --example draws -- 31 65 1000000 [figures]`; with `exact`, the probabilities of all
//! pairs in closed form.

use quanheng_core::number::uniform;
use quanheng_core::robustness::{Draws, Linear, Shape, simplex};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number =
        |at: usize, usual: u64| words.get(at).and_then(|w| w.parse().ok()).unwrap_or(usual);
    let (n, k, count) = (number(0, 31), number(1, 65), number(2, 10_000));
    let is = |word: &str| words.iter().any(|w| w == word);
    let cell = |i: u64, j: u64| 100.0 * uniform(2024, i, j);
    let scores: Vec<f64> = (0..n).flat_map(|i| (0..k).map(move |j| cell(i, j))).collect();
    if is("exact") {
        let all = simplex::winning(&scores, k as usize, 0.0);
        let bits = all.iter().fold(0_u64, |d, p| d.rotate_left(7) ^ p.to_bits());
        println!("{n} x {k} pairs {bits:016x}");
        return;
    }
    let linear = Linear::of_table(scores, vec![1.0 / k as f64; k as usize]);
    let draws = Draws {
        shapes: vec![Shape::Dirichlet(vec![1; k as usize])],
        bounds: vec![None],
        count,
        seed: 1,
        pairs: is("figures"),
        central: is("figures"),
        tiers: Vec::new(),
    };
    println!("{n} x {k} draws {count} {:016x}", draws.of(&linear).digest());
}
