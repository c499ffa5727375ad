//! Correlations: of the nodes of one level with one another, and of nodes with their parents.

use quanheng_core::coherence::{self, Flag, Own, Pair, Scores};
use quanheng_core::number::Correlation;
use quanheng_core::statistics::Scope;
use quanheng_words::word;

use super::super::{Block, Cell, Importance, Language, Reader, joined};
use super::{Section, View, p_value};

pub(super) const WITHIN: Section = Section {
    name: "correlations",
    label: "Correlations within a level",
    summary: "Correlations of the nodes of each level with one another, with n and p-values; people see the siblings whose correlation is negative, weak or redundant.",
    usual: false,
    build: within,
};

pub(super) const PARENTS: Section = Section {
    name: "parents",
    label: "Correlations with parents",
    summary: "The correlation of each node with its parent, beside the greatest with another node of the parent's level.",
    usual: false,
    build: parents,
};

/// The coefficients: a person sees one, and a file has all.
fn kinds(reader: Reader) -> &'static [Correlation] {
    match reader {
        Reader::Files => &[Correlation::Pearson, Correlation::Spearman, Correlation::Kendall],
        Reader::People => &[Correlation::Pearson],
    }
}

fn within(view: &View<'_>) -> Vec<Block> {
    struct Row {
        scope: Scope,
        level: usize,
        by: Correlation,
        pair: Pair,
    }
    let language = view.language;
    let system = &view.evaluation.methodology().system;
    let kinds = kinds(view.reader);
    let mut rows = Vec::new();
    for scope in view.scopes_with_classes() {
        let scores = Scores::new(view.evaluation, &scope.rows);
        for level in 1..=system.depth() {
            for &by in kinds {
                let pairs = coherence::within_level(&scores, level, by);
                rows.extend(pairs.into_iter().map(|pair| Row {
                    scope: scope.clone(),
                    level,
                    by,
                    pair,
                }));
            }
        }
    }
    let flag = |row: &Row| row.pair.found.and_then(|found| Flag::of(found.coefficient));
    if view.reader == Reader::People {
        // A weak correlation of nodes that are not put together says nothing.
        rows.retain(|row| match flag(row) {
            None => false,
            Some(Flag::Weak | Flag::Misplaced) => row.pair.siblings,
            Some(Flag::Negative | Flag::Redundant) => true,
        });
        if rows.is_empty() {
            return Vec::new();
        }
        let weight = |row: &Row| match flag(row) {
            Some(Flag::Redundant) => 0,
            Some(Flag::Negative) => 1,
            _ => 2,
        };
        quanheng_core::number::sort_items(&mut rows, |a, b| {
            let key = |row: &Row| (row.scope.class, !row.pair.siblings, weight(row));
            key(a).cmp(&key(b))
        });
    }
    let more = view.cut(&mut rows);
    let table = view
        .scope_columns(|row: &Row| &row.scope)
        .number("level", word!(describe_level, language), |row| row.level)
        .only_for(Reader::Files)
        .text("a", word!(label_code, language), |row| &system.node(row.pair.a).code)
        .importance(Importance::Key)
        .text("b", word!(describe_with, language), |row| &system.node(row.pair.b).code)
        .importance(Importance::Key)
        .text("siblings", word!(describe_siblings, language), |row| {
            row.pair.siblings.then(|| word!(describe_yes, language))
        })
        .text("coefficient", word!(describe_coefficient, language), |row| row.by.word())
        .only_for(Reader::Files)
        .number("r", "r", |row| row.pair.found.map(|found| Cell::number(found.coefficient)))
        .digits(3)
        .number("p", "p", |row| row.pair.found.map(|found| p_value(found.p)))
        .digits(4)
        .number("n", "n", |row| row.pair.found.map(|found| found.n))
        .text("flag", word!(describe_flags, language), |row| {
            flag(row).map(|flag| said(flag, view.reader, language))
        })
        .table(WITHIN.name, view.reader, rows)
        .labelled(WITHIN.title(language));
    [Some(Block::Table(table)), more].into_iter().flatten().collect()
}

fn parents(view: &View<'_>) -> Vec<Block> {
    struct Row {
        scope: Scope,
        by: Correlation,
        own: Own,
    }
    let language = view.language;
    let system = &view.evaluation.methodology().system;
    let kinds = kinds(view.reader);
    let mut rows = Vec::new();
    for scope in view.scopes_with_classes() {
        let scores = Scores::new(view.evaluation, &scope.rows);
        for &by in kinds {
            let own = coherence::own_and_others(&scores, by);
            rows.extend(own.into_iter().map(|own| Row { scope: scope.clone(), by, own }));
        }
    }
    let columns = view.scope_columns(|row: &Row| &row.scope);
    let table = view
        .node_columns(columns, |row| row.own.node)
        .text("parent", word!(label_parent, language), |row| &system.node(row.own.parent).code)
        .text("coefficient", word!(describe_coefficient, language), |row| row.by.word())
        .only_for(Reader::Files)
        .number("r", "r", |row| row.own.found.map(|found| Cell::number(found.coefficient)))
        .digits(3)
        .number("p", "p", |row| row.own.found.map(|found| p_value(found.p)))
        .digits(4)
        .number("n", "n", |row| row.own.found.map(|found| found.n))
        .text("other", word!(describe_closest_other, language), |row| {
            row.own.other.map(|(node, _)| &system.node(node).code)
        })
        .number("r_other", word!(describe_r_other, language), |row| {
            row.own.other.map(|(_, r)| Cell::number(r))
        })
        .digits(3)
        .text("flags", word!(describe_flags, language), |row| {
            let flags = row.own.flags();
            let words: Vec<String> =
                flags.iter().map(|flag| said(*flag, view.reader, language).to_owned()).collect();
            joined(&words, language)
        })
        .importance(Importance::Key)
        .table(PARENTS.name, view.reader, rows)
        .labelled(PARENTS.title(language));
    vec![Block::Table(table)]
}

fn said(flag: Flag, reader: Reader, language: Language) -> &'static str {
    match (flag, reader) {
        (Flag::Negative, Reader::Files) => "negative",
        (Flag::Weak, Reader::Files) => "weak",
        (Flag::Redundant, Reader::Files) => "redundant",
        (Flag::Misplaced, Reader::Files) => "misplaced",
        (Flag::Negative, Reader::People) => word!(describe_flag_negative, language),
        (Flag::Weak, Reader::People) => word!(describe_flag_weak, language),
        (Flag::Redundant, Reader::People) => word!(describe_flag_redundant, language),
        (Flag::Misplaced, Reader::People) => word!(describe_flag_misplaced, language),
    }
}
