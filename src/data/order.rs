//! Statements of an order, as `A > B > C = D`: a text file with a statement a line, or a table with the columns `better`
//! and `worse`.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::decode::{Stated, decode};
use super::file::{Format, Input};
use super::grid::Grid;
use crate::gate::bounds::WHOLE_FILE;
use crate::problem::{Fault, OrderFault, Place, Problem, Problems, Source};

/// Two regions, as they are named, and which is better.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The better one.
    pub better: Named,
    /// The worse one.
    pub worse: Named,
    /// Whether they are equal, and neither is better.
    pub equal: bool,
    /// The line or row in which they stand, from 1.
    pub line: usize,
}

/// A region as the file names it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its code or its name.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Reads the statements of a file. A chain makes a statement of each two neighbours; blank lines and those that begin with
/// `#` say nothing. Returned with them is everything in the file that is not a statement.
///
/// # Errors
/// A file that cannot be read.
pub fn read(path: &Path) -> Result<(Vec<Statement>, Problems), Problems> {
    let name = path.display().to_string();
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_lowercase();
    let is_table = !matches!(extension.as_str(), "" | "txt" | "order" | "md");
    let mut problems = Vec::new();
    let statements = match is_table {
        true => table(&Input::path(&name, path), &mut problems),
        false => {
            let bytes = crate::gate::read(path, WHOLE_FILE);
            let bytes = bytes.map_err(|e| Problem::unreadable(&name, e))?;
            let (text, _) = decode(&bytes, Stated::default()).map_err(|refused| {
                let fault = Fault::Data(refused.fault(false));
                Problem { fault, places: vec![Place::File(name.clone())] }
            })?;
            lines(&Arc::new(Source::new(name.clone(), text)), &mut problems)
        }
    };
    if statements.is_empty() && problems.is_empty() {
        let fault = Fault::Order(OrderFault::Empty);
        problems.push(Problem { fault, places: vec![Place::File(name)] });
    }
    Ok((statements, problems.into()))
}

/// The statements of a text.
fn lines(source: &Arc<Source>, problems: &mut Vec<Problem>) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut start = 0;
    for (number, whole) in source.text.split('\n').enumerate() {
        let line = start..start + whole.len();
        start += whole.len() + 1;
        let shown = whole.trim();
        if shown.is_empty() || shown.starts_with('#') {
            continue;
        }
        match chain(source, line) {
            Err((fault, span)) => {
                let place = Place::Text { source: Arc::clone(source), span };
                problems.push(Problem { fault: Fault::Order(fault), places: vec![place] });
            }
            Ok(Chain { regions, equal }) => {
                for (two, equal) in regions.windows(2).zip(equal) {
                    statements.push(Statement {
                        better: two[0].clone(),
                        worse: two[1].clone(),
                        equal,
                        line: number + 1,
                    });
                }
            }
        }
    }
    statements
}

/// A line: its regions, and for each two neighbours whether they are stated as equal.
struct Chain {
    regions: Vec<Named>,
    equal: Vec<bool>,
}

/// What is wrong with a line, and where in the text.
type Wrong = (OrderFault, Range<usize>);

/// Reads a line that states something.
fn chain(source: &Arc<Source>, line: Range<usize>) -> Result<Chain, Wrong> {
    let text = &source.text[line.clone()];
    let (mut regions, mut signs, mut from) = (Vec::new(), Vec::new(), 0);
    let mut region = |part: Range<usize>, sign: Range<usize>| {
        let name = text[part.clone()].trim();
        if name.is_empty() {
            return Err((OrderFault::NoRegion, line.start + sign.start..line.start + sign.end));
        }
        let at = line.start + part.start + text[part.clone()].find(name).unwrap_or(0);
        let place = Place::Text { source: Arc::clone(source), span: at..at + name.len() };
        regions.push(Named { text: name.to_owned(), place });
        Ok(())
    };
    let all = text.trim();
    let begin = text.find(all).unwrap_or(0);
    for (at, sign) in text.char_indices() {
        let span = at..at + sign.len_utf8();
        match sign {
            '>' | '＞' | '≻' => signs.push(false),
            '=' | '＝' => signs.push(true),
            '<' | '＜' | '≺' | '≤' | '≥' | '⩽' | '⩾' => {
                let sign = sign.to_string();
                let span = line.start + span.start..line.start + span.end;
                return Err((OrderFault::Sign { sign }, span));
            }
            _ => continue,
        }
        region(from..at, span.clone())?;
        from = span.end;
    }
    let whole = begin..begin + all.len();
    if signs.is_empty() {
        return Err((OrderFault::NoSign, line.start + whole.start..line.start + whole.end));
    }
    let last = text[..from].char_indices().next_back().map_or(0, |(at, _)| at);
    region(from..text.len(), last..from)?;
    Ok(Chain { regions, equal: signs })
}

/// The statements of a table: `better` and `worse`, and where they are equal a column `sign` with `=`.
fn table(input: &Input, problems: &mut Vec<Problem>) -> Vec<Statement> {
    let Some(grid) = Grid::read(input, &Format::default(), problems) else { return Vec::new() };
    let (better, worse) = (grid.column("better"), grid.column("worse"));
    let Some((better, worse)) = better.zip(worse) else {
        let fault = Fault::Order(OrderFault::Columns { columns: grid.header().to_vec() });
        problems.push(Problem { fault, places: vec![grid.head_place(0)] });
        return Vec::new();
    };
    let sign = grid.column("sign");
    let mut statements = Vec::new();
    for row in 0..grid.rows() {
        let named = |column: usize| Named {
            text: grid.text(row, column).to_owned(),
            place: grid.place(row, column),
        };
        let equal = match sign.map(|column| grid.text(row, column)) {
            None | Some("" | ">" | "＞") => false,
            Some("=" | "＝") => true,
            Some(other) => {
                let fault = Fault::Order(OrderFault::Sign { sign: other.to_owned() });
                let places = sign.map(|column| grid.place(row, column)).into_iter().collect();
                problems.push(Problem { fault, places });
                continue;
            }
        };
        let (better, worse) = (named(better), named(worse));
        if let Some(empty) = [&better, &worse].into_iter().find(|named| named.text.is_empty()) {
            let fault = Fault::Order(OrderFault::NoRegion);
            problems.push(Problem { fault, places: vec![empty.place.clone()] });
            continue;
        }
        statements.push(Statement { better, worse, equal, line: row + 2 });
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both regions, whether they are stated as equal, and the line.
    type Said = (String, String, bool, usize);

    fn read_text(text: &str) -> (Vec<Said>, Vec<OrderFault>) {
        let source = Arc::new(Source::new("order.txt", text));
        let mut problems = Vec::new();
        let read = lines(&source, &mut problems);
        for named in read.iter().flat_map(|s| [&s.better, &s.worse]) {
            let Place::Text { span, .. } = &named.place else { panic!("a place in the text") };
            assert_eq!(source.text[span.clone()], named.text);
        }
        let said = read.into_iter().map(|s| (s.better.text, s.worse.text, s.equal, s.line));
        let fault = |problem: Problem| match problem.fault {
            Fault::Order(fault) => fault,
            other => panic!("{other:?}"),
        };
        (said.collect(), problems.into_iter().map(fault).collect())
    }

    #[test]
    fn chains_ties_and_remarks() {
        let (read, wrong) =
            read_text("# who\r\n\r\n  北京 > 上海＝Inner Mongolia  \r\n110000＞31\n");
        let of = |a: &str, b: &str, equal, line| (a.to_owned(), b.to_owned(), equal, line);
        assert_eq!(
            read,
            [
                of("北京", "上海", false, 3),
                of("上海", "Inner Mongolia", true, 3),
                of("110000", "31", false, 4)
            ]
        );
        assert!(wrong.is_empty());
    }

    #[test]
    fn what_is_not_a_statement() {
        let (read, wrong) = read_text("A\nA < B\nA > > B\n> A\nA >\nA ≥ B\nA >= B\n");
        assert!(read.is_empty());
        let sign = |sign: &str| OrderFault::Sign { sign: sign.to_owned() };
        let none = OrderFault::NoRegion;
        let expected = [
            OrderFault::NoSign,
            sign("<"),
            none.clone(),
            none.clone(),
            none.clone(),
            sign("≥"),
            none,
        ];
        assert_eq!(wrong, expected);
    }
}
