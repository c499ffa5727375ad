//! Every method of every kind, without a line per method.

use quanheng_core::conformance::Trial;
use quanheng_core::method::Entry;

/// The worked example of every method holds.
#[test]
fn worked_examples() {
    let mut wrong = Vec::new();
    fn hold<M: Trial + ?Sized>(kind: &str, table: &[Entry<M>], wrong: &mut Vec<String>) {
        for entry in table {
            let example = (entry.example)();
            let method = match (entry.make)(&example.settings) {
                Ok(method) => method,
                Err(e) => {
                    wrong.push(format!("{kind} {}: {e:?}", entry.name));
                    continue;
                }
            };
            match method.trial(&example) {
                Err(e) => wrong.push(format!("{kind} {}: {e}", entry.name)),
                Ok(found) => {
                    let equal = found.len() == example.expected.len()
                        && found.iter().zip(&example.expected).all(|(a, b)| {
                            (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * b.abs().max(1.0)
                        });
                    if !equal {
                        wrong.push(format!(
                            "{kind} {}: expected {:?}, found {found:?}",
                            entry.name, example.expected
                        ));
                    }
                }
            }
        }
    }
    hold("imputation", quanheng_core::imputation::TABLE, &mut wrong);
    hold("treatment", quanheng_core::treatment::TABLE, &mut wrong);
    hold("normalisation", quanheng_core::normalisation::TABLE, &mut wrong);
    hold("weighting", quanheng_core::weighting::TABLE, &mut wrong);
    hold("aggregation", quanheng_core::aggregation::TABLE, &mut wrong);
    hold("tiering", quanheng_core::tiering::TABLE, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
