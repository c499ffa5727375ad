//! `[profile]`: what `quanheng profile` compares a region with, and by which rules.

use quanheng_core::model::{PeriodIx, Study, System};
use quanheng_core::profile::{Options, Peers, Rule, numbers_of_attribute};

use quanheng_words::text;

use super::condition::attributes;
use super::reader::Page;
use super::table::{At, Texts, table};
use crate::problem::ProjectFault;

table! {
    /// `[profile]`
    pub(super) struct ProfileKeys {
        /// The groups with whose classes a region is compared, by code; all groups of the project unless stated.
        groups: Option<Texts>,
        /// The group whose classes are the units that regions belong to, such as the province of a city. It is shown
        /// before the other groups.
        parent: Option<At<String>>,
        /// Which regions are like a region; none are shown unless stated.
        peers: Option<PeersKeys>,
        /// What is a strength and what is a weakness.
        strengths: StrengthsKeys,
        /// The period from which trends are measured; the first one unless stated.
        since: Option<At<String>>,
        /// The year in which targets are to be reached, for indicators whose `target_year` the tree does not state.
        target_year: Option<f64> [0, 9999],
    }
}

table! {
    /// The peers of a region: the regions of its league that are nearest to it in a figure.
    pub(super) struct PeersKeys {
        /// The figure: a column of the data, an attribute of the regions that holds plain numbers, or a node, by its
        /// scores.
        by: At<String>,
        /// How many peers there are.
        n: usize [1, 1000] = 15,
    }
}

table! {
    /// The rule for strengths and weaknesses.
    pub(super) struct StrengthsKeys {
        /// How many of the region's own indicators, the best and the worst by percentile rank, decide where the cuts are.
        n: usize [1, 1000] = 10,
        /// The largest share of the region's own indicators that `n` may be; one indicator always counts.
        share: f64 [0, 0.5] = 0.25,
        /// An indicator with this rank or a better one is a strength, where the region is better than half of the others.
        rank: f64 [0, 1000] = 3.0,
        /// The least share of indicators with a value of the region's own; a node with less is neither a strength nor a
        /// weakness.
        coverage: f64 [0, 1] = 0.66,
        /// How many standard deviations beyond the mean of its class a score must be to be a strength or a weakness within
        /// a group.
        sd: f64 [0, 100] = 1.0,
    }
}

impl ProfileKeys {
    /// The column of the data in which regions are near, if it is one.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.peers.iter().map(|peers| peers.by.as_str())
    }
}

/// What is stated, compared with the data.
pub(super) fn read<'s>(
    page: &Page,
    keys: &ProfileKeys,
    study: &Study,
    systems: impl Iterator<Item = &'s System>,
    headers: &[String],
    bad_data: bool,
) -> Options {
    let group = |code: &At<String>| {
        let found = study.groups.iter().position(|group| group.code == code.value);
        if found.is_none() && !bad_data {
            let known = study.groups.iter().map(|group| group.code.as_str());
            page.unknown(&code.span, text!(thing_group), code, known);
        }
        found
    };
    let parent = keys.parent.as_ref().and_then(group);
    let mut groups: Vec<usize> = parent.into_iter().collect();
    let stated: Vec<usize> = match &keys.groups {
        Some(codes) => codes.0.iter().filter_map(group).collect(),
        None => (0..study.groups.len()).collect(),
    };
    groups.extend(stated.into_iter().filter(|group| Some(*group) != parent));
    let StrengthsKeys { n, share, rank, coverage, sd } = keys.strengths;
    let peers = keys.peers.as_ref().filter(|_| !bad_data);
    Options {
        groups,
        parent,
        peers: peers.and_then(|peers| peers_of(page, peers, study, systems, headers)),
        rule: Rule { n, share, rank, coverage, sd },
        since: keys.since.as_ref().and_then(|label| period(page, label, study, bad_data)),
        target_year: keys.target_year,
    }
}

fn period(page: &Page, label: &At<String>, study: &Study, bad_data: bool) -> Option<PeriodIx> {
    let found = study.period(label);
    if found.is_none() && !bad_data {
        let known = study.periods.iter().map(|p| p.label.as_str());
        page.unknown(&label.span, text!(thing_period_of_data), label, known);
    }
    found
}

/// The peers, where something has the name of the figure and holds numbers.
fn peers_of<'s>(
    page: &Page,
    keys: &PeersKeys,
    study: &Study,
    systems: impl Iterator<Item = &'s System>,
    headers: &[String],
) -> Option<Peers> {
    let by = &keys.by;
    let mut nodes: Vec<&str> = Vec::new();
    for system in systems {
        nodes.extend(system.nodes().iter().map(|node| node.code.as_str()));
    }
    let known = attributes(&study.regions);
    let is_attribute = known.contains(&by.value);
    let has_numbers = numbers_of_attribute(&study.regions, by).is_some();
    if study.columns.contains_key(&by.value) || nodes.contains(&by.as_str()) || has_numbers {
        return Some(Peers { by: by.value.clone(), n: keys.n });
    }
    if is_attribute {
        let text = |region: &quanheng_core::model::Region| {
            let text = region.attributes.get(&by.value)?;
            (!text.is_empty() && text.trim().parse::<f64>().is_err())
                .then(|| (region.code.clone(), text.clone()))
        };
        let (region, text) = study.regions.iter().find_map(text).unwrap_or_default();
        let attribute = by.value.clone();
        page.fault(&by.span, ProjectFault::AttributeNotNumber { attribute, region, text });
        return None;
    }
    let headers = headers.iter().map(String::as_str);
    let known = headers.chain(known.iter().map(String::as_str)).chain(nodes);
    page.unknown(&by.span, text!(thing_figure), by, known);
    None
}
