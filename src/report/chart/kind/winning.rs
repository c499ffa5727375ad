//! How probable it is for each two regions that the one with the better rank is ahead, whatever the weights.

use quanheng_core::model::RegionIx;
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest, width};
use crate::report::chart::scene::Scene;
use crate::report::chart::stack::printed;
use crate::report::chart::{Kind, Need, Reason, max, min, palette};
use crate::report::{Cell, Columns, Importance, Reader, number, robustness};
use crate::robustness::{Drawn, Exact};

pub(super) const KIND: Kind = Kind {
    name: "winning",
    label: "Who is ahead of whom",
    summary: "For each two regions, by rank, how probable it is that the row's region beats the column's if all weights are equally probable, or in which share of the draws it does where that is not known exactly, the darker the surer; orange with hatching where the other one is more often ahead.",
    needs: Need::Draws,
    draw,
};

/// The most regions whose pairs are drawn.
const MOST: usize = 120;

/// With more regions than this, names are not marks, so that the drawing is small.
const MARKED: usize = 40;

/// From which probability on a cell has which colour, and what the legend says.
const STEPS: [(f64, &str, &str); 5] = [
    (1.0, "q-s6", "100%"),
    (0.95, "q-s5", "≥ 95%"),
    (0.75, "q-s3", "≥ 75%"),
    (0.5, "q-s1", "≥ 50%"),
    (f64::NEG_INFINITY, "q-d2", "< 50%"),
];

fn step(p: f64) -> usize {
    STEPS.iter().position(|(from, ..)| p >= *from).unwrap_or(STEPS.len() - 1)
}

/// Where the probabilities come from.
enum Winning<'a> {
    Exact(&'a Exact),
    Drawn(&'a Drawn),
}

impl<'a> Winning<'a> {
    /// Exactly, or from draws where scores are not sums of weights times scores.
    fn of(scene: &Scene<'a>) -> Result<Self, Reason> {
        match (scene.exact(), scene.drawn()) {
            (Ok(exact), _) => Ok(Winning::Exact(exact)),
            (Err(_), Ok(drawn)) => Ok(Winning::Drawn(drawn)),
            (Err(reason), Err(_)) => Err(reason),
        }
    }

    fn probability(&self, of: RegionIx, over: RegionIx) -> Option<f64> {
        match self {
            Winning::Exact(exact) => exact.winning(of, over),
            Winning::Drawn(drawn) => drawn.winning(of, over),
        }
    }
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let winning = Winning::of(scene)?;
    let n = ranked.rows.len();
    if n > MOST {
        return Err(Reason::TooMany { n, most: MOST });
    }
    if n < 2 {
        return Err(Reason::TooFew { n, least: 2 });
    }
    let region = |k: usize| ranked.region(ranked.rows[k]);
    let name = |k: usize| ranked.name(ranked.rows[k], language);
    let ranks: Vec<String> =
        ranked.rows.iter().map(|&row| number::rank(ranked.ranks[row])).collect();
    let of_rank = libm::ceil(widest(ranks.iter().map(String::as_str), Type::Label) + 8.0);
    let of_name = super::at_most(widest((0..n).map(name), Type::Label), 190.0);
    let left = libm::ceil(of_rank + of_name + 10.0);
    // Whole units where there are many cells, so that they are written briefly.
    let cell = min(46.0, (INNER - left) / n as f64);
    let cell = if cell > 6.0 { libm::floor(cell) } else { cell };
    let is_large = n > 20;
    let row = max(min(cell, 22.0), if n > 40 { 12.0 } else { 14.0 });
    let (top, bottom) = (22.0, 22.0 + row * n as f64);
    let letters = if row < 14.0 { Type::Small } else { Type::Label };
    let mut body = Canvas::new(scene.id);
    let every = libm::ceil(of_rank / cell) as usize;
    for k in 0..n {
        let y = top + row * (k as f64 + 0.5) + 4.0;
        let code = ranked.code(ranked.rows[k]);
        let (_, ink) = super::letters_of(scene.region == Some(region(k)));
        let short = shortened(name(k), letters, of_name + 4.0);
        match n > MARKED {
            // A mark says no more than the name.
            true if short == name(k) => {
                body.text((of_rank, y), Anchor::Start, letters, ink, &short)
            }
            _ => body.mark(&[("region", code)], name(k), |body| {
                body.text((of_rank, y), Anchor::Start, letters, ink, &short);
            }),
        }
        if k % every == 0 || n <= MARKED {
            body.text((of_rank - 8.0, y), Anchor::End, letters, "q-soft", &ranks[k]);
        }
        if k % every == 0 {
            let x = left + cell * (k as f64 + 0.5);
            body.text((x, top - 7.0), Anchor::Middle, letters, "q-soft", &ranks[k]);
        }
    }
    let mut pairs = Vec::new();
    let mut runs: [Vec<(usize, usize, usize)>; STEPS.len()] = Default::default();
    let mut counts = [0_usize; STEPS.len()];
    for i in 0..n {
        for j in i + 1..n {
            if let Some(p) = winning.probability(region(i), region(j)) {
                counts[step(p)] += 1;
            }
        }
    }
    // In a large matrix the most common colour lies below all others, so that the drawing is small.
    let common = (0..STEPS.len()).filter(|_| is_large).max_by_key(|&k| counts[k]);
    for i in 0..n {
        let y = top + row * i as f64;
        for j in i + 1..n {
            let Some(p) = winning.probability(region(i), region(j)) else { continue };
            pairs.push((i, j, p));
            let x = left + cell * j as f64;
            let class = STEPS[step(p)].1;
            if common == Some(step(p)) {
                continue;
            }
            if is_large {
                // Neighbours of one colour are one rectangle.
                match runs[step(p)].last_mut() {
                    Some((from, at, wide)) if *at == i && *from + *wide == j => *wide += 1,
                    _ => runs[step(p)].push((j, i, 1)),
                }
                continue;
            }
            let words = format!("{} · {} · {}", name(i), name(j), printed(p));
            let code = |k: usize| ranked.code(ranked.rows[k]);
            body.mark(&[("region", code(i)), ("other", code(j))], &words, |body| {
                body.rect((x, y), (cell, row), &format!("{class} q-edge"));
                if p < 0.5 {
                    body.rect_hatched((x, y), (cell, row));
                }
                if cell >= 31.0 {
                    let at = (x + cell / 2.0, y + row / 2.0 + 3.6);
                    let ink = palette::ink_on(class);
                    body.text(at, Anchor::Middle, Type::Small, &ink, &printed(p));
                }
            });
        }
    }
    if let Some(common) = common {
        let stairs = (0..n - 1).map(|k| (k + 1, k, n - 1 - k)).collect();
        // Below the others, so that it comes first.
        let of_common = std::mem::replace(&mut runs[common], stairs);
        debug_assert!(of_common.is_empty());
        let order = std::iter::once(common).chain((0..STEPS.len()).filter(|k| *k != common));
        for k in order.filter(|k| !runs[*k].is_empty()) {
            let class = STEPS[k].1;
            body.path_of_cells(&Path::runs(&runs[k]), (left, top), (cell, row), class);
            if class == "q-d2" && k != common {
                let place = |&(x, y, w): &(usize, usize, usize)| {
                    (left + cell * x as f64, top + row * y as f64, cell * w as f64)
                };
                let bars: Vec<_> = runs[k].iter().map(place).collect();
                body.hatch(&Path::bars(&bars, row));
            }
        }
    }
    let own: Vec<(usize, usize, usize)> = (0..n).map(|k| (k, k, 1)).collect();
    body.path_of_cells(&Path::runs(&own), (left, top), (cell, row), "q-plain");
    let (mut x, below) = (of_rank, bottom + 12.0);
    for (_, class, words) in STEPS {
        body.rect((x, below), (22.0, 11.0), &format!("{class} q-axis q-rim"));
        if class == "q-d2" {
            body.rect_hatched((x, below), (22.0, 11.0));
        }
        body.text((x + 28.0, below + 9.5), Anchor::Start, Type::Note, "q-ink", words);
        x += 28.0 + width(words, Type::Note) + 16.0;
    }
    let sure = pairs.iter().filter(|(.., p)| *p >= 0.95).count();
    let turned = pairs.iter().filter(|(.., p)| *p < 0.5).count();
    let said = text!(chart_winning, n = pairs.len(), sure = sure, turned = turned);
    let mut notes = scene.cut(n, ranked.all);
    match winning {
        Winning::Exact(exact) => {
            let at = robustness::open(&exact.at, ranked.evaluation, language);
            notes.push(scene.says(text!(chart_exact, at = at)));
            notes.push(scene.says(text!(chart_even)));
        }
        Winning::Drawn(drawn) => notes.push(scene.says(text!(
            chart_drawn,
            of = robustness::of(drawn),
            from = robustness::from(drawn)
        ))),
    }
    let table = Columns::<(usize, usize, f64)>::new()
        .text("region", word!(label_region, language), |&(i, ..)| name(i))
        .importance(Importance::Key)
        .text("other", word!(chart_other_region, language), |&(_, j, _)| name(j))
        .importance(Importance::Key)
        .number("probability", word!(chart_probability, language), |&(.., p)| Cell::number(p))
        .digits(4)
        .table("winning", Reader::People, pairs);
    Ok(Figure {
        subject: None,
        lead: scene.about(ranked.all),
        body,
        size: (INNER, below + 20.0),
        notes,
        alternative: vec![scene.says(said)],
        table,
    })
}
