//! `[coding]`: what several coders have coded, and which value a cell has by their codes.

use quanheng_core::agreement::{Adjudication, Rule, Scale, Tie};
use quanheng_core::model::{State, Study};
use quanheng_words::text;

use super::condition::row_filter;
use super::data::{Decimal, FrameKeys, ProjectFolder, state_filter};
use super::reader::Page;
use super::table::{At, By, One, Texts, plain, table};
use crate::data::coding::{Coded, Coding};
use crate::data::file::Format;
use crate::data::names::Match;
use crate::data::number::Notation;
use crate::note::{CODERS_APART, NO_EFFECT, Note};
use crate::report::number;

table! {
    /// `[coding.CODE]`
    pub(super) struct CodingKeys {
        /// The file of codes: a row for each code that a coder gives an indicator of a region.
        file: At<String>,
        /// The column of region codes; `region` unless stated.
        region: Option<String>,
        /// By what the rows say which region they are about: by its code, or with `name` also by its names and aliases.
        r#match: Match = Match::Code,
        /// The column of periods. Without it, there is one period.
        period: Option<String>,
        /// The column of indicators; `indicator` unless stated.
        indicator: Option<String>,
        /// The column of coders; `coder` unless stated.
        coder: Option<String>,
        /// The column of codes; `code` unless stated.
        column: Option<String>,
        /// Which rows are read: a condition on columns, such as `round == '1'`.
        r#where: Option<At<String>>,
        /// The number of each code that is written as a word: `{ "有" = 1, "无" = 0 }`.
        codes: By<At<f64>> [f64::NEG_INFINITY, f64::INFINITY],
        /// What stands where a coder gave no code.
        missing: Texts = Texts::of(&[""]),
        /// The decimal mark of codes that are numbers; a full stop unless stated.
        decimal: Option<Decimal>,
        /// What a difference between two codes means, for Krippendorff's alpha: `nominal` if codes are only equal or not,
        /// `ordinal` if they have an order, `interval` if their differences have a size, `ratio` if they are amounts.
        scale: Scale = Scale::Nominal,
        /// Which value a cell has: `agreed` asks that all coders give the same code, and is an error where they do not;
        /// `majority` takes the most frequent code, `mean` and `median` are those of the codes.
        rule: Rule = Rule::Agreed,
        /// What `majority` gives where several codes are the most frequent ones: `fail` makes it an error, `lowest` and
        /// `highest` take one of these codes.
        tie: Option<At<Tie>>,
        /// The coder who decides: where this coder gave a code, it is the value, whatever the rule says. An arbiter knows
        /// the other codes, so that the figures of agreement leave the arbiter's codes out.
        arbiter: Option<String>,
        /// By which share of the greatest total the coders' totals of a region may differ; a note names the regions where
        /// they differ by more. Totals are those of the indicators that all coders have coded.
        apart: Option<f64> [0, 1],
        ..lies: FrameKeys,
    }
}

plain!(Scale, Rule, Tie);

/// The tables of codings as the project states them; nothing where something is wrong in one.
pub(super) fn read(
    page: &Page,
    stated: &By<CodingKeys>,
    folder: &ProjectFolder,
) -> Option<Vec<Coding>> {
    let all: Vec<_> = stated.0.iter().map(|one| coding(page, one, folder)).collect();
    all.into_iter().collect()
}

/// Notes regions for which the coders' totals differ by more than the project allows.
pub(super) fn note_apart(page: &Page, all: &[Coded], study: &Study) {
    for coded in all {
        let Some(most) = coded.apart else { continue };
        for units in coded.by_region() {
            let Some(totals) = coded.codes(units).totals().filter(|t| t.apart > most) else {
                continue;
            };
            let region = &study.regions[units[0].region.0 as usize].code;
            let period = &study.periods[units[0].period.0 as usize].label;
            let apart = number::percent(totals.apart);
            let about = [coded.code.as_str(), period, &apart].join(" ");
            let shown = text!(note_item, code = region, about = about);
            page.note(Note::new(&CODERS_APART, region).shown(shown));
        }
    }
}

fn coding(page: &Page, one: &One<CodingKeys>, folder: &ProjectFolder) -> Option<Coding> {
    let keys = one.table.as_ref()?;
    if let Some(text) = &keys.r#where {
        row_filter(page, text)?;
    }
    let mut format = Format::default();
    keys.lies.state(&mut format);
    state_filter(page, keys.r#where.as_ref(), &mut format);
    let mut notation = Notation::default();
    if keys.decimal == Some(Decimal::Comma) {
        notation.decimal = ',';
    }
    let missing = keys.missing.0.iter().map(|text| (text.value.clone(), State::Missing));
    notation.states = missing.collect();
    if let Some(tie) = keys.tie.as_ref().filter(|_| keys.rule != Rule::Majority) {
        let name = "coding.tie";
        let shown = text!(note_only_stated, code = name, other = "rule = \"majority\"");
        page.note(Note::new(&NO_EFFECT, name).shown(shown).at([page.place(&tie.span)]));
    }
    let or = |stated: &Option<String>, usual: &str| stated.clone().unwrap_or(usual.into());
    let number = |one: &One<At<f64>>| Some((one.code.clone(), one.table.as_ref()?.value));
    Some(Coding {
        code: one.code.clone(),
        input: folder.input(&keys.file),
        format,
        notation,
        region: or(&keys.region, "region"),
        indicator: or(&keys.indicator, "indicator"),
        coder: or(&keys.coder, "coder"),
        column: or(&keys.column, "code"),
        period: keys.period.clone(),
        matching: keys.r#match,
        numbers: keys.codes.0.iter().filter_map(number).collect(),
        scale: keys.scale,
        adjudication: Adjudication {
            rule: keys.rule,
            tie: keys.tie.as_ref().map_or(Tie::Fail, |tie| tie.value),
        },
        arbiter: keys.arbiter.clone(),
        apart: keys.apart,
    })
}
