//! Kemeny: the orders that are nearest to all rankings, found exactly.

use super::{Entry, Optima, Preferences, Rankings, Scored, Undefined};

/// The most regions that may be in one circle of majorities: all of their subsets are looked at.
pub(super) const MOST_IN_CIRCLE: usize = 20;

pub(super) const ENTRY: Entry = Entry {
    name: "kemeny",
    label: "Kemeny",
    summary: "The place in the order with the least sum of Kemeny's distances to the rankings, found exactly; where several \
              orders have the least sum, the mean of the places in all of them. At most 20 regions may be in one circle of \
              majorities.",
    formula: "S(a) = mean place of a in the orders that minimise Σ d(b, a) over all pairs with a before b",
    reference: "Kemeny (1959), Daedalus 88(4), 577-591; Young & Levenglick (1978), SIAM Journal on Applied Mathematics 35(2), \
                285-300; in pieces by the criterion of Truchon (1998), An extension of the Condorcet criterion and Kemeny orders",
    greater_is_better: false,
    most: Some(super::copeland::MOST),
    compute,
};

/// An order without ties is looked for: a pair that is tied in a ranking is at the same distance in either order.
fn compute(rankings: &Rankings<'_>) -> Result<Scored, Undefined> {
    let preferences = rankings.preferences();
    let n = rankings.regions();
    let mut scores = vec![0.0; n];
    let (mut best, mut worst) = (vec![0.0; n], vec![0.0; n]);
    let mut orders = 1.0;
    let mut against = 0;
    let pieces = pieces(&preferences, n);
    if let Some(piece) = pieces.iter().find(|piece| piece.len() > MOST_IN_CIRCLE) {
        return Err(Undefined::Circle { n: piece.len(), most: MOST_IN_CIRCLE });
    }
    let mut before = 0;
    for piece in &pieces {
        let found = Piece::of(&preferences, piece);
        for (k, &region) in piece.iter().enumerate() {
            let start = before as f64;
            scores[region] = start + found.places[k] as f64 / found.orders as f64;
            best[region] = start + found.best[k] as f64;
            worst[region] = start + found.worst[k] as f64;
        }
        orders *= found.orders as f64;
        against += u64::from(found.against);
        before += piece.len();
    }
    // Preferences against the order within the pieces; between them, of every later piece over every earlier one.
    for (k, earlier) in pieces.iter().enumerate() {
        for &a in earlier {
            for &b in pieces[k + 1..].iter().flatten() {
                against += u64::from(preferences.of(b, a));
            }
        }
    }
    let m = rankings.rankings() as u64;
    let pairs = (n as u64) * (n as u64 - 1) / 2;
    let mut ordered = 0;
    for a in 0..n {
        ordered += (0..n).map(|b| u64::from(preferences.of(a, b))).sum::<u64>();
    }
    let distance = (2 * against + (m * pairs - ordered)) as f64;
    Ok(Scored { scores, optima: Some(Optima { distance, orders, best, worst }) })
}

/// The regions in pieces, each of which beats all of the next ones: every region of an earlier piece comes before every
/// region of a later one in all orders with the least sum (Truchon's extended Condorcet criterion). Within a piece of
/// several, each reaches each on a path of regions that are not beaten by the next one.
fn pieces(preferences: &Preferences, n: usize) -> Vec<Vec<usize>> {
    // A region that beats or equals more regions is in no later piece than one that does so with fewer. So the pieces follow
    // each other in this order, and one ends where none behind it beats or equals one of those up to it.
    let reach = |a: usize| (0..n).filter(|&b| b != a && !preferences.beats(b, a)).count();
    let reaches: Vec<f64> = (0..n).map(|a| reach(a) as f64).collect();
    let mut order: Vec<usize> = (0..n).collect();
    crate::number::sort_by_key(&mut order, &|a| -reaches[a]);
    // The last place of a region that reaches the one at each place.
    let last = |at: usize| {
        let behind = (at + 1..n).rev();
        let mut behind = behind.filter(|&k| !preferences.beats(order[at], order[k]));
        behind.next().unwrap_or(at)
    };
    let mut pieces: Vec<Vec<usize>> = Vec::new();
    let (mut piece, mut end) = (Vec::new(), 0);
    for at in 0..n {
        end = end.max(last(at));
        piece.push(order[at]);
        if at == end {
            pieces.push(std::mem::take(&mut piece));
            end = at + 1;
        }
    }
    pieces
}

/// The optimal orders of a few regions.
struct Piece {
    /// The number of preferences against each of them.
    against: u32,
    /// How many there are: 20! at most, which a whole number of 64 bits holds.
    orders: u64,
    /// The sum of the places of each region over all of them.
    places: Vec<u128>,
    best: Vec<usize>,
    worst: Vec<usize>,
}

/// The least number of preferences against an order of some regions, and how many orders have it.
#[derive(Clone, Copy)]
struct Least {
    against: u32,
    orders: u64,
}

const NONE: Least = Least { against: u32::MAX, orders: 0 };

impl Least {
    fn or(&mut self, against: u32, orders: u64) {
        if against < self.against {
            *self = Least { against, orders: 0 };
        }
        if against == self.against {
            self.orders += orders;
        }
    }
}

impl Piece {
    /// By dynamic programming over the sets of regions that come first, from both ends.
    fn of(preferences: &Preferences, piece: &[usize]) -> Piece {
        let k = piece.len();
        if k == 1 {
            return Piece { against: 0, orders: 1, places: vec![1], best: vec![1], worst: vec![1] };
        }
        let all = (1_usize << k) - 1;
        // How many preferences for regions of a set there are over one region: the sum of two tables, one for the lower half
        // of the places and one for the upper half.
        let low = k / 2;
        let table = |x: usize, from: usize, to: usize| {
            let mut sums = vec![0_u32; 1 << (to - from)];
            for set in 1..sums.len() {
                let y = from + set.trailing_zeros() as usize;
                sums[set] = sums[set & (set - 1)] + preferences.of(piece[y], piece[x]);
            }
            sums
        };
        let tables: Vec<[Vec<u32>; 2]> =
            (0..k).map(|x| [table(x, 0, low), table(x, low, k)]).collect();
        let over = |set: usize, x: usize| {
            let [lower, upper] = &tables[x];
            lower[set & ((1 << low) - 1)] + upper[set >> low]
        };
        // `ahead[S]` is of the orders of S, and `behind[S]` of the orders of the others, when S comes first.
        let mut ahead = vec![NONE; all + 1];
        let mut behind = vec![NONE; all + 1];
        ahead[0] = Least { against: 0, orders: 1 };
        behind[all] = Least { against: 0, orders: 1 };
        let members = |set: usize| (0..k).filter(move |x| set >> x & 1 == 1);
        for set in 1..=all {
            let mut least = NONE;
            for x in members(set) {
                // `x` is the last of the set, and those beyond the set are behind it.
                let Least { against, orders } = ahead[set ^ (1 << x)];
                least.or(against + over(all ^ set, x), orders);
            }
            ahead[set] = least;
        }
        for set in (0..all).rev() {
            let mut least = NONE;
            for x in members(all ^ set) {
                let Least { against, orders } = behind[set | 1 << x];
                least.or(against + over(all ^ set ^ (1 << x), x), orders);
            }
            behind[set] = least;
        }
        let Least { against, orders } = ahead[all];
        let mut found =
            Piece { against, orders, places: vec![0; k], best: vec![k; k], worst: vec![1; k] };
        for set in 0..all {
            for x in members(all ^ set) {
                let with = set | 1 << x;
                let sum = ahead[set].against + over(all ^ with, x) + behind[with].against;
                if sum == against {
                    let place = set.count_ones() as usize + 1;
                    let through = u128::from(ahead[set].orders) * u128::from(behind[with].orders);
                    found.places[x] += through * place as u128;
                    found.best[x] = found.best[x].min(place);
                    found.worst[x] = found.worst[x].max(place);
                }
            }
        }
        found
    }
}
