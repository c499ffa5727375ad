//! Conditions on regions: `level == 'city' and not group('capital')`; and on choices: `not (scale == '0-1' and …)`.

use quanheng_words::{Text, text};

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::model::{Group, Region, RegionIx};

use super::reader::{Page, inside};
use super::table::At;
use crate::data::frame::{Filter, RowCondition};
use crate::gate::bounds::{CONDITION_DEPTH, CONDITION_WORDS};
use crate::problem::ProjectFault;

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    /// An attribute (or `code`) is, or is not, one of some texts.
    In {
        attribute: String,
        at: Range<usize>,
        texts: Vec<(String, Range<usize>)>,
        not: bool,
    },
    /// The number that an attribute is, compared with another one.
    Compare {
        attribute: String,
        at: Range<usize>,
        by: Comparison,
        number: f64,
    },
    /// Membership of a group, or of one of its classes.
    Group {
        group: String,
        at: Range<usize>,
        class: Option<String>,
    },
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

/// Whether a text is a condition on regions, whatever attributes and groups there are.
pub fn is_condition(text: &str) -> bool {
    Condition::parse(text).is_ok()
}

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Other,
}

impl Comparison {
    const SIGNS: [(&str, Comparison); 6] = [
        (">=", Comparison::GreaterOrEqual),
        ("<=", Comparison::LessOrEqual),
        (">", Comparison::Greater),
        ("<", Comparison::Less),
        ("==", Comparison::Equal),
        ("!=", Comparison::Other),
    ];

    /// Whether numbers compare so, by the text of the first. A blank cannot be compared with a number, so that nothing
    /// holds for it but `!=`.
    pub(super) fn holds(self, text: &str, number: f64) -> Option<bool> {
        let text = text.trim();
        let other = self == Comparison::Other;
        if text.is_empty() {
            return Some(other);
        }
        let x: Option<f64> = text.parse().ok().filter(|x: &f64| x.is_finite());
        let Some(x) = x else {
            // Another text is not this number; whether it is more or less nobody knows.
            let decided = matches!(self, Comparison::Equal | Comparison::Other);
            return decided.then_some(other);
        };
        Some(match self {
            Comparison::Less => x < number,
            Comparison::LessOrEqual => x <= number,
            Comparison::Greater => x > number,
            Comparison::GreaterOrEqual => x >= number,
            Comparison::Equal => x == number,
            Comparison::Other => x != number,
        })
    }
}

/// What was expected, and where in the condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unreadable {
    pub(super) expected: Text,
    pub(super) at: Range<usize>,
}

impl Condition {
    /// A condition on regions.
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        Condition::parse_about(text, text!(expected_attribute))
    }

    /// A condition on things whose properties are `names`, in words.
    pub(super) fn parse_about(text: &str, names: Text) -> Result<Self, Unreadable> {
        let words = words(text)?;
        if let Some((_, at)) = words.get(CONDITION_WORDS) {
            let expected = text!(expected_shorter, most = CONDITION_WORDS);
            return Err(Unreadable { expected, at: at.clone() });
        }
        Condition::whole(Parser { words, at: 0, end: text.len(), names, depth: 0, results: false })
    }

    fn whole(mut parser: Parser) -> Result<Self, Unreadable> {
        let condition = parser.either()?;
        match parser.peek() {
            None => Ok(condition),
            Some((_, at)) => {
                Err(Unreadable { expected: text!(expected_conjunction_or_end), at: at.clone() })
            }
        }
    }

    /// Whether a region meets it.
    pub(super) fn holds(&self, index: RegionIx, region: &Region, groups: &[Group]) -> bool {
        let shows = |attribute: &str| match attribute {
            "code" => Some(region.code.clone()),
            _ => region.attributes.get(attribute).cloned(),
        };
        let is_member = |group: &str, class: Option<&str>| {
            groups.iter().filter(|g| g.code == group).any(|g| {
                let meant = g.classes.iter().filter(|(name, _)| class.is_none_or(|c| c == *name));
                meant.into_iter().any(|(_, members)| members.binary_search(&index).is_ok())
            })
        };
        self.meets(&shows, &is_member).unwrap_or(false)
    }

    /// Whether it is met, by what attributes show and where something is a member; else the attribute that cannot be
    /// compared with a number.
    fn meets(
        &self,
        shows: &dyn Fn(&str) -> Option<String>,
        is_member: &dyn Fn(&str, Option<&str>) -> bool,
    ) -> Result<bool, String> {
        Ok(match self {
            Condition::In { attribute, texts, not, .. } => {
                let value = shows(attribute);
                value.is_some_and(|v| texts.iter().any(|(text, _)| *text == v)) != *not
            }
            Condition::Compare { attribute, by, number, .. } => match shows(attribute) {
                None => *by == Comparison::Other,
                Some(text) => by.holds(&text, *number).ok_or_else(|| attribute.clone())?,
            },
            Condition::Group { group, class, .. } => is_member(group, class.as_deref()),
            Condition::Not(inner) => !inner.meets(shows, is_member)?,
            Condition::And(a, b) => a.meets(shows, is_member)? && b.meets(shows, is_member)?,
            Condition::Or(a, b) => a.meets(shows, is_member)? || b.meets(shows, is_member)?,
        })
    }

    /// Every attribute and group that it names, with its place in the text.
    pub(super) fn names(&self) -> Vec<(Name<'_>, Range<usize>)> {
        match self {
            Condition::In { attribute, at, .. } | Condition::Compare { attribute, at, .. } => {
                vec![(Name::Attribute(attribute), at.clone())]
            }
            Condition::Group { group, at, .. } => vec![(Name::Group(group), at.clone())],
            Condition::Not(inner) => inner.names(),
            Condition::And(a, b) | Condition::Or(a, b) => {
                let mut names = a.names();
                names.extend(b.names());
                names
            }
        }
    }
}

/// A name in a condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Name<'a> {
    Attribute(&'a str),
    Group(&'a str),
}

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Name(String),
    Text(String),
    /// A number, and how it was written.
    Digits(String, f64),
    Sign(&'static str),
}

const SIGNS: [&str; 11] = ["==", "!=", ">=", "<=", ">", "<", "(", ")", "[", "]", ","];

fn words(text: &str) -> Result<Vec<(Word, Range<usize>)>, Unreadable> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if first == '\'' || first == '"' {
            let Some(length) = rest[1..].find(first) else {
                return Err(Unreadable {
                    expected: text!(expected_closing_quote),
                    at: start..text.len(),
                });
            };
            found.push((Word::Text(rest[1..=length].to_owned()), start..start + length + 2));
            rest = &rest[length + 2..];
        } else if let Some(sign) = SIGNS.iter().find(|s| rest.starts_with(**s)) {
            found.push((Word::Sign(sign), start..start + sign.len()));
            rest = &rest[sign.len()..];
        } else if first == '`' {
            // A name with blanks or signs in it.
            let Some(length) = rest[1..].find('`') else {
                return Err(Unreadable {
                    expected: text!(expected_closing_quote),
                    at: start..text.len(),
                });
            };
            found.push((Word::Name(rest[1..=length].to_owned()), start..start + length + 2));
            rest = &rest[length + 2..];
        } else if let Some((number, length)) = number(rest) {
            found.push((Word::Digits(rest[..length].to_owned(), number), start..start + length));
            rest = &rest[length..];
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.' || c == '-'))
                .unwrap_or(rest.len());
            found.push((Word::Name(rest[..length].to_owned()), start..start + length));
            rest = &rest[length..];
        } else {
            let expected = text!(expected_word);
            return Err(Unreadable { expected, at: start..start + first.len_utf8() });
        }
    }
    Ok(found)
}

/// The number with which a text begins, and its length; nothing for a name such as `2019年`.
fn number(text: &str) -> Option<(f64, usize)> {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let sign = usize::from(text.starts_with('-'));
    let length = sign + text[sign..].find(|c| !digits(c)).unwrap_or(text.len() - sign);
    let goes_on = text[length..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let number: f64 = text[..length].parse().ok()?;
    (!goes_on && length > sign).then_some((number, length))
}

struct Parser {
    words: Vec<(Word, Range<usize>)>,
    at: usize,
    end: usize,
    names: Text,
    /// How many brackets and `not` are open.
    depth: usize,
    /// Whether it is about results: names are `rank(REGION)`, `score(REGION)` and `tier(REGION)`.
    results: bool,
}

impl Parser {
    fn peek(&self) -> Option<&(Word, Range<usize>)> {
        self.words.get(self.at)
    }

    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.end..self.end, |(_, at)| at.clone())
    }

    fn fail<T>(&self, expected: Text) -> Result<T, Unreadable> {
        Err(Unreadable { expected, at: self.here() })
    }

    fn take(&mut self, wanted: &Word) -> bool {
        let found = self.peek().is_some_and(|(word, _)| word == wanted);
        self.at += usize::from(found);
        found
    }

    fn keyword(&mut self, name: &str) -> bool {
        self.take(&Word::Name(name.to_owned()))
    }

    fn sign(&mut self, sign: &'static str, expected: Text) -> Result<(), Unreadable> {
        if self.take(&Word::Sign(sign)) { Ok(()) } else { self.fail(expected) }
    }

    fn text(&mut self) -> Result<(String, Range<usize>), Unreadable> {
        match self.peek() {
            Some((Word::Text(text), at)) => {
                let found = (text.clone(), at.clone());
                self.at += 1;
                Ok(found)
            }
            _ => self.fail(text!(expected_text)),
        }
    }

    fn either(&mut self) -> Result<Condition, Unreadable> {
        let mut all = vec![self.both()?];
        while self.keyword("or") {
            all.push(self.both()?);
        }
        Ok(joined(all, Condition::Or))
    }

    fn both(&mut self) -> Result<Condition, Unreadable> {
        let mut all = vec![self.one()?];
        while self.keyword("and") {
            all.push(self.one()?);
        }
        Ok(joined(all, Condition::And))
    }

    /// What stands in a bracket or behind `not`; there are not too many in one another.
    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Unreadable>,
    ) -> Result<T, Unreadable> {
        if self.depth == CONDITION_DEPTH {
            return self.fail(text!(expected_shallower, most = CONDITION_DEPTH));
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn one(&mut self) -> Result<Condition, Unreadable> {
        if self.keyword("not") {
            return Ok(Condition::Not(Box::new(self.deeper(Parser::one)?)));
        }
        if self.take(&Word::Sign("(")) {
            let inner = self.deeper(Parser::either)?;
            self.sign(")", text!(expected_sign, sign = ")"))?;
            return Ok(inner);
        }
        let at = self.here();
        let Some((Word::Name(mut name), _)) = self.peek().cloned() else {
            return self.fail(self.names.clone());
        };
        if self.results {
            if !Quantity::ALL.iter().any(|(word, _)| *word == name) {
                return self.fail(self.names.clone());
            }
            self.at += 1;
            self.sign("(", text!(expected_sign, sign = "("))?;
            let region = match self.peek() {
                Some((Word::Name(region) | Word::Text(region), _)) => region.clone(),
                // A code of digits, as it was written: leading zeros count.
                Some((Word::Digits(region, _), _)) => region.clone(),
                _ => return self.fail(text!(expect_region)),
            };
            self.at += 1;
            self.sign(")", text!(expected_sign, sign = ")"))?;
            name = format!("{name}({region}");
        } else {
            self.at += 1;
        }
        if name == "group" && self.take(&Word::Sign("(")) {
            let (group, at) = self.text()?;
            let class = if self.take(&Word::Sign(",")) { Some(self.text()?.0) } else { None };
            self.sign(")", text!(expected_sign, sign = ")"))?;
            return Ok(Condition::Group { group, at, class });
        }
        let sign = Comparison::SIGNS
            .iter()
            .find(|(sign, _)| self.peek().is_some_and(|(word, _)| *word == Word::Sign(sign)));
        if let Some((_, by)) = sign {
            let next = self.words.get(self.at + 1);
            if let Some((Word::Digits(_, number), _)) = next {
                let number = *number;
                self.at += 2;
                return Ok(Condition::Compare { attribute: name, at, by: *by, number });
            }
            if !matches!(by, Comparison::Equal | Comparison::Other) {
                self.at += 1;
                return self.fail(text!(expected_number));
            }
        }
        let not = if self.take(&Word::Sign("==")) {
            false
        } else if self.take(&Word::Sign("!=")) {
            true
        } else {
            let not = self.keyword("not");
            if !self.keyword("in") {
                return self.fail(text!(expected_operator));
            }
            self.sign("[", text!(expected_sign, sign = "["))?;
            let mut texts = vec![self.text()?];
            while self.take(&Word::Sign(",")) {
                texts.push(self.text()?);
            }
            self.sign("]", text!(expected_comma_or_bracket))?;
            return Ok(Condition::In { attribute: name, at, texts, not });
        };
        Ok(Condition::In { attribute: name, at, texts: vec![self.text()?], not })
    }
}

/// Conditions joined in their order, so that a long list of them is not a deep tree.
fn joined(
    mut all: Vec<Condition>,
    join: fn(Box<Condition>, Box<Condition>) -> Condition,
) -> Condition {
    if all.len() == 1 {
        return all.swap_remove(0);
    }
    let behind = all.split_off(all.len() / 2);
    join(Box::new(joined(all, join)), Box::new(joined(behind, join)))
}

/// What a condition on results compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The rank of a region.
    Rank,
    /// Its score.
    Score,
    /// Its tier.
    Tier,
}

impl Quantity {
    const ALL: [(&str, Quantity); 3] =
        [("rank", Quantity::Rank), ("score", Quantity::Score), ("tier", Quantity::Tier)];
}

/// A condition on the results of a run: `rank(浙江) > 5 and tier(330000) != 'A'`.
#[derive(Clone, Debug)]
pub struct ResultCondition(Condition);

impl ResultCondition {
    /// Reads it.
    ///
    /// # Errors
    /// What was expected in its place, and where.
    pub fn parse(text: &str) -> Result<Self, (Text, Range<usize>)> {
        let read = || {
            let words = words(text)?;
            if let Some((_, at)) = words.get(CONDITION_WORDS) {
                let expected = text!(expected_shorter, most = CONDITION_WORDS);
                return Err(Unreadable { expected, at: at.clone() });
            }
            let names = text!(expected_result);
            Condition::whole(Parser {
                words,
                at: 0,
                end: text.len(),
                names,
                depth: 0,
                results: true,
            })
        };
        read().map(ResultCondition).map_err(|e| (e.expected, e.at))
    }

    /// The quantities and regions that it names.
    pub fn names(&self) -> Vec<(Quantity, String)> {
        let attribute = |name: &Name<'_>| match name {
            Name::Attribute(name) => Some(parted(name)),
            Name::Group(_) => None,
        };
        self.0.names().iter().filter_map(|(name, _)| attribute(name)).collect()
    }

    /// Whether it holds, by what the quantities of regions show. A quantity that is not there is not more, not less and not
    /// equal; a text that is compared with a number by order is not either.
    pub fn holds(&self, shows: &dyn Fn(Quantity, &str) -> Option<String>) -> bool {
        let shows = |attribute: &str| {
            let (quantity, region) = parted(attribute);
            shows(quantity, &region)
        };
        self.0.meets(&shows, &|_, _| false).unwrap_or(false)
    }
}

fn parted(attribute: &str) -> (Quantity, String) {
    let (word, region) = attribute.split_once('(').expect("a name with its region");
    let of = Quantity::ALL.iter().find(|(name, _)| *name == word);
    (of.expect("a quantity").1, region.to_owned())
}

/// A condition on the rows of a table, by its columns.
#[derive(Debug)]
struct OfRows(Condition);

impl RowCondition for OfRows {
    fn columns(&self) -> Vec<String> {
        let names = self.0.names().into_iter().filter_map(|(name, _)| match name {
            Name::Attribute(name) => Some(name.to_owned()),
            Name::Group(_) => None,
        });
        names.collect::<indexmap::IndexSet<String>>().into_iter().collect()
    }

    fn holds(&self, cell: &dyn Fn(&str) -> String) -> Result<bool, String> {
        self.0.meets(&|name| Some(cell(name)), &|_, _| false)
    }
}

/// What `where` of a table says; `None` where it cannot be read, which is reported.
pub(super) fn row_filter(page: &Page, text: &At<String>) -> Option<Filter> {
    let wrong = |at: &Range<usize>, expected: Text| {
        let fault = ProjectFault::Condition { expected };
        page.fault(&inside(&text.span, text, at), fault);
    };
    let condition = match Condition::parse_about(text, text!(expected_column)) {
        Ok(condition) => condition,
        Err(e) => {
            wrong(&e.at, e.expected);
            return None;
        }
    };
    if let Some((_, at)) =
        condition.names().into_iter().find(|(name, _)| matches!(name, Name::Group(_)))
    {
        // Groups are of regions, which are read later.
        wrong(&at, text!(expected_column));
        return None;
    }
    Some(Filter { text: text.value.clone(), condition: Arc::new(OfRows(condition)) })
}

/// The attributes that any region has, for checking names.
pub(super) fn attributes(regions: &[Region]) -> Vec<String> {
    let mut found: IndexMap<&str, ()> = IndexMap::new();
    for region in regions {
        for name in region.attributes.keys() {
            found.insert(name, ());
        }
    }
    std::iter::once("code").chain(found.into_keys()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> bool {
        let region = Region {
            code: "0101".into(),
            attributes: [("level", "city"), ("区域", "东部")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into_iter()
                .collect(),
            ..Region::default()
        };
        let classes = [("1".to_owned(), vec![RegionIx(0)])].into_iter().collect();
        let groups = [Group { code: "capital".into(), classes }];
        Condition::parse(text).unwrap().holds(RegionIx(0), &region, &groups)
    }

    #[test]
    fn conditions_that_hold_and_do_not() {
        assert!(holds("level == 'city'"));
        assert!(holds("区域 == '东部' and code != '0102'"));
        assert!(holds("level in ['town', \"city\"] and group('capital')"));
        assert!(!holds("not (level == 'city' or level == 'town')"));
        assert!(holds("level == 'town' or level == 'city' and group('capital', '1')"));
        assert!(!holds("level not in ['city']"));
        assert!(!holds("group('capital', '2')"));
    }

    #[test]
    fn conditions_on_results() {
        let holds = |text: &str| {
            let condition = ResultCondition::parse(text).unwrap();
            condition.holds(&|quantity, region| match (quantity, region) {
                (Quantity::Rank, "浙江" | "0101") => Some("6".into()),
                (Quantity::Tier, "浙江") => Some("B".into()),
                (Quantity::Score, "浙江") => Some("71.5".into()),
                _ => None,
            })
        };
        assert!(holds("rank(浙江) > 5"));
        assert!(holds("rank(0101) >= 6 and tier('浙江') == 'B'"));
        assert!(!holds("score(浙江) < 70 or tier(浙江) in ['A']"));
        assert!(!holds("rank(nowhere) > 1"));
        for (text, at) in
            [("rank 浙江 > 5", 5..11), ("place(浙江) > 5", 0..5), ("rank(浙江 > 5", 12..13)]
        {
            assert_eq!(ResultCondition::parse(text).unwrap_err().1, at, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        let wrong = |text| Condition::parse(text).unwrap_err();
        assert_eq!(wrong("level = 'city'").at, 6..7);
        assert_eq!(wrong("level == city").at, 9..13);
        assert_eq!(wrong("level == 'city").at, 9..14);
        assert_eq!(wrong("level == 'a' level").at, 13..18);
        assert_eq!(wrong("").expected, text!(expected_attribute));
    }

    #[test]
    fn conditions_are_not_deeper_or_longer_than_can_be_read() {
        let nested = |depth: usize, open: &str, close: &str| {
            let text = format!("{}level == 'city'{}", open.repeat(depth), close.repeat(depth));
            Condition::parse(&text).map(|_| ())
        };
        for (open, close) in [("(", ")"), ("not ", ""), ("(not ", ")"), ("(level == 'a' or ", ")")]
        {
            for depth in [1, 40] {
                assert_eq!(nested(depth, open, close), Ok(()), "{open}");
            }
            assert_eq!(nested(1, open, close), Ok(()));
            let wrong = nested(6000, open, close).unwrap_err();
            assert_eq!(wrong.expected, text!(expected_shallower, most = CONDITION_DEPTH));
        }
        // A long list is not deep, and means what it says.
        for (join, holds) in [(" and ", false), (" or ", true)] {
            let list = ["level == 'city'", "level != 'city'"].repeat(4000).join(join);
            assert_eq!(self::holds(&list), holds);
        }
        let long = vec!["level == 'city'"; CONDITION_WORDS / 3].join(" or ");
        assert!(Condition::parse(&long).is_err());
    }
}
