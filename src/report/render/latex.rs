//! Reports as LaTeX: tables with three rules, as journals print them.

use super::super::{Block, Language, Reader, Report, Table};
use super::{Format, Render, shown};

pub(super) const FORMAT: Format = Format {
    name: "latex",
    doc: "LaTeX tables with three rules, for people; packages booktabs and longtable",
    reader: Reader::People,
    is_tables_only: false,
    render: Render::Text(|report, style| render(report, style.language)),
};

/// The report as parts of a LaTeX document: a heading becomes the caption of the table that follows it, a line a paragraph
/// below.
pub fn render(report: &Report, language: Language) -> String {
    let mut text = String::from("% \\usepackage{booktabs,longtable}");
    text.push_str(match language {
        Language::Zh => "  \\usepackage{ctex}\n",
        Language::En => "\n",
    });
    let mut caption = None;
    for block in &report.blocks {
        match block {
            Block::Heading(words) => {
                // A heading without a table stands alone.
                text.extend(caption.replace(words.as_str()).map(paragraph));
            }
            Block::Line(words) => {
                text.extend(caption.take().map(paragraph));
                text.push_str(&paragraph(words));
            }
            Block::Table(of) => text.push_str(&table(of, caption.take(), language)),
        }
    }
    text.extend(caption.map(paragraph));
    text
}

fn paragraph(words: &str) -> String {
    format!("\\noindent {}\n\n", escaped(words))
}

fn table(table: &Table, caption: Option<&str>, language: Language) -> String {
    let align: String =
        (0..table.columns.len()).map(|k| if table.is_numeric(k) { 'r' } else { 'l' }).collect();
    let row = |cells: Vec<String>| format!("{} \\\\\n", cells.join(" & "));
    let heads = row(table.columns.iter().map(|head| escaped(&head.label)).collect());
    // Long tables go on over pages and repeat their heads.
    let mut text = format!("\n\\begin{{longtable}}{{{align}}}\n");
    if let Some(words) = caption {
        text.push_str(&format!("\\caption{{{}}}\\\\\n", escaped(words)));
    }
    text.push_str(&format!("\\toprule\n{heads}\\midrule\n\\endfirsthead\n"));
    text.push_str(&format!("\\toprule\n{heads}\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n"));
    for cells in &table.rows {
        let cells = cells.iter().zip(&table.columns);
        text.push_str(&row(cells
            .map(|(cell, head)| escaped(&shown(cell, head, language)))
            .collect()));
    }
    text.push_str("\\end{longtable}\n\n");
    text
}

/// A text in which no sign is a command.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(sign);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '↑' => out.push_str("$\\uparrow$"),
            '↓' => out.push_str("$\\downarrow$"),
            'Δ' => out.push_str("$\\Delta$"),
            '→' => out.push_str("$\\rightarrow$"),
            '·' => out.push_str("$\\cdot$"),
            '\n' => out.push(' '),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    // A bracket after the end of a row would be read as a distance.
    if out.starts_with('[') { format!("{{}}{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_is_a_command() {
        assert_eq!(escaped("50 % of a_b & {c}\\"), "50 \\% of a\\_b \\& \\{c\\}\\textbackslash{}");
        assert_eq!(escaped("[x] ↑3"), "{}[x] $\\uparrow$3");
    }
}
