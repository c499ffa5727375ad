//! Shapley values over the orders that are possible.
//!
//! Shapley (1953), "A value for n-person games"; where not every coalition is possible, the mean over the orders in
//! which every coalition on the way is: Faigle & Kern (1992), "The Shapley value for cooperative games under precedence
//! constraints", Int. J. Game Theory 21, 249-266. Sets of players are bits of a number.

/// More players than this are not enumerated.
pub(super) const ENUMERATED: usize = 12;

/// The number of orders that lead through each set. A Shapley value needs no other information about which sets are
/// possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Orders {
    players: usize,
    /// Orders of the players of a set, from nothing up, possible all the way.
    up: Vec<u64>,
    /// Orders of the other players, from a set on, possible all the way.
    down: Vec<u64>,
}

impl Orders {
    /// # Panics
    /// If there are more players than [`ENUMERATED`], for whom the numbers could grow too large.
    pub(super) fn new(players: usize, possible: impl Fn(usize) -> bool) -> Orders {
        assert!(players <= ENUMERATED, "few enough players");
        let sets = 1_usize << players;
        let (mut up, mut down) = (vec![0; sets], vec![0; sets]);
        for set in 0..sets {
            if possible(set) {
                let last = (0..players).filter(|p| set >> p & 1 == 1);
                up[set] = if set == 0 { 1 } else { last.map(|p| up[set & !(1 << p)]).sum() };
            }
        }
        for set in (0..sets).rev() {
            if possible(set) {
                let next = (0..players).filter(|p| set >> p & 1 == 0);
                down[set] =
                    if set + 1 == sets { 1 } else { next.map(|p| down[set | 1 << p]).sum() };
            }
        }
        Orders { players, up, down }
    }

    /// How many orders are possible; zero where the last player cannot be reached.
    pub(super) fn total(&self) -> u64 {
        self.down[0]
    }

    /// In how many orders `player` comes right after `set`.
    pub(super) fn step(&self, set: usize, player: usize) -> u64 {
        debug_assert_eq!(set >> player & 1, 0, "a player comes once");
        self.up[set] * self.down[set | 1 << player]
    }

    /// The sets after which `player` can come, and in how many orders he does.
    pub(super) fn contexts(&self, player: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        (0..self.up.len())
            .filter(move |set| set >> player & 1 == 0)
            .map(move |set| (set, self.step(set, player)))
            .filter(|(_, orders)| *orders > 0)
    }

    /// What each player adds, summed over all possible orders; divided by [`Self::total`], his share. `value` is asked
    /// of possible sets only.
    pub(super) fn sums(&self, mut value: impl FnMut(usize) -> i128) -> Vec<i128> {
        let used = |set: usize| self.up[set] > 0 && self.down[set] > 0;
        let values: Vec<i128> =
            (0..self.up.len()).map(|set| if used(set) { value(set) } else { 0 }).collect();
        let sum = |player: usize| {
            self.contexts(player)
                .map(|(set, orders)| i128::from(orders) * (values[set | 1 << player] - values[set]))
                .sum()
        };
        (0..self.players).map(sum).collect()
    }
}

/// The players that must move together: the partition into as many blocks as possible for which some order of the blocks
/// is possible; of several that with the most orders, then that which joins the earlier players. Each block is a set.
/// `None` if even all at once is not possible.
pub(super) fn blocks(players: usize, possible: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
    let mut best: Option<(usize, u64, Vec<usize>)> = None;
    // Restricted growth strings: the first player is in block 0, each next one in a block met before or the next new one.
    let mut of = vec![0_usize; players];
    loop {
        let count = of.iter().max().map_or(0, |m| m + 1);
        if best.as_ref().is_none_or(|(most, ..)| count >= *most) {
            let mut sets = vec![0_usize; count];
            for (player, &block) in of.iter().enumerate() {
                sets[block] |= 1 << player;
            }
            let orders = of_blocks(&sets, &possible).total();
            if orders > 0 && best.as_ref().is_none_or(|(m, o, _)| (count, orders) > (*m, *o)) {
                best = Some((count, orders, sets));
            }
        }
        let Some(at) =
            (1..players).rev().find(|&i| of[i] <= *of[..i].iter().max().expect("one before"))
        else {
            break;
        };
        of[at] += 1;
        of[at + 1..].fill(0);
    }
    best.map(|(_, _, sets)| sets)
}

/// The orders of blocks of players.
pub(super) fn of_blocks(blocks: &[usize], possible: impl Fn(usize) -> bool) -> Orders {
    Orders::new(blocks.len(), |set| possible(union(blocks, set)))
}

/// The players in the blocks of a set of blocks.
pub(super) fn union(blocks: &[usize], set: usize) -> usize {
    let inside = blocks.iter().enumerate().filter(|(b, _)| set >> b & 1 == 1);
    inside.fold(0, |all, (_, block)| all | block)
}

/// Random orders of so many players, each followed by its reverse; the same for the same numbers, everywhere.
pub(super) fn random_orders(players: usize, pairs: usize) -> Vec<Vec<usize>> {
    /// Where the stream of random numbers starts.
    const SEED: u64 = 20260101;
    let mut state = SEED;
    // SplitMix64: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA.
    let mut next = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut orders = Vec::with_capacity(2 * pairs);
    for _ in 0..pairs {
        let mut order: Vec<usize> = (0..players).collect();
        for i in (1..players).rev() {
            // The bias of taking the high part of a product is below players / 2^64.
            let at = (u128::from(next()) * (i as u128 + 1)) >> 64;
            order.swap(i, at as usize);
        }
        let reverse = order.iter().rev().copied().collect();
        orders.push(order);
        orders.push(reverse);
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(players: usize, value: impl Fn(usize) -> i128) -> (Vec<i128>, u64) {
        let orders = Orders::new(players, |_| true);
        (orders.sums(value), orders.total())
    }

    /// Two left gloves and one right one; a pair is worth 1. Shapley values 1/6, 1/6, 2/3: Peleg & Sudhölter (2007),
    /// "Introduction to the Theory of Cooperative Games", 2nd ed., ch. 8.
    #[test]
    fn gloves() {
        let pair = |set: usize| i128::from(set & 0b100 != 0 && set & 0b011 != 0);
        assert_eq!(shares(3, pair), (vec![1, 1, 4], 6));
    }

    /// Runways of 1, 2, 4 and 7: each pays its part of every stretch that it needs. Littlechild & Owen (1973), "A simple
    /// expression for the Shapley value in a special case", Management Science 20(3): 1/4, 1/4+1/3, +2/2, +3.
    #[test]
    fn airport() {
        let cost = [1, 2, 4, 7];
        let game =
            |set: usize| (0..4).filter(|p| set >> p & 1 == 1).map(|p| cost[p]).max().unwrap_or(0);
        // Over 24 orders: 1/4 = 6, 7/12 = 14, 19/12 = 38, 55/12 = 110.
        assert_eq!(shares(4, game), (vec![6, 14, 38, 110], 24));
    }

    /// The United Nations Security Council in small: a veto player and two others of whom one must agree, 4/6 1/6 1/6.
    #[test]
    fn veto() {
        let win = |set: usize| i128::from(set & 1 == 1 && set & 0b110 != 0);
        assert_eq!(shares(3, win), (vec![4, 1, 1], 6));
    }

    /// Player 0 must come before player 1: three of six orders. Faigle & Kern (1992): the mean over these. For the unanimity
    /// game of {1, 2} the orders 0 1 2, 0 2 1, 2 0 1 give the last unit to 2, 1, 1.
    #[test]
    fn precedence() {
        let possible = |set: usize| set & 0b010 == 0 || set & 1 == 1;
        let orders = Orders::new(3, possible);
        assert_eq!(orders.total(), 3);
        assert_eq!(orders.sums(|set| i128::from(set & 0b110 == 0b110)), [0, 2, 1]);
        assert_eq!(blocks(3, possible), Some(vec![0b001, 0b010, 0b100]), "no need to join");
    }

    #[test]
    fn players_that_must_move_together() {
        // 0 and 2 only together.
        let possible = |set: usize| (set & 1) == (set >> 2 & 1);
        assert_eq!(Orders::new(3, possible).total(), 0);
        assert_eq!(blocks(3, possible), Some(vec![0b101, 0b010]));
        assert_eq!(blocks(3, |set| set == 0 || set == 7), Some(vec![0b111]));
        assert_eq!(blocks(3, |set| set == 0), None);
        assert_eq!(blocks(1, |_| true), Some(vec![1]));
    }

    proptest! {
        #[test]
        fn axioms(
            values in prop::collection::vec(-1000i128..1000, 32),
            impossible in prop::collection::vec(0usize..32, 0..6),
        ) {
            // Player 4 is a dummy; players 0 and 1 are made alike.
            let alike = |set: usize| if set & 0b11 == 0b10 { set ^ 0b11 } else { set };
            let value = |set: usize| if set & 0b01111 == 0 { 0 } else { values[alike(set & 0b01111)] };
            let full = Orders::new(5, |_| true);
            let sums = full.sums(value);
            prop_assert_eq!(full.total(), 120);
            prop_assert_eq!(sums.iter().sum::<i128>(), 120 * (value(31) - value(0)), "efficiency");
            prop_assert_eq!(sums[4], 0, "a dummy gets nothing");
            prop_assert_eq!(sums[0], sums[1], "alike players get alike");
            // By their definition, over all orders.
            let mut by_orders = [0; 5];
            let mut order = [0, 1, 2, 3, 4];
            permute(&mut order, 0, &mut |order| {
                let mut set = 0;
                for &p in order { by_orders[p] += value(set | 1 << p) - value(set); set |= 1 << p; }
            });
            prop_assert_eq!(&sums[..], &by_orders[..]);
            // Some sets are not possible: what orders are left still add up.
            let possible = |set: usize| set == 0 || set == 31 || !impossible.contains(&set);
            let some = Orders::new(5, possible);
            if some.total() > 0 {
                let sums = some.sums(|set| { assert!(possible(set)); value(set) });
                prop_assert_eq!(sums.iter().sum::<i128>(), i128::from(some.total()) * (value(31) - value(0)));
            }
            let joined = blocks(5, possible).expect("all at once is possible");
            prop_assert!(of_blocks(&joined, possible).total() > 0);
            prop_assert_eq!(joined.iter().fold(0, |a, b| a | b), 31);
        }
    }

    fn permute(order: &mut [usize; 5], at: usize, f: &mut impl FnMut(&[usize; 5])) {
        if at == order.len() {
            return f(order);
        }
        for i in at..order.len() {
            order.swap(at, i);
            permute(order, at + 1, f);
            order.swap(at, i);
        }
    }

    #[test]
    fn random_orders_are_orders() {
        let orders = random_orders(9, 20);
        assert_eq!(orders.len(), 40);
        for pair in orders.chunks(2) {
            assert!(pair[0].iter().eq(pair[1].iter().rev()));
            let mut sorted = pair[0].clone();
            sorted.sort_unstable();
            assert!(sorted.iter().copied().eq(0..9));
        }
        assert_ne!(orders[0], orders[2]);
    }
}
