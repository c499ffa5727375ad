//! The column of periods: its labels as they are met, and the periods that they mean.

use std::collections::HashMap;

use indexmap::IndexMap;
use quanheng_core::model::{PeriodFault, Periods};

use super::file::Spot;
use crate::problem::DataFault;

/// Where a label was first met: the number of the file, and the cell.
pub(super) type Met = (usize, Spot);

/// Whether a text says something about time.
pub(crate) fn is_period(text: &str) -> bool {
    Periods::read(&[text.to_owned()]).is_ok_and(|periods| periods.unread.is_empty())
}

/// The labels of all files in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Labels {
    met: IndexMap<String, Option<Met>>,
    /// For a label, the one before it that means the same; known when the files are read a second time.
    same: HashMap<String, String>,
}

impl Labels {
    /// No labels yet. `same` are labels that mean the same as another one.
    pub(super) fn new(same: HashMap<String, String>) -> Self {
        Labels { met: IndexMap::new(), same }
    }

    /// The number of a label.
    pub(super) fn number(&mut self, text: &str, met: Option<Met>) -> u32 {
        let text = self.same.get(text).map_or(text, String::as_str);
        let at = match self.met.get_index_of(text) {
            Some(at) => at,
            None => self.met.insert_full(text.to_owned(), met).0,
        };
        at as u32
    }

    /// The label of this number.
    pub(super) fn label(&self, number: u32) -> &str {
        self.met.get_index(number as usize).map_or("", |(label, _)| label)
    }

    /// The labels in the order in which they were met, where they are not periods of one kind.
    pub(super) fn as_met(&self) -> Periods {
        let labels: Vec<String> = self.met.keys().cloned().collect();
        Periods::as_met(&labels)
    }

    /// The periods of the labels, or what keeps them from being periods and where it was met.
    pub(super) fn periods(&self) -> Result<Periods, Box<(DataFault, Vec<Met>)>> {
        let labels: Vec<String> = self.met.keys().cloned().collect();
        Periods::read(&labels).map_err(|fault| {
            let met = |at: usize| self.met[at];
            let label = |at: usize| labels[at].clone();
            Box::new(match fault {
                PeriodFault::Mixed { first, second } => (
                    DataFault::PeriodsMixed {
                        first: (label(first.0), first.1),
                        second: (label(second.0), second.1),
                    },
                    [second.0, first.0].into_iter().filter_map(met).collect(),
                ),
                PeriodFault::Ambiguous { label: at, meanings } => (
                    DataFault::PeriodAmbiguous { label: label(at), meanings },
                    met(at).into_iter().collect(),
                ),
            })
        })
    }

    /// The labels that say nothing about time, with the places where they were met.
    pub(super) fn unread(&self, periods: &Periods) -> Vec<(String, Option<Met>)> {
        let of = |at: &usize| self.met.get_index(*at).map(|(label, met)| (label.clone(), *met));
        periods.unread.iter().filter_map(of).collect()
    }

    /// Labels that mean the same as one before them.
    pub(super) fn same(&self, periods: &Periods) -> HashMap<String, String> {
        let mut first: HashMap<u32, &String> = HashMap::new();
        let mut same = HashMap::new();
        for (label, of) in self.met.keys().zip(&periods.of) {
            let before: &String = first.entry(of.0).or_insert(label);
            if before != label {
                same.insert(label.clone(), before.clone());
            }
        }
        same
    }
}
