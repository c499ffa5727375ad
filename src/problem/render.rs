//! Problems as text with excerpts.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use indexmap::IndexSet;
use quanheng_words::{Language, is_invisible, text, visible, word};

use super::words::Words;
use super::{Place, Problem};

/// Problems one after the other, each with its excerpt and its hint, then how many there were.
pub(super) fn render(problems: &[Problem], language: Language, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    // A methodology that extends another has its problems too; each is reported only once.
    let said: IndexSet<String> =
        problems.iter().map(|problem| one(problem, language, &renderer) + "\n\n").collect();
    let mut text: String = said.iter().map(String::as_str).collect();
    if said.len() > 1 {
        text.push_str(&text!(problems_found, count = said.len()).render(language));
        text.push('\n');
    }
    text
}

fn one(problem: &Problem, language: Language, renderer: &Renderer) -> String {
    let Words { what, hint } = problem.fault.words();
    let what = what.render(language);
    let hint = hint.map(|hint| hint.render(language));
    let (error, help) = (word!(problem_error, language), word!(problem_help, language));
    let mut group = Level::ERROR
        .with_name(error)
        .primary_title(what.as_str())
        .elements(Vec::<annotate_snippets::Element<'_>>::new());
    let cells: Vec<(String, String)> = problem.places.iter().filter_map(cell).collect();
    for (i, place) in problem.places.iter().enumerate() {
        let (source, span, note) = match place {
            Place::Text { source, span } => (source, span, String::new()),
            Place::Site(site) => (&site.source, &site.span, site.note.render(language)),
            Place::Cell { .. } | Place::File(_) => continue,
        };
        let kind = if i == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let (shown, span) = excerpt(&source.text, span);
        let mut mark = kind.span(span);
        if !note.is_empty() {
            mark = mark.label(note);
        }
        let snippet = Snippet::source(shown).path(source.name.as_str());
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
    if let Some(hint) = &hint {
        group = group.element(Level::HELP.with_name(help).message(hint.as_str()));
    }
    renderer.render(&[group])
}

/// A place that is not a range of a text: how it is named, and what it shows.
fn cell(place: &Place) -> Option<(String, String)> {
    match place {
        Place::Text { .. } | Place::Site(_) => None,
        Place::File(file) => Some((file.clone(), String::new())),
        Place::Cell { shows, .. } => Some((place.to_string(), visible(shows).into_owned())),
    }
}

/// A text with a mark for each character in the lines of `span` that cannot be seen, and the span there. There is one
/// mark for each character, so that columns stay what they are.
fn excerpt<'t>(text: &'t str, span: &Range<usize>) -> (Cow<'t, str>, Range<usize>) {
    let end = span.end.min(text.len());
    let span = span.start.min(end)..end;
    let from = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let hidden = |c: char| is_invisible(c) && c != '\r';
    if !text[from..to].contains(hidden) {
        return (Cow::Borrowed(text), span);
    }
    let marked = |part: &str| part.replace(hidden, "\u{fffd}");
    let before = format!("{}{}", &text[..from], marked(&text[from..span.start]));
    let (within, after) = (marked(&text[span]), marked(&text[end..to]));
    let span = before.len()..before.len() + within.len();
    (Cow::Owned(format!("{before}{within}{after}{}", &text[to..])), span)
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
