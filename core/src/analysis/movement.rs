//! Movement between two periods: who rises, who falls, who comes and who goes.

use crate::comparison::{Aligned, Mapping, Standing};
use crate::method::settings;
use crate::number;

use super::finding::{FIRST, WHOLE, columns};
use super::subject::Usual;
use super::{Cell, Column, Form, Found, Need, Reason, Subject, Word, analysis};

settings! {
    /// Settings of the movement.
    pub(super) struct Settings {
        /// The earlier period; unless stated, the one before the later period.
        from: Option<String> = None,
        /// The later period; unless stated, the one that is looked at.
        to: Option<String> = None,
    }
}

analysis!(Settings, compute, {
    name: "movement",
    label: "Movement between periods",
    summary: "How many regions rise, stay, fall, enter or leave between two periods, and which of them move most.",
    formula: "places_i = rank_i(from) − rank_i(to), both among the regions that are ranked in both periods",
    reference: "Movement tables as in the GovTech Maturity Index of the World Bank",
    needs: Need::Periods,
    forms: &[COUNTS, MOVES],
});

const COUNTS: Form = Form {
    name: "counts",
    label: "Directions",
    columns: &[
        Column::text("from", "From"),
        Column::text("to", "To"),
        Column::text("direction", "Direction"),
        columns::N,
        columns::SHARE,
    ],
    shown: WHOLE,
};

const MOVES: Form = Form {
    name: "moves",
    label: "Moves of regions",
    columns: &[
        columns::REGION,
        Column::text("direction", "Direction"),
        Column::number("places", "Places"),
        Column::number("rank_from", "Rank before"),
        Column::number("rank_to", "Rank after"),
        Column::score("score_from", "Score before").detail(),
        Column::score("score_to", "Score after").detail(),
        Column::score("change", "Change of score").detail(),
        Column::text("tier_from", "Tier before").detail(),
        Column::text("tier_to", "Tier after").detail(),
    ],
    shown: FIRST,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let (from, to) =
        subject.between(settings.from.as_deref(), settings.to.as_deref(), Usual::Before)?;
    let [before, after] = [from, to].map(|slice| Standing::new(subject.evaluation, slice));
    let mapping = Mapping::default();
    let aligned = Aligned::new(&before, &after, &mapping);
    let regions = [from, to].map(|slice| subject.regions(slice));
    let mut lines = Vec::new();
    for (pair, &(i, j)) in aligned.pairs.iter().enumerate() {
        let places = aligned.move_of(pair);
        let direction = match (before.ranks[i].is_nan(), after.ranks[j].is_nan()) {
            (true, true) => continue,
            (true, false) => Word::Entered,
            (false, true) => Word::Left,
            (false, false) if places > 0.0 => Word::Up,
            (false, false) if places < 0.0 => Word::Down,
            (false, false) => Word::Same,
        };
        lines.push((direction, Some(i), Some(j), places));
    }
    let ranked = |standing: &Standing, at: usize| !standing.ranks[at].is_nan();
    let left = aligned.only_first.iter().filter(|&&i| ranked(&before, i));
    lines.extend(left.map(|&i| (Word::Left, Some(i), None, f64::NAN)));
    let entered = aligned.only_second.iter().filter(|&&j| ranked(&after, j));
    lines.extend(entered.map(|&j| (Word::Entered, None, Some(j), f64::NAN)));

    let periods = [from, to].map(|slice| Cell::Period(subject.period_of(slice)));
    let mut counts = Found::new(&COUNTS);
    for direction in [Word::Up, Word::Same, Word::Down, Word::Entered, Word::Left] {
        let n = lines.iter().filter(|line| line.0 == direction).count();
        let [from, to] = periods.clone();
        let share = Cell::Percent(100.0 * n as f64 / lines.len() as f64, 2);
        counts.push([from, to, Cell::Word(direction), n.into(), share]);
    }
    // Those that move most come first; of equal moves those that are better now.
    number::sort_items(&mut lines, |a, b| {
        let size = |line: &(Word, Option<usize>, Option<usize>, f64)| line.3.abs();
        let rank = |line: &(Word, Option<usize>, Option<usize>, f64)| {
            line.2.map_or(f64::NAN, |j| after.ranks[j])
        };
        number::ascending(-size(a), -size(b)).then(number::ascending(rank(a), rank(b)))
    });
    let mut moves = Found::new(&MOVES);
    for (direction, i, j, places) in lines {
        let region = match (i, j) {
            (Some(i), _) => regions[0][i],
            (None, Some(j)) => regions[1][j],
            (None, None) => continue,
        };
        let rank = |standing: &Standing, at: Option<usize>| {
            at.map_or(Cell::Empty, |at| Cell::Rank(standing.ranks[at]))
        };
        let score =
            |standing: &Standing, at: Option<usize>| at.map_or(f64::NAN, |at| standing.scores[at]);
        let tier = |standing: &Standing, at: Option<usize>| {
            let tier = at.and_then(|at| standing.tiers[at]);
            tier.map_or(Cell::Empty, |tier| {
                let label = standing.labels[usize::from(tier)].clone();
                Cell::Tier(tier, standing.labels.len(), label)
            })
        };
        moves.push([
            Cell::Region(region),
            Cell::Word(direction),
            if places.is_nan() { Cell::Empty } else { Cell::Moved(places) },
            rank(&before, i),
            rank(&after, j),
            score(&before, i).into(),
            score(&after, j).into(),
            (score(&after, j) - score(&before, i)).into(),
            tier(&before, i),
            tier(&after, j),
        ]);
    }
    Ok(vec![counts, moves])
}
