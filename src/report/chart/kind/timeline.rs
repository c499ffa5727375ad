//! The dates of a case on an axis of time, each with what happened.

use quanheng_words::text;

use super::flow::lead;
use crate::report::Reader;
use crate::report::cases;
use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, lines, spread, widest};
use crate::report::chart::scale::{Scale, ticks};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason};

pub(super) const KIND: Kind = Kind {
    name: "timeline",
    label: "Timeline of a case",
    summary: "What happened when in a case, on an axis of time.",
    needs: Need::Case,
    draw,
};

/// So many dates can be drawn.
const MOST: usize = 60;

/// Where the axis stands.
const AXIS: f64 = 46.0;

/// Where the words for the dates begin.
const SAID: f64 = AXIS + 44.0;

/// The height of a line of text.
const LINE: f64 = 15.0;

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let (language, tag) = (scene.language, scene.language.tag());
    let case = scene.case.ok_or(Reason::NoCase)?;
    let n = case.timeline.len();
    if n == 0 {
        return Err(Reason::NoDates);
    }
    if n > MOST {
        return Err(Reason::TooManyParts { n, most: MOST });
    }
    let dates: Vec<String> = case.timeline.iter().map(|event| event.date.shown(language)).collect();
    let of_dates = widest(dates.iter().map(String::as_str), Type::Strong);
    let left = SAID + of_dates + 14.0;
    let texts: Vec<Vec<String>> = case
        .timeline
        .iter()
        .map(|event| lines(event.what.get(tag).unwrap_or_default(), Type::Label, INNER - left))
        .collect();
    let most = texts.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let gap = LINE * most as f64 + 8.0;
    let high = super::super::max(gap * n as f64, 150.0);
    let years: Vec<f64> = case.timeline.iter().map(|event| event.date.years()).collect();
    // From the year of the first to the end of the year of the last.
    let from = years[0].floor();
    let until = years[n - 1].floor() + 1.0;
    let scale = Scale { of: (from, until), to: (10.0, high) };
    let wanted: Vec<f64> = years.iter().map(|year| scale.at(*year)).collect();
    let places = spread(&wanted, gap, (10.0, high - gap + LINE));
    let mut body = Canvas::new(scene.id);
    body.line((AXIS, scale.at(from)), (AXIS, scale.at(until)), "q-axis");
    // Whole years; of many only some.
    let marks = ticks((from, until), 9);
    for year in marks.at.iter().filter(|year| **year == year.floor()) {
        let at = scale.at(*year);
        body.line((AXIS - 4.0, at), (AXIS, at), "q-axis");
        let words = crate::report::number::fixed(*year, 0);
        body.text((AXIS - 8.0, at + 4.0), Anchor::End, Type::Note, "q-soft", &words);
    }
    for (k, event) in case.timeline.iter().enumerate() {
        let (point, place) = (wanted[k], places[k]);
        let words = format!("{} · {}", dates[k], event.what.get(tag).unwrap_or_default());
        let date = event.date.stored();
        body.mark(&[("date", &date)], &words, |body| {
            let leader =
                Path::from(AXIS + 5.0, point).ease((AXIS + 5.0, point), (SAID - 5.0, place));
            body.path(&leader, "q-leader q-none");
            body.circle((AXIS, point), 4.5, "q-c0 q-edge");
            body.text((SAID, place + 4.0), Anchor::Start, Type::Strong, "q-ink", &dates[k]);
            for (line, text) in texts[k].iter().enumerate() {
                let at = (left, place + 4.0 + LINE * line as f64);
                body.text(at, Anchor::Start, Type::Label, "q-ink", text);
            }
        });
    }
    let bottom = places.iter().fold(high, |most, at| super::super::max(most, at + gap));
    let view = cases::View { language, study: scene.evaluation().study(), systems: &[] };
    let said = text!(chart_timeline, n = n, first = &dates[0], last = &dates[n - 1]);
    Ok(Figure {
        subject: Some(case.title(language).to_owned()),
        lead: lead(case, scene),
        body,
        size: (INNER, bottom),
        notes: Vec::new(),
        alternative: vec![scene.says(said)],
        table: cases::timeline(case, &view, Reader::People),
    })
}
