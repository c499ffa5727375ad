//! The distribution over groups of regions: location, spread and tiers of each class, and inequality between and within
//! classes.

use crate::method::settings;
use crate::model::RegionIx;
use crate::number;

use super::finding::{FIRST, WHOLE, columns};
use super::gradient::Tiers;
use super::inequality::{dagum, theil_l, theil_t};
use super::{Cell, Column, Form, Found, Further, Kind, Need, Reason, Subject, Word, analysis};

settings! {
    /// Settings of the distribution.
    pub(super) struct Settings {
        /// The groups, by code; all of the project unless stated.
        groups: Vec<String> = Vec::new(),
        /// The node whose scores are looked at; the index unless stated.
        node: Option<String> = None,
    }
}

analysis!(Settings, compute, {
    name: "distribution",
    label: "Distribution over groups",
    summary: "Each class of regions: number, mean, spread, median, tiers; and how much of the inequality lies between classes and within them.",
    formula: "Theil T = Σ_g s_g ln(μ_g/μ) + Σ_g s_g T_g; L = Σ_g p_g ln(μ/μ_g) + Σ_g p_g L_g; Gini = Σ_g G_gg p_g s_g + Σ_{j>h} G_jh (p_j s_h + p_h s_j) D_jh + Σ_{j>h} G_jh (p_j s_h + p_h s_j)(1 − D_jh), with p_g the share of regions and s_g the share of the sum of scores",
    reference: "Theil (1967), Economics and Information Theory; Shorrocks (1980), Econometrica 48(3), 613-625; Dagum (1997), Empirical Economics 22(4), 515-531",
    needs: Need::Groups,
    forms: &[CLASSES, INEQUALITY, PAIRS],
});

const GROUP: Column = Column::text("group", "Group");
const CLASS: Column = Column::text("class", "Class");

const CLASSES: Form = Form {
    name: "classes",
    label: "Classes of regions",
    columns: &[
        GROUP,
        CLASS,
        columns::N,
        columns::MEAN,
        columns::SD,
        Column::decimals("cv", "Coefficient of variation", 4).detail(),
        Column::score("least", "Least").detail(),
        Column::score("median", "Median"),
        Column::score("greatest", "Greatest").detail(),
        Column::text("best", "Best region").detail(),
        Column::text("modal_tier", "Most frequent tier"),
    ],
    shown: WHOLE,
};

const INEQUALITY: Form = Form {
    name: "inequality",
    label: "Inequality between and within classes",
    columns: &[
        GROUP,
        columns::N,
        Column::number("classes", "Classes"),
        Column::text("measure", "Measure"),
        Column::decimals("total", "Total", 6),
        Column::decimals("between", "Between", 6),
        Column::decimals("within", "Within", 6),
        Column::decimals("overlap", "Overlap", 6),
        Column::decimals("between_share", "Between, %", 2),
        Column::decimals("within_share", "Within, %", 2),
        Column::decimals("overlap_share", "Overlap, %", 2),
        columns::WHY.detail(),
    ],
    shown: WHOLE,
};

const PAIRS: Form = Form {
    name: "pairs",
    label: "Gini coefficients of classes and pairs of classes",
    columns: &[
        GROUP,
        CLASS,
        Column::text("other", "Other class"),
        Column::decimals("gini", "Gini", 6),
        Column::decimals("affluence", "Relative affluence", 6),
    ],
    shown: FIRST,
};

fn compute(subject: &Subject<'_>, settings: &Settings) -> Result<Vec<Found>, Reason> {
    let slice = subject.now()?;
    let node = subject.node(settings.node.as_deref())?;
    let groups = &subject.study().groups;
    if groups.is_empty() {
        return Err(Reason::NoGroups);
    }
    let chosen = match settings.groups.is_empty() {
        true => (0..groups.len()).collect(),
        false => settings
            .groups
            .iter()
            .map(|code| groups.iter().position(|group| group.code == *code).ok_or(code))
            .collect::<Result<Vec<usize>, _>>()
            .map_err(|code| Reason::NoGroup(code.clone()))?,
    };
    let scores = subject.scores(node, slice);
    let ranks = subject.evaluation.ranks_in(node, slice);
    let regions = subject.regions(slice);
    let is_index = node == subject.root();
    let tiers = Some(subject).filter(|_| is_index).and_then(|s| Tiers::new(s, slice).ok());
    let mut classes = Found::new(&CLASSES);
    if let Some(tiers) = &tiers {
        let further = |tier| Further { of: tiers.cell(tier), kind: Kind::Number };
        classes.more = (0..tiers.labels.len()).map(further).collect();
    }
    let (mut inequality, mut pairs) = (Found::new(&INEQUALITY), Found::new(&PAIRS));
    let row = |class: [Cell; 2], members: &[usize]| {
        let of: Vec<f64> = members.iter().map(|&i| scores[i]).collect();
        let mut ascending = Vec::new();
        number::sorted(&of, &mut ascending);
        let (least, greatest) = number::extremes(&of).unwrap_or((f64::NAN, f64::NAN));
        let mean = number::mean(&of).unwrap_or(f64::NAN);
        let sd = number::sample_variance(&of).map_or(f64::NAN, f64::sqrt);
        let best = members.iter().copied().filter(|&i| !ranks[i].is_nan());
        let best = best.reduce(|a, b| if ranks[b] < ranks[a] { b } else { a });
        let counts: Vec<usize> = tiers.iter().flat_map(|tiers| counts(tiers, members)).collect();
        let modal = tiers.as_ref().and_then(|tiers| {
            let most = counts.iter().copied().max().filter(|n| *n > 0)?;
            Some(tiers.cell(counts.iter().position(|n| *n == most)?))
        });
        let [group, class] = class;
        let cells = [
            group,
            class,
            number::count(&of).into(),
            mean.into(),
            sd.into(),
            (if mean > 0.0 { sd / mean } else { f64::NAN }).into(),
            least.into(),
            number::median(&ascending).unwrap_or(f64::NAN).into(),
            greatest.into(),
            best.map_or(Cell::Empty, |i| Cell::Region(regions[i])),
            modal.unwrap_or(Cell::Empty),
        ];
        cells.into_iter().chain(counts.into_iter().map(Cell::Count)).collect::<Vec<_>>()
    };
    let everybody: Vec<usize> = (0..regions.len()).filter(|&i| !scores[i].is_nan()).collect();
    classes.push(row([Cell::Empty, Cell::Word(Word::All)], &everybody));
    for at in chosen {
        let group = &groups[at];
        let class = |k: usize| {
            let (name, _) = group.classes.get_index(k).expect("a class of the group");
            Cell::Class(at, name.clone())
        };
        // The classes of each region that has a score.
        let of_region: Vec<Vec<usize>> =
            everybody.iter().map(|&i| classes_of(group.classes.values(), regions[i])).collect();
        for k in 0..group.classes.len() {
            let members = everybody.iter().zip(&of_region).filter(|(_, of)| of.contains(&k));
            let members: Vec<usize> = members.map(|(&i, _)| i).collect();
            if !members.is_empty() {
                classes.push(row([Cell::Group(at), class(k)], &members));
            }
        }
        divide(
            at,
            &everybody,
            &of_region,
            &scores,
            group.classes.len(),
            &class,
            &mut inequality,
            &mut pairs,
        );
    }
    Ok(vec![classes, inequality, pairs])
}

/// How many of some regions are in each tier.
fn counts(tiers: &Tiers, members: &[usize]) -> Vec<usize> {
    let in_tier = |tier| members.iter().filter(|&&i| tiers.of[i] == Some(tier)).count();
    (0..tiers.labels.len()).map(in_tier).collect()
}

fn classes_of<'a>(
    classes: impl Iterator<Item = &'a Vec<RegionIx>>,
    region: RegionIx,
) -> Vec<usize> {
    let has =
        |(k, members): (usize, &Vec<RegionIx>)| members.binary_search(&region).is_ok().then_some(k);
    classes.enumerate().filter_map(has).collect()
}

/// Adds the parts of inequality between and within the classes of a group.
#[expect(clippy::too_many_arguments, reason = "they are the state of one loop")]
fn divide(
    at: usize,
    regions: &[usize],
    of_region: &[Vec<usize>],
    scores: &[f64],
    count: usize,
    class: &dyn Fn(usize) -> Cell,
    inequality: &mut Found,
    pairs: &mut Found,
) {
    // Regions in no class are not part of the whole.
    let in_class = regions.iter().zip(of_region).filter(|(_, of)| !of.is_empty());
    let (values, groups): (Vec<f64>, Vec<usize>) =
        in_class.map(|(&i, of)| (scores[i], of[0])).unzip();
    let used = (0..count).filter(|k| groups.contains(k)).count();
    let several = of_region.iter().filter(|of| of.len() > 1).count();
    let below = |bound: f64, equal: bool| {
        values.iter().filter(|x| **x < bound || (equal && **x == bound)).count()
    };
    let reason = if several > 0 {
        Some(Reason::Overlap { regions: several })
    } else if values.len() < 2 {
        Some(Reason::TooFew { n: values.len(), least: 2 })
    } else {
        None
    };
    let positive = reason.clone().or_else(|| {
        let n = below(0.0, true);
        (n > 0).then_some(Reason::NotPositive { n })
    });
    let not_negative = reason.or_else(|| match below(0.0, false) {
        0 if number::sum(&values) > 0.0 => None,
        0 => Some(Reason::Constant),
        n => Some(Reason::Negative { n }),
    });
    let mut push = |measure: Word, found: Result<[f64; 4], Reason>| {
        let head = [Cell::Group(at), values.len().into(), used.into(), Cell::Word(measure)];
        let row: Vec<Cell> = match found {
            Ok([total, between, within, overlap]) => {
                let share = |part: f64| {
                    let share = if total > 0.0 { 100.0 * part / total } else { f64::NAN };
                    Cell::from(share)
                };
                let figures = [total, between, within, overlap].map(Cell::from);
                let shares = [between, within, overlap].map(share);
                head.into_iter().chain(figures).chain(shares).chain([Cell::Empty]).collect()
            }
            Err(why) => {
                let nothing = std::iter::repeat_n(Cell::Empty, 7);
                head.into_iter().chain(nothing).chain([Cell::None(why)]).collect()
            }
        };
        inequality.push(row);
    };
    for (measure, theil) in [(Word::TheilT, theil_t as fn(&_, &_, _) -> _), (Word::TheilL, theil_l)]
    {
        let found = match &positive {
            Some(why) => Err(why.clone()),
            None => {
                let found = theil(&values, &groups, count);
                Ok([found.total, found.between, found.within, f64::NAN])
            }
        };
        push(measure, found);
    }
    let found = match not_negative {
        Some(why) => Err(why),
        None => {
            let found = dagum(&values, &groups, count);
            for (k, gini) in found.of_groups.iter().enumerate().filter(|(_, gini)| !gini.is_nan()) {
                pairs.push([Cell::Group(at), class(k), Cell::Empty, (*gini).into(), Cell::Empty]);
            }
            for (j, h, gini, affluence) in found.of_pairs {
                pairs.push([Cell::Group(at), class(j), class(h), gini.into(), affluence.into()]);
            }
            Ok([found.total, found.between, found.within, found.overlap])
        }
    };
    push(Word::Gini, found);
}
