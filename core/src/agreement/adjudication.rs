//! Which value follows from the codes of several coders.

use super::counts;
use crate::number;

crate::method::choice! {
    /// Which value a unit has.
    #[derive(Default)]
    pub enum Rule {
        /// The one that all coders give; they must not disagree.
        #[default]
        Agreed = "agreed",
        /// The most frequent one.
        Majority = "majority",
        /// The mean.
        Mean = "mean",
        /// The median: the mean of the two in the middle where their number is even.
        Median = "median",
    }
}

crate::method::choice! {
    /// Which value a unit has by the majority, where several codes are the most frequent ones.
    #[derive(Default)]
    pub enum Tie {
        /// None: it is a disagreement.
        #[default]
        Fail = "fail",
        /// The lowest of them.
        Lowest = "lowest",
        /// The highest of them.
        Highest = "highest",
    }
}

/// How a value is made of codes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Adjudication {
    /// The rule.
    pub rule: Rule,
    /// What a tie gives.
    pub tie: Tie,
}

impl Adjudication {
    /// The value that follows from some codes; none where the rule gives none.
    pub fn value(self, codes: &[f64]) -> Option<f64> {
        let counts = counts(codes.iter().copied());
        match (self.rule, counts.as_slice()) {
            (_, []) => None,
            (_, [(code, _)]) => Some(*code),
            (Rule::Agreed, _) => None,
            (Rule::Majority, _) => {
                let most = counts.iter().map(|(_, n)| *n).fold(0.0, number::max);
                let mut modes = counts.iter().filter(|(_, n)| *n == most).map(|(code, _)| *code);
                let first = modes.next();
                match (modes.next_back(), self.tie) {
                    (None, _) | (Some(_), Tie::Lowest) => first,
                    (Some(last), Tie::Highest) => Some(last),
                    (Some(_), Tie::Fail) => None,
                }
            }
            (Rule::Mean, _) => number::mean(codes),
            (Rule::Median, _) => {
                let mut ascending = codes.to_vec();
                number::sort(&mut ascending);
                number::median(&ascending)
            }
        }
    }
}
