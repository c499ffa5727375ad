//! How scores become ranks.

use super::value::Table;
use super::{Again, Carried, Divided, Entry, Says, Shown, Written};
use crate::method::{Accepts, FromValue, Stage, Value, settings};
use crate::methodology::Methodology;
use crate::model::{NodeId, Study};

pub(super) const PART: Entry = Entry {
    name: "ranking",
    summary: "How regions are ranked.",
    written: Written::Table(RankingKeys::declared),
    claims: |_| None,
    again: Again::From(Stage::Tiering),
    divided: Some(Divided::No),
    shown: Shown::Nothing,
    says: Says::Whole(|m, study| Some(value(m, study))),
    carried: Some(Carried {
        put: |from, to| to.ranking.clone_from(&from.ranking),
        onto: |m, from, to| {
            m.ranking.then = m.ranking.then.and_then(|node| from.counterpart(node, to));
        },
        mix: None,
    }),
};

settings! {
    /// The keys of `ranking`.
    pub struct RankingKeys {
        /// What regions with equal scores share.
        ties: RankTies = RankTies::Competition,
        /// Which scores are compared: `rounded` (those of the methodology, rounded where it rounds them), `full` (those before they are rounded), or rounded half up to a number of decimals.
        on: RankOn = RankOn::Rounded,
        /// Scores that differ by this or less are equal, beside those that agree to the digits of `precision`.
        tolerance: f64 [0.0, f64::INFINITY] = 0.0,
        /// The node that decides between equal scores, best first.
        then: Option<String> = None,
    }
}

/// How scores become ranks.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// What equal scores share.
    pub ties: RankTies,
    /// Which scores are compared.
    pub on: RankOn,
    /// Scores that differ by this or less are equal too; zero unless stated.
    pub tolerance: f64,
    /// The node that decides between equal scores.
    pub then: Option<NodeId>,
}

impl Default for Ranking {
    fn default() -> Self {
        Ranking { ties: RankTies::Competition, on: RankOn::default(), tolerance: 0.0, then: None }
    }
}

crate::method::choice! {
    /// What regions with equal scores share.
    pub enum RankTies {
        /// The best of the places they take: 1 2 2 4.
        Competition = "competition",
        /// The next number, without gaps: 1 2 2 3.
        Dense = "dense",
        /// The mean of the places they take: 1 2.5 2.5 4.
        Average = "average",
        /// The worst of the places they take: 1 3 3 4.
        Worst = "worst",
        /// Nothing: places go by the second key, then by region code: 1 2 3 4.
        Ordinal = "ordinal",
    }
}

/// Which scores of a node are compared for ranks and tiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RankOn {
    /// As computed, before the node itself is rounded.
    Full,
    /// As they are shown: rounded where the methodology rounds them.
    #[default]
    Rounded,
    /// At this many decimals, half up.
    Digits(u32),
}

impl RankOn {
    /// The most decimals at which scores can be compared.
    pub const MOST_DIGITS: u32 = 15;
}

impl FromValue for RankOn {
    fn accepts() -> Accepts {
        Accepts::ChoiceOrWhole {
            words: vec!["full".to_owned(), "rounded".to_owned()],
            least: 0.0,
            greatest: f64::from(RankOn::MOST_DIGITS),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(word) if word == "full" => Some(RankOn::Full),
            Value::Text(word) if word == "rounded" => Some(RankOn::Rounded),
            Value::Number(x) if x.fract() == 0.0 && (0.0..=15.0).contains(x) => {
                Some(RankOn::Digits(*x as u32))
            }
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        Some(match self {
            RankOn::Full => "full".into(),
            RankOn::Rounded => "rounded".into(),
            RankOn::Digits(digits) => f64::from(*digits).into(),
        })
    }
}

fn value(methodology: &Methodology, _: &Study) -> Value {
    let ranking = &methodology.ranking;
    let mut value = Table::from([
        ("ties".into(), ranking.ties.word().into()),
        ("on".into(), ranking.on.to_value().expect("a word or a number")),
        ("tolerance".into(), ranking.tolerance.into()),
    ]);
    if let Some(node) = ranking.then {
        value.insert("then".into(), methodology.system.node(node).code.as_str().into());
    }
    Value::Table(value)
}
