//! Reports as HTML: a page that Word, WPS and mail programs open, or take with copy and paste, with tables as tables.
//!
//! Word keeps what stands at an element itself and drops most style sheets, so that rules and alignment stand at each cell.

use super::super::{Block, Language, Reader, Report, Table};
use super::{Format, Render, shown};

pub(super) const FORMAT: Format = Format {
    name: "html",
    doc: "A page with tables of three rules, for people; Word and WPS open it, or take its tables by copy and paste",
    reader: Reader::People,
    is_tables_only: false,
    render: Render::Text(|report, style| render(report, style.language)),
};

/// The report as a page of its own, without scripts and without anything from elsewhere.
pub fn render(report: &Report, language: Language) -> String {
    let font = match language {
        Language::Zh => "'Times New Roman',SimSun,宋体,serif",
        Language::En => "'Times New Roman',serif",
    };
    let title = report.blocks.iter().find_map(|block| match block {
        Block::Heading(words) => Some(escaped(words)),
        _ => None,
    });
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body style=\"font-family:{font};font-size:14px\">\n",
        language.tag(),
        title.unwrap_or_default(),
    );
    for block in &report.blocks {
        match block {
            Block::Heading(words) => text.push_str(&format!(
                "<p style=\"font-weight:bold;text-align:center;margin:12pt 0 4pt\">{}</p>\n",
                escaped(words)
            )),
            Block::Line(words) => text.push_str(&format!(
                "<p style=\"font-size:9pt;margin:2pt 0\">{}</p>\n",
                escaped(words)
            )),
            Block::Table(of) => text.push_str(&table(of, language)),
        }
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn table(table: &Table, language: Language) -> String {
    const THICK: &str = "1.5pt solid black";
    const THIN: &str = "0.75pt solid black";
    let align = |k: usize| if table.is_numeric(k) { "right" } else { "left" };
    let mut text = String::from(
        "<table align=\"center\" cellspacing=\"0\" cellpadding=\"4\" style=\"border-collapse:collapse\">\n<thead>\n<tr>",
    );
    for (k, head) in table.columns.iter().enumerate() {
        text.push_str(&format!(
            "<th style=\"border-top:{THICK};border-bottom:{THIN};text-align:{}\">{}</th>",
            align(k),
            escaped(&head.label)
        ));
    }
    text.push_str("</tr>\n</thead>\n<tbody>\n");
    for (i, row) in table.rows.iter().enumerate() {
        let rule = match i + 1 == table.rows.len() {
            true => format!("border-bottom:{THICK};"),
            false => String::new(),
        };
        text.push_str("<tr>");
        for (k, (cell, head)) in row.iter().zip(&table.columns).enumerate() {
            text.push_str(&format!(
                "<td style=\"{rule}text-align:{}\">{}</td>",
                align(k),
                escaped(&shown(cell, head, language))
            ));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
    text
}

/// A text in which no sign is markup; its lines stay lines, and blanks at the beginning stay.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for sign in text.trim_start_matches(' ').chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    let indent = text.len() - text.trim_start_matches(' ').len();
    format!("{}{out}", "&nbsp;".repeat(indent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_is_markup() {
        assert_eq!(escaped("  <b> & \"c\"\nd"), "&nbsp;&nbsp;&lt;b&gt; &amp; &quot;c&quot;<br>d");
    }
}
