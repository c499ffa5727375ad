//! Problems as text with excerpts.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use quanheng_words::{Language, Text, is_invisible, text, visible, word};

use super::group::{Group, groups};
use super::words::Words;
use super::{Fault, Filed, Place, ProjectFault};

/// How many causes are shown; the rest is counted.
const SHOWN: usize = 50;

/// How many characters of a text from outside a message has.
const LENGTH: usize = 400;

/// How many bytes of a line an excerpt has on either side of a place, about.
const BESIDE: usize = 200;

/// How many places of one problem are shown.
const PLACES: usize = 10;

/// How many lines an excerpt has.
const LINES: usize = 12;

/// Problems one after the other, those of one cause as one, each with its excerpt and its hint, then how many there were.
pub(super) fn render(problems: &[Filed], language: Language, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let is_count = |group: &Group<'_>| {
        matches!(group.first.fault, Fault::Project(ProjectFault::MoreProblems { .. }))
    };
    // How many were not even kept is said whatever the number of the others.
    let (counts, groups): (Vec<_>, Vec<_>) = groups(problems).into_iter().partition(is_count);
    let shown = groups.iter().take(SHOWN).chain(&counts);
    let shown = shown.map(|group| one(group, language, &renderer) + "\n\n");
    let mut text: String = shown.collect();
    let count = groups.len();
    let end = match count.saturating_sub(SHOWN) {
        _ if count <= 1 => return text,
        0 => text!(problems_found, count = count),
        rest => text!(problems_found_more, count = count, shown = SHOWN, rest = rest),
    };
    text.push_str(&end.render(language));
    text.push('\n');
    text
}

fn one(group: &Group<'_>, language: Language, renderer: &Renderer) -> String {
    let problem = group.first;
    let Words { what, hint } = problem.fault.words();
    let put = |text: &Text| text.bounded(LENGTH).seen().render(language);
    let what = put(&what);
    let hint = hint.as_ref().map(put);
    let notes: Vec<String> = group.notes().iter().map(put).collect();
    let (error, help) = (word!(problem_error, language), word!(problem_help, language));
    let mut group = Level::ERROR
        .with_name(error)
        .primary_title(what.as_str())
        .elements(Vec::<annotate_snippets::Element<'_>>::new());
    let places = &problem.places[..problem.places.len().min(PLACES)];
    let cells: Vec<(String, String)> = places.iter().filter_map(cell).collect();
    for (i, place) in places.iter().enumerate() {
        let (source, span, note) = match place {
            Place::Text { source, span } => (source, span, String::new()),
            Place::Site(site) => (&site.source, &site.span, site.note.render(language)),
            Place::Cell { .. } | Place::File(_) => continue,
        };
        let kind = if i == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let Excerpt { text, line, span } = excerpt(&source.text, span);
        let (text, span) = marked(text, span);
        let mut mark = kind.span(span);
        if !note.is_empty() {
            mark = mark.label(note);
        }
        let path = visible(&source.name).into_owned();
        let snippet = Snippet::source(text).line_start(line).path(path);
        group = group.element(snippet.annotation(mark));
    }
    for (path, shows) in &cells {
        group = match shows.is_empty() {
            true => group.element(annotate_snippets::Origin::path(path.as_str())),
            false => group.element(
                Snippet::source(shows.as_str())
                    .path(path.as_str())
                    .annotation(AnnotationKind::Primary.span(0..shows.len())),
            ),
        };
    }
    for note in &notes {
        let name = word!(problem_note, language);
        group = group.element(Level::NOTE.with_name(name).message(note.as_str()));
    }
    if let Some(hint) = &hint {
        group = group.element(Level::HELP.with_name(help).message(hint.as_str()));
    }
    renderer.render(&[group])
}

/// A few lines of a text around a place.
struct Excerpt<'t> {
    text: &'t str,
    /// The number of the first line, from 1.
    line: usize,
    /// The place, in the excerpt.
    span: Range<usize>,
}

/// The lines of a place. What is far behind the place is cut off, and so are lines of a place that goes over very many;
/// the renderer cuts what is far before it, and knows by it the column.
fn excerpt<'t>(text: &'t str, span: &Range<usize>) -> Excerpt<'t> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.floor_char_boundary(span.end.min(text.len()).max(start));
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    // The line that follows is there, so that a place at the very end of a line is one.
    let mut to = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let folded = text[from..to].match_indices('\n').nth(LINES - 1).map(|(at, _)| from + at);
    to = folded.unwrap_or(to);
    let behind = text.floor_char_boundary((start.max(end.min(to)) + BESIDE).min(text.len()));
    to = to.min(behind);
    let line = text[..from].matches('\n').count() + 1;
    let inside = |at: usize| at.min(to) - from;
    Excerpt { text: &text[from..to], line, span: inside(start)..inside(end) }
}

/// A place that is not a range of a text: how it is named, and what it shows.
fn cell(place: &Place) -> Option<(String, String)> {
    match place {
        Place::Text { .. } | Place::Site(_) => None,
        Place::File(file) => Some((visible(file).into_owned(), String::new())),
        Place::Cell { shows, .. } => {
            let shows = match shows.char_indices().nth(BESIDE) {
                Some((end, _)) => format!("{}…", &shows[..end]),
                None => shows.clone(),
            };
            let place = place.to_string();
            Some((visible(&place).into_owned(), visible(&shows).into_owned()))
        }
    }
}

/// Lines with a mark for each character that cannot be seen, and the span there. There is one mark for each character,
/// so that columns stay what they are.
fn marked(text: &str, span: Range<usize>) -> (Cow<'_, str>, Range<usize>) {
    let hidden = |c: char| is_invisible(c) && c != '\r';
    if !text.contains(hidden) {
        return (Cow::Borrowed(text), span);
    }
    let marked = |part: &str| part.replace(hidden, "\u{fffd}");
    let (before, within) = (marked(&text[..span.start]), marked(&text[span.clone()]));
    let after = marked(&text[span.end..]);
    let span = before.len()..before.len() + within.len();
    (Cow::Owned(before + within.as_str() + after.as_str()), span)
}

/// A column as spreadsheets name it: A, B, … Z, AA.
pub(super) fn letters(column: usize) -> String {
    let mut text = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        text.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    text
}
