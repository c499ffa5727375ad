//! Coefficients beside published examples and other programs.

use proptest::prelude::*;

use super::*;

const N: f64 = f64::NAN;

/// Krippendorff (2011), section C: four observers and twelve units, some codes missing.
fn krippendorff_2011() -> Codes {
    let observers = [
        [1., 2., 3., 3., 2., 1., 4., 1., 2., N, N, N],
        [1., 2., 3., 3., 2., 2., 4., 1., 2., 5., N, 3.],
        [N, 3., 3., 3., 2., 3., 4., 2., 2., 5., 1., N],
        [1., 2., 3., 3., 2., 4., 4., 1., 2., 5., 1., N],
    ];
    let mut codes = Codes::new(4);
    (0..12).for_each(|unit| codes.add(&observers.map(|of| of[unit])));
    codes
}

fn rounded(x: Option<f64>) -> f64 {
    number::round(x.expect("defined"), 3, number::RoundMode::HalfUp)
}

#[test]
fn krippendorffs_own_example() {
    let codes = krippendorff_2011();
    // The last unit has one code and is not among them.
    assert_eq!(codes.units(), 11);
    let of = |scale| rounded(krippendorff(&codes, scale));
    assert_eq!(of(Scale::Nominal), 0.743);
    assert_eq!(of(Scale::Ordinal), 0.815);
    assert_eq!(of(Scale::Interval), 0.849);
    assert_eq!(of(Scale::Ratio), 0.797);
}

#[test]
fn fleiss_table_of_fourteen_psychiatrists() {
    // The ten subjects, five categories and fourteen raters of https://en.wikipedia.org/wiki/Fleiss%27_kappa: 0.210.
    let table = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let mut codes = Codes::new(14);
    for subject in table {
        let each = subject.iter().zip(1..).flat_map(|(n, code)| vec![f64::from(code); *n]);
        codes.add(&each.collect::<Vec<f64>>());
    }
    let found = fleiss(&codes).expect("defined");
    assert_eq!((found.codes, found.units), (14, 10));
    assert_eq!(rounded(Some(found.kappa)), 0.210);
    // The mean agreement of the subjects, as printed there.
    assert_eq!(rounded(percent(&codes)), 0.378);
}

#[test]
fn cohens_kappa_of_two_coders() {
    // Twenty, five, ten and fifteen of fifty proposals: (0.70 − 0.50) / (1 − 0.50). sklearn.metrics.cohen_kappa_score of
    // scikit-learn 1.9.1 gives 0.4 too.
    let mut codes = Codes::new(2);
    for (a, b, n) in [(1., 1., 20), (1., 0., 5), (0., 1., 10), (0., 0., 15)] {
        (0..n).for_each(|_| codes.add(&[a, b]));
    }
    assert_eq!(cohen(&codes), Some(0.4));
    assert_eq!(percent(&codes), Some(0.7));
    // For these two lists it gives 0.5384615384615384.
    let mut codes = Codes::new(2);
    for (a, b) in [2, 0, 2, 2, 0, 1, 2, 0, 1, 1].into_iter().zip([0, 0, 2, 2, 0, 2, 2, 0, 1, 2]) {
        codes.add(&[f64::from(a), f64::from(b)]);
    }
    // A unit that one of them has not coded changes nothing.
    codes.add(&[1.0, N]);
    let kappa = cohen(&codes).expect("defined");
    assert!((kappa - 0.538_461_538_461_538_4).abs() < 1e-15, "{kappa}");
    assert_eq!(cohen(&krippendorff_2011()), None);
}

#[test]
fn nothing_is_said_where_nothing_differs() {
    let mut codes = Codes::new(2);
    assert_eq!((percent(&codes), cohen(&codes), fleiss(&codes)), (None, None, None));
    codes.add(&[1.0, 1.0]);
    codes.add(&[1.0, N]);
    assert_eq!((percent(&codes), cohen(&codes), fleiss(&codes)), (Some(1.0), None, None));
    assert_eq!(krippendorff(&codes, Scale::Nominal), None);
    codes.add(&[-1.0, 1.0]);
    assert_eq!(krippendorff(&codes, Scale::Ratio), None);
}

#[test]
fn totals_are_those_of_units_that_all_have_coded() {
    let mut codes = Codes::new(2);
    (0..19).for_each(|_| codes.add(&[1.0, 1.0]));
    codes.add(&[1.0, 0.0]);
    codes.add(&[1.0, N]);
    let found = codes.totals().expect("totals");
    assert_eq!((found.totals, found.units, found.apart), (vec![20.0, 19.0], 20, 0.05));
    assert_eq!(Codes::new(2).totals(), None);
}

#[test]
fn values_follow_from_codes_by_each_rule() {
    let by = |rule, tie, codes: &[f64]| Adjudication { rule, tie }.value(codes);
    let odd = [1.0, 0.0, 1.0];
    let even = [0.0, 2.0, 2.0, 0.0, 1.0];
    assert_eq!(by(Rule::Agreed, Tie::Fail, &odd), None);
    assert_eq!(by(Rule::Agreed, Tie::Fail, &[2.0, 2.0]), Some(2.0));
    assert_eq!(by(Rule::Majority, Tie::Fail, &odd), Some(1.0));
    assert_eq!(by(Rule::Majority, Tie::Fail, &even), None);
    assert_eq!(by(Rule::Majority, Tie::Lowest, &even), Some(0.0));
    assert_eq!(by(Rule::Majority, Tie::Highest, &even), Some(2.0));
    assert_eq!(by(Rule::Mean, Tie::Fail, &even), Some(1.0));
    assert_eq!(by(Rule::Median, Tie::Fail, &[4.0, 1.0, 2.0]), Some(2.0));
    assert_eq!(by(Rule::Median, Tie::Fail, &[1.0, 2.0]), Some(1.5));
    assert_eq!(by(Rule::Mean, Tie::Fail, &[]), None);
}

/// Alpha as Krippendorff writes it, from the matrix of coincidences.
fn by_coincidences(codes: &Codes, scale: Scale) -> Option<f64> {
    let units: Vec<Vec<f64>> = codes.pairable().collect();
    let of = counts(units.iter().flatten().copied());
    let n: f64 = of.iter().map(|(_, n)| n).sum();
    let delta = |c: usize, k: usize| {
        let (c, k) = (c.min(k), c.max(k));
        let size = match scale {
            Scale::Nominal => f64::from(u8::from(c != k)),
            Scale::Ordinal => {
                let between: f64 = of[c..=k].iter().map(|(_, n)| n).sum();
                between - (of[c].1 + of[k].1) / 2.0
            }
            Scale::Interval => of[c].0 - of[k].0,
            Scale::Ratio if c == k => 0.0,
            Scale::Ratio => (of[c].0 - of[k].0) / (of[c].0 + of[k].0),
        };
        size * size
    };
    let at = |code: f64| of.iter().position(|(other, _)| *other == code).expect("counted");
    let (mut observed, mut expected) = (0.0, 0.0);
    for unit in &units {
        for (i, a) in unit.iter().enumerate() {
            let others = unit.iter().enumerate().filter(|(j, _)| *j != i);
            for (_, b) in others {
                observed += delta(at(*a), at(*b)) / (unit.len() as f64 - 1.0);
            }
        }
    }
    for c in 0..of.len() {
        for k in 0..of.len() {
            expected += of[c].1 * of[k].1 * delta(c, k);
        }
    }
    (of.len() > 1).then(|| 1.0 - (n - 1.0) * observed / expected)
}

proptest! {
    #[test]
    fn alpha_is_that_of_the_coincidences(
        units in prop::collection::vec(prop::collection::vec(0..6_u8, 3), 1..30),
    ) {
        let mut codes = Codes::new(3);
        for unit in units {
            let code = |k: &u8| if *k == 5 { N } else { f64::from(*k) };
            codes.add(&unit.iter().map(code).collect::<Vec<f64>>());
        }
        for scale in [Scale::Nominal, Scale::Ordinal, Scale::Interval, Scale::Ratio] {
            let (found, expected) = (krippendorff(&codes, scale), by_coincidences(&codes, scale));
            prop_assert_eq!(found.is_some(), expected.is_some());
            let gap = found.unwrap_or(0.0) - expected.unwrap_or(0.0);
            prop_assert!(gap.abs() < 1e-12, "{:?}: {:?} and {:?}", scale, found, expected);
        }
    }
}
