//! The columns of a project that are results of other projects: which ones, and of what these were made.

use quanheng_words::word;

use super::{Block, Columns, Language, Reader};
use crate::project::InputSource;

/// Where the inputs come from; nothing where there are none.
pub fn block(inputs: &[&InputSource], language: Language) -> Option<Block> {
    let table = Columns::<&&InputSource>::new()
        .text("column", word!(label_column, language), |input| &input.column)
        .text("project", word!(label_input_project, language), |input| &input.project)
        .text("methodology", word!(label_input_methodology, language), |input| &input.methodology)
        .text("node", word!(label_node, language), |input| &input.node)
        .text("rule", word!(label_rule, language), |input| &input.rule)
        .text("periods", word!(label_period, language), |input| input.periods.join(", "))
        .text("fingerprint", word!(label_input_fingerprint, language), |input| &input.fingerprint)
        .table("inputs", Reader::People, inputs);
    (!inputs.is_empty()).then(|| Block::Table(table.labelled(word!(label_results_of, language))))
}
