//! How scores become ranks.

use super::value::Table;
use super::{Again, Carried, Divided, Entry, Nodes, Says, Shown, Sum, Written};
use crate::method::{Accepts, FromValue, Stage, Value, settings};
use crate::methodology::{Methodology, Scope};
use crate::model::{Direction, NodeId, System};

pub(super) const PART: Entry = Entry {
    name: "ranking",
    summary: "How regions are ranked, by the index and by every other node.",
    written: Written::TableAt(RankingKeys::declared),
    claims: |_| None,
    again: Again::From(Stage::Tiering),
    divided: Some(Divided::No),
    shown: Shown::Nothing,
    says: Says::Nodes { of: Nodes::All, at: value, sum: Sum::Usual },
    carried: Some(Carried {
        put: |from, to| to.ranking.clone_from(&from.ranking),
        onto: |m, from, to| m.ranking = m.ranking.onto(from, to),
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
        /// Which score has rank 1: the best one by the direction of the indicators, the lowest one (for an index of risk or of peace, in which less is better), or the highest one.
        order: RankOrder = RankOrder::Best,
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
    /// Which score has rank 1.
    pub order: RankOrder,
}

impl Ranking {
    /// Which way is better, where the indicators say `usual`.
    pub fn better(&self, usual: Direction) -> Direction {
        match self.order {
            RankOrder::Best => usual,
            RankOrder::Lowest => Direction::Negative,
            RankOrder::Highest => Direction::Positive,
        }
    }
}

impl Default for Ranking {
    fn default() -> Self {
        Ranking {
            ties: RankTies::Competition,
            on: RankOn::default(),
            tolerance: 0.0,
            then: None,
            order: RankOrder::Best,
        }
    }
}

/// How regions are ranked by each node: a rule for all nodes, and other rules for parts of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Rankings {
    /// The rule for all nodes, then one for each of `scopes`.
    rules: Vec<Ranking>,
    scopes: Vec<Scope>,
    of: Vec<usize>,
}

impl Rankings {
    /// A rule for the whole tree and others for parts of it; the most particular part counts ([`Scope::holding`]).
    pub fn new(system: &System, rule: Ranking, stated: Vec<(Scope, Ranking)>) -> Self {
        let (scopes, own): (Vec<Scope>, Vec<Ranking>) = stated.into_iter().unzip();
        let nodes = (0..system.nodes().len() as u32).map(NodeId);
        let of = nodes.map(|n| Scope::holding(&scopes, system, n, false).map_or(0, |at| at + 1));
        let of = of.collect();
        Rankings { rules: std::iter::once(rule).chain(own).collect(), scopes, of }
    }

    /// One rule for the whole tree.
    pub fn whole(system: &System, rule: Ranking) -> Self {
        Rankings::new(system, rule, Vec::new())
    }

    /// The rule for a node.
    pub fn at(&self, node: NodeId) -> &Ranking {
        &self.rules[self.of[node.index()]]
    }

    /// The same rules for another system: what is stated for a node holds for the node of the same code there.
    fn onto(&self, from: &System, to: &System) -> Self {
        let carried = |rule: &Ranking| Ranking {
            then: rule.then.and_then(|node| from.counterpart(node, to)),
            ..rule.clone()
        };
        let scope = |scope: &Scope| match *scope {
            Scope::Node(id) => from.counterpart(id, to).map(Scope::Node),
            other => Some(other),
        };
        let stated = self.scopes.iter().zip(&self.rules[1..]);
        let stated = stated.filter_map(|(at, rule)| Some((scope(at)?, carried(rule)))).collect();
        Rankings::new(to, carried(&self.rules[0]), stated)
    }
}

crate::method::choice! {
    /// Which score has rank 1.
    pub enum RankOrder {
        /// The best one, by the direction of the indicators.
        Best = "best_first",
        /// The lowest one.
        Lowest = "lowest_first",
        /// The highest one.
        Highest = "highest_first",
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

fn value(methodology: &Methodology, node: NodeId) -> Value {
    let ranking = methodology.ranking.at(node);
    let mut value = Table::from([
        ("ties".into(), ranking.ties.word().into()),
        ("on".into(), ranking.on.to_value().expect("a word or a number")),
        ("tolerance".into(), ranking.tolerance.into()),
        ("order".into(), ranking.order.word().into()),
    ]);
    if let Some(node) = ranking.then {
        value.insert("then".into(), methodology.system.node(node).code.as_str().into());
    }
    Value::Table(value)
}
