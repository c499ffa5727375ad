//! What is written in a chapter by hand and ought not to be: numbers that no expression gives, and pictures from files.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::markdown::options;

/// A line that says why its numbers are written by hand, or a chapter in which it stands in a line of its own.
const REASON: &str = "<!-- number:";

/// The numbers in the text of a chapter that no expression gives. `labels` are those of the periods, which are not results.
///
/// Numbers in code, in links, in titles between 《》, in dates, in names such as `COVID-19`, and at the beginning of headings
/// are not meant, nor are the numbers of lists. A comment `<!-- number: REASON -->` in a line excuses the numbers in it.
pub fn numbers(source: &str, labels: &[&str]) -> Vec<Range<usize>> {
    let masked = masked(source);
    let mut found = Vec::new();
    let mut in_link = 0;
    let mut in_code = false;
    let mut heading = None;
    for (event, at) in Parser::new_ext(&masked, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => in_link += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => in_link -= 1,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Heading { .. }) => heading = Some(at.start),
            Event::End(TagEnd::Heading(_)) => heading = None,
            // What is escaped or an entity is not at its place letter by letter; the text of the file is looked at.
            Event::Text(_) if in_link == 0 && !in_code => {
                in_text(&masked, at, labels, &mut found);
                if let Some(start) = heading {
                    found.retain(|range| !is_head(&masked[start..range.start]));
                }
            }
            _ => {}
        }
    }
    found.retain(|range| !is_excused(source, range.start));
    found
}

/// The pictures from files in a chapter.
pub fn pictures(source: &str) -> Vec<Range<usize>> {
    let masked = masked(source);
    let events = Parser::new_ext(&masked, options()).into_offset_iter();
    events
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })))
        .map(|(_, at)| at)
        .collect()
}

/// The same text, as long, with letters in place of expressions.
fn masked(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut end = 0;
    for at in expressions(source) {
        out.push_str(&source[end..at.start]);
        end = at.end;
        out.extend(source[at].bytes().map(|byte| if byte == b'\n' { '\n' } else { 'x' }));
    }
    out.push_str(&source[end..]);
    out
}

/// The places of expressions, statements and comments, with their brackets.
fn expressions(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = ["{{", "{%", "{#"].iter().filter_map(|of| source[from..].find(of)).min()
    {
        let start = from + start;
        let close = match &source[start..start + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        from = source[start..].find(close).map_or(source.len(), |end| start + end + 2);
        found.push(start..from);
    }
    found
}

/// The operators of expressions that are powers, which machines compute differently.
pub fn powers(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in expressions(source).into_iter().filter(|at| !source[at.start..].starts_with("{#")) {
        let mut quote = None;
        let mut before = None;
        for (k, sign) in source[at.clone()].char_indices() {
            match quote {
                Some(of) if sign == of && before != Some('\\') => quote = None,
                Some(_) => {}
                None if matches!(sign, '"' | '\'') => quote = Some(sign),
                None if sign == '*' && before == Some('*') => {
                    found.push(at.start + k - 1..at.start + k + 1);
                }
                None => {}
            }
            before = Some(sign);
        }
    }
    found
}

/// Whether only a number stands before the end of the beginning of a heading: `# 3.` and `## `.
fn is_head(before: &str) -> bool {
    before.chars().all(|sign| "# .、（(".contains(sign) || sign.is_ascii_digit())
}

/// Whether the line of a place says why its numbers are written by hand.
fn is_excused(source: &str, at: usize) -> bool {
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = source[at..].find('\n').map_or(source.len(), |end| at + end);
    let reason = source[start..end].split_once(REASON).and_then(|(_, rest)| rest.split_once("-->"));
    reason.is_some_and(|(reason, _)| !reason.trim().is_empty())
}

fn in_text(text: &str, at: Range<usize>, labels: &[&str], found: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let mut k = at.start;
    while k < at.end {
        if !bytes[k].is_ascii_digit() {
            k += 1;
            continue;
        }
        let start = k;
        let is_mark = |k: usize| {
            b".,:/-".contains(&bytes[k]) && k + 1 < at.end && bytes[k + 1].is_ascii_digit()
        };
        while k < at.end && (bytes[k].is_ascii_digit() || is_mark(k)) {
            k += 1;
        }
        let range = start..k;
        if !is_harmless(text, &range, labels) {
            found.push(range);
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether a number is not a result: a period, a date, a part of a name or of a title.
fn is_harmless(text: &str, range: &Range<usize>, labels: &[&str]) -> bool {
    let (before, number, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    if labels.iter().any(|label| label.contains(number) && number.len() >= 4) {
        return true;
    }
    // `2018-2020` is of two periods.
    let mut parts = number.split(['-', '/']).peekable();
    if number.len() > 4 && parts.all(|part| labels.contains(&part)) {
        return true;
    }
    let is_letter = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphabetic());
    let trimmed = before.trim_end_matches('-');
    if is_letter(trimmed.chars().last()) || is_letter(after.chars().next()) {
        return true;
    }
    let open = before.rfind('《').map_or(0, |at| at + 1);
    let closed = before.rfind('》').map_or(0, |at| at + 1);
    if open > closed && !before[open.saturating_sub(1)..].contains('\n') {
        return true;
    }
    is_date(before, number, after)
}

fn is_date(before: &str, number: &str, after: &str) -> bool {
    // 2023-10-24, 2023/10/24, 12:30.
    let is_iso = |mark: char| {
        let parts: Vec<&str> = number.split(mark).collect();
        parts.len() == 3
            && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
            && parts[0].len() == 4
    };
    let is_day =
        |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
    if is_iso('-') || is_iso('/') {
        return true;
    }
    // 2023年, 10月24日: a year has four digits, and a day stands behind a month.
    let is_year = number.len() == 4 && after.starts_with('年');
    let follows_year = before.ends_with('年') && after.starts_with('月');
    let is_month = is_day(number)
        && after.strip_prefix('月').is_some_and(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('日')
        });
    let of_month = is_day(number) && after.starts_with(['日', '号']) && before.ends_with('月');
    if is_year || follows_year || is_month || of_month {
        return true;
    }
    // 12 March 2020, March 12, 2020.
    let next = after.trim_start();
    let last = before.trim_end().trim_end_matches(',');
    let last = last.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    MONTHS.iter().any(|month| next.starts_with(month) || last.ends_with(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        numbers(text, &["2018", "2019"]).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn numbers_of_results_are_found() {
        assert_eq!(found("The score is 78.5, and 12% are above."), ["78.5", "12"]);
        assert_eq!(found("得分为78.5，共31个"), ["78.5", "31"]);
        assert_eq!(found("| a |\n|---|\n| 5 |"), ["5"]);
        assert_eq!(found("- 3 regions\n"), ["3"]);
        assert_eq!(found("{{ top(3) }} of 31 {# 9 #}{% if x > 4 %}"), ["31"]);
    }

    #[test]
    fn other_numbers_are_not() {
        for text in [
            "In 2018 and 2018-2019",
            "1. first\n2. second",
            "# 3.2 Results\n",
            "`7` and\n\n    8\n",
            "[page 9](https://a.b/10)",
            "on 2023-10-24, on 12 March 2020, on March 12, 2020",
            "2023年10月24日",
            "COVID-19, G20 and 5G",
            "《关于2035年的意见》",
            "the hotline 12345 <!-- number: the name of the hotline -->",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
        assert_eq!(found("12345 <!-- number: -->"), ["12345"], "a reason is needed");
    }

    #[test]
    fn powers_are_found() {
        let places =
            |text: &str| -> Vec<usize> { powers(text).iter().map(|at| at.start).collect() };
        assert_eq!(places("**a** {{ 2 ** 3 }} {# ** #}{{ '**' }}"), [11]);
        assert!(places("{{ \"a\\\"**\" * 2 }}").is_empty());
    }

    #[test]
    fn pictures_are_found() {
        assert_eq!(pictures("{{ x }}![a](b.png)").pop(), Some(7..18));
    }
}
