//! The script that `quanheng script new` writes: small and complete, with an example that passes.

use quanheng_core::method::Stage;

/// Why a name cannot be a script's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// There is none.
    Empty,
    /// It is longer than so many characters.
    Long(usize),
    /// It begins with this character.
    Start(char),
    /// It has this character; letters of any language, digits, `_` and `-` may be in it.
    Character(char),
    /// Some system keeps this name for itself.
    Kept,
}

/// The most characters that a name has.
const LONGEST: usize = 60;

/// Names that Windows keeps for devices.
const KEPT: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];

/// Whether a script can have this name.
fn check(name: &str) -> Result<(), NameFault> {
    let Some(first) = name.chars().next() else { return Err(NameFault::Empty) };
    if let Some(bad) = name.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-')) {
        return Err(NameFault::Character(bad));
    }
    if first == '-' {
        return Err(NameFault::Start(first));
    }
    if name.chars().count() > LONGEST {
        return Err(NameFault::Long(LONGEST));
    }
    match KEPT.contains(&name.to_lowercase().as_str()) {
        true => Err(NameFault::Kept),
        false => Ok(()),
    }
}

/// Where a new script goes, from the project's folder, which is also how the project file names it: `weighting/my.rhai`.
///
/// # Errors
/// A name that no script can have.
pub fn template_file(stage: Stage, name: &str) -> Result<String, NameFault> {
    check(name).map(|()| format!("{}/{name}.rhai", stage.name()))
}

/// The text of a new script of a stage.
///
/// # Errors
/// A name that no script can have.
pub fn template(stage: Stage, name: &str) -> Result<String, NameFault> {
    check(name)?;
    let text = match stage {
        Stage::System => SYSTEM,
        Stage::Imputation => IMPUTATION,
        Stage::Treatment => TREATMENT,
        Stage::Normalisation => NORMALISATION,
        Stage::Weighting => WEIGHTING,
        Stage::Aggregation => AGGREGATION,
        Stage::Tiering => TIERING,
    };
    Ok(text.replace("NAME", name))
}

const SYSTEM: &str = r##"//! NAME: say in one sentence what this indicator system is.
//!
//! zh: 指标体系的名称
//! reference: where the system is published

/// The weight of the new leaf.
const WEIGHT = setting("weight", 1.0, 0, 100);

// `base` is the tree that the project file states: tree = "tree.csv". A system built from nothing is `fn system()`, and
// begins with tree("index"). Every change gives a new tree.
fn system(base) {
    base.add(#{
        code: "density",
        parent: "index",
        name: #{ zh: "每千人医生数", en: "Doctors per thousand people" },
        direction: 1,
        weight: WEIGHT,
        // A leaf that is made of raw columns: `from` names them, `by` makes one column of them.
        from: ["doctors", "people"],
        by: |raw| raw.doctors / raw.people * 1000,
    })
}

// Run by `quanheng script test`: `()` says that there is such a node, a list what its column is.
fn example() {
    #{
        tree: tree([#{ code: "index" }, #{ code: "income", parent: "index", weight: 2 }]),
        raw: #{ doctors: [30, 8, ()], people: [10000, 4000, 500] },
        expected: #{ income: (), density: [3, 2, ()] },
        source: "by hand: 30 / 10000 · 1000 = 3",
    }
}
"##;

const IMPUTATION: &str = r##"//! NAME: say in one sentence how absent cells are filled.
//!
//! zh: 方法的名称
//! formula: x = the mean of the values that are there, times `share`
//! reference: where the method is published

/// The share of the mean that a region without a value gets.
const SHARE = setting("share", 1.0, 0, 1);

// `x` is the column with its absent cells. Only those may change: x.or(…) fills them. A second argument would bring facts:
// fn impute(x, at), with at.regions for groups and periods, and at.columns for the other indicators.
fn impute(x) {
    x.or(x.mean() * SHARE)
}

// Run by `quanheng script test`: `()` is an absent cell.
fn example() {
    #{
        settings: #{ share: 0.5 },
        column: [2, 4, ()],
        expected: [2, 4, 1.5],
        source: "by hand: (2 + 4) / 2 · 0.5 = 1.5",
    }
}
"##;

const TREATMENT: &str = r##"//! NAME: say in one sentence what is done to outliers or skew.
//!
//! zh: 方法的名称
//! formula: x between the quantiles q(share) and q(1 - share); what lies outside is drawn to them
//! reference: where the method is published
//! claims: monotone, scale_and_shift, absent

/// The share of the values that is drawn in at each end.
const SHARE = setting("share", 0.05, 0, 0.5);

// `x` is the column of one indicator, in its own unit. Absent cells stay absent. A second argument would bring facts:
// fn treat(x, at), with at.indicator and at.regions.
fn treat(x) {
    x.clamp(x.quantile(SHARE), x.quantile(1 - SHARE))
}

// Run by `quanheng script test`, together with the claims above.
fn example() {
    #{
        settings: #{ share: 0.25 },
        column: [1, 2, 3, 4, 100, ()],
        expected: [2, 2, 3, 4, 4, ()],
        source: "by hand: of five values the second and the fourth are the quartiles",
    }
}
"##;

const NORMALISATION: &str = r##"//! NAME: say in one sentence how a value becomes a score.
//!
//! zh: 方法的名称
//! formula: s = top·(x - min) / (max - min); less is better: (max - x) in place of (x - min)
//! reference: where the method is published
//! gives: 0 to TOP
//! claims: monotone, scale_and_shift, absent

/// The score of the best region.
const TOP = setting("top", 100.0, 0, 1000000);
require(TOP > 0, "`top` must be above 0");

// `x` is the column of one indicator. A score is better the greater it is; at.direction is -1 where less of the indicator
// is better, and turns it round.
fn normalise(x, at) {
    (x * at.direction).min_max() * TOP
}

// Run by `quanheng script test`, together with the claims above.
fn example() {
    #{
        column: [10, 30, 15, ()],
        indicator: #{ direction: -1 },
        expected: [100, 0, 75, ()],
        source: "by hand: less is better, (30 - 15) / (30 - 10) = 0.75",
    }
}
"##;

const WEIGHTING: &str = r##"//! NAME: say in one sentence what makes an indicator weigh more.
//!
//! zh: 方法的名称
//! formula: w_j ∝ (sd_j / mean_j)^power, with the standard deviation of a population
//! reference: where the method is published
//! needs: non_negative
//! claims: scale, absent

/// How much more a varying indicator weighs; 0 makes all weights equal.
const POWER = setting("power", 1.0, 0, 10);

// siblings.scores is a matrix: a row a region, a column an indicator. One weight for each indicator is returned; they are
// scaled to a sum of one afterwards.
fn weights(siblings) {
    let scores = siblings.scores;
    (scores.population_sds() / scores.means()) ** POWER
}

// Run by `quanheng script test`, together with the claims above.
fn example() {
    #{
        columns: [[1, 3], [1, 1], [0, 2]],
        expected: [1.0 / 3.0, 0, 2.0 / 3.0],
        source: "by hand: 1/2, 0/1 and 1/1, divided by their sum",
    }
}
"##;

const AGGREGATION: &str = r##"//! NAME: say in one sentence how the scores of the children become one.
//!
//! zh: 方法的名称
//! formula: s = (1 - share)·Σ w_j x_j + share·min_j x_j
//! reference: where the method is published
//! needs: oriented
//! gives: mean
//! claims: monotone, rowwise, absent

/// How much the worst child counts.
const SHARE = setting("share", 0.5, 0, 1);

// children.scores is a matrix: a row a region, a column a child. children.row_weights are the weights in each row, with a
// sum of one over the children that are there.
fn aggregate(children) {
    let mean = (children.scores.or(0) * children.row_weights).row_sums();
    mean * (1 - SHARE) + children.scores.row_mins() * SHARE
}

// Run by `quanheng script test`, together with the claims above.
fn example() {
    #{
        columns: [[1, 2, ()], [3, 6, 5]],
        weights: [1, 3],
        expected: [1.75, 3.5, 5],
        source: "by hand: the mean is (1 + 3·3)/4 = 2.5, the least 1, half of each 1.75",
    }
}
"##;

const TIERING: &str = r##"//! NAME: say in one sentence which regions are in which tier.
//!
//! zh: 方法的名称
//! formula: tier 1 from mean + k·sd, tier 2 from the mean, tier 3 below
//! reference: where the rule is published
//! claims: monotone, scale_and_shift, absent

/// How many standard deviations above the mean the best tier begins.
const K = setting("k", 1.0, 0, 5);
/// The names of the tiers, the best first.
const LABELS = setting("labels", ["领先", "较好", "一般"]);

// `scores` is a column: a score a region. A second argument would bring facts: fn tiers(scores, at), with at.ranks and
// at.regions.
fn tiers(scores) {
    if scores.count() < 2 || scores.is_constant() {
        return scores.is_present().choose(2, 2).as_tiers().label(LABELS);
    }
    let mean = scores.mean();
    scores.cut([mean + K * scores.population_sd(), mean]).label(LABELS)
}

// Run by `quanheng script test`, together with the claims above; 1 is the best tier.
fn example() {
    #{
        column: [0, 2, 4, 10, ()],
        expected: [3, 3, 2, 1, ()],
        source: "by hand: the mean is 4, the standard deviation √14, and 4 + √14 = 7.74",
    }
}
"##;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use quanheng_core::method::{Source, Stage};

    use super::{NameFault, template, template_file};
    use crate::script::FUNCTIONS;
    use crate::{Host, Limits, Script};

    #[test]
    fn every_template_compiles_and_passes_what_it_claims() {
        let host = Host::new(None, Limits::default());
        let mut wrong = Vec::new();
        for (_, _, stage) in FUNCTIONS {
            let file = template_file(stage, "试行_1").expect("a name");
            let text = template(stage, "试行_1").expect("a name");
            assert!(text.starts_with("//! 试行_1: "), "{file} has its name");
            let source = Arc::new(Source::new(file.clone(), text));
            let script =
                Script::compile(&host, source).unwrap_or_else(|e| panic!("{file}: {e:#?}"));
            assert_eq!(script.stage(), stage);
            assert!(!script.header().zh.is_empty(), "{file}");
            assert!(script.settings().iter().all(|s| !s.doc.is_empty()), "{file}");
            assert!(!script.settings().is_empty(), "{file} shows a setting");
            let outcomes = script.test(true).unwrap_or_else(|e| panic!("{file}: {e:#?}"));
            assert_eq!(outcomes.len(), 1, "{file} has an example");
            if !outcomes[0].holds() {
                wrong.push(format!("{file}: {:?} {:?}", outcomes[0].result, outcomes[0].findings));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn names_are_those_of_files() {
        let of = |name| template(Stage::Weighting, name).err();
        assert_eq!(of("熵权-2024"), None);
        assert_eq!(of(""), Some(NameFault::Empty));
        assert_eq!(of("../x"), Some(NameFault::Character('.')));
        assert_eq!(of("a b"), Some(NameFault::Character(' ')));
        assert_eq!(of("-x"), Some(NameFault::Start('-')));
        assert_eq!(of("Nul"), Some(NameFault::Kept));
        assert_eq!(of(&"x".repeat(61)), Some(NameFault::Long(60)));
        assert_eq!(template_file(Stage::Tiering, "三级").as_deref(), Ok("tiering/三级.rhai"));
    }
}
