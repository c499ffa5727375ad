//! Figures: a chart with its table, its source and its method, each of which the script shows in a tab.

use quanheng_core::evaluation::Evaluation;
use quanheng_words::number::coordinate;
use quanheng_words::{text, word};

use super::super::chart::{Kind, Many, Scene, Side, usual};
use super::blocks::Look;
use super::markup::{is_plain, steers};
use super::{Content, View, Writer};
use crate::robustness::Robust;

impl<'a> Content<'a> {
    /// What a chart of a view is drawn of; ids in it begin with `id`.
    pub(in crate::report) fn scene(&'a self, view: &View<'a>, id: &'a str) -> Scene<'a> {
        let content = self;
        let side = Side {
            label: view.evaluation.methodology().code.clone(),
            evaluation: view.evaluation,
            period: view.of().period,
        };
        let base = &content.first().methodology().code;
        let is_base = view.evaluation.methodology().code == *base;
        let many = content.multiverses.iter().find(|of| is_base && of.base == *base);
        Scene {
            sides: vec![side],
            league: view.of().league,
            node: None,
            region: None,
            group: None,
            with: None,
            leaves: false,
            top: None,
            case: None,
            map: content.map,
            map_key: content.map_key,
            many: many.map(|of| Many {
                name: &of.title,
                evaluated: &of.evaluated,
                groups: &of.groups,
            }),
            robust: content.robust_of(view),
            shares: content
                .shares
                .iter()
                .find_map(|(name, of)| Some((name.as_str(), of.as_ref()?))),
            groups: content.groups,
            inputs: content.inputs,
            frame: content.frame,
            language: self.language,
            id,
            is_alone: false,
        }
    }

    /// How sure the ranks of a view are; none of a methodology or period that is not looked at.
    pub(in crate::report) fn robust_of(&self, view: &View<'a>) -> Option<&'a Robust> {
        let is_first = std::ptr::eq(view.evaluation, self.first());
        self.robust.iter().find(|of| is_first && of.slice == view.slice)
    }

    /// The sides of a chart that compares methodologies in the league of a view: the last period of each.
    pub(in crate::report) fn sides(&self, view: &View<'a>) -> Vec<Side<'a>> {
        let of = |(evaluation, own): (&'a std::sync::Arc<Evaluation>, &Vec<usize>)| {
            let evaluation: &'a Evaluation = evaluation;
            let slices = evaluation.study().panel.slices();
            let own = own.iter().map(|&at| &slices[at]);
            let period = own.filter(|s| s.league == view.of().league).map(|s| s.period).max()?;
            let label = evaluation.methodology().code.clone();
            Some(Side { label, evaluation, period })
        };
        self.evaluations.iter().zip(self.slices).filter_map(of).collect()
    }
}

/// Where the table behind a chart stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Below {
    /// With the chart.
    Here,
    /// In a section of the page that has it anyway.
    In(&'static str),
    /// Not on the page, for want of room: a command prints it.
    Nowhere,
}

impl<'a> Writer<'a> {
    /// A figure of a view, where there is such a chart of it. `change` sets the scene; `below` is where the table
    /// behind the chart stands, so that it is not written twice.
    pub(super) fn figure(
        &mut self,
        kind: &str,
        view: &View<'a>,
        below: Below,
        change: impl FnOnce(&mut Scene<'a>),
    ) {
        let kind = Kind::find(kind).expect("a kind of chart");
        let id = self.page.id(&format!("figure-{}", kind.name));
        let mut scene = self.content.scene(view, "q");
        change(&mut scene);
        let prefix = id.replace("figure-", "q-");
        let drawn = kind.draw(&Scene { id: &prefix, ..scene });
        // What there is nothing to draw of has no figure.
        let Ok(chart) = drawn else { return };
        let language = self.language;
        self.element("figure", &[("id", &id)], |writer| {
            writer.page.leaf("figcaption", &[], kind.label(language));
            let open = [("class", "pane"), ("open", "")];
            writer.element("details", &open, |writer| {
                writer.page.leaf("summary", &[], word!(page_figure, language));
                writer.page.element("div", &[], |page| page.made(&small(&chart.svg)));
            });
            writer.element("details", &[("class", "pane")], |writer| {
                writer.page.leaf("summary", &[], word!(page_table, language));
                match below {
                    Below::Here => {
                        writer.page.line();
                        let (label, role) = (chart.title.as_str(), chart.table.name.as_str());
                        let look = Look { label, role, sorted: true, ..Look::default() };
                        writer.table(&chart.table, look);
                    }
                    Below::In(section) => writer.page.element("p", &[], |page| {
                        let target = format!("#{section}");
                        page.leaf("a", &[("href", &target)], word!(page_table_elsewhere, language));
                    }),
                    Below::Nowhere => {
                        let project = &writer.content.project;
                        let command = format!("quanheng plot {} {project} --format csv", kind.name);
                        let said = text!(page_table_printed, command = command);
                        writer.page.leaf("p", &[], &said.render(language));
                    }
                }
            });
            writer.element("details", &[("class", "pane")], |writer| {
                writer.page.leaf("summary", &[], word!(page_source, language));
                // It begins with what the kind shows.
                writer.page.leaf("p", &[], &chart.alternative);
                writer.page.leaf("p", &[("class", "soft")], &chart.source);
            });
        });
        self.page.line();
    }
}

/// A drawing without what it says anyway: ends of lines between elements, the usual anchor and look of texts, and the class
/// of marks, which no style has.
pub(in crate::report) fn small(svg: &str) -> String {
    let [letters, ink] = usual();
    let whole = format!(" class=\"{letters} {ink}\"");
    let (letters, ink) = (format!("=\"{letters} "), format!(" {ink}\""));
    let mut svg = svg.replace(">\n<", "><");
    for (said, short) in [
        (" text-anchor=\"start\"", ""),
        (" class=\"q-mark\"", ""),
        (whole.as_str(), ""),
        (letters.as_str(), "=\""),
        (ink.as_str(), "\""),
        ("text-anchor=\"end\">", "class=\"q-e\">"),
        ("text-anchor=\"middle\">", "class=\"q-m\">"),
        ("text-anchor=\"end\" class=\"", "class=\"q-e "),
        ("text-anchor=\"middle\" class=\"", "class=\"q-m "),
    ] {
        svg = svg.replace(said, short);
    }
    // A name may have marks of direction in it, which steer what stands around it.
    let svg: String = svg.chars().filter(|&sign| sign == '\n' || !steers(sign)).collect();
    unquoted(&svg)
}

/// The same without quotation marks around the values of attributes that need none in HTML. In front of `/>` they stay,
/// since the stroke would be read as part of the value.
fn unquoted(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        out.push_str(text);
        // No value has a sign in it that ends a tag: these are escaped.
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (mut tag, after) = tag.split_at(end);
        while let Some((before, value)) = tag.split_once("=\"") {
            let Some((value, more)) = value.split_once('"') else { break };
            out.push_str(before);
            out.push('=');
            let tenths = tenths(before.rsplit(' ').next().unwrap_or_default(), value);
            let value = tenths.as_deref().unwrap_or(value);
            match !value.is_empty() && is_plain(value) && !more.starts_with("/>") {
                true => out.push_str(value),
                false => {
                    out.push('"');
                    out.push_str(value);
                    out.push('"');
                }
            }
            tag = more;
        }
        out.push_str(tag);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A place or a size in whole tenths of a unit, which is finer than a screen shows; none for any other value.
fn tenths(name: &str, value: &str) -> Option<String> {
    let is_place =
        ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "width", "height"].contains(&name);
    let x: f64 = value.parse().ok().filter(|_| is_place)?;
    Some(coordinate(libm::round(10.0 * x) / 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_lose_marks_that_they_do_not_need() {
        assert_eq!(
            unquoted("<p x=\"1.26\" data-x=\"1.26\" y=\"-0.04\">1.26"),
            "<p x=1.3 data-x=1.26 y=0>1.26"
        );
        let svg = "<svg a=\"1.5\" b=\"x y\"><g c=\"q-0\"><title>a=\"b\" &lt;</title><rect w=\"3\" h=\"4\"/></g></svg>";
        let less = "<svg a=1.5 b=\"x y\"><g c=q-0><title>a=\"b\" &lt;</title><rect w=3 h=\"4\"/></g></svg>";
        assert_eq!(unquoted(svg), less);
    }
}
