//! Everything that can be wrong with a project file, a tree, or the files that they name.

use quanheng_core::method::{SettingError, Stage};
use quanheng_core::methodology::{ContractProblem, Part};
use quanheng_core::model::AgainstIdeal;
use quanheng_words::Text;

/// Kinds of faults in projects.
#[derive(Clone, Debug, PartialEq)]
pub enum ProjectFault {
    /// The text is not TOML.
    Toml {
        /// What its reader says.
        message: String,
    },
    /// A key that nothing reads.
    UnknownKey {
        /// The key.
        key: String,
        /// The table it stands in, such as `[data]`.
        table: Text,
        /// The keys that there are.
        known: Vec<String>,
    },
    /// A value of another kind.
    WrongKind {
        /// The key.
        key: String,
        /// What is accepted.
        accepts: Text,
        /// What is there.
        found: Text,
    },
    /// A number that is not between two ends, or not whole where it must be.
    OutOfRange {
        /// The key.
        key: String,
        /// The least number allowed.
        least: f64,
        /// The greatest number allowed.
        greatest: f64,
        /// Whether it must be a whole number.
        whole: bool,
        /// What holds where nothing is stated.
        default: Option<f64>,
    },
    /// A thousands separator that is also the decimal mark.
    MarksAlike,
    /// A key that cannot stand beside another one.
    Beside {
        /// The key.
        key: &'static str,
        /// The other one.
        other: &'static str,
    },
    /// A key that does nothing without another one.
    Without {
        /// The key.
        key: &'static str,
        /// The other one.
        needs: &'static str,
    },
    /// Full marks of several nodes at once.
    MarksOfMany {
        /// What names the nodes.
        code: String,
    },
    /// A table about the data that is not written under a head of its own, so that a new project cannot be made without
    /// it.
    NoHead {
        /// Its key.
        key: String,
    },
    /// A key that must be there.
    MissingKey {
        /// The key.
        key: String,
        /// The table it belongs into.
        table: Text,
    },
    /// A code that two things have.
    RepeatedCode {
        /// What they are.
        what: Text,
        /// The code.
        code: String,
    },
    /// A text that is not a date.
    NotADate {
        /// The text.
        text: String,
    },
    /// A word that is none of those that a key allows.
    UnknownWord {
        /// The key.
        key: String,
        /// The word.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A plugin that the project does not declare.
    NoPlugin {
        /// Its code.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A name that nothing has.
    UnknownName {
        /// What it should be.
        what: Text,
        /// The word.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A methodology that extends itself.
    ExtendsCircle {
        /// Its codes, the first one again at the end.
        codes: Vec<String>,
    },
    /// A methodology that extends others in too long a row.
    ExtendsTooLong {
        /// The longest row.
        most: usize,
    },
    /// A project that takes results of itself, maybe through others.
    InputCircle {
        /// The project whose results it takes, as it is named.
        project: String,
    },
    /// A project whose results are taken and that cannot be evaluated; what is wrong with it is reported beside this.
    InputBroken {
        /// The project, as it is named.
        project: String,
        /// How many problems it has.
        count: usize,
    },
    /// Projects that take results of one another in too long a row.
    InputsTooDeep {
        /// The longest row.
        most: usize,
    },
    /// Results of several periods that are to count for one.
    InputPeriods {
        /// The periods.
        periods: Vec<String>,
    },
    /// Problems that are only counted, since there are very many.
    MoreProblems {
        /// How many.
        count: usize,
    },
    /// A tree with too many nodes.
    TooManyNodes {
        /// How many it has.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// A node too far below the root.
    TooDeep {
        /// The node.
        code: String,
        /// How many levels there may be.
        most: usize,
    },
    /// A method for the nodes between the index and its leaves, where the index is made of its children.
    InnerWithoutLeaves,
    /// A leaf with a column of published scores.
    PublishedLeaf {
        /// The leaf.
        code: String,
    },
    /// A method of another stage.
    WrongStage {
        /// The method.
        name: String,
        /// The stage that was asked.
        asked: Stage,
        /// The stage that has it.
        has: Stage,
    },
    /// A setting that does not fit.
    Setting {
        /// The method.
        method: String,
        /// The facts.
        error: SettingError,
    },
    /// A plugin whose hash is not pinned, or is pinned and not trusted by the user.
    PluginUntrusted {
        /// Its file.
        path: String,
        /// Whether the project pins it.
        pinned: bool,
        /// What to say to trust it.
        command: String,
    },
    /// A file that is not taken for a plugin.
    PluginRefused {
        /// The file.
        path: String,
        /// Why.
        why: quanheng_plugin_host::Refusal,
        /// What to say to trust it as it is now.
        command: String,
    },
    /// A plugin that offers no method of the stage, or several.
    PluginMethod {
        /// The plugin.
        code: String,
        /// The stage.
        stage: Stage,
        /// What it offers, in words.
        offered: Vec<String>,
    },
    /// A method of a plugin that could not be made.
    PluginFailed {
        /// The plugin.
        code: String,
        /// The method.
        method: String,
        /// Its stage.
        stage: Stage,
        /// What happened.
        what: Text,
        /// What to do.
        hint: Option<Text>,
    },
    /// A script whose text cannot be read.
    ScriptUnread {
        /// Its name.
        name: String,
        /// Why.
        why: quanheng_scripts::Unread,
    },
    /// A constraint of a multiverse that cannot be read.
    Constraint {
        /// What was expected.
        expected: Text,
    },
    /// Two options of a choice that are called the same.
    RepeatedLabel {
        /// The choice.
        choice: String,
        /// The label.
        label: String,
    },
    /// Two choices that would both replace the same key.
    SameKey {
        /// The key.
        key: String,
        /// The first choice.
        first: String,
        /// The second.
        second: String,
    },
    /// More branches than can be gone through.
    TooManyBranches {
        /// How many; `None` for more than can be counted.
        count: Option<u64>,
        /// The most there can be.
        limit: u64,
    },
    /// A number of rows of a sample that is not a power of two.
    RowsOfSample {
        /// How many.
        rows: u32,
    },
    /// A sensitivity analysis without factors.
    NothingVaries {
        /// Its code.
        code: String,
    },
    /// More factors than there are dimensions.
    TooManyFactors {
        /// How many.
        count: usize,
        /// The most there can be.
        most: usize,
    },
    /// Systems that are made of each other.
    BaseCircle {
        /// Their codes, the first one again at the end.
        codes: Vec<String>,
    },
    /// Leagues that are stated twice: by scripts, or by a script and the project.
    SeveralLeagues {
        /// The systems whose scripts divide the regions.
        systems: Vec<String>,
    },
    /// A condition that cannot be read.
    Condition {
        /// What was expected.
        expected: Text,
    },
    /// A format of times that cannot be read.
    TimeFormat {
        /// The format.
        text: String,
    },
    /// A time of day that cannot be read.
    Clock {
        /// The text.
        text: String,
    },
    /// A time that cannot be read.
    Moment {
        /// The text.
        text: String,
    },
    /// An accounting window that ends before it begins.
    EndsBefore {
        /// The label of its period.
        period: String,
    },
    /// A key of a measure that measures of its kind do not have.
    NotOfMeasure {
        /// The key.
        key: &'static str,
        /// The kind.
        kind: &'static str,
    },
    /// Regions in two leagues.
    LeaguesOverlap {
        /// The first league.
        first: String,
        /// The second.
        second: String,
        /// A region in both.
        region: String,
        /// How many are.
        count: usize,
    },
    /// A league without regions.
    EmptyLeague {
        /// Its code.
        code: String,
    },
    /// Two rows of a drawn tree that state a fact of a node differently.
    FactTwice {
        /// The fact.
        fact: String,
        /// The name of the node.
        code: String,
    },
    /// Two nodes with one code.
    RepeatedNode {
        /// The code.
        code: String,
    },
    /// A parent that does not exist.
    UnknownParent {
        /// The node.
        code: String,
        /// The parent that it names.
        parent: String,
        /// The nodes that there are.
        known: Vec<String>,
    },
    /// Parents that lead round in a circle.
    ParentCircle {
        /// The nodes, each followed by its parent, the first one again at the end.
        codes: Vec<String>,
    },
    /// More than one node without a parent.
    SeveralRoots {
        /// The nodes.
        codes: Vec<String>,
    },
    /// A tree without a node.
    EmptyTree,
    /// A weight below zero, or full marks not above it.
    BadNumber {
        /// The node.
        code: String,
        /// The column of the tree.
        column: &'static str,
        /// What it must be.
        must: Text,
    },
    /// Stated full marks that are not the sum of the children's.
    FullMarksSum {
        /// The node.
        code: String,
        /// What it states.
        stated: f64,
        /// What its children add up to.
        sum: f64,
    },
    /// A fact of leaves at nodes with children.
    FactOfLeaf {
        /// The column of the tree.
        fact: String,
        /// The nodes.
        codes: Vec<String>,
    },
    /// A scale without a denominator.
    ScaleAlone {
        /// The node.
        code: String,
    },
    /// Two goalposts with one value.
    GoalpostsAlike {
        /// The node.
        code: String,
        /// The value.
        value: f64,
    },
    /// A direction that the goalposts contradict.
    AgainstGoalposts {
        /// The node.
        code: String,
        /// Whether the direction says that less is better.
        less: bool,
        /// The goalpost that scores nothing.
        bad: f64,
        /// The goalpost that scores full.
        good: f64,
    },
    /// A fact that changes nothing, because the direction does not ask for it.
    IdleFact {
        /// The node.
        code: String,
        /// The fact.
        fact: String,
    },
    /// A fact that contradicts what is best of an indicator whose best values are neither the greatest nor the least.
    AgainstIdeal {
        /// The node.
        code: String,
        /// The fact.
        fact: String,
        /// Why.
        why: AgainstIdeal,
    },
    /// A red threshold that is not worse than the green one.
    AgainstThresholds {
        /// The node.
        code: String,
        /// Whether less is better.
        less: bool,
        /// The green threshold, or the target in its place.
        green: f64,
        /// The red threshold.
        red: f64,
    },
    /// An attribute of the regions by which they should be near to each other, and which is not a number.
    AttributeNotNumber {
        /// The attribute.
        attribute: String,
        /// The first region in which it is not.
        region: String,
        /// What it is there.
        text: String,
    },
    /// A choice for a part of the tree where its part of the methodology does nothing.
    AtNothing {
        /// The key that names the part.
        key: String,
        /// The part of the methodology.
        part: Part,
        /// Why.
        why: Nothing,
    },
    /// Weights of siblings that do not add up to what the system states.
    WeightsSum {
        /// Their parent.
        code: String,
        /// What they should add up to.
        stated: f64,
        /// What they do add up to.
        sum: f64,
    },
    /// A value beyond the limits that the tree states for the indicator.
    Limit {
        /// The indicator.
        leaf: String,
        /// The region.
        region: String,
        /// The period.
        period: String,
        /// The value.
        value: f64,
        /// The lower limit.
        lower: Option<f64>,
        /// The upper limit.
        upper: Option<f64>,
        /// How many values of this indicator are beyond.
        count: usize,
    },
    /// Stages that cannot follow each other.
    Contract {
        /// The methodology.
        methodology: String,
        /// The facts.
        problem: ContractProblem,
        /// The names behind them.
        named: Named,
    },
    /// A note that is silenced for no reason.
    NoReason {
        /// The code of the note.
        code: String,
    },
    /// A project without a methodology.
    NoMethodology,
    /// Files of values without a row that could be used.
    NoRows,
    /// Rows are matched by names, and there is no table of regions.
    NoNames,
}

/// Why a choice for a part of the tree does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// Only leaves stand there, and the stage works on nodes with children.
    OnlyLeaves,
    /// No leaf stands there, and the stage works on leaves.
    NoLeaf,
    /// All leaves are worked on at once, by the choice for the whole.
    AllLeaves,
}

/// The names behind positions of nodes, regions and periods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named {
    /// The node, with its name.
    pub node: String,
    /// The child, with its name.
    pub child: Option<String>,
    /// The regions, the first few.
    pub regions: Vec<Text>,
    /// How many regions there are in all.
    pub count: usize,
    /// The period.
    pub period: Option<String>,
    /// The league, where there are several.
    pub league: Option<String>,
    /// Columns of the data that look like one that is missing.
    pub near: Option<String>,
    /// The columns of the data, where one is missing.
    pub columns: Vec<String>,
    /// Whether the method has a setting that moves values above zero.
    pub can_shift: bool,
}
