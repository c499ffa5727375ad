//! What stands around every chart: title, what is shown of whom, marks of what was not published, source, fingerprint, and
//! the words for those who do not see it.

use std::fmt::Write as _;

use quanheng_words::number::coordinate;
use quanheng_words::word;

use super::super::{Language, Table, marks};
use super::canvas::{Anchor, Canvas, escaped};
use super::letters::{Type, lines};
use super::{Chart, Kind, Scene, palette};

/// The width of a chart that needs no more.
pub(super) const WIDTH: f64 = 760.0;

/// The room between a chart and its edge.
const EDGE: f64 = 16.0;

/// The width that a kind has for its drawing.
pub(super) const INNER: f64 = WIDTH - 2.0 * EDGE;

/// A drawing without what stands around it.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Whom it is about, where that is one region.
    pub(super) subject: Option<String>,
    /// Parts of the line below it.
    pub(super) lead: Vec<String>,
    /// The drawing.
    pub(super) body: Canvas,
    /// Its width and height.
    pub(super) size: (f64, f64),
    /// Remarks that stand below it.
    pub(super) notes: Vec<String>,
    /// What it shows, in sentences.
    pub(super) alternative: Vec<String>,
    /// The figures that are drawn.
    pub(super) table: Table,
}

impl Figure {
    /// With everything around it.
    pub(super) fn framed(self, kind: &Kind, scene: &Scene<'_>) -> Chart {
        let (svg, _) = self.drawn(kind, scene);
        let language = scene.language;
        Chart {
            kind: kind.name,
            alternative: self.said(kind, language),
            title: self.title(kind, scene),
            svg,
            table: self.table,
            source: sources(scene).join(" · "),
        }
    }

    fn title(&self, kind: &Kind, scene: &Scene<'_>) -> String {
        let subject = self.subject.as_deref().unwrap_or_default();
        let mut parts = vec![scene.title(), subject, kind.label(scene.language)];
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }

    fn said(&self, kind: &Kind, language: Language) -> String {
        let space = if language == Language::Zh { "" } else { " " };
        let lead = self.lead.join(" · ");
        let mut said = vec![kind.summary(language).to_owned(), format!("{lead}.")];
        if language == Language::Zh {
            said = vec![kind.summary(language).to_owned(), format!("{lead}。")];
        }
        said.extend(self.alternative.iter().cloned());
        said.extend(self.notes.iter().cloned());
        said.join(space)
    }

    /// The drawing, and the canvas of everything in it with its size.
    pub(super) fn drawn(&self, kind: &Kind, scene: &Scene<'_>) -> (String, (Canvas, (f64, f64))) {
        let language = scene.language;
        let width = super::max(WIDTH, self.size.0 + 2.0 * EDGE);
        let room = width - 2.0 * EDGE;
        let mut all = Canvas::new(scene.id);
        let mut y = EDGE;
        let paragraph = |all: &mut Canvas, y: &mut f64, text: &str, of: Type, colour: &str| {
            for line in lines(text, of, room) {
                *y += of.size() * 1.3;
                all.text((EDGE, *y - of.size() * 0.3), Anchor::Start, of, colour, &line);
            }
        };
        paragraph(&mut all, &mut y, &self.title(kind, scene), Type::Title, "q-ink");
        y += 3.0;
        let parts: Vec<&str> =
            self.lead.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        paragraph(&mut all, &mut y, &parts.join(" · "), Type::Lead, "q-soft");
        if let Some(mark) = marks::short(&scene.frame.marks, language) {
            // Not published, and no reader may miss it: in its own colour and with a sign.
            y += 2.0;
            paragraph(&mut all, &mut y, &format!("⚠ {mark}"), Type::Strong, "q-accent");
        }
        y += 12.0;
        all.draw(EDGE, y, &self.body);
        y += self.size.1 + 8.0;
        for note in &self.notes {
            paragraph(&mut all, &mut y, note, Type::Note, "q-soft");
        }
        for line in marks::lines(&scene.frame.marks, language) {
            paragraph(&mut all, &mut y, &line, Type::Note, "q-accent");
        }
        for line in sources(scene) {
            paragraph(&mut all, &mut y, &line, Type::Note, "q-soft");
        }
        y += EDGE - 4.0;
        (self.document(kind, scene, &all, (width, y)), (all, (width, y)))
    }

    fn document(
        &self,
        kind: &Kind,
        scene: &Scene<'_>,
        all: &Canvas,
        (width, height): (f64, f64),
    ) -> String {
        let id = scene.id;
        let (w, h) = (coordinate(width), coordinate(height));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"q\" lang=\"{}\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" data-kind=\"{}\">\n",
            scene.language.tag(),
            kind.name,
        );
        let _ =
            writeln!(svg, "<title id=\"{id}-title\">{}</title>", escaped(&self.title(kind, scene)));
        let said = escaped(&self.said(kind, scene.language));
        let _ = writeln!(svg, "<desc id=\"{id}-desc\">{said}</desc>");
        if scene.is_alone {
            let _ = writeln!(svg, "<style>\n{}</style>", palette::style());
        }
        // A drawing brings the patterns that are in it.
        let patterns =
            palette::patterns(id, |name| all.elements().contains(&format!("url(#{name})")));
        if !patterns.is_empty() {
            let _ = writeln!(svg, "<defs>\n{patterns}</defs>");
        }
        let _ = writeln!(svg, "<rect width=\"{w}\" height=\"{h}\" class=\"q-paper\"/>");
        svg.push_str(all.elements());
        svg.push_str("</svg>\n");
        svg
    }
}

/// The source of the data, and the fingerprint.
fn sources(scene: &Scene<'_>) -> Vec<String> {
    let (language, frame) = (scene.language, scene.frame);
    let line = |label: &str, what: &str| match language {
        Language::Zh => format!("{label}：{what}"),
        Language::En => format!("{label}: {what}"),
    };
    let mut lines = Vec::new();
    if !frame.source.is_empty() {
        lines.push(line(word!(label_source, language), &frame.source));
    }
    if !frame.fingerprint.is_empty() {
        lines.push(line(word!(label_made_from, language), &frame.fingerprint));
    }
    lines
}
