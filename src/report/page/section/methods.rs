//! The methodologies with the methods of each stage: formulas, settings, sources.

use quanheng_words::word;

use super::super::super::document::Part;
use super::super::super::document::printer::{Printer, filled, heading, paragraph};
use super::super::super::workbook::methods;
use super::super::super::{Cell, Table};
use super::super::Writer;
use super::super::blocks::Look;
use super::{Print, Section};

pub(super) const SECTION: Section = Section {
    name: "methods",
    command: "methods",
    title: |language| word!(page_methods, language),
    lead: |language| word!(page_methods_lead, language),
    is_there: |_| true,
    write,
    print: Some(Print { with_lead: true, write: print }),
};

/// The columns that describe a method once, however many methodologies use it.
const SAID_ONCE: [&str; 3] = ["summary", "formula", "reference"];

fn write(writer: &mut Writer<'_>) {
    let language = writer.language;
    let mut known: Option<Table> = None;
    for (k, evaluation) in writer.content.evaluations.iter().enumerate() {
        let table = methods::table(evaluation, language);
        let is = |k: &usize, names: &[&str]| names.contains(&table.columns[*k].key.as_str());
        let used: Vec<usize> = (0..table.columns.len()).filter(|k| !is(k, &SAID_ONCE)).collect();
        let said: Vec<usize> = (0..table.columns.len())
            .filter(|k| is(k, &SAID_ONCE) || is(k, &["part", "title", "name"]))
            .collect();
        collect(&mut known, table.with_columns(&said));
        let title = writer.content.methodology(evaluation);
        let attributes: &[(&str, &str)] =
            if k == 0 { &[("class", "card"), ("open", "")] } else { &[("class", "card")] };
        writer.element("details", attributes, |writer| {
            writer.page.element("summary", &[], |page| page.leaf("h3", &[], &title));
            writer.table(&table.with_columns(&used), Look { label: &title, ..Look::default() });
        });
        writer.page.line();
    }
    if let Some(table) = known {
        let label = word!(page_formulas, language);
        writer.page.leaf("h3", &[], label);
        writer.table(&table, Look { label, role: "formulas", ..Look::default() });
    }
}

fn print(printer: &mut Printer<'_>) {
    let language = printer.language;
    let mut known: Vec<Vec<String>> = Vec::new();
    for evaluation in printer.content.evaluations {
        let table = methods::table(evaluation, language);
        let at = |key: &str| table.columns.iter().position(|head| head.key == key);
        let keys = ["part", "title", "name", "nodes", "settings"];
        let used: Vec<usize> = keys.iter().filter_map(|key| at(key)).collect();
        let caption = printer.content.methodology(evaluation);
        printer.table(&filled(&table.with_columns(&used)), Some(caption), usize::MAX);
        for row in &table.rows {
            let text = |key: &str| match at(key).map(|k| &row[k]) {
                Some(Cell::Text(text)) => text.clone(),
                _ => String::new(),
            };
            let said: Vec<String> =
                ["part", "title", "summary", "formula", "reference"].map(text).to_vec();
            if !said[3].is_empty() && !known.contains(&said) {
                known.push(said);
            }
        }
    }
    if !known.is_empty() {
        printer.parts.push(heading(2, word!(page_formulas, language)));
    }
    for said in known {
        let [part, title, summary, formula, reference] = &said[..] else { continue };
        printer.parts.push(heading(3, &format!("{title} ({part})")));
        printer.parts.push(paragraph(summary));
        printer.parts.push(Part::Verbatim(formula.clone()));
        if !reference.is_empty() {
            printer.parts.push(paragraph(reference));
        }
    }
}

/// Adds the methods that are not there yet; what has no formula is not a method.
fn collect(known: &mut Option<Table>, more: Table) {
    let formula = more.columns.iter().position(|head| head.key == "formula");
    let is_method = |row: &Vec<Cell>| {
        formula.is_some_and(|k| matches!(&row[k], Cell::Text(t) if !t.is_empty()))
    };
    let rows: Vec<Vec<Cell>> = more.rows.iter().filter(|row| is_method(row)).cloned().collect();
    let all = known.get_or_insert_with(|| Table { rows: Vec::new(), ..more });
    for row in rows {
        if !all.rows.contains(&row) {
            all.rows.push(row);
        }
    }
}
