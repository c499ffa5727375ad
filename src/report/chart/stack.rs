//! A bar for each region that is divided into shares of one whole: ranks, or tiers.

use quanheng_words::word;

use super::canvas::{Anchor, Canvas, Path};
use super::frame::INNER;
use super::letters::{Type, shortened, widest};
use super::scale::Scale;
use super::scene::{Ranked, Scene};
use super::{min, palette};
use crate::report::number;

/// What the bars are divided into.
pub(super) struct Stack<'a> {
    /// The regions.
    pub(super) ranked: &'a Ranked<'a>,
    /// The name of each part, best first.
    pub(super) parts: &'a [String],
    /// For each region the share of each part, as a part of the whole.
    pub(super) shares: &'a [Vec<f64>],
    /// What stands beside each bar.
    pub(super) beside: &'a [String],
    /// What that is.
    pub(super) head: &'a str,
}

/// Shares have their figures on them where there are at most so many regions.
const PRINTED: usize = 40;

/// A share as readers see it.
pub(super) fn printed(share: f64) -> String {
    match share {
        x if x > 0.0 && x < 0.005 => "<1%".to_owned(),
        x if x < 1.0 && x > 0.995 => ">99%".to_owned(),
        x => format!("{}%", number::fixed(100.0 * x, 0)),
    }
}

impl Stack<'_> {
    /// Draws it, and gives the height that it takes.
    pub(super) fn draw(&self, scene: &Scene<'_>, body: &mut Canvas) -> f64 {
        let Stack { ranked, parts, shares, beside, .. } = self;
        let language = scene.language;
        let rows = &ranked.rows;
        let count = rows.len();
        let step = if count > PRINTED { 14.0 } else { 20.0 };
        let high = step - 4.0;
        // What the colours mean stands above.
        let mut top = self.legend(body) + 26.0;
        let ranks: Vec<String> = rows.iter().map(|&row| number::rank(ranked.ranks[row])).collect();
        let of_rank = libm::ceil(widest(ranks.iter().map(String::as_str), Type::Label));
        let names = || rows.iter().map(|&row| ranked.name(row, language));
        let of_name = min(widest(names(), Type::Label), 190.0);
        let of_beside = widest(beside.iter().map(String::as_str), Type::Label);
        let of_beside = super::max(of_beside, super::letters::width(self.head, Type::Note));
        let left = libm::round(of_rank + 10.0 + of_name + 10.0);
        // Half of the last figure of the scale lies beyond the end of the bars.
        let right = libm::round(INNER - of_beside - 30.0);
        let scale = Scale::new((0.0, 1.0), (left, right));
        let bottom = top + step * count as f64;
        for tick in 0..=4 {
            let at = scale.at(f64::from(tick) / 4.0);
            body.line((at, top), (at, bottom), "q-grid");
            let words = format!("{}%", 25 * tick);
            body.text((at, top - 8.0), Anchor::Middle, Type::Note, "q-soft", &words);
        }
        body.text((INNER, top - 8.0), Anchor::End, Type::Note, "q-soft", self.head);
        let first = top;
        let mut bars: Vec<Vec<(f64, f64, f64)>> = vec![Vec::new(); parts.len()];
        for (k, &row) in rows.iter().enumerate() {
            let (x, mut sum) = (|share: f64| libm::round(scale.at(share)), 0.0);
            for (part, share) in shares[k].iter().enumerate() {
                let (from, to) = (x(sum), x(sum + share));
                sum += share;
                if to > from {
                    bars[part].push((from, top + 2.0, to - from));
                }
            }
            let base = top + step / 2.0 + 4.0;
            let is_chosen = scene.region == Some(ranked.region(row));
            let (letters, ink) =
                if is_chosen { (Type::Strong, "q-accent") } else { (Type::Label, "q-ink") };
            let mut words = vec![ranked.name(row, language).to_owned()];
            let has = shares[k].iter().zip(*parts).filter(|(share, _)| **share > 0.0);
            // What does not stand on the bars, where there are not too many of them.
            if count <= PRINTED {
                words.push(format!("{} {}", self.head, beside[k]));
                words.extend(has.map(|(share, part)| format!("{part}: {}", printed(*share))));
            }
            body.mark(&[("region", ranked.code(row))], &words.join(" · "), |body| {
                body.text((of_rank, base), Anchor::End, Type::Label, "q-soft", &ranks[k]);
                let name = shortened(ranked.name(row, language), letters, of_name + 4.0);
                body.text((of_rank + 10.0, base), Anchor::Start, letters, ink, &name);
                body.text((INNER, base), Anchor::End, letters, ink, &beside[k]);
            });
            top += step;
        }
        let class = |part: usize| format!("q-s{}", palette::tier(part, parts.len()));
        for (part, bars) in bars.iter().enumerate().filter(|(_, bars)| !bars.is_empty()) {
            body.path(&Path::bars(bars, high), &format!("{} q-edge", class(part)));
        }
        if count <= PRINTED {
            for (k, shares) in shares.iter().enumerate() {
                let mut sum = 0.0;
                for (part, share) in shares.iter().enumerate() {
                    let (from, to) = (scale.at(sum), scale.at(sum + share));
                    sum += share;
                    if to - from > 34.0 {
                        let at = ((from + to) / 2.0, first + step * (k as f64 + 0.5) + 3.6);
                        let ink = palette::ink_on(&class(part));
                        body.text(at, Anchor::Middle, Type::Small, &ink, &printed(*share));
                    }
                }
            }
        }
        bottom + 6.0
    }

    /// The parts with their colours, best first; gives the height that it takes.
    fn legend(&self, body: &mut Canvas) -> f64 {
        let (mut x, mut y) = (0.0, 0.0);
        for (k, part) in self.parts.iter().enumerate() {
            let takes = 18.0 + super::letters::width(part, Type::Note) + 16.0;
            if x > 0.0 && x + takes > INNER {
                (x, y) = (0.0, y + 18.0);
            }
            let class = format!("q-s{}", palette::tier(k, self.parts.len()));
            body.rect((x, y), (13.0, 11.0), &format!("{class} q-axis q-rim"));
            let part = shortened(part, Type::Note, INNER - 20.0);
            body.text((x + 18.0, y + 9.5), Anchor::Start, Type::Note, "q-ink", &part);
            x += takes;
        }
        y + 18.0
    }
}

/// Ranks in words: one, or from one to another.
pub(super) fn ranks(from: usize, to: usize) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

/// The head of a column of ranks within a probability.
pub(super) fn head(level: f64, language: crate::report::Language) -> String {
    format!("{} ({}%)", word!(label_rank, language), number::short(100.0 * level))
}
