//! Branches: one option of each fork, numbered; constraints between options; samples of branches.

/// A choice of the researcher's, with its options.
#[derive(Clone, Debug, PartialEq)]
pub struct Fork {
    /// Its name.
    pub name: String,
    /// The labels of its options; at least one.
    pub options: Vec<String>,
}

/// All forks: branches are numbered like the days of a calendar, the first fork changing slowest.
#[derive(Clone, Debug, PartialEq)]
pub struct Forks {
    forks: Vec<Fork>,
    strides: Vec<u64>,
    count: u64,
}

impl Forks {
    /// Forks in stated order; `None` where there are more branches than can be numbered.
    pub fn new(forks: Vec<Fork>) -> Option<Self> {
        let mut strides = vec![1; forks.len()];
        let mut count: u64 = 1;
        for (fork, stride) in forks.iter().zip(&mut strides).rev() {
            *stride = count;
            count = count.checked_mul(fork.options.len() as u64)?;
        }
        Some(Forks { forks, strides, count })
    }

    /// Each fork.
    pub fn list(&self) -> &[Fork] {
        &self.forks
    }

    /// How many branches there are: the product of the numbers of options.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Which option of a fork a branch takes.
    pub fn option(&self, branch: u64, fork: usize) -> usize {
        (branch / self.strides[fork] % self.forks[fork].options.len() as u64) as usize
    }

    /// A branch with the option of one fork set back to the first: equal for branches that differ in it alone.
    pub fn beside(&self, branch: u64, fork: usize) -> u64 {
        branch - self.option(branch, fork) as u64 * self.strides[fork]
    }
}

/// What must hold of a branch.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// As it was written.
    pub text: String,
    /// The condition.
    pub rule: Rule,
}

/// A condition on the options of a branch.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The fork has one of these options.
    Is {
        /// The fork, by position.
        fork: usize,
        /// Its options, by position.
        options: Vec<usize>,
    },
    /// The other does not hold.
    Not(Box<Rule>),
    /// Both hold.
    And(Box<Rule>, Box<Rule>),
    /// One of them holds.
    Or(Box<Rule>, Box<Rule>),
}

impl Rule {
    /// Whether it holds of a branch.
    pub fn holds(&self, forks: &Forks, branch: u64) -> bool {
        match self {
            Rule::Is { fork, options } => options.contains(&forks.option(branch, *fork)),
            Rule::Not(inner) => !inner.holds(forks, branch),
            Rule::And(a, b) => a.holds(forks, branch) && b.holds(forks, branch),
            Rule::Or(a, b) => a.holds(forks, branch) || b.holds(forks, branch),
        }
    }
}

/// A draw of branches without replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// How many; all where there are no more.
    pub size: u64,
    /// Which draw: the same seed draws the same branches on every machine.
    pub seed: u64,
}

impl Sample {
    /// The numbers drawn out of `count`, ascending.
    ///
    /// The first `size` places of a pseudo-random permutation of all numbers: a Feistel network of four rounds over the
    /// least even number of bits that holds them, walked on from numbers that are too great (Black & Rogaway 2002,
    /// Ciphers with arbitrary finite domains), with the finaliser of SplitMix64 as its round function.
    pub fn draw(&self, count: u64) -> Vec<u64> {
        if self.size >= count {
            return (0..count).collect();
        }
        let bits = 64 - (count - 1).leading_zeros();
        let half = bits.div_ceil(2).max(1);
        let mask = (1u64 << half) - 1;
        let round = |x: u64, r: u64| mix(x ^ mix(self.seed ^ mix(r + 1))) & mask;
        let step = |x: u64| {
            let (mut left, mut right) = (x >> half, x & mask);
            for r in 0..4 {
                (left, right) = (right, left ^ round(right, r));
            }
            left << half | right
        };
        let place = |i: u64| {
            let mut x = step(i);
            while x >= count {
                x = step(x);
            }
            x
        };
        let mut drawn: Vec<u64> = (0..self.size).map(place).collect();
        drawn.sort_unstable();
        drawn
    }
}

/// The finaliser of SplitMix64 (Steele, Lea & Flood 2014).
fn mix(x: u64) -> u64 {
    let z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
