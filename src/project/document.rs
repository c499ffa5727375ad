//! `[document.CODE]`: documents of the project's own, for `quanheng report --document`, made of chapters or of a template.

use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::model::{Names, Study};
use quanheng_words::text;

use super::data::ProjectFolder;
use super::reader::Page;
use super::table::{At, By, Declared, Shape, Texts, table};
use super::value::{Content, Item};
use crate::gate::bounds;
use crate::note::{NUMBER_IN_PROSE, Note};
use crate::problem::{Fault, Place, Problem, ProseFault, Reason, Source};
use crate::report::{prose, template};

table! {
    /// `[document.CODE]`
    pub(super) struct DocumentKeys {
        /// The title of the document: a text, or a table of texts by language. It is the title of the project unless stated.
        title: Names,
        /// The template that it is made of; `quanheng report --list` shows the templates.
        template: Option<At<String>>,
        /// The files of its chapters, in order: a list, or a table of lists by language. Either these or a template is
        /// stated.
        chapters: Option<ChaptersKeys>,
        /// The methodology that it is about; that of `[project]` unless stated.
        methodology: Option<At<String>>,
        /// The period that it is about; the last one unless stated.
        period: Option<At<String>>,
        /// The league that it is about; unless stated, it shows all leagues.
        league: Option<At<String>>,
        /// The decimals of all figures; those of `quanheng run` unless stated.
        decimals: Option<usize> [0, 15],
        /// Whether it has a table of contents.
        contents: bool = true,
    }
}

/// Chapters, perhaps by language.
#[derive(Clone, Debug)]
pub(super) enum ChaptersKeys {
    Texts(Texts),
    ByLanguage(By<Texts>),
}

impl Declared for ChaptersKeys {
    fn shape() -> Shape {
        Shape::OneOf(vec![Texts::shape(), By::<Texts>::shape()])
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Table(_) => By::take(item).map(ChaptersKeys::ByLanguage),
            _ => Texts::take(item).map(ChaptersKeys::Texts),
        }
    }
}

/// A document of the project's own.
#[derive(Clone, Debug)]
pub struct DocumentSaid {
    /// Its title.
    pub title: Names,
    /// The template that it is made of.
    pub template: Option<String>,
    /// Its chapters by language; those for every language stand under an empty text.
    pub chapters: IndexMap<String, Vec<Arc<Source>>>,
    /// The methodology that it is about.
    pub methodology: Option<String>,
    /// The period that it is about.
    pub period: Option<String>,
    /// The league that it is about.
    pub league: Option<String>,
    /// The decimals of all figures.
    pub decimals: Option<usize>,
    /// Whether it has a table of contents.
    pub contents: bool,
}

/// The documents, with their chapters. What is wrong keeps no methodology from being used.
pub(super) fn read(
    page: &Page,
    keys: &By<DocumentKeys>,
    folder: &ProjectFolder,
    study: &Study,
    methodologies: &[&str],
    bad_data: bool,
) -> IndexMap<String, DocumentSaid> {
    let mut documents = IndexMap::new();
    let labels: Vec<&str> = study
        .periods
        .iter()
        .map(|period| period.label.as_str())
        .filter(|of| !of.is_empty())
        .collect();
    for one in &keys.0 {
        let Some(of) = &one.table else { continue };
        if of.template.is_some() == of.chapters.is_some() {
            let fault = Fault::Prose(ProseFault::Chapters { document: one.code.clone() });
            page.push(Problem { fault, places: vec![page.place(&one.span)] });
        }
        if let Some(name) = &of.template
            && template::find(name).is_none()
        {
            let known = template::TEMPLATES.iter().map(|template| template.name);
            page.unknown(&name.span, text!(thing_template), name, known);
        }
        if let Some(code) = &of.methodology
            && !methodologies.contains(&code.as_str())
        {
            page.unknown(&code.span, text!(thing_methodology), code, methodologies.iter().copied());
        }
        if let Some(label) = &of.period
            && study.period(label).is_none()
            && !bad_data
        {
            page.unknown(&label.span, text!(thing_period_of_data), label, labels.iter().copied());
        }
        if let Some(code) = &of.league
            && study.leagues.iter().all(|league| league.code != code.value)
        {
            let known =
                study.leagues.iter().map(|league| league.code.as_str()).filter(|of| !of.is_empty());
            page.unknown(&code.span, text!(thing_league), code, known);
        }
        let chapters = match &of.chapters {
            None => IndexMap::new(),
            Some(ChaptersKeys::Texts(names)) => {
                [(String::new(), chapters(page, names, folder, &labels))].into_iter().collect()
            }
            Some(ChaptersKeys::ByLanguage(by)) => {
                let each = by.0.iter().filter_map(|one| {
                    let names = one.table.as_ref()?;
                    Some((one.code.clone(), chapters(page, names, folder, &labels)))
                });
                each.collect()
            }
        };
        let said = DocumentSaid {
            title: of.title.clone(),
            template: of.template.as_ref().map(|name| name.value.clone()),
            chapters,
            methodology: of.methodology.as_ref().map(|code| code.value.clone()),
            period: of.period.as_ref().map(|label| label.value.clone()),
            league: of.league.as_ref().map(|code| code.value.clone()),
            decimals: of.decimals,
            contents: of.contents,
        };
        documents.insert(one.code.clone(), said);
    }
    documents
}

/// The files of chapters that can be read, with a note for each number that no expression gives.
fn chapters(
    page: &Page,
    names: &Texts,
    folder: &ProjectFolder,
    labels: &[&str],
) -> Vec<Arc<Source>> {
    let mut read = Vec::new();
    for name in &names.0 {
        let path = folder.join(&name.value);
        let shown = folder.name(&name.value);
        let text =
            folder.folder.read(&path, bounds::CHAPTER).map_err(Reason::from).and_then(|bytes| {
                String::from_utf8(bytes)
                    .map_err(|e| Reason::NotUtf8 { byte: e.utf8_error().valid_up_to() })
            });
        let text = match text {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(reason) => {
                let mut problem = Problem::unreadable(&shown, reason);
                problem.places.push(page.place(&name.span));
                page.push(problem);
                continue;
            }
        };
        let source = Arc::new(Source::new(shown, text));
        for span in prose::numbers(&source.text, labels) {
            let line = source.line(span.start);
            let number = &source.text[span.clone()];
            let shown = text!(note_number_of, number = number, file = &name.value, line = line);
            let place = Place::Text { source: Arc::clone(&source), span };
            page.note(Note::new(&NUMBER_IN_PROSE, &name.value).shown(shown).at([place]));
        }
        read.push(source);
    }
    read
}
