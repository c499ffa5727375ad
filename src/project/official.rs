//! The `[official]` section: published results, and how they are compared.

use std::ops::Range;

use quanheng_core::model::{State, Study};
use quanheng_core::number::RoundMode;
use quanheng_words::text;

use super::data::{Decimal, Delimiter, ProjectFolder};
use super::reader::Page;
use super::table::{At, By, Declared, One, OneOrMore, Several, Shape, Texts, plain, table};
use super::value::{Content, Item};
use crate::data::encoding::Encoding;
use crate::data::file::Format;
use crate::data::number::Notation;
use crate::official::{Exception, Heads, Kind, Official};
use crate::problem::{Fault, OfficialFault, Problem};

table! {
    /// `[official]`
    pub(super) struct OfficialKeys {
        /// The table of published results: a row for each region and node with the columns `region`, `period`, `node`,
        /// `score`, `rank` and `tier`, as far as they are published; or a column of scores for each node, under its
        /// code. Without a column of periods, it is the table of the only period; without a column of nodes, it is that
        /// of the index. Regions are named by their code or name.
        file: At<String>,
        /// The methodology whose results are compared; that of `[project]` unless stated.
        methodology: Option<At<String>>,
        /// What is compared; all of these that the file has unless stated.
        compare: Option<OneOrMore<Kind>>,
        /// The nodes that are compared; all in the file unless stated.
        nodes: Option<Texts>,
        /// The periods that are compared; all in the file unless stated.
        periods: Option<Texts>,
        /// With how many decimals scores are published. Unless stated, it is the greatest number of decimals that a
        /// score of the node has in the period in the file, as far as `precision` of the methodology goes.
        decimals: Option<u32> [0, 15],
        /// How published scores were rounded.
        mode: RoundMode = RoundMode::HalfUp,
        /// By how much a score may differ that is not equal at the published decimals. Unless stated, such a score
        /// differs.
        tolerance: Option<f64> [0, f64::INFINITY],
        /// The number of cells that must have been compared at least, so that a comparison of nothing does not pass.
        at_least: Option<usize>,
        /// What is known to differ: a table, or a list of tables.
        except: Several<ExceptKeys>,
        /// The column of regions; `region` unless stated.
        region: Option<String>,
        /// The column of periods; `period` unless stated.
        period: Option<String>,
        /// The column of nodes; `node` unless stated.
        node: Option<String>,
        /// The column of scores; `score` unless stated.
        score: Option<String>,
        /// The column of ranks; `rank` unless stated.
        rank: Option<String>,
        /// The column of tiers; `tier` unless stated.
        tier: Option<String>,
        /// What stands in cells in which nothing is published.
        absent: Texts = Texts::of(&[""]),
        /// The decimal mark; a full stop unless stated.
        decimal: Option<Decimal>,
        /// The sheet of a workbook. Unless stated, it is the only sheet that a person sees and that has such a table.
        sheet: Option<String>,
        /// How the file is encoded. Unless stated, it is found as for files of data.
        encoding: Option<Encoding>,
        /// What stands between the cells of a line. Unless stated, the header decides.
        delimiter: Option<Delimiter>,
    }
}

table! {
    /// What is known to differ. What it does not state, it does not restrict. Each region, period, node and so on that
    /// it states must have a cell that differs.
    pub(super) struct ExceptKeys {
        /// The regions, by their codes; or a table of them by period, such as `{ 2018 = ["IRQ", "SRB"], 2020 = "AND" }`.
        regions: Option<At<RegionsKeys>>,
        /// The periods.
        periods: Option<Texts>,
        /// The nodes.
        nodes: Option<Texts>,
        /// What differs.
        compare: Option<OneOrMore<Kind>>,
        /// Why it differs. The report shows it.
        reason: At<String>,
    }
}

/// The regions of an exception, perhaps by period.
#[derive(Clone, Debug)]
pub(super) enum RegionsKeys {
    Texts(Texts),
    ByPeriod(By<Texts>),
}

impl Declared for RegionsKeys {
    fn shape() -> Shape {
        Shape::OneOf(vec![Texts::shape(), By::<Texts>::shape()])
    }

    fn take(item: &Item) -> Option<Self> {
        match &item.content {
            Content::Table(_) => By::take(item).map(RegionsKeys::ByPeriod),
            _ => Texts::take(item).map(RegionsKeys::Texts),
        }
    }
}

plain!(Kind, RoundMode);

/// What the names in `[official]` are looked up in.
struct Names<'a> {
    page: &'a Page,
    study: &'a Study,
    bad_data: bool,
}

impl Names<'_> {
    /// The label of a period of the data.
    fn period(&self, text: &str, span: &Range<usize>) -> String {
        match self.study.period(text) {
            Some(period) => self.study.periods[period.0 as usize].label.clone(),
            None => {
                let known = self.study.periods.iter().map(|p| p.label.as_str());
                if !self.bad_data {
                    self.page.unknown(span, text!(thing_period_of_data), text, known);
                }
                text.to_owned()
            }
        }
    }

    fn periods(&self, texts: Option<&Texts>) -> Option<Vec<String>> {
        let label = |text: &At<String>| self.period(text, &text.span);
        texts.map(|texts| texts.0.iter().map(label).collect())
    }

    /// What one table of exceptions says: one exception, or one for each period.
    fn exceptions(&self, keys: &ExceptKeys, span: &Range<usize>) -> Vec<Exception> {
        let page = self.page;
        if keys.reason.trim().is_empty() {
            let fault = Fault::Official(OfficialFault::NoReason);
            page.push(Problem { fault, places: vec![page.place(&keys.reason.span)] });
        }
        let one = |regions, periods| Exception {
            regions,
            periods,
            nodes: texts_of(keys.nodes.as_ref()),
            kinds: keys.compare.as_ref().map(|kinds| kinds.0.clone()),
            reason: keys.reason.value.clone(),
            place: page.place(span),
        };
        let periods = self.periods(keys.periods.as_ref());
        match keys.regions.as_ref().map(|regions| &regions.value) {
            None => vec![one(None, periods)],
            Some(RegionsKeys::Texts(texts)) => vec![one(texts_of(Some(texts)), periods)],
            Some(RegionsKeys::ByPeriod(By(all))) => {
                if let Some(At { span, .. }) = keys.regions.as_ref().filter(|_| periods.is_some()) {
                    page.beside(span, "regions", "periods");
                }
                let of_period = |by: &One<Texts>| {
                    one(texts_of(by.table.as_ref()), Some(vec![self.period(&by.code, &by.span)]))
                };
                all.iter().map(of_period).collect()
            }
        }
    }
}

fn texts_of(texts: Option<&Texts>) -> Option<Vec<String>> {
    texts.map(Texts::values)
}

/// The comparisons with published results that a project states.
pub(super) fn read(
    page: &Page,
    stated: &Several<OfficialKeys>,
    folder: &ProjectFolder,
    study: &Study,
    codes: &[String],
    usual: &str,
    bad_data: bool,
) -> Vec<Official> {
    let names = Names { page, study, bad_data };
    let mut all = Vec::new();
    for section in &stated.0 {
        let Some(keys) = &section.table else { continue };
        let methodology = keys.methodology.as_ref().map_or(usual, |code| code.value.as_str());
        let is_known = codes.iter().any(|code| code == methodology);
        if let Some(code) = keys.methodology.as_ref().filter(|_| !is_known) {
            let known = codes.iter().map(String::as_str);
            page.unknown(&code.span, text!(thing_methodology), code, known);
        }
        let except = keys.except.0.iter();
        let except = except
            .filter_map(|section| Some(names.exceptions(section.table.as_ref()?, &section.span)));
        let absent = keys.absent.0.iter().map(|text| (text.value.clone(), State::Missing));
        let decimal = match keys.decimal {
            Some(Decimal::Comma) => ',',
            Some(Decimal::Point) | None => '.',
        };
        let official = Official {
            methodology: methodology.to_owned(),
            input: folder.input(&keys.file),
            format: Format {
                encoding: keys.encoding,
                delimiter: keys.delimiter.map(|d| d.word().as_bytes()[0]),
                sheets: keys.sheet.iter().cloned().collect(),
                ..Format::default()
            },
            notation: Notation { decimal, states: absent.collect(), ..Notation::default() },
            heads: Heads {
                region: keys.region.clone(),
                period: keys.period.clone(),
                node: keys.node.clone(),
                score: keys.score.clone(),
                rank: keys.rank.clone(),
                tier: keys.tier.clone(),
            },
            kinds: keys.compare.as_ref().map(|kinds| kinds.0.clone()),
            nodes: texts_of(keys.nodes.as_ref()),
            periods: names.periods(keys.periods.as_ref()),
            decimals: keys.decimals,
            mode: keys.mode,
            tolerance: keys.tolerance,
            at_least: keys.at_least,
            except: except.flatten().collect(),
            place: page.place(&keys.file.span),
        };
        // What is wrong with the others is said all the same.
        all.extend(Some(official).filter(|_| is_known));
    }
    all
}
