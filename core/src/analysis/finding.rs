//! What an analysis finds: tables whose columns it declares, with cells that know what stands in them.

use crate::model::{NodeId, PeriodIx, RegionIx};
use crate::tiering::Tier;

/// A table that an analysis declares.
#[derive(Debug)]
pub struct Form {
    /// Its name in files, beside that of the analysis.
    pub name: &'static str,
    /// Its heading for readers.
    pub label: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// How many of its rows people see; files have all of them.
    pub shown: usize,
}

/// A column that an analysis declares.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its key in files.
    pub key: &'static str,
    /// Its head for readers.
    pub label: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// Whether a reader can do without it where a terminal is narrow.
    pub is_detail: bool,
}

/// People see every row.
pub(crate) const WHOLE: usize = usize::MAX;

/// People see the first rows of a long table.
pub(crate) const FIRST: usize = 10;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts: names, tiers, words.
    Text,
    /// Scores of the index, or what has their unit.
    Score,
    /// Numbers that readers see with so many decimals.
    Decimals(usize),
    /// p-values: what would be shown as 0 is shown as smaller than the least that is shown.
    PValue,
    /// Other numbers, whole or not.
    Number,
}

impl Column {
    /// A column of names, tiers or words.
    pub const fn text(key: &'static str, label: &'static str) -> Column {
        Column { key, label, kind: Kind::Text, is_detail: false }
    }

    /// A column of scores, or of what has their unit.
    pub const fn score(key: &'static str, label: &'static str) -> Column {
        Column { key, label, kind: Kind::Score, is_detail: false }
    }

    /// A column of numbers that readers see with so many decimals.
    pub const fn decimals(key: &'static str, label: &'static str, decimals: usize) -> Column {
        Column { key, label, kind: Kind::Decimals(decimals), is_detail: false }
    }

    /// A column of p-values.
    pub const fn p_value(key: &'static str, label: &'static str) -> Column {
        Column { key, label, kind: Kind::PValue, is_detail: false }
    }

    /// A column of counts, ranks or other numbers.
    pub const fn number(key: &'static str, label: &'static str) -> Column {
        Column { key, label, kind: Kind::Number, is_detail: false }
    }

    /// The same, where a reader can do without it.
    pub const fn detail(self) -> Column {
        Column { is_detail: true, ..self }
    }
}

/// Columns that stand in the tables of several analyses.
pub(crate) mod columns {
    use super::Column;

    pub const NODE: Column = Column::text("node", "Indicator");
    pub const REGION: Column = Column::text("region", "Region");
    pub const PERIOD: Column = Column::text("period", "Period");
    pub const N: Column = Column::number("n", "n");
    pub const RANK: Column = Column::number("rank", "Rank");
    pub const SCORE: Column = Column::score("score", "Score");
    pub const MEAN: Column = Column::score("mean", "Mean");
    pub const SD: Column = Column::score("sd", "Standard deviation");
    pub const TIER: Column = Column::text("tier", "Tier");
    pub const SHARE: Column = Column::decimals("share", "Share, %", 2);
    pub const WHY: Column = Column::text("why", "Why there is no figure");
}

/// One table that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// As it is declared.
    pub form: &'static Form,
    /// Further columns after those that are declared, such as one for each tier or dimension: their number is known
    /// only when the data are.
    pub more: Vec<Further>,
    /// The rows: a cell for each declared column, then one for each further column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column beside those that are declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Further {
    /// What it is about, which is its head.
    pub of: Cell,
    /// What stands in it.
    pub kind: Kind,
}

impl Found {
    /// A table without rows yet.
    pub(crate) fn new(form: &'static Form) -> Found {
        Found { form, more: Vec::new(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = Cell>) {
        let row: Vec<Cell> = row.into_iter().collect();
        debug_assert_eq!(row.len(), self.form.columns.len() + self.more.len());
        self.rows.push(row);
    }

    /// The cells of the column with this key, from the first row on; for tests and for readers in Rust.
    pub fn column(&self, key: &str) -> Option<Vec<&Cell>> {
        let at = self.form.columns.iter().position(|column| column.key == key)?;
        Some(self.rows.iter().map(|row| &row[at]).collect())
    }

    /// The numbers of a column, NaN where there is none.
    pub fn numbers(&self, key: &str) -> Option<Vec<f64>> {
        Some(self.column(key)?.into_iter().map(Cell::number).collect())
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Why there is no figure.
    None(Reason),
    /// A region.
    Region(RegionIx),
    /// Several regions, in a stated order.
    Regions(Vec<RegionIx>),
    /// A node of the system.
    Node(NodeId),
    /// Several nodes.
    Nodes(Vec<NodeId>),
    /// A period.
    Period(PeriodIx),
    /// A group, by its position in the study.
    Group(usize),
    /// A class of a group: the position of the group, the name of the class.
    Class(usize, String),
    /// A covariate, by its position in the input.
    Covariate(usize),
    /// A word that is declared.
    Word(Word),
    /// A tier: its position from the best, how many there are, its name.
    Tier(Tier, usize, String),
    /// A number.
    Number(f64),
    /// How many.
    Count(usize),
    /// A rank.
    Rank(f64),
    /// How many places a region rises.
    Moved(f64),
    /// A share in per cent that is shown with so many decimals.
    Percent(f64, usize),
}

impl Cell {
    /// The number in it; NaN where there is none.
    pub fn number(&self) -> f64 {
        match self {
            Cell::Number(x) | Cell::Rank(x) | Cell::Moved(x) | Cell::Percent(x, _) => *x,
            Cell::Count(n) => *n as f64,
            _ => f64::NAN,
        }
    }
}

impl From<f64> for Cell {
    fn from(x: f64) -> Cell {
        if x.is_nan() { Cell::Empty } else { Cell::Number(x) }
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Cell {
        Cell::Count(n)
    }
}

impl From<Result<f64, Reason>> for Cell {
    fn from(found: Result<f64, Reason>) -> Cell {
        found.map_or_else(Cell::None, Cell::from)
    }
}

/// Words that stand in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The region has a better rank than before.
    Up,
    /// The region has the same rank.
    Same,
    /// The region has a worse rank.
    Down,
    /// The region has a rank now and had none before.
    Entered,
    /// The region had a rank and has none now.
    Left,
    /// Every region.
    All,
    /// Theil's T.
    TheilT,
    /// Theil's L.
    TheilL,
    /// Dagum's Gini.
    Gini,
    /// Absolute convergence: nothing but the level at the beginning.
    Absolute,
    /// Conditional convergence.
    Conditional,
    /// The level at the beginning.
    InitialLevel,
    /// The constant of a regression.
    Intercept,
    /// The standard deviation.
    Sd,
    /// The coefficient of variation.
    Cv,
    /// The standard deviation of logarithms.
    SdLog,
    /// The spread falls.
    Converges,
    /// The spread rises.
    Diverges,
    /// A grade of coordination, 10 being the best.
    Grade(u8),
    /// A region with a high score among neighbours with high scores.
    HighHigh,
    /// A low score among low ones.
    LowLow,
    /// A high score among low ones.
    HighLow,
    /// A low score among high ones.
    LowHigh,
    /// What is chosen among several.
    Chosen,
    /// The award for the best rank of the index.
    BestOfIndex,
    /// The award for the best rank of a dimension.
    BestOfDimension,
    /// The award for the best rank of a class of regions.
    BestOfClass,
    /// The award for the largest rise of the score.
    RiseInScore,
    /// The award for the largest rise of the rank.
    RiseInRank,
    /// Two neighbours in the ranking differ beyond their errors.
    Apart,
    /// Two neighbours in the ranking do not.
    Overlaps,
    /// Errors of scores follow exactly.
    Exact,
    /// Errors of scores follow from slopes.
    Slopes,
    /// Errors of scores follow from draws.
    Draws,
    /// Counts are compared by exact tests.
    ExactTests,
    /// A change is within the errors.
    WithinError,
    /// All leaves at once.
    AllLeaves,
    /// A tier cannot be told.
    Undecided,
    /// Ahead under all weights.
    Always,
    /// Ahead under some weights.
    Sometimes,
    /// Ahead under no weights.
    Never,
    /// Every draw was evaluated again.
    Evaluated,
    /// The region catches up with the one before it.
    CatchesUp,
    /// There are enough draws for what was asked.
    Enough,
    /// There are not.
    NotEnough,
}

impl Word {
    /// The ten grades of coordination, best first.
    pub(crate) const GRADES: [Word; 10] = [
        Word::Grade(10),
        Word::Grade(9),
        Word::Grade(8),
        Word::Grade(7),
        Word::Grade(6),
        Word::Grade(5),
        Word::Grade(4),
        Word::Grade(3),
        Word::Grade(2),
        Word::Grade(1),
    ];

    /// How files write it.
    pub fn name(self) -> &'static str {
        match self {
            Word::Up => "up",
            Word::Same => "same",
            Word::Down => "down",
            Word::Entered => "entered",
            Word::Left => "left",
            Word::All => "all",
            Word::TheilT => "theil_t",
            Word::TheilL => "theil_l",
            Word::Gini => "gini",
            Word::Absolute => "absolute",
            Word::Conditional => "conditional",
            Word::InitialLevel => "initial_level",
            Word::Intercept => "intercept",
            Word::Sd => "sd",
            Word::Cv => "cv",
            Word::SdLog => "sd_log",
            Word::Converges => "converges",
            Word::Diverges => "diverges",
            Word::Grade(10) => "superior_coordination",
            Word::Grade(9) => "good_coordination",
            Word::Grade(8) => "intermediate_coordination",
            Word::Grade(7) => "primary_coordination",
            Word::Grade(6) => "bare_coordination",
            Word::Grade(5) => "near_disorder",
            Word::Grade(4) => "slight_disorder",
            Word::Grade(3) => "moderate_disorder",
            Word::Grade(2) => "serious_disorder",
            Word::Grade(_) => "extreme_disorder",
            Word::HighHigh => "high_high",
            Word::LowLow => "low_low",
            Word::HighLow => "high_low",
            Word::LowHigh => "low_high",
            Word::Chosen => "chosen",
            Word::BestOfIndex => "best_of_index",
            Word::BestOfDimension => "best_of_dimension",
            Word::BestOfClass => "best_of_class",
            Word::RiseInScore => "rise_in_score",
            Word::RiseInRank => "rise_in_rank",
            Word::Apart => "apart",
            Word::Overlaps => "overlaps",
            Word::Exact => "exact",
            Word::Slopes => "slopes",
            Word::Draws => "draws",
            Word::ExactTests => "exact_tests",
            Word::WithinError => "within_error",
            Word::AllLeaves => "all_leaves",
            Word::Undecided => "undecided",
            Word::Always => "always",
            Word::Sometimes => "sometimes",
            Word::Never => "never",
            Word::Evaluated => "evaluated",
            Word::CatchesUp => "catches_up",
            Word::Enough => "enough",
            Word::NotEnough => "not_enough",
        }
    }
}

/// Why there is no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Too few regions have a value.
    TooFew {
        /// How many have.
        n: usize,
        /// How many it takes.
        least: usize,
    },
    /// All values are equal.
    Constant,
    /// A logarithm or a share is formed, and so many values are not above zero.
    NotPositive {
        /// How many.
        n: usize,
    },
    /// Values below zero.
    Negative {
        /// How many.
        n: usize,
    },
    /// So many regions are in several classes of the group, so that the whole is not the sum of its classes.
    Overlap {
        /// How many.
        regions: usize,
    },
    /// The index is not cut into tiers.
    NoTiers,
    /// The study has no groups.
    NoGroups,
    /// There is only one period with scores.
    OnePeriod,
    /// The periods have no place in time.
    NoTime,
    /// The period at the beginning is not before that at the end.
    NotBefore,
    /// The league has no regions in the period.
    NoRows,
    /// The system of the methodology has no node of this code.
    NoNode(String),
    /// The study has no period of this name.
    NoPeriod(String),
    /// The study has no group or class of this name.
    NoGroup(String),
    /// The project states no covariates.
    NoCovariates,
    /// The columns of a regression depend on each other.
    Collinear,
    /// The scores of the node of this code have no greatest value.
    Unbounded(String),
    /// So many scores do not lie on the scale from 0 to 1.
    OffScale {
        /// How many.
        n: usize,
    },
    /// All weights are zero.
    NoWeights,
    /// The project states no table of neighbours.
    NoNeighbours,
    /// No region with a score has a neighbour with one.
    NobodyNear,
    /// The region has no neighbour with a score.
    NoNeighbour,
    /// More regions than the analysis can take.
    TooMany {
        /// How many there are.
        n: usize,
        /// How many it can take.
        most: usize,
    },
    /// Fewer different profiles than clusters.
    FewProfiles {
        /// How many different profiles there are.
        n: usize,
        /// How many clusters are asked for.
        least: usize,
    },
    /// The region lacks a score of its profile.
    IncompleteProfile,
    /// No region rises.
    NobodyRises,
    /// Every indicator has its full score.
    NothingLacks,
    /// Coupling is between two subsystems or more.
    TooFewSubsystems {
        /// How many there are.
        n: usize,
    },
    /// So many subsystems have no score.
    AbsentSubsystems {
        /// How many.
        n: usize,
    },
    /// The region has no score in so many of the periods.
    AbsentPeriods {
        /// How many.
        n: usize,
    },
    /// There are not as many weights as nodes.
    WeightsOfOthers {
        /// How many weights are stated.
        weights: usize,
        /// How many nodes there are.
        nodes: usize,
    },
    /// The project states no sampling errors, or no cell of the league and period has one.
    NoSamplingErrors,
    /// A formula makes the indicator of this code of several columns.
    OfFormula(String),
    /// The score of the node of this code jumps where a cell changes within its error.
    NotSmooth(String),
    /// So many of so many changed studies could not be evaluated.
    FailedDraws {
        /// How many.
        failed: usize,
        /// Of how many.
        of: usize,
    },
    /// No cell was filled by imputation.
    NothingFilled,
    /// The imputation of the leaf with this code cannot fill a cell that has a value.
    NotFilledAgain(String),
    /// No methodology has this code.
    NoMethodology(String),
    /// The methodology with this code has other indicators, regions or tiers, or other weights are above 0.
    OtherMethodology(String),
    /// So many of so many draws are not made yet.
    DrawsLeft {
        /// How many.
        left: usize,
        /// Of how many.
        of: usize,
    },
    /// The data have no size of the sample, no error or no interval for the cell.
    NoErrorOfCell,
    /// A size of a sample that is not above 0, an error below 0, or an interval whose ends are in the wrong order.
    ImpossibleError,
    /// The value is not a share of a sample, or not a count.
    OutsideSample,
    /// The score of the node of this code is not a weighted arithmetic mean of what is below it.
    NotAMean(String),
    /// The scores of the node of this code are rounded before they enter the index.
    RoundedBelow(String),
    /// So many ranked regions have no score of the node of this code, so that the others count more.
    AbsentScores {
        /// The code.
        code: String,
        /// How many regions.
        n: usize,
    },
    /// The node of this code has no children whose weights could vary.
    NoChildren(String),
    /// A list of settings has not as many items as there are weights.
    NotAsMany {
        /// The name of the setting.
        setting: String,
        /// How many weights there are.
        weights: usize,
    },
    /// No weights keep within the stated bounds.
    NoSuchWeights,
    /// No weights let the region overtake the other one.
    NeverAhead,
    /// The search was ended before it was complete.
    SearchEnded,
}
