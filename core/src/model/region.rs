//! Regions, the groups they belong to, and the leagues in which they are ranked.

use indexmap::IndexMap;

use super::{NodeId, RegionIx, Texts};

/// Names by language tag (`zh`, `en`, …), the first one stated being the fallback.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(Texts);

impl Names {
    /// Names from pairs of language tag and name.
    pub fn new<L: Into<String>, N: Into<String>>(names: impl IntoIterator<Item = (L, N)>) -> Self {
        Names(names.into_iter().collect())
    }

    /// One name, of no stated language.
    pub fn plain(name: impl Into<String>) -> Self {
        Names::new([("", name)])
    }

    /// The name in `language`, else the first stated one.
    pub fn get(&self, language: &str) -> Option<&str> {
        self.0.get(language).or_else(|| self.0.values().next()).map(String::as_str)
    }

    /// Adds or replaces a name.
    pub fn insert(&mut self, language: impl Into<String>, name: impl Into<String>) {
        self.0.insert(language, name);
    }

    /// Every (language, name), in stated order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(l, n)| (l.as_str(), n.as_str()))
    }

    /// Whether no name is stated.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Numbers by column, in stated order; nothing where a cell has none. As of [`Texts`], an empty list takes the room of a
/// pointer.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::box_collection, reason = "an empty list takes a third of the room of a vector")]
pub struct Numbers(Option<Box<Vec<Number>>>);

/// A column, and its number if the cell has one.
type Number = (String, Option<f64>);

impl Numbers {
    /// Every column and its number, in stated order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<f64>)> {
        let all = self.0.as_deref().map_or(&[][..], Vec::as_slice);
        all.iter().map(|(column, number)| (column.as_str(), *number))
    }
}

impl FromIterator<(String, Option<f64>)> for Numbers {
    fn from_iter<I: IntoIterator<Item = (String, Option<f64>)>>(numbers: I) -> Numbers {
        let all: Vec<_> = numbers.into_iter().collect();
        Numbers((!all.is_empty()).then(|| Box::new(all)))
    }
}

/// The unit assessed: a province, a city, a country, a household.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    /// Its code, exactly as written: leading zeros are kept.
    pub code: String,
    /// Its names by language.
    pub names: Names,
    /// Every further column of the region table.
    pub attributes: Texts,
    /// The attributes that the project declares to be numbers, by column; nothing where a cell has none.
    pub numbers: Numbers,
}

impl Region {
    /// The name in `language`, or the code where there is none.
    pub fn name(&self, language: &str) -> &str {
        self.names.get(language).unwrap_or(&self.code)
    }
}

/// A way to group regions; a region may be in several classes of one group, or in none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Its code in the project file.
    pub code: String,
    /// Members of each class, in the order in which the classes are first met; members ascend.
    pub classes: IndexMap<String, Vec<RegionIx>>,
}

/// Regions ranked together, with full marks of their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct League {
    /// Its code in the project file.
    pub code: String,
    /// Its names by language.
    pub names: Names,
    /// Full marks that differ from the system's, by node.
    pub full_marks: Vec<(NodeId, f64)>,
    /// Regions that have a score, and neither a rank nor a tier; ascending.
    pub unranked: Vec<RegionIx>,
    /// What its reports say of all ranked regions together, by the code of a node.
    pub summary: Vec<(String, Summary)>,
}

crate::method::choice! {
    /// One figure for the scores of several regions.
    pub enum Summary {
        /// Their arithmetic mean.
        Mean = "mean",
        /// Their sum.
        Sum = "sum",
    }
}
