//! `[published]`: published figures of groups. It is tested whether they can all be true.

use quanheng_core::model::{Names, State, Study};
use quanheng_words::text;

use super::data::{Decimal, FrameKeys, ProjectFolder};
use super::reader::Page;
use super::table::{At, By, One, Texts, table};
use crate::data::file::Format;
use crate::data::number::Notation;
use crate::official::PublishedFigures;
use crate::problem::{Fault, OfficialFault, Problem};

table! {
    /// `[published.CODE]`
    pub(super) struct PublishedKeys {
        /// The title: a text, or a table of texts by language.
        title: Names,
        /// The table of figures: a row for each class of the group, or for all its regions where `class` is blank, with the
        /// columns `class`, `size`, `mean`, and `count` and `share` (a percentage) of what `of` names, such as a tier; each
        /// as far as it is published.
        file: At<String>,
        /// The group whose classes the figures are of. Its members say which regions are in several classes.
        group: At<String>,
        /// The least score that a region can have.
        lower: Option<f64>,
        /// The greatest score that a region can have.
        upper: Option<f64>,
        /// Why the figures are known to contradict each other. Unless stated, a contradiction makes `quanheng reproduce`
        /// fail.
        contradicts: Option<At<String>>,
        /// What stands in cells in which nothing is published.
        absent: Texts = Texts::of(&[""]),
        /// The decimal mark; a full stop unless stated.
        decimal: Option<Decimal>,
        ..lies: FrameKeys,
    }
}

/// The published figures that a project states.
pub(super) fn read(
    page: &Page,
    stated: &By<PublishedKeys>,
    folder: &ProjectFolder,
    study: &Study,
) -> Vec<PublishedFigures> {
    stated.0.iter().filter_map(|one| published(page, one, folder, study)).collect()
}

fn published(
    page: &Page,
    one: &One<PublishedKeys>,
    folder: &ProjectFolder,
    study: &Study,
) -> Option<PublishedFigures> {
    let keys = one.table.as_ref()?;
    let mut format = Format::default();
    keys.lies.state(&mut format);
    let absent = keys.absent.0.iter().map(|text| (text.value.clone(), State::Missing));
    let mut notation = Notation { states: absent.collect(), ..Notation::default() };
    if keys.decimal == Some(Decimal::Comma) {
        notation.decimal = ',';
    }
    if let Some(reason) = keys.contradicts.as_ref().filter(|reason| reason.trim().is_empty()) {
        let fault = Fault::Official(OfficialFault::NoReason);
        page.push(Problem { fault, places: vec![page.place(&reason.span)] });
    }
    let group = study.groups.iter().position(|group| group.code == keys.group.value);
    if group.is_none() {
        let known = study.groups.iter().map(|group| group.code.as_str());
        page.unknown(&keys.group.span, text!(thing_group), &keys.group, known);
    }
    Some(PublishedFigures {
        code: one.code.clone(),
        names: keys.title.clone(),
        input: folder.input(&keys.file),
        format,
        notation,
        group: group?,
        each: (keys.lower.unwrap_or(f64::NEG_INFINITY), keys.upper.unwrap_or(f64::INFINITY)),
        contradicts: keys.contradicts.as_ref().map(|reason| reason.value.clone()),
        place: page.place(&one.span),
    })
}
