//! Figures from other programs and from print, carried in our own tidy tables under `data/`.
//!
//! `data/README.md` says where each table comes from.

use std::path::Path;

mod aggregation;
mod analysis;
mod chinese_practice;
mod comparison;
mod count;
mod description;
mod imputation;
mod intermediate;
mod normalisation;
mod number;
mod preference;
mod robustness;
mod sensitivity;
mod suites;
mod tiering;
mod treatment;
mod weighting;
mod zeros;

/// A table of figures: a header, then rows; the first column is a key, the others are numbers (`NA` is NaN).
pub struct Figures {
    /// The names of the columns after the key.
    pub names: Vec<String>,
    /// The keys.
    pub keys: Vec<String>,
    /// The columns.
    pub columns: Vec<Vec<f64>>,
}

impl Figures {
    /// Reads `tests/reference/data/NAME.csv`.
    pub fn read(name: &str) -> Figures {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/data").join(name);
        let text = std::fs::read_to_string(path.with_extension("csv"))
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut lines = text.lines();
        let header = lines.next().expect("a header");
        let names: Vec<String> = header.split(',').skip(1).map(str::to_owned).collect();
        let mut keys = Vec::new();
        let mut columns = vec![Vec::new(); names.len()];
        for line in lines {
            let mut cells = line.split(',');
            keys.push(cells.next().expect("a key").to_owned());
            for column in &mut columns {
                let cell = cells.next().expect("a cell for each name");
                column.push(if matches!(cell, "NA" | "NaN" | "") {
                    f64::NAN
                } else {
                    cell.parse().unwrap_or_else(|_| panic!("{name}: `{cell}` is no number"))
                });
            }
        }
        Figures { names, keys, columns }
    }

    /// The row of this key.
    pub fn row(&self, key: &str) -> usize {
        self.keys.iter().position(|k| k == key).unwrap_or_else(|| panic!("no row `{key}`"))
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> &[f64] {
        let at = self.names.iter().position(|n| n == name);
        &self.columns[at.unwrap_or_else(|| panic!("no column `{name}` in {:?}", self.names))]
    }
}

/// Asserts that two columns agree to `relative`, and are absent in the same places.
pub fn agree(what: &str, found: &[f64], expected: &[f64], relative: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (row, (a, b)) in found.iter().zip(expected).enumerate() {
        let near = (a - b).abs() <= relative * b.abs() || a == b;
        assert!(near || (a.is_nan() && b.is_nan()), "{what}, row {row}: found {a}, expected {b}");
    }
}
