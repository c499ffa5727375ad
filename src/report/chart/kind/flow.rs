//! The steps of a case as a flow with branches: steps in layers, each below those that lead to it.
//!
//! Lines run in the rooms between layers, each on a track of its own, so that none passes through a step and no two texts
//! lie on each other. What leads back goes up at the right edge.

use quanheng_words::{text, word};

use crate::case::{Case, Step};
use crate::report::Reader;
use crate::report::cases;
use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, lines, shortened};
use crate::report::chart::scene::Scene;
use crate::report::chart::{Kind, Need, Reason};

pub(super) const KIND: Kind = Kind {
    name: "flow",
    label: "Steps of a case",
    summary: "What is done in a case, step by step, with those who do it and the conditions of each branch.",
    needs: Need::Case,
    draw,
};

/// So many steps have room beside each other.
const BESIDE: usize = 5;

/// So many steps can be drawn at all.
const MOST: usize = 60;

/// The greatest width of a step.
const WIDEST: f64 = 300.0;

/// The room between steps that stand beside each other.
const BETWEEN: f64 = 18.0;

/// The height of a track with a text on it, and of one without.
const TRACK: (f64, f64) = (17.0, 9.0);

/// The room of a line that goes up at the right edge.
const LANE: f64 = 14.0;

/// What stands in a layer: a step, or a line that passes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Step(usize),
    /// The number of a line.
    Pass(usize),
}

/// From a step to one that follows.
#[derive(Clone, Copy, Debug)]
struct Line {
    from: usize,
    to: usize,
    /// Its place among those that follow the step.
    at: usize,
    /// Whether it leads to a step that is not below.
    is_back: bool,
}

/// The lines of text in a step, each with its letters and its colour.
type Texts = Vec<(Type, &'static str, String)>;

/// Part of a line in the room between two layers.
#[derive(Clone, Debug)]
struct Piece {
    from: f64,
    to: f64,
    /// The words on it.
    says: String,
    /// Whether it ends at a step.
    arrives: bool,
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let (language, tag) = (scene.language, scene.language.tag());
    let case = scene.case.ok_or(Reason::NoCase)?;
    let n = case.steps.len();
    if n == 0 {
        return Err(Reason::NoSteps);
    }
    if n > MOST {
        return Err(Reason::TooManyParts { n, most: MOST });
    }
    let (layer_of, all) = layers_of(&case.steps);
    let layers = in_layers(&layer_of, &all);
    let beside = |slots: &Vec<Slot>| slots.iter().filter(|s| matches!(s, Slot::Step(_))).count();
    let widest = layers.iter().map(beside).max().unwrap_or(0);
    if widest > BESIDE {
        return Err(Reason::TooManyParts { n: widest, most: BESIDE });
    }
    let back = all.iter().filter(|line| line.is_back).count();
    let room = INNER - LANE * back as f64;
    let placed = places(&layers, &layer_of, &all, room);
    let middle = |layer: usize, slot: Slot| {
        let at = layers[layer].iter().position(|other| *other == slot).unwrap_or(0);
        let (x, wide) = placed[layer][at];
        x + wide / 2.0
    };
    let condition = |line: &Line| {
        let (_, when) = &case.steps[line.from].then[line.at];
        when.get(tag).unwrap_or_default().to_owned()
    };
    // The pieces of lines in each room: above the first layer, between layers, below the last.
    let mut pieces: Vec<Vec<(usize, Piece)>> = vec![Vec::new(); layers.len() + 1];
    let mut lanes = 0;
    for (k, line) in all.iter().enumerate() {
        let (from, to) = (layer_of[line.from], layer_of[line.to]);
        let start = middle(from, Slot::Step(line.from)) + leave(case, line);
        let end = middle(to, Slot::Step(line.to));
        let says = condition(line);
        if line.is_back {
            let lane = room + LANE * (lanes as f64 + 0.5);
            lanes += 1;
            pieces[from + 1].push((k, Piece { from: start, to: lane, says, arrives: false }));
            // It arrives beside the lines that come from above.
            let end = end + 14.0;
            let piece = Piece { from: lane, to: end, says: String::new(), arrives: true };
            pieces[to].push((k, piece));
            continue;
        }
        let mut at = start;
        for layer in from + 1..=to {
            let next = match layer == to {
                true => end,
                false => middle(layer, Slot::Pass(k)),
            };
            let says = if layer == from + 1 { says.clone() } else { String::new() };
            pieces[layer].push((k, Piece { from: at, to: next, says, arrives: layer == to }));
            at = next;
        }
    }
    let texts: Vec<Vec<Texts>> = layers
        .iter()
        .zip(&placed)
        .map(|(slots, places)| {
            let of = |(slot, (_, wide)): (&Slot, &(f64, f64))| match slot {
                Slot::Step(k) => texts_of(*k, &case.steps[*k], *wide, tag),
                Slot::Pass(_) => Vec::new(),
            };
            slots.iter().zip(places).map(of).collect()
        })
        .collect();
    let mut body = Canvas::new(scene.id);
    let mut y = 4.0;
    // The heights of the lanes are known when all layers are.
    let mut tops: Vec<Option<f64>> = vec![None; all.len()];
    let mut ends: Vec<Option<f64>> = vec![None; all.len()];
    for (layer, in_room) in pieces.iter().enumerate() {
        let is_first = layer == 0;
        let above = y;
        // Tracks from above: each piece that bends or says something has its own.
        let mut at = y + if is_first { 2.0 } else { 8.0 };
        let mut tracks = Vec::new();
        for (k, piece) in in_room {
            at += if piece.says.is_empty() { TRACK.1 } else { TRACK.0 };
            tracks.push(at);
            if all[*k].is_back {
                match piece.arrives {
                    true => tops[*k] = Some(at),
                    false => ends[*k] = Some(at),
                }
            }
        }
        let below = match in_room.is_empty() {
            true => y,
            false => at + 14.0,
        };
        for ((k, piece), track) in in_room.iter().zip(&tracks) {
            let is_back = all[*k].is_back;
            let mut path = match is_back && piece.arrives {
                true => Path::from(piece.from, *track).to(piece.to, *track),
                false => Path::from(piece.from, above).to(piece.from, *track).to(piece.to, *track),
            };
            if piece.arrives || !is_back {
                path = path.to(piece.to, below);
            }
            body.path(&path, "q-axis q-none");
            if piece.arrives {
                let tip = Path::from(piece.to - 4.0, below - 7.0)
                    .to(piece.to + 4.0, below - 7.0)
                    .to(piece.to, below)
                    .close();
                body.path(&tip, "q-ink");
            }
        }
        // Texts lie on lines of others, not under them.
        for ((_, piece), track) in in_room.iter().zip(&tracks) {
            if piece.says.is_empty() {
                continue;
            }
            let left = super::at_most(piece.from, piece.to) + 6.0;
            let says = shortened(&piece.says, Type::Small, room - left - 2.0);
            let wide = super::width(&says, Type::Small);
            body.rect((left - 2.0, track - 12.0), (wide + 4.0, 11.0), "q-paper");
            body.text((left, track - 3.5), Anchor::Start, Type::Small, "q-soft", &says);
        }
        y = below;
        let Some(slots) = layers.get(layer) else { continue };
        let heights = texts[layer].iter().map(|of| height(of));
        let high = heights.fold(0.0, super::max);
        for ((slot, (x, wide)), texts) in slots.iter().zip(&placed[layer]).zip(&texts[layer]) {
            let Slot::Step(k) = slot else {
                let at = x + wide / 2.0;
                body.line((at, y), (at, y + high), "q-axis");
                continue;
            };
            let step = &case.steps[*k];
            let title = step.title.get(tag).unwrap_or_default();
            let mut words = vec![format!("{}. {title}", k + 1)];
            words.extend(step.who.get(tag).map(str::to_owned));
            let words = words.join(" · ");
            body.mark(&[("step", &(k + 1).to_string())], &words, |body| {
                body.rect((*x, y), (*wide, high), "q-pale q-axis q-rim");
                let mut at = y + 7.0;
                for (of, colour, line) in texts {
                    at += of.size() * 1.3;
                    let place = (x + 10.0, at - of.size() * 0.3);
                    body.text(place, Anchor::Start, *of, colour, line);
                }
            });
        }
        y += high;
    }
    // What leads back, from below up to the room above its step.
    let mut lanes = 0;
    for (k, line) in all.iter().enumerate() {
        if let (true, Some(top), Some(end)) = (line.is_back, tops[k], ends[k]) {
            let lane = room + LANE * (lanes as f64 + 0.5);
            lanes += 1;
            body.line((lane, top), (lane, end), "q-axis");
        }
    }
    let view = cases::View { language, study: scene.evaluation().study(), systems: &[] };
    let title = case.title(language);
    let first = case.steps[0].title.get(tag).unwrap_or_default();
    let mut said = vec![scene.says(text!(chart_flow, n = n, first = first))];
    let branches: Vec<String> = case
        .steps
        .iter()
        .enumerate()
        .filter(|(_, step)| step.then.len() > 1)
        .map(|(k, _)| (k + 1).to_string())
        .collect();
    if !branches.is_empty() {
        let at = branches.join(word!(list_comma, language));
        said.push(scene.says(text!(chart_flow_branches, steps = at)));
    }
    Ok(Figure {
        subject: Some(title.to_owned()),
        lead: lead(case, scene),
        body,
        size: (INNER, y + 4.0),
        notes: Vec::new(),
        alternative: said,
        table: cases::steps(case, &view, Reader::People),
    })
}

/// Where and when a case takes place.
pub(super) fn lead(case: &Case, scene: &Scene<'_>) -> Vec<String> {
    let study = scene.evaluation().study();
    let view = cases::View { language: scene.language, study, systems: &[] };
    let mut parts = vec![view.regions(case)];
    parts.extend(case.level.get(scene.language.tag()).map(str::to_owned));
    parts.push(case.dates(scene.language));
    parts.retain(|part| !part.is_empty());
    parts
}

/// How far from the middle of its step a line leaves it: several lines stand apart.
fn leave(case: &Case, line: &Line) -> f64 {
    let n = case.steps[line.from].then.len() as f64;
    (line.at as f64 - (n - 1.0) / 2.0) * 16.0
}

/// The lines of text in a step.
fn texts_of(k: usize, step: &Step, wide: f64, tag: &str) -> Texts {
    let room = wide - 20.0;
    let title = format!("{}. {}", k + 1, step.title.get(tag).unwrap_or_default());
    let titles = lines(&title, Type::Strong, room).into_iter();
    let who = step.who.get(tag).unwrap_or_default();
    let who = lines(who, Type::Note, room).into_iter();
    let titles = titles.map(|line| (Type::Strong, "q-ink", line));
    titles.chain(who.map(|line| (Type::Note, "q-soft", line))).collect()
}

fn height(texts: &[(Type, &str, String)]) -> f64 {
    texts.iter().fold(14.0, |sum, (of, ..)| sum + of.size() * 1.3)
}

/// The layer of each step, one below the lowest of those that lead to it, and all lines; a line that would close a circle
/// leads back.
fn layers_of(steps: &[Step]) -> (Vec<usize>, Vec<Line>) {
    let mut all = Vec::new();
    for (from, step) in steps.iter().enumerate() {
        for (at, &(to, _)) in step.then.iter().enumerate() {
            all.push(Line { from, to, at, is_back: false });
        }
    }
    // From each step in stated order, deeper and deeper; what leads to a step that is still open closes a circle.
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; steps.len()];
    for first in 0..steps.len() {
        if states[first] != State::New {
            continue;
        }
        let mut stack = vec![(first, 0)];
        states[first] = State::Open;
        while let Some((step, at)) = stack.pop() {
            let Some(&(to, _)) = steps[step].then.get(at) else {
                states[step] = State::Done;
                continue;
            };
            stack.push((step, at + 1));
            match states[to] {
                State::New => {
                    states[to] = State::Open;
                    stack.push((to, 0));
                }
                State::Open => {
                    let own = all.iter_mut().find(|line| line.from == step && line.at == at);
                    own.into_iter().for_each(|line| line.is_back = true);
                }
                State::Done => {}
            }
        }
    }
    let mut layers = vec![0; steps.len()];
    // As many rounds as there are steps reach the end of every way.
    for _ in 0..steps.len() {
        for line in all.iter().filter(|line| !line.is_back) {
            layers[line.to] = layers[line.to].max(layers[line.from] + 1);
        }
    }
    (layers, all)
}

/// What stands in each layer from left to right, near those that lead to it.
fn in_layers(layer_of: &[usize], all: &[Line]) -> Vec<Vec<Slot>> {
    let count = layer_of.iter().max().map_or(0, |last| last + 1);
    let mut layers: Vec<Vec<Slot>> = vec![Vec::new(); count];
    for (step, &layer) in layer_of.iter().enumerate() {
        layers[layer].push(Slot::Step(step));
    }
    for (k, line) in all.iter().enumerate().filter(|(_, line)| !line.is_back) {
        for slots in &mut layers[layer_of[line.from] + 1..layer_of[line.to]] {
            slots.push(Slot::Pass(k));
        }
    }
    for layer in 1..count {
        let (above, below) = layers.split_at_mut(layer);
        let above = &above[layer - 1];
        let place = |slot: Slot| above.iter().position(|other| *other == slot);
        // The mean of the places of those that lead to it.
        let wish = |slot: &Slot| {
            let own = all.iter().enumerate().filter(|(k, line)| match slot {
                Slot::Step(step) => line.to == *step && !line.is_back,
                Slot::Pass(pass) => k == pass,
            });
            let (mut sum, mut n) = (0.0, 0.0);
            for (k, line) in own {
                let found = place(Slot::Step(line.from)).or_else(|| place(Slot::Pass(k)));
                if let Some(at) = found {
                    let within = f64::from(line.at as u32) / 100.0;
                    (sum, n) = (sum + at as f64 + within, n + 1.0);
                }
            }
            if n > 0.0 { sum / n } else { f64::MAX }
        };
        let mut wished: Vec<(f64, Slot)> = below[0].iter().map(|s| (wish(s), *s)).collect();
        quanheng_core::number::sort_items(&mut wished, |a, b| a.0.total_cmp(&b.0));
        below[0] = wished.into_iter().map(|(_, slot)| slot).collect();
    }
    layers
}

/// Where the slots of each layer stand; a step that stands alone is below those that lead to it.
fn places(
    layers: &[Vec<Slot>],
    layer_of: &[usize],
    all: &[Line],
    room: f64,
) -> Vec<Vec<(f64, f64)>> {
    let mut placed: Vec<Vec<(f64, f64)>> = Vec::new();
    for (layer, slots) in layers.iter().enumerate() {
        let mut places = across(slots, room);
        if let ([Slot::Step(step)], [(x, wide)]) = (slots.as_slice(), places.as_mut_slice()) {
            let own = all.iter().enumerate().filter(|(_, of)| of.to == *step && !of.is_back);
            let middles = own.filter_map(|(k, line)| {
                let above = match layer_of[line.from] + 1 == layer {
                    true => Slot::Step(line.from),
                    false => Slot::Pass(k),
                };
                let at = layers[layer - 1].iter().position(|slot| *slot == above)?;
                let (x, wide) = placed[layer - 1][at];
                Some(x + wide / 2.0)
            });
            let (sum, n) = middles.fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
            if n > 0.0 {
                *x = super::super::max(0.0, super::at_most(sum / n - *wide / 2.0, room - *wide));
            }
        }
        placed.push(places);
    }
    placed
}

/// Where each slot of a layer stands: its left edge and its width, all of them centred.
fn across(slots: &[Slot], room: f64) -> Vec<(f64, f64)> {
    const PASS: f64 = 20.0;
    let steps = slots.iter().filter(|slot| matches!(slot, Slot::Step(_))).count();
    let passes = slots.len() - steps;
    let gaps = BETWEEN * slots.len().saturating_sub(1) as f64;
    let left = room - gaps - PASS * passes as f64;
    let wide = super::at_most(left / (steps.max(1)) as f64, WIDEST);
    let total = gaps + PASS * passes as f64 + wide * steps as f64;
    let mut x = (room - total) / 2.0;
    slots
        .iter()
        .map(|slot| {
            let own = if matches!(slot, Slot::Step(_)) { wide } else { PASS };
            let at = (x, own);
            x += own + BETWEEN;
            at
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use quanheng_core::model::Names;

    use super::*;

    fn steps(then: &[&[usize]]) -> Vec<Step> {
        let step = |then: &&[usize]| Step {
            title: Names::plain("s"),
            who: Names::default(),
            then: then.iter().map(|to| (*to, Names::default())).collect(),
        };
        then.iter().map(step).collect()
    }

    #[test]
    fn steps_stand_below_those_that_lead_to_them() {
        let (layers, all) = layers_of(&steps(&[&[1, 3], &[2], &[3], &[]]));
        assert_eq!(layers, [0, 1, 2, 3]);
        assert!(all.iter().all(|line| !line.is_back));
        let slots = in_layers(&layers, &all);
        assert_eq!(slots[1], [Slot::Step(1), Slot::Pass(1)]);
        // 2 leads back to 0, and 3 to itself.
        let (layers, all) = layers_of(&steps(&[&[1], &[2], &[0, 3], &[3]]));
        assert_eq!(layers, [0, 1, 2, 3]);
        let back: Vec<_> = all.iter().filter(|l| l.is_back).map(|l| (l.from, l.to)).collect();
        assert_eq!(back, [(2, 0), (3, 3)]);
    }
}
