//! The report as one page of HTML that needs nothing else: no network, and no script to be read.
//!
//! Everything is there as text and tables; the script orders, filters, shows one methodology and period at a time, and
//! puts together what the tables say of one region. A page computes nothing: it shows the blocks of the other reports. Its
//! sections are listed in [`SECTIONS`], one file each.

mod blocks;
mod data;
pub(super) mod figure;
pub(super) mod markup;
mod section;

use std::sync::Arc;

use indexmap::IndexMap;
use quanheng_core::analysis::Inputs;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{LeagueIx, PeriodIx, RegionIx, Slice, Study, System};
use quanheng_core::profile::{Profile, Profiles};
use quanheng_words::number::Form;
use quanheng_words::{Text, text, word};

use super::ranking::{self, Frame};
use super::{Block, Language, Report, Table, analysis, cases, chart, comparison, marks};
use crate::case::Case;
use crate::data::coding::Coded;
use crate::data::map::Map;
use crate::multiverse::{Evaluated, Group};
use crate::note::Notes;
use crate::project::About;
use crate::robustness::Robust;
use crate::sensitivity::Analysed;
use blocks::Regions;
use markup::Markup;
pub(super) use section::{Print, SECTIONS};

/// The style sheet of every page.
const STYLE: &str = include_str!("style.css");

/// The script of every page.
const SCRIPT: &str = include_str!("script.js");

/// The probability that a reader continues to the next rank, as `compare` takes it where none is stated.
pub const PERSISTENCE: f64 = 0.9;

/// What a page shows.
pub struct Content<'a> {
    /// The language.
    pub language: Language,
    /// The results: that of the usual methodology first.
    pub evaluations: &'a [Arc<Evaluation>],
    /// The leagues and periods that are shown of each evaluation, by their places in its panel.
    pub slices: &'a [Vec<usize>],
    /// The profiles of the regions by the first evaluation.
    pub profiles: &'a Profiles<'a>,
    /// The same, a region each.
    pub made: &'a [Profile],
    /// The analyses of the first evaluation.
    pub analyses: &'a [analysis::Part<'a>],
    /// The evaluations side by side; nothing where there is only one.
    pub compared: &'a comparison::Compared<'a>,
    /// Why regions move between the first evaluation and each other one.
    pub explained: &'a [Explained],
    /// Every combination of choices, where a multiverse was evaluated.
    pub multiverses: &'a [Multiverse],
    /// How sure the ranks are of what is seen first.
    pub robust: &'a [Robust],
    /// The sensitivity analyses of the first methodology with their codes; without figures where these take long.
    pub shares: &'a [(String, Option<Analysed>)],
    /// The systems of all evaluations.
    pub systems: &'a [&'a System],
    /// Covariates.
    pub inputs: &'a Inputs,
    /// What several coders have coded of the data.
    pub codings: &'a [Coded],
    /// What was done where, each with what stands around its charts.
    pub cases: &'a [(&'a Case, Frame)],
    /// A map of the project's own, and the property of its areas that holds codes or names of regions.
    pub map: Option<&'a Map>,
    /// See `map`.
    pub map_key: Option<&'a str>,
    /// How people see the numbers of tables.
    pub form: Form,
    /// The notes.
    pub notes: &'a Notes,
    /// Source, fingerprint, and what was not published.
    pub frame: &'a Frame,
    /// The names of groups.
    pub groups: &'a IndexMap<String, About>,
    /// Where the raw cell of a column stands.
    pub places: &'a Places<'a>,
    /// Whether the project is locked, and as what.
    pub lock: Text,
    /// The project as the command line names it.
    pub project: String,
    /// The commands that make the figures again.
    pub commands: Vec<String>,
    /// The same page in another language, and the name of its file.
    pub other: Option<(Language, String)>,
}

/// Where the raw cell of a column stands, of a region in a period.
pub type Places<'a> = dyn Fn(&str, RegionIx, PeriodIx) -> Option<String> + 'a;

/// Why regions move between two methodologies.
#[derive(Debug)]
pub struct Explained {
    /// What the two sides are called.
    pub labels: [String; 2],
    /// The changes of all regions.
    pub report: Report,
}

/// A multiverse in which every branch has ended.
#[derive(Debug)]
pub struct Multiverse {
    /// What it is called.
    pub title: String,
    /// The code of the methodology that it changes.
    pub base: String,
    /// How many places count as the top.
    pub top: usize,
    /// Its branches.
    pub evaluated: Evaluated,
    /// The leagues and periods, summed up.
    pub groups: Vec<Group>,
}

/// A league in a period by one methodology.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) evaluation: &'a Evaluation,
    /// Its place among the slices of the panel.
    slice: usize,
    /// Whether it is seen first.
    is_first: bool,
}

impl std::fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Content").field("language", &self.language).finish_non_exhaustive()
    }
}

impl<'a> Content<'a> {
    /// The evaluation of the usual methodology.
    pub(super) fn first(&self) -> &'a Evaluation {
        &self.evaluations[0]
    }

    pub(super) fn study(&self) -> &'a Study {
        self.first().study()
    }

    pub(super) fn title(&self) -> &'a str {
        self.study().title.get(self.language.tag()).unwrap_or_default()
    }

    /// What the names in cases are looked up in.
    pub(super) fn view_of_cases(&self) -> cases::View<'a> {
        let (language, study, systems) = (self.language, self.study(), self.systems);
        cases::View { language, study, systems }
    }

    /// Every league and period of every methodology that is shown. Of the usual methodology the last period is seen first.
    pub(super) fn views(&self) -> Vec<View<'a>> {
        let mut views = Vec::new();
        for (k, (evaluation, slices)) in self.evaluations.iter().zip(self.slices).enumerate() {
            let panel = &evaluation.study().panel;
            let last = |slice: &Slice| {
                let own = slices.iter().map(|&at| &panel.slices()[at]);
                own.filter(|s| s.league == slice.league).map(|s| s.period).max()
            };
            views.extend(slices.iter().map(|&at| {
                let slice = &panel.slices()[at];
                let is_last = Some(slice.period) == last(slice);
                View { evaluation, slice: at, is_first: k == 0 && is_last }
            }));
        }
        views
    }

    /// The views that are seen first: one for each league.
    pub(super) fn first_views(&self) -> Vec<View<'a>> {
        self.views().into_iter().filter(|view| view.is_first).collect()
    }

    fn regions(&self) -> Regions {
        let (tag, study) = (self.language.tag(), self.study());
        let all = study.regions.iter().map(|region| (region.code.as_str(), region.name(tag)));
        let mut regions = Regions::new(all);
        let panel = &study.panel;
        let code = |row: usize| study.regions[panel.regions()[row].0 as usize].code.clone();
        regions.anchored = self.made.iter().map(|profile| code(profile.row)).collect();
        regions
    }

    /// Whether there are so many regions that figures of single ones at every node are not on the page.
    fn is_large(&self) -> bool {
        is_large(self.first(), &self.slices[0])
    }

    /// The name of a methodology, with its code.
    pub(super) fn methodology(&self, evaluation: &Evaluation) -> String {
        let of = evaluation.methodology();
        match of.names.get(self.language.tag()) {
            Some(name) if name != of.code => format!("{} ({name})", of.code),
            _ => of.code.clone(),
        }
    }

    pub(super) fn league(&self, league: LeagueIx) -> &'a str {
        let of = &self.study().leagues[league.0 as usize];
        of.names.get(self.language.tag()).unwrap_or(&of.code)
    }
}

/// Whether the page of an evaluation leaves out the figures of single regions at every node: the profiles of the regions
/// are not needed then.
pub fn is_large(evaluation: &Evaluation, slices: &[usize]) -> bool {
    let panel = &evaluation.study().panel;
    let last = |at: &&usize| {
        let slice = &panel.slices()[**at];
        let mut own = slices.iter().map(|&other| &panel.slices()[other]);
        own.all(|other| other.league != slice.league || other.period <= slice.period)
    };
    let regions = slices.iter().filter(last).map(|&at| panel.slices()[at].rows.len());
    regions.sum::<usize>() > WHOLE
}

impl<'a> View<'a> {
    pub(super) fn of(&self) -> &'a Slice {
        &self.evaluation.study().panel.slices()[self.slice]
    }

    /// Whether there are too many regions for what is there several times.
    fn has_many(&self) -> bool {
        self.of().rows.len() > MANY
    }

    pub(super) fn period(&self) -> &'a str {
        &self.evaluation.study().periods[self.of().period.0 as usize].label
    }

    fn league(&self) -> &'a str {
        &self.evaluation.study().leagues[self.of().league.0 as usize].code
    }

    /// The ranking, as `run` shows it.
    pub(super) fn ranking(&self, language: Language) -> Report {
        let view = ranking::View {
            language,
            periods: Some(&[self.of().period]),
            leagues: Some(&[self.of().league]),
            node: None,
            every_node: false,
            top: None,
            bottom: None,
        };
        ranking::report(self.evaluation, &view, &Frame::default())
    }
}

/// What sections are written from.
struct Writer<'a> {
    content: &'a Content<'a>,
    language: Language,
    regions: Regions,
    page: Markup,
    /// The command that prints everything of the section that is being written.
    command: &'static str,
}

/// Where there are more regions than this, rankings by other methodologies and of earlier periods are without the parts of
/// the index, explanations are of so many regions, and charts with a line for each region of the best.
const MANY: usize = 100;

/// Tables have at most so many rows, except for the ranking that is seen first, which has all. Where there are more regions
/// than this, figures of single regions at every node are not on the page.
const WHOLE: usize = 500;

/// So many regions stand in a chart with a line for each where there are many.
const DRAWN: usize = 40;

/// The page.
pub fn render(content: &Content<'_>) -> String {
    let language = content.language;
    let regions = content.regions();
    let mut writer = Writer { content, language, regions, page: Markup::default(), command: "" };
    writer.page.made("<!DOCTYPE html>\n");
    writer.element("html", &[("lang", language.tag())], |writer| {
        writer.head();
        writer.element("body", &[], Writer::body);
    });
    writer.page.line();
    writer.page.finished()
}

impl<'a> Writer<'a> {
    /// An element with what `fill` writes in it.
    fn element(
        &mut self,
        tag: &str,
        attributes: markup::Attributes<'_>,
        fill: impl FnOnce(&mut Self),
    ) {
        // The page is lent to the element, and comes back when it ends.
        let mut page = std::mem::take(&mut self.page);
        page.element(tag, attributes, |page| {
            self.page = std::mem::take(page);
            fill(self);
            *page = std::mem::take(&mut self.page);
        });
        self.page = page;
    }

    fn head(&mut self) {
        let title = self.title();
        self.element("head", &[], |writer| {
            let page = &mut writer.page;
            page.line();
            page.void("meta", &[("charset", "utf-8")]);
            page.void("meta", &[("name", "viewport"), ("content", "width=device-width,initial-scale=1")]);
            page.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
            let version = concat!("quanheng ", env!("CARGO_PKG_VERSION"));
            page.void("meta", &[("name", "generator"), ("content", version)]);
            // Whatever the data hold, the page fetches nothing and sends nothing.
            let policy = "default-src 'none';style-src 'unsafe-inline';script-src 'unsafe-inline';img-src data:";
            page.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
            page.leaf("title", &[], &title);
            page.line();
            page.element("style", &[], |page| page.made(&lean(STYLE)));
            page.line();
            page.element("style", &[("id", "chart-style")], |page| page.made(&chart::style()));
            page.line();
        });
    }

    /// What the page is called, with a mark where something was not published.
    fn title(&self) -> String {
        let mut parts =
            vec![self.content.title().to_owned(), word!(page_report, self.language).to_owned()];
        parts.extend(marks::short(&self.content.frame.marks, self.language));
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }

    fn body(&mut self) {
        let (content, language) = (self.content, self.language);
        let sections: Vec<_> = SECTIONS.iter().filter(|of| (of.is_there)(content)).collect();
        self.page.line();
        self.page.leaf("a", &[("class", "skip"), ("href", "#content")], word!(page_skip, language));
        self.element("header", &[], Writer::header);
        self.element("nav", &[("aria-label", word!(page_contents, language))], |writer| {
            writer.element("ol", &[], |writer| {
                for section in &sections {
                    writer.element("li", &[], |writer| {
                        let target = format!("#{}", section.name);
                        writer.page.leaf("a", &[("href", &target)], (section.title)(language));
                    });
                }
            });
        });
        self.page.line();
        self.controls();
        self.page.id("content");
        self.element("main", &[("id", "content"), ("tabindex", "-1")], |writer| {
            writer.page.line();
            for section in &sections {
                let id = writer.page.id(section.name);
                let heading = writer.page.id(&format!("{}-head", section.name));
                writer.element(
                    "section",
                    &[("id", &id), ("aria-labelledby", &heading)],
                    |writer| {
                        writer.page.leaf("h2", &[("id", &heading)], (section.title)(language));
                        writer.page.line();
                        writer.page.leaf("p", &[("class", "lead")], (section.lead)(language));
                        writer.page.line();
                        writer.command = section.command;
                        (section.write)(writer);
                    },
                );
                writer.page.line();
            }
        });
        self.page.line();
        self.element("footer", &[], |writer| {
            let made = format!("quanheng {}", env!("CARGO_PKG_VERSION"));
            let print =
                format!("{} {}", word!(label_made_from, language), content.frame.fingerprint);
            writer.page.leaf("p", &[], &format!("{made} · {print}"));
        });
        let said = word!(page_live, language);
        self.page.leaf("p", &[("id", "said"), ("role", "status"), ("aria-label", said)], "");
        self.page.element("script", &[("type", "application/json"), ("id", "data")], |page| {
            page.made(&markup::json(&data::of(content)));
        });
        self.page.line();
        self.page.element("script", &[], |page| page.made(&lean(SCRIPT)));
        self.page.line();
    }

    fn header(&mut self) {
        let (content, language) = (self.content, self.language);
        let title = match content.title() {
            "" => word!(page_report, language),
            title => title,
        };
        self.page.leaf("h1", &[], title);
        let view = content.first_views();
        let periods: Vec<&str> = view.iter().map(View::period).collect();
        let mut parts = vec![content.methodology(content.first())];
        parts.extend(periods.first().filter(|p| !p.is_empty()).map(|&p| p.to_owned()));
        let counted = content.study().regions.len();
        parts.push(text!(count_regions, n = counted).render(language));
        self.page.leaf("p", &[("class", "about")], &parts.join(" · "));
        if let Some((other, file)) = &content.other {
            let tag = other.tag();
            let words = word!(page_in_language, *other);
            self.element("p", &[("class", "other")], |writer| {
                let attributes = [("href", file.as_str()), ("lang", tag), ("hreflang", tag)];
                writer.page.leaf("a", &attributes, words);
            });
        }
        let marks = marks::lines(&content.frame.marks, language);
        if !marks.is_empty() {
            let label = word!(mark_head, language);
            self.element(
                "div",
                &[("class", "marks"), ("role", "note"), ("aria-label", label)],
                |writer| {
                    let short = marks::short(&content.frame.marks, language).unwrap_or_default();
                    writer.page.leaf("strong", &[], &format!("⚠ {short}"));
                    for line in &marks {
                        writer.page.leaf("p", &[], line);
                    }
                },
            );
        }
        self.page.line();
    }

    /// What the script lets a reader choose; hidden without it.
    fn controls(&mut self) {
        let language = self.language;
        let label = word!(page_controls, language);
        self.page.element(
            "form",
            &[("id", "controls"), ("aria-label", label), ("hidden", "")],
            |page| {
                for (name, words) in [
                    ("league", word!(label_league, language)),
                    ("methodology", word!(page_methodology, language)),
                    ("period", word!(label_period, language)),
                    ("region", word!(label_region, language)),
                ] {
                    page.element("label", &[("hidden", "")], |page| {
                        page.text(words);
                        page.text(" ");
                        page.element("select", &[("name", name)], |_| {});
                    });
                }
            },
        );
        self.page.line();
    }

    /// A table that is about regions or about anything else.
    fn table(&mut self, of: &Table, look: blocks::Look<'_>) {
        let all = of.rows.len();
        let of = &mut of.in_form(self.content.form);
        of.rows.truncate(look.most.unwrap_or(WHOLE));
        blocks::table(&mut self.page, of, look, &self.regions, self.language);
        if of.rows.len() < all {
            let said = self.cut(of.rows.len(), all);
            self.page.leaf("p", &[("class", "soft")], &said);
            self.page.line();
        }
    }

    fn blocks(&mut self, of: &[Block], level: usize) {
        let mut kept = Vec::new();
        let of = Report { blocks: of.to_vec() }.in_form(self.content.form);
        for block in of.blocks {
            match block {
                Block::Table(mut table) if table.rows.len() > WHOLE => {
                    let said = self.cut(WHOLE, table.rows.len());
                    table.rows.truncate(WHOLE);
                    kept.extend([Block::Table(table), Block::Line(said)]);
                }
                other => kept.push(other),
            }
        }
        blocks::blocks(&mut self.page, &kept, level, &self.regions, self.language);
    }

    /// That so many rows are shown, and the command that shows all.
    fn cut(&self, shown: usize, all: usize) -> String {
        let command = format!("quanheng {} {}", self.command, self.content.project);
        text!(page_cut, shown = shown, all = all, command = command).render(self.language)
    }

    /// What is about the league of a view; the script hides it while another league is chosen.
    fn of_league(&mut self, view: &View<'a>, fill: impl FnOnce(&mut Self)) {
        match self.content.study().leagues.len() {
            0 | 1 => fill(self),
            _ => {
                let code = view.league();
                self.element("div", &[("data-for-league", code)], |writer| {
                    let name = writer.content.league(view.of().league);
                    writer.page.leaf("p", &[("class", "of-league")], name);
                    fill(writer);
                });
            }
        }
    }

    /// What a reader opens.
    fn closed(&mut self, summary: &str, fill: impl FnOnce(&mut Self)) {
        self.element("details", &[], |writer| {
            writer.page.leaf("summary", &[], summary);
            fill(writer);
        });
        self.page.line();
    }
}

/// A style sheet or a script of ours without indents and without lines that are comments.
pub(super) fn lean(text: &str) -> String {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
