//! How far indicators depend on the size of the regions: their correlations with the denominators of the methodology.

use indexmap::IndexSet;
use quanheng_core::model::NodeId;
use quanheng_core::number::{Association, Correlation};
use quanheng_core::statistics::Scope;
use quanheng_words::word;

use super::super::{Block, Cell, Importance, Reader};
use super::{Section, View, p_value};

/// From this correlation on, on either side, an indicator that is not divided is taken to measure size (Becker et al. 2022,
/// the default of COINr).
const STRONG: f64 = 0.7;

pub(super) const SECTION: Section = Section {
    name: "denominators",
    label: "Correlations with denominators",
    summary: "Correlations of each indicator, divided or not, with every denominator of the system and of the treatment `denominate`, which show where an indicator measures the size of a region; before and after it is divided; people see those of 0.7 or more.",
    usual: false,
    build,
};

struct Row<'a> {
    scope: &'a Scope,
    leaf: NodeId,
    denominator: &'a str,
    divided: bool,
    /// The correlation of the indicator as it is used, after its own division.
    found: Option<Association>,
    /// The correlation of the column of the data that an indicator with a denominator is read from.
    before: Option<f64>,
}

fn build(view: &View<'_>) -> Vec<Block> {
    let evaluation = view.evaluation;
    let (study, language) = (evaluation.study(), view.language);
    let system = &evaluation.methodology().system;
    let stated = system
        .leaves()
        .iter()
        .filter_map(|&leaf| system.node(leaf).indicator.as_ref()?.denominator.as_deref());
    // A treatment can divide too.
    let treatments = evaluation.methodology().treatment.iter().flat_map(|plan| plan.choices());
    let treated = treatments
        .filter(|choice| choice.name == "denominate")
        .filter_map(|choice| choice.filled.0.get("by")?.text());
    let denominators: IndexSet<&str> = stated.chain(treated).collect();
    let columns = evaluation.indicators().columns();
    let mut rows = Vec::new();
    for scope in &view.scopes {
        for (&leaf, column) in system.leaves().iter().zip(columns) {
            let node = system.node(leaf);
            let Some(indicator) = &node.indicator else { continue };
            let own = indicator.denominator.as_deref();
            let values = view.values(column.values(), scope);
            let raw = own
                .filter(|_| indicator.derivation.is_none())
                .and_then(|_| study.columns.get(indicator.column.as_deref().unwrap_or(&node.code)));
            let raw = raw.map(|column| view.values(column.values(), scope));
            for &denominator in &denominators {
                let Some(size) = study.columns.get(denominator) else { continue };
                let size = view.values(size.values(), scope);
                let found = Correlation::Pearson.test(&values, &size);
                let before = raw.as_ref().and_then(|raw| Correlation::Pearson.of(raw, &size));
                let strong = |r: f64| r.abs() >= STRONG;
                let is_strong =
                    found.is_some_and(|f| strong(f.coefficient)) || before.is_some_and(strong);
                if view.reader == Reader::People && !is_strong {
                    continue;
                }
                let divided = own == Some(denominator);
                rows.push(Row { scope, leaf, denominator, divided, found, before });
            }
        }
    }
    if rows.is_empty() && view.reader == Reader::People {
        return Vec::new();
    }
    let more = view.cut(&mut rows);
    let columns = view.scope_columns(|row: &Row<'_>| row.scope);
    let table = view
        .node_columns(columns, |row| row.leaf)
        .text("denominator", word!(describe_denominator, language), |row| row.denominator)
        .importance(Importance::Key)
        .number("r", "r", |row| row.found.map(|found| Cell::number(found.coefficient)))
        .digits(3)
        .number("p", "p", |row| row.found.map(|found| p_value(found.p)))
        .digits(4)
        .number("n", "n", |row| row.found.map(|found| found.n))
        .number("r_before", word!(describe_r_before, language), |row| row.before.map(Cell::number))
        .digits(3)
        .text("divided", word!(describe_divided, language), |row| {
            row.divided.then(|| word!(describe_yes, language))
        })
        .table(SECTION.name, view.reader, rows)
        .labelled(SECTION.title(language));
    [Some(Block::Table(table)), more].into_iter().flatten().collect()
}
