//! One ranking made of those of all subjects of a comparison.

use quanheng_core::consensus::{Consensus, Entry, Rankings, TABLE, Undefined, consensus};
use quanheng_words::{Text, text, word};

use super::comparison::{Contest, Side};
use super::declaration::Declaration;
use super::{Block, Cell, Columns, Importance, Language, Reader, Table};

/// The consensus of the subjects of one league, by some rules.
#[derive(Debug)]
pub struct Agreed<'a> {
    contest: &'a Contest,
    /// The places of the regions on the first side.
    rows: Vec<usize>,
    by_rule: Vec<(&'static Entry, Result<Consensus, Undefined>)>,
}

impl<'a> Agreed<'a> {
    /// Of the regions that are ranked on all sides; none where there is one side only.
    pub fn new(contest: &'a Contest, rules: &[&'static Entry]) -> Option<Agreed<'a>> {
        let (first, others) =
            contest.sides.split_first().filter(|(_, others)| !others.is_empty())?;
        let place = |side: usize, region: &String| {
            let standing = &contest.sides[side].standing;
            let at = standing.regions.binary_search(region).ok()?;
            Some(standing.ranks[at]).filter(|rank| !rank.is_nan())
        };
        let is_ranked = |row: &usize| {
            let region = &first.standing.regions[*row];
            (0..=others.len()).all(|side| place(side, region).is_some())
        };
        let rows: Vec<usize> = (0..first.standing.len()).filter(is_ranked).collect();
        let of_side = |side: usize| -> Vec<f64> {
            let regions = rows.iter().map(|row| &first.standing.regions[*row]);
            regions.filter_map(|region| place(side, region)).collect()
        };
        let ranks: Vec<Vec<f64>> = (0..contest.sides.len()).map(of_side).collect();
        let ranks: Vec<&[f64]> = ranks.iter().map(Vec::as_slice).collect();
        let by_rule = |rule: &&'static Entry| {
            (*rule, Rankings::new(&ranks).and_then(|rankings| consensus(rule, &rankings)))
        };
        let by_rule = rules.iter().map(by_rule).collect();
        Some(Agreed { contest, rows, by_rule })
    }

    /// A table with the rank of each region by each rule, and why some rules have none.
    pub fn blocks(&self, language: Language) -> Vec<Block> {
        let mut blocks = vec![Block::Heading(word!(consensus_title, language).to_owned())];
        if self.by_rule.iter().any(|(_, found)| found.is_ok()) {
            blocks
                .extend(of(std::slice::from_ref(self), Reader::People, language).map(Block::Table));
        }
        for (rule, found) in &self.by_rule {
            if let Err(why) = found {
                let rule = label(rule, language);
                let line = text!(consensus_none, rule = rule, why = self::why(*why));
                blocks.push(Block::Line(line.render(language)));
            }
        }
        blocks
    }

    /// The regions, best first by the first rule that gives ranks.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        if let Some(first) = self.by_rule.iter().find_map(|(_, found)| found.as_ref().ok()) {
            order.sort_by(|a, b| first.ranks[*a].total_cmp(&first.ranks[*b]));
        }
        order
    }
}

/// The consensus of all leagues as one table, for files; none where there is none.
pub fn table(agreed: &[Agreed<'_>], language: Language) -> Option<Table> {
    of(agreed, Reader::Files, language)
}

fn of(agreed: &[Agreed<'_>], reader: Reader, language: Language) -> Option<Table> {
    let rules: Vec<&'static Entry> =
        agreed.first()?.by_rule.iter().map(|(rule, _)| *rule).collect();
    let rows: Vec<(&Agreed<'_>, usize)> =
        agreed.iter().flat_map(|of| of.order().into_iter().map(move |k| (of, k))).collect();
    fn first<'a>(row: &(&Agreed<'a>, usize)) -> (&'a Side, usize) {
        (&row.0.contest.sides[0], row.0.rows[row.1])
    }
    let mut columns = Columns::<(&Agreed<'_>, usize)>::new()
        .text("league", word!(label_league, language), |row| row.0.contest.league.clone())
        .only_if(agreed.iter().any(|of| !of.contest.single))
        .text("region", word!(label_code, language), move |row| {
            let (side, at) = first(row);
            side.standing.regions[at].clone()
        })
        .importance(Importance::Key)
        .text("name", word!(label_region, language), move |row| {
            let (side, at) = first(row);
            let region = side.regions[at].0 as usize;
            side.evaluation.study().regions[region].name(language.tag()).to_owned()
        })
        .importance(Importance::Key);
    for (at, rule) in rules.iter().enumerate() {
        let is_found = agreed.iter().any(|of| of.by_rule[at].1.is_ok());
        columns = columns
            .number(rule.name, label(rule, language), move |(of, k)| {
                Cell::Rank(of.by_rule[at].1.as_ref().map_or(f64::NAN, |found| found.ranks[*k]))
            })
            .only_if(is_found);
    }
    Some(columns.table("consensus", reader, rows))
}

/// The rules of these names; `all` means every one.
///
/// # Errors
/// A name that none of them has, and all names.
pub fn rules(names: &[String]) -> Result<Vec<&'static Entry>, (String, Vec<String>)> {
    if names.iter().any(|name| name == "all") {
        return Ok(TABLE.iter().collect());
    }
    let known =
        || TABLE.iter().map(|rule| rule.name.to_owned()).chain(["all".to_owned()]).collect();
    let find = |name: &String| {
        let found = TABLE.iter().find(|rule| rule.name == name);
        found.ok_or_else(|| (name.clone(), known()))
    };
    names.iter().map(find).collect()
}

fn label(rule: &Entry, language: Language) -> String {
    let of = Declaration::consensus(rule.name);
    of.says("", language).unwrap_or(rule.label).to_owned()
}

fn why(reason: Undefined) -> Text {
    match reason {
        Undefined::TooMany { n, most } => text!(consensus_too_many, n = n, most = most),
        Undefined::Circle { n, most } => text!(consensus_circle, n = n, most = most),
        Undefined::NoRankings
        | Undefined::TooFew { .. }
        | Undefined::Lengths { .. }
        | Undefined::Unranked { .. } => text!(consensus_too_few),
    }
}
