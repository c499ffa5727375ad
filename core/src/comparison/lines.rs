//! Lines of two texts that differ.

/// One line of a comparison of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// In both.
    Same(&'a str),
    /// In the first only.
    Removed(&'a str),
    /// In the second only.
    Added(&'a str),
}

/// A stretch of lines with some that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk<'a> {
    /// The number of its first line in the first text, from 1.
    pub first: usize,
    /// The number of its first line in the second text, from 1.
    pub second: usize,
    /// Its lines.
    pub lines: Vec<Line<'a>>,
}

/// The stretches in which two texts differ, with up to `around` equal lines before and after each: as few lines as
/// possible are called different, by the longest common subsequence.
pub fn changed_lines<'a>(first: &'a str, second: &'a str, around: usize) -> Vec<Hunk<'a>> {
    let a: Vec<&str> = first.lines().collect();
    let b: Vec<&str> = second.lines().collect();
    let all = aligned(&a, &b);
    let is_change = |line: &Line<'_>| !matches!(line, Line::Same(_));
    let changes: Vec<usize> = (0..all.len()).filter(|&k| is_change(&all[k])).collect();
    let mut hunks: Vec<Hunk<'a>> = Vec::new();
    let mut end = 0;
    for k in changes {
        let from = k.saturating_sub(around);
        let to = (k + around + 1).min(all.len());
        if hunks.is_empty() || from > end {
            let before = &all[..from];
            let count = |of: &dyn Fn(&Line<'_>) -> bool| before.iter().filter(|l| of(l)).count();
            hunks.push(Hunk {
                first: 1 + count(&|l| !matches!(l, Line::Added(_))),
                second: 1 + count(&|l| !matches!(l, Line::Removed(_))),
                lines: all[from..to].to_vec(),
            });
        } else if let Some(hunk) = hunks.last_mut() {
            hunk.lines.extend(&all[end..to]);
        }
        end = to;
    }
    hunks
}

/// All lines of both texts. Where what differs is very long on both sides, it is one block.
fn aligned<'a>(a: &[&'a str], b: &[&'a str]) -> Vec<Line<'a>> {
    const CELLS: usize = 16_000_000;
    let before = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[before..], &b[before..]);
    let after = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&rest_a[..rest_a.len() - after], &rest_b[..rest_b.len() - after]);
    let mut lines: Vec<Line<'a>> = a[..before].iter().map(|l| Line::Same(l)).collect();
    let (n, m) = (x.len(), y.len());
    let (mut i, mut j) = (0, 0);
    if (n + 1) * (m + 1) <= CELLS {
        // longest[i][j]: the longest common subsequence of what follows i and j.
        let mut longest = vec![0_u32; (n + 1) * (m + 1)];
        let cell = |i: usize, j: usize| i * (m + 1) + j;
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                longest[cell(i, j)] = match x[i] == y[j] {
                    true => longest[cell(i + 1, j + 1)] + 1,
                    false => longest[cell(i + 1, j)].max(longest[cell(i, j + 1)]),
                };
            }
        }
        while i < n && j < m {
            if x[i] == y[j] {
                lines.push(Line::Same(x[i]));
                (i, j) = (i + 1, j + 1);
            } else if longest[cell(i + 1, j)] >= longest[cell(i, j + 1)] {
                lines.push(Line::Removed(x[i]));
                i += 1;
            } else {
                lines.push(Line::Added(y[j]));
                j += 1;
            }
        }
    }
    lines.extend(x[i..].iter().map(|l| Line::Removed(l)));
    lines.extend(y[j..].iter().map(|l| Line::Added(l)));
    lines.extend(rest_a[rest_a.len() - after..].iter().map(|l| Line::Same(l)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_and_where() {
        let a = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
        let b = "one\ntwo\n3\nfour\nfive\nsix\nseven\neight\n";
        let hunks = changed_lines(a, b, 1);
        assert_eq!(
            hunks,
            [
                Hunk {
                    first: 2,
                    second: 2,
                    lines: vec![
                        Line::Same("two"),
                        Line::Removed("three"),
                        Line::Added("3"),
                        Line::Same("four"),
                    ],
                },
                Hunk {
                    first: 7,
                    second: 7,
                    lines: vec![Line::Same("seven"), Line::Added("eight")],
                },
            ]
        );
        assert_eq!(changed_lines(a, a, 3), []);
        assert_eq!(changed_lines(a, b, 2).len(), 1, "stretches that touch are one");
        assert_eq!(changed_lines("", "x", 3)[0].lines, [Line::Added("x")]);
    }
}
