//! The facts of a node: the columns of a tree in a file, and the keys of a node in a script. They are listed here once.

use std::fmt;

use super::{Best, Better, Direction, Goalposts, Ideal, IndicatorKind, Names, NodeDraft};
use crate::method::{ABOVE_ZERO, Accepts, FromValue, Setting, SettingFault, Value};

/// A fact of a node.
pub struct Fact {
    /// Its name: the head of a column, the key in a script.
    pub name: &'static str,
    /// What it says, in one sentence or two.
    pub doc: &'static str,
    /// Other heads of its column in a file, in Chinese.
    pub heads: &'static [&'static str],
    /// The least and greatest number allowed, both inclusive.
    pub range: Option<(f64, f64)>,
    /// Whether only a leaf has it: a node with children has no column of its own.
    pub of_leaf: bool,
    accepts: fn() -> Accepts,
    get: fn(&NodeFacts) -> Option<Value>,
    /// Whether the value fits.
    set: fn(&mut NodeFacts, &Value) -> bool,
    unset: fn(&mut NodeFacts),
}

impl fmt::Debug for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fact").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Fact {
    /// The fact of this name.
    pub fn find(name: &str) -> Option<&'static Fact> {
        FACTS.iter().find(|fact| fact.name == name)
    }

    /// The fact that a column of a file with this head states; what stands in brackets behind it, such as a unit, and
    /// capital letters do not count.
    pub fn of_head(head: &str) -> Option<&'static Fact> {
        let bare = head.split(['(', '（']).next().unwrap_or("").trim();
        let meant =
            |fact: &&Fact| fact.name.eq_ignore_ascii_case(bare) || fact.heads.contains(&bare);
        FACTS.iter().find(meant)
    }

    /// What it accepts.
    pub fn accepts(&self) -> Accepts {
        (self.accepts)()
    }

    /// The fact as a setting is declared, for documents.
    pub fn setting(&self) -> Setting {
        Setting {
            name: self.name.into(),
            doc: self.doc.trim().into(),
            accepts: self.accepts(),
            default: None,
            range: self.range,
            in_unit: false,
            only: None,
        }
    }
}

/// The language of a column of names: that of `name_zh` is `zh`, that of `name` is nothing.
pub fn name_column(head: &str) -> Option<&str> {
    match head {
        name if name.eq_ignore_ascii_case("name") => Some(""),
        "中文名" | "中文名称" => Some("zh"),
        "英文名" | "英文名称" => Some("en"),
        other => other.strip_prefix("name_"),
    }
}

/// The facts of a node while they are stated one by one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeFacts {
    /// What is known of the node but for its goalposts.
    pub draft: NodeDraft,
    bad: Option<f64>,
    good: Option<f64>,
    /// Which values are better, where that is stated.
    direction: Option<Better>,
    target: Option<f64>,
    best_from: Option<f64>,
    best_to: Option<f64>,
    tolerance_from: Option<f64>,
    tolerance_to: Option<f64>,
}

/// A fact that does not go together with the others of its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// One that others need is not stated.
    Missing(&'static str),
    /// One that is stated changes nothing, because the direction does not ask for it.
    Idle(&'static str),
}

impl From<NodeDraft> for NodeFacts {
    fn from(draft: NodeDraft) -> Self {
        let posts = draft.indicator.goalposts;
        let (bad, good) = (posts.map(|p| p.bad), posts.map(|p| p.good));
        // `positive` may be what was stated, or what holds where nothing is.
        let better = draft.indicator.better();
        let direction = Some(better).filter(|better| *better != Better::More);
        let ideal = draft.indicator.ideal;
        let (best_from, best_to) = match ideal.map(|ideal| ideal.best) {
            Some(Best::Between(from, to)) => (Some(from), Some(to)),
            _ => (None, None),
        };
        let target = match ideal.map(|ideal| ideal.best) {
            Some(Best::Value(best)) => Some(best),
            _ => draft.indicator.target,
        };
        let tolerance_from = ideal.and_then(|ideal| ideal.tolerance_from);
        let tolerance_to = ideal.and_then(|ideal| ideal.tolerance_to);
        NodeFacts {
            draft,
            bad,
            good,
            direction,
            target,
            best_from,
            best_to,
            tolerance_from,
            tolerance_to,
        }
    }
}

impl NodeFacts {
    /// The value of a fact; none where nothing is stated.
    pub fn get(&self, fact: &Fact) -> Option<Value> {
        (fact.get)(self)
    }

    /// States a fact, or takes back what was stated.
    ///
    /// # Errors
    /// What does not fit.
    pub fn set(&mut self, fact: &Fact, value: Option<Value>) -> Result<(), SettingFault> {
        let Some(value) = value else {
            (fact.unset)(self);
            return Ok(());
        };
        if let (Some(x), Some((least, greatest))) = (value.number(), fact.range)
            && !(least..=greatest).contains(&x)
        {
            return Err(SettingFault::OutOfRange { least, greatest });
        }
        match (fact.set)(self, &value) {
            true => Ok(()),
            false => Err(SettingFault::WrongType { accepts: fact.accepts() }),
        }
    }

    /// The node, if it has both goalposts or neither, and everything that its direction needs. Unless a direction is stated,
    /// it is that of the goalposts.
    ///
    /// # Errors
    /// A fact that is missing, or changes nothing.
    pub fn finish(self) -> Result<NodeDraft, Unfit> {
        let ideal = self.ideal()?;
        let mut draft = self.draft;
        draft.indicator.ideal = ideal;
        // A target that is best is no end that more or less of the values leads to.
        draft.indicator.target = self.target.filter(|_| self.direction != Some(Better::Target));
        draft.indicator.goalposts = match (self.bad, self.good) {
            (Some(bad), Some(good)) => Some(Goalposts { bad, good }),
            (None, None) => None,
            (Some(_), None) => return Err(Unfit::Missing("good")),
            (None, Some(_)) => return Err(Unfit::Missing("bad")),
        };
        let of_posts = draft.indicator.goalposts.and_then(Goalposts::direction);
        draft.indicator.direction = match self.direction {
            Some(Better::Less) => Direction::Negative,
            Some(_) => Direction::Positive,
            None => of_posts.unwrap_or_default(),
        };
        Ok(draft)
    }

    /// What is best, where neither more nor less is.
    fn ideal(&self) -> Result<Option<Ideal>, Unfit> {
        let NodeFacts { tolerance_from, tolerance_to, .. } = *self;
        let stated = |name: &'static str, fact: Option<f64>| fact.ok_or(Unfit::Missing(name));
        let best = match self.direction {
            Some(Better::Target) => Some(Best::Value(stated("target", self.target)?)),
            Some(Better::Middle) => Some(Best::Middle),
            Some(Better::Interval) => Some(Best::Between(
                stated("best_from", self.best_from)?,
                stated("best_to", self.best_to)?,
            )),
            Some(Better::More | Better::Less) | None => None,
        };
        let of_interval = [("best_from", self.best_from), ("best_to", self.best_to)];
        let of_any = [("tolerance_from", tolerance_from), ("tolerance_to", tolerance_to)];
        let idle = |all: &[(&'static str, Option<f64>)]| {
            all.iter()
                .find(|(_, fact)| fact.is_some())
                .map_or(Ok(()), |(name, _)| Err(Unfit::Idle(name)))
        };
        match best {
            Some(Best::Between(..)) => {}
            Some(_) => idle(&of_interval)?,
            None => {
                idle(&of_interval)?;
                idle(&of_any)?;
            }
        }
        Ok(best.map(|best| Ideal { best, tolerance_from, tolerance_to }))
    }
}

macro_rules! range {
    () => {
        None
    };
    ($least:expr, $greatest:expr) => {
        Some(($least, $greatest))
    };
}

macro_rules! facts {
    ($($(#[doc = $doc:literal])+ $name:ident: $ty:ty $([$least:expr, $greatest:expr])? => $($place:ident).+ $(, $head:literal)*;)+) => {
        /// Every fact of a node, in the order in which documents show them.
        pub static FACTS: &[Fact] = &[$(Fact {
            name: stringify!($name),
            doc: concat!($($doc, "\n"),+),
            heads: &[$($head),*],
            range: range!($($least, $greatest)?),
            of_leaf: is_of_leaf(stringify!($($place).+)),
            accepts: <$ty as FromValue>::accepts,
            get: |node| FromValue::to_value(&node.$($place).+),
            set: |node, value| {
                let found = <$ty as FromValue>::from_value(value);
                let fits = found.is_some();
                if let Some(found) = found {
                    node.$($place).+ = found;
                }
                fits
            },
            unset: |node| node.$($place).+ = Default::default(),
        }),+];
    };
}

/// Whether this is a place of a fact of the indicator.
const fn is_of_leaf(place: &str) -> bool {
    // Places of the node itself are `draft.` and one word.
    let bytes = place.as_bytes();
    let (mut at, mut dots) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'.' {
            dots += 1;
        }
        at += 1;
    }
    dots != 1
}

facts! {
    /// The code of the node. It must be stated.
    code: String => draft.code, "代码", "编码", "编号", "指标代码", "指标编码", "指标编号";
    /// The code of its parent; nothing for the root.
    parent: Option<String> => draft.parent, "上级", "上级指标", "上级代码", "父级", "父指标";
    /// Its name. In a file, `name_zh`, `name_en` and so on are its names in these languages.
    name: Names => draft.names, "名称", "指标", "指标名称";
    /// Its weight among its siblings. In a file, a fraction such as `1/3` can be written.
    weight: Option<f64> [0.0, f64::INFINITY] => draft.weight, "权重", "权数", "指标权重";
    /// Its full marks (满分); the sum of its children's where each of them has some.
    full_marks: Option<f64> [ABOVE_ZERO, f64::INFINITY] => draft.full_marks, "满分", "满分值", "分值";
    /// Whether more is better (`positive`, `1`) or less is (`negative`, `-1`), the nearer to `target` the better (`target`), the nearer to the middle of all values (`middle`), or all values from `best_from` to `best_to` are best (`interval`). With the last three, values become their closeness to what is best, from 0 to 1, and more is better from then on. Unless stated, it is that of the goalposts, or `positive`.
    direction: Option<Better> => direction, "方向", "指标方向", "正负向", "指标属性", "指标性质", "属性", "性质";
    /// The unit, as printed.
    unit: String => draft.indicator.unit, "单位", "计量单位", "指标单位";
    /// The scale of measurement; `continuous` unless stated.
    kind: IndicatorKind => draft.indicator.kind, "类型", "指标类型", "数据类型";
    /// The least value that can be right. A lower value in the data is reported as a mistake.
    lower: Option<f64> => draft.indicator.lower, "下限", "最小允许值";
    /// The greatest value that can be right. A higher value in the data is reported as a mistake.
    upper: Option<f64> => draft.indicator.upper, "上限", "最大允许值";
    /// The goalpost that scores nothing. It needs `good`.
    bad: Option<f64> => bad, "最差值", "下阈值", "零分值", "不允许值";
    /// The goalpost that scores full. It needs `bad`.
    good: Option<f64> => good, "最优值", "上阈值", "满分标准", "满意值";
    /// The value aimed at.
    target: Option<f64> => target, "目标值", "目标";
    /// The least of the best values, with the direction `interval`.
    best_from: Option<f64> => best_from, "最优下限", "最佳下限", "适宜下限";
    /// The greatest of the best values, with the direction `interval`.
    best_to: Option<f64> => best_to, "最优上限", "最佳上限", "适宜上限";
    /// The value below the best ones from which on the closeness is 0; unless stated, the value furthest from the best ones has 0.
    tolerance_from: Option<f64> => tolerance_from, "容忍下限", "最劣下限";
    /// The value above the best ones from which on the closeness is 0; unless stated, the value furthest from the best ones has 0.
    tolerance_to: Option<f64> => tolerance_to, "容忍上限", "最劣上限";
    /// The year in which the target is to be reached, for the arrows of `quanheng profile`.
    target_year: Option<f64> [0.0, 9999.0] => draft.indicator.target_year, "目标年份", "目标年", "达标年份";
    /// The threshold at which a value is green in `quanheng profile`: a value at it or better; the target unless stated.
    green: Option<f64> => draft.indicator.green, "绿色阈值", "绿灯阈值", "达标阈值";
    /// The threshold beyond which a value is red in `quanheng profile`: a value worse than it. Yellow and orange meet halfway between both.
    red: Option<f64> => draft.indicator.red, "红色阈值", "红灯阈值", "警戒值";
    /// The column of the data by which the value is divided when the system is laid over the data.
    denominator: Option<String> => draft.indicator.denominator, "分母", "分母指标";
    /// The factor by which the quotient is multiplied (per 10,000 people, say); 1 unless stated.
    scale: Option<f64> => draft.indicator.scale, "倍数", "换算系数";
    /// Where the values come from.
    source: String => draft.indicator.source, "来源", "数据来源", "资料来源";
    /// The column of the data with the scores of a node that has children, as they are published. They are taken as they are; the children are shown, and do not feed the node.
    published: Option<String> => draft.published, "公布得分", "已公布得分";
    /// The column of the data that a leaf is read from; its code unless stated.
    column: Option<String> => draft.indicator.column, "数据列", "列名", "数据列名";
}

impl FromValue for Names {
    fn accepts() -> Accepts {
        Accepts::Names
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(name) => Some(Names::plain(name)),
            Value::Table(names) => {
                let name = |(language, name): (&String, &Value)| {
                    Some((language.clone(), name.text()?.to_owned()))
                };
                Some(Names::new(names.iter().map(name).collect::<Option<Vec<_>>>()?))
            }
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        let mut names = self.iter();
        match (names.next()?, names.next()) {
            (("", name), None) => Some(name.into()),
            _ => {
                let names = self.iter().map(|(language, name)| (language.to_owned(), name.into()));
                Some(Value::Table(names.collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is set is what is got, for every fact: no fact writes where another one reads.
    #[test]
    fn every_fact_has_a_place_of_its_own() {
        let sample = |fact: &Fact| match fact.accepts() {
            Accepts::Number => Value::Number(2.5),
            // The last word: the first is what holds where nothing is stated.
            Accepts::Choice(words) => Value::Text(words.last().unwrap().clone()),
            _ => Value::Text(fact.name.to_owned()),
        };
        let mut node = NodeFacts::default();
        for fact in FACTS {
            node.set(fact, Some(sample(fact))).unwrap();
        }
        for fact in FACTS {
            let mut other = node.clone();
            other.set(fact, None).unwrap();
            assert_ne!(other, node, "{}", fact.name);
            for (a, b) in
                FACTS.iter().map(|f| (node.get(f), f)).filter(|(_, f)| f.name != fact.name)
            {
                assert_eq!(other.get(b), a, "{} and {}", fact.name, b.name);
            }
        }
        assert_eq!(NodeFacts::from(node.clone().finish().unwrap()).draft.code, "code");
        node.set(Fact::find("good").unwrap(), None).unwrap();
        assert_eq!(node.finish(), Err(Unfit::Missing("good")));
    }

    #[test]
    fn heads_in_chinese() {
        let mut heads: Vec<&str> = Vec::new();
        for fact in FACTS {
            assert!(!fact.heads.is_empty(), "{}", fact.name);
            heads.extend(fact.heads);
        }
        let count = heads.len();
        crate::number::sort_items(&mut heads, Ord::cmp);
        heads.dedup();
        assert_eq!(heads.len(), count, "a head means one fact");
        let found = |head: &str| Fact::of_head(head).map(|fact| fact.name);
        assert_eq!(found("权重(%)"), Some("weight"));
        assert_eq!(found("权重（%）"), Some("weight"));
        assert_eq!(found("weight"), Some("weight"));
        assert_eq!(found("权重说明"), None);
    }

    #[test]
    fn facts_of_leaves() {
        let of_leaf = |name: &str| Fact::find(name).unwrap().of_leaf;
        for name in ["direction", "unit", "bad", "good", "target", "scale", "column", "lower"] {
            assert!(of_leaf(name), "{name}");
        }
        for name in ["code", "parent", "name", "weight", "full_marks"] {
            assert!(!of_leaf(name), "{name}");
        }
    }

    #[test]
    fn goalposts_say_which_way_is_better() {
        let node = |facts: &[(&str, Value)]| {
            let mut node = NodeFacts::default();
            for (name, value) in facts {
                node.set(Fact::find(name).unwrap(), Some(value.clone())).unwrap();
            }
            node.finish().unwrap().indicator.direction
        };
        let posts = |bad: f64, good: f64| [("bad", bad.into()), ("good", good.into())];
        assert_eq!(node(&[]), Direction::Positive);
        assert_eq!(node(&posts(0.0, 10.0)), Direction::Positive);
        assert_eq!(node(&posts(30.0, 0.0)), Direction::Negative);
        let mut stated = posts(30.0, 0.0).to_vec();
        stated.push(("direction", "1".into()));
        assert_eq!(node(&stated), Direction::Positive, "a system refuses it");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut node = NodeFacts::default();
        let mut refused = |name: &str, value: Value| {
            let fact = Fact::find(name).unwrap();
            let before = node.clone();
            let fault = node.set(fact, Some(value)).unwrap_err();
            assert_eq!(node, before, "{name}");
            fault
        };
        assert_eq!(
            refused("weight", (-1.0).into()),
            SettingFault::OutOfRange { least: 0.0, greatest: f64::INFINITY }
        );
        assert!(matches!(refused("full_marks", 0.0.into()), SettingFault::OutOfRange { .. }));
        for (name, value) in [
            ("direction", "up".into()),
            ("kind", "real".into()),
            ("lower", "low".into()),
            ("code", 1.0.into()),
            ("name", vec!["a"].into()),
        ] {
            assert!(matches!(refused(name, value), SettingFault::WrongType { .. }), "{name}");
        }
    }
}
