//! `[sensitivity.CODE]`: what varies, and how its shares of the variance of the results are estimated.

use indexmap::IndexMap;
use quanheng_core::methodology::{Methodology, Scope};
use quanheng_core::model::{Names, NodeId, System};
use quanheng_core::robustness::SamplingError;
use quanheng_core::sensitivity::{Estimators, Factor, First, Input, Total, Weights};
use quanheng_words::text;

use super::choices::scope;
use super::multiverse::Multiverse;
use super::reader::Page;
use super::table::{At, By, One, Texts, plain, table};
use crate::problem::ProjectFault;

plain!(First, Total, Weights);

table! {
    /// `[sensitivity.CODE]`
    pub(super) struct SensitivityKeys {
        /// The name: a text, or a table of texts by language.
        title: Names,
        /// The methodology that is varied. Unless stated, it is the one that is run where none is named.
        methodology: Option<At<String>>,
        /// In its place the code of a multiverse: each of its choices is a factor, and its methodology is the one that varies.
        multiverse: Option<At<String>>,
        /// The nodes whose weights vary, each a factor: a code, `level1`, …, `leaves`, or `index` for every node.
        weights: Option<Texts>,
        /// How these weights vary: `relative`, each times a number from 1 - `by` to 1 + `by`; or `simplex`, all weights of
        /// siblings as likely as each other.
        distribution: Weights = Weights::Relative,
        /// By how much weights vary, as a share.
        by: f64 [0.001, 1] = 0.25,
        /// Whether the weights of siblings are one factor.
        together: bool = false,
        /// Whether the errors of the data that `[sampling]` states are factors: one for each indicator.
        errors: bool = false,
        /// The rows of each of the two samples, a power of two. The index is evaluated that many times for each sample and each
        /// factor.
        rows: u32 [8, 1_048_576] = 1024,
        /// Whether pairs of factors are looked at, which takes another evaluation for each row and factor.
        second: bool = false,
        /// The estimator of first-order shares.
        first: First = First::Saltelli,
        /// The estimator of total shares.
        total: Total = Total::Jansen,
        /// How many times the rows are drawn again for the intervals.
        resamples: u32 [10, 100_000] = 200,
        /// The probability of the intervals.
        level: f64 [0.5, 0.9999] = 0.95,
        /// Which draw it is.
        seed: u64 = 0,
    }
}

/// A declared sensitivity analysis.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// Its code in the project file.
    pub code: String,
    /// Its names by language.
    pub names: Names,
    /// The code of the methodology that varies.
    pub methodology: String,
    /// The code of the multiverse whose choices vary.
    pub multiverse: Option<String>,
    /// What varies.
    pub factors: Vec<Factor>,
    /// The rows of each sample.
    pub rows: usize,
    /// Whether pairs of factors are looked at.
    pub second: bool,
    /// How shares are estimated.
    pub estimators: Estimators,
    /// Which draw it is.
    pub seed: u64,
}

impl Sensitivity {
    /// How often the index is evaluated for shares of variance.
    pub fn runs(&self) -> usize {
        let once = if self.second { 2 * self.factors.len() } else { self.factors.len() };
        self.rows * (once + 2)
    }

    /// What a ledger or a declaration says of it.
    pub fn content(&self) -> String {
        format!("{self:?}")
    }
}

/// What the declarations are read against.
pub(super) struct Known<'a> {
    pub(super) methodologies: &'a IndexMap<String, std::sync::Arc<Methodology>>,
    pub(super) multiverses: &'a IndexMap<String, Multiverse>,
    /// The codes of all multiverses that are stated, usable or not.
    pub(super) stated: Vec<String>,
    pub(super) errors: &'a [SamplingError],
    pub(super) usual: &'a str,
}

/// Those that can be used. What depends on a multiverse is there only where the project was opened whole.
pub(super) fn read(
    page: &Page,
    keys: &By<SensitivityKeys>,
    known: &Known<'_>,
) -> IndexMap<String, Sensitivity> {
    let read = |one: &One<SensitivityKeys>| {
        let keys = one.table.as_ref()?;
        Some((one.code.clone(), of_one(page, one, keys, known)?))
    };
    keys.0.iter().filter_map(read).collect()
}

fn of_one(
    page: &Page,
    one: &One<SensitivityKeys>,
    keys: &SensitivityKeys,
    known: &Known<'_>,
) -> Option<Sensitivity> {
    if let (Some(_), Some(multiverse)) = (&keys.methodology, &keys.multiverse) {
        page.beside(&multiverse.span, "multiverse", "methodology");
        return None;
    }
    if !keys.rows.is_power_of_two() {
        page.fault(&one.span, ProjectFault::RowsOfSample { rows: keys.rows });
        return None;
    }
    let (mut factors, mut base) = (Vec::new(), known.usual.to_owned());
    if let Some(code) = &keys.multiverse {
        let Some(multiverse) = known.multiverses.get(&code.value) else {
            if !known.stated.contains(&code.value) {
                let stated = known.stated.iter().map(String::as_str);
                page.unknown(&code.span, text!(thing_multiverse), code, stated);
            }
            return None;
        };
        base.clone_from(&multiverse.base);
        for (fork, of) in multiverse.space.forks.list().iter().enumerate() {
            if of.options.len() > 1 {
                let inputs = vec![Input::Choice { fork }];
                factors.push(Factor { name: of.name.clone(), inputs });
            }
        }
    }
    if let Some(code) = &keys.methodology {
        if !known.methodologies.contains_key(&code.value) {
            let stated = known.methodologies.keys().map(String::as_str);
            page.unknown(&code.span, text!(thing_methodology), code, stated);
            return None;
        }
        base.clone_from(&code.value);
    }
    let methodology = known.methodologies.get(&base)?;
    let system = &methodology.system;
    for group in weights(page, keys, system)? {
        let input = |&node: &NodeId| {
            let node = system.node(node).code.clone();
            match keys.distribution {
                Weights::Relative => Input::Relative { node, by: keys.by },
                Weights::Simplex => Input::Simplex { node },
            }
        };
        if keys.together {
            let parent = system.node(group[0]).parent.expect("a node with siblings");
            let name = system.node(parent).code.clone();
            factors.push(Factor { name, inputs: group.iter().map(input).collect() });
        } else {
            factors.extend(group.iter().map(|node| Factor {
                name: system.node(*node).code.clone(),
                inputs: vec![input(node)],
            }));
        }
    }
    if keys.errors {
        for (at, error) in known.errors.iter().enumerate() {
            if system.find(&error.leaf).is_some() {
                // A weight may be a factor of the same code.
                let is_known = factors.iter().any(|factor| factor.name == error.leaf);
                let name = if is_known { format!("{} ±", error.leaf) } else { error.leaf.clone() };
                factors.push(Factor { name, inputs: vec![Input::Errors { of: vec![at] }] });
            }
        }
    }
    if factors.is_empty() {
        page.fault(&one.span, ProjectFault::NothingVaries { code: one.code.clone() });
        return None;
    }
    let inputs: usize = factors.iter().map(|factor| factor.inputs.len()).sum();
    let most = quanheng_core::sensitivity::DIMENSIONS / 2;
    if inputs > most {
        page.fault(&one.span, ProjectFault::TooManyFactors { count: inputs, most });
        return None;
    }
    Some(Sensitivity {
        code: one.code.clone(),
        names: keys.title.clone(),
        methodology: base,
        multiverse: keys.multiverse.as_ref().map(|code| code.value.clone()),
        factors,
        rows: keys.rows as usize,
        second: keys.second,
        estimators: Estimators {
            first: keys.first,
            total: keys.total,
            resamples: keys.resamples as usize,
            level: keys.level,
            seed: keys.seed,
        },
        seed: keys.seed,
    })
}

/// The nodes whose weights vary, siblings together; a node without siblings has all the weight in any case.
fn weights(page: &Page, keys: &SensitivityKeys, system: &System) -> Option<Vec<Vec<NodeId>>> {
    let mut chosen = vec![false; system.nodes().len()];
    let mut fine = true;
    for stated in keys.weights.iter().flat_map(|texts| &texts.0) {
        let Some(found) = scope(page, stated, &stated.span, system) else {
            fine = false;
            continue;
        };
        for (at, is) in chosen.iter_mut().enumerate() {
            let node = NodeId(at as u32);
            *is |= match found {
                Scope::Node(of) if of == system.root() => true,
                other => other.reaches(system, node, false),
            };
        }
    }
    let groups = system.inner().iter().map(|&parent| {
        let children = system.node(parent).children.iter().copied();
        children.filter(|child| chosen[child.index()]).collect::<Vec<_>>()
    });
    let mut groups: Vec<_> = groups.filter(|group| !group.is_empty()).collect();
    groups.retain(|group| {
        let parent = system.node(group[0]).parent.expect("a child");
        system.node(parent).children.len() > 1
    });
    groups.sort_unstable_by_key(|group| group[0].index());
    fine.then_some(groups)
}
