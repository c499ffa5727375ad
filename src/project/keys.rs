//! Every key of the project file: its name, what it accepts, what it means. The reader refuses what is not here, and the
//! JSON Schema is made of this.

/// A key of a table.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) doc: &'static str,
}

/// What a key accepts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    Number,
    /// A text, or a table of texts by language.
    Names,
    Texts,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A text or a list of texts, or of tables with these keys.
    Files(&'static [Key]),
    /// A table of numbers by node.
    NumberByNode,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table of tables with these keys, each under a code of the user's.
    Tables(&'static [Key]),
    /// A table of tables with these keys, or of a script and its settings beside them.
    Systems(&'static [Key]),
    /// A table of tables of anything.
    Open,
    /// A table of lists of options.
    Options,
    /// A choice of method for this stage.
    Choice(&'static str),
    /// A choice, or a list of them.
    Choices(&'static str),
    /// Decimals by node or level.
    Rounding,
    /// `full`, `rounded`, or a number of decimals.
    RankOn,
}

const fn key(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, doc }
}

pub(super) static TOP: &[Key] = &[
    key("project", Kind::Table(PROJECT), "What the project is."),
    key("data", Kind::Table(DATA), "The files of data and how they are written."),
    key("group", Kind::Tables(GROUP), "Groups of regions; a region may be in several classes."),
    key("league", Kind::Tables(LEAGUE), "Regions that are ranked together."),
    key("system", Kind::Systems(SYSTEM), "Indicator systems."),
    key("methodology", Kind::Tables(METHODOLOGY), "Methodologies."),
    key(
        "multiverse",
        Kind::Tables(MULTIVERSE),
        "Choices whose every combination is evaluated by `quanheng multiverse`.",
    ),
    key("scripts", Kind::Table(SCRIPTS), "What scripts may use up in one call."),
    key("plugin", Kind::Tables(PLUGIN), "Native plugins, each pinned by its hash."),
    key("snapshot", Kind::Table(SNAPSHOT), "What `quanheng test` pins, and how exactly."),
    key("lock", Kind::Table(LOCK), "What quanheng.lock holds beside what the project reads."),
];

pub(super) static PROJECT: &[Key] = &[
    key("title", Kind::Names, "The title, as a text or by language."),
    key(
        "language",
        Kind::Word(&["zh", "en"]),
        "The language of the report unless --lang says otherwise.",
    ),
    key("source", Kind::Text, "Where the data come from."),
    key(
        "methodology",
        Kind::Text,
        "The methodology that is run where none is named; the first unless stated.",
    ),
];

macro_rules! format_keys {
    ($($first:expr),* $(,)?) => {
        &[
            $($first,)*
            key("layout", Kind::Word(&["wide", "long"]), "A column an indicator, or a row a value; found from the header unless stated."),
            key("region", Kind::Text, "The column of region codes."),
            key("period", Kind::Text, "The column of periods."),
            key("indicator", Kind::Text, "The column of indicator codes, in a long table."),
            key("value", Kind::Text, "The column of values, in a long table."),
            key("encoding", Kind::Word(&["utf-8", "gb18030", "utf-16"]), "How the files are encoded; found unless stated."),
            key("delimiter", Kind::Word(&[",", ";", "\t"]), "What stands between cells; found unless stated."),
            key("decimal", Kind::Word(&[".", ","]), "The decimal mark; a full stop unless stated."),
            key("thousands", Kind::Text, "What may stand between groups of three digits; nothing unless stated."),
            key("percent", Kind::Word(&["fraction", "points"]), "What a percent sign means; refused unless stated."),
            key("sheet", Kind::Text, "The sheet of a workbook; the first unless stated."),
            key("states", Kind::Table(STATES), "What stands for cells without a value."),
        ]
    };
}

pub(super) static DATA: &[Key] = format_keys![
    key("regions", Kind::Text, "The table of regions: code, name, name_LANGUAGE, attributes."),
    key("values", Kind::Files(FILE), "The table of values, or a list of tables."),
];

pub(super) static FILE: &[Key] = format_keys![key("file", Kind::Text, "The file.")];

pub(super) static STATES: &[Key] = &[
    key(
        "missing",
        Kind::Texts,
        "A value should be there and is not known; the blank cell unless stated.",
    ),
    key("not_applicable", Kind::Texts, "The question does not arise for this region."),
    key("withheld", Kind::Texts, "A value exists and was not given out."),
];

pub(super) static GROUP: &[Key] = &[
    key("title", Kind::Names, "Its name, as a text or by language."),
    key("column", Kind::Text, "The attribute of the regions that holds the classes."),
    key("file", Kind::Text, "A table with the columns region and (optional) class."),
];

pub(super) static LEAGUE: &[Key] = &[
    key("title", Kind::Names, "Its name, as a text or by language."),
    key("where", Kind::Text, "A condition on attributes, such as level == 'city'."),
    key("full_marks", Kind::NumberByNode, "Full marks that differ from the system's, by node."),
    key("tiering", Kind::Choice("tiering"), "Tiers of its own."),
];

pub(super) static SYSTEM: &[Key] = &[
    key("title", Kind::Names, "Its name, as a text or by language."),
    key("version", Kind::Text, "Its version or edition."),
    key("tree", Kind::Text, "The file of the tree, CSV or TOML."),
    key(
        "script",
        Kind::Text,
        "The script that makes the system, of `tree` or `base` if it takes one; its settings stand beside it.",
    ),
    key("plugin", Kind::Text, "The plugin that makes the system; its settings stand beside it."),
    key("method", Kind::Text, "The method of the plugin, where it offers several."),
    key("base", Kind::Text, "Another system, for a script to start from."),
    key(
        "weights_sum",
        Kind::Number,
        "What the weights of each set of siblings must add up to; not looked at unless stated.",
    ),
];

pub(super) static PLUGIN: &[Key] = &[
    key("path", Kind::Text, "The library's file, from the project's folder."),
    key(
        "blake3",
        Kind::Text,
        "Its BLAKE3 hash; `quanheng plugin trust` writes it. Nothing of a plugin runs without it.",
    ),
    key(
        "isolation",
        Kind::Word(&["process", "none"]),
        "Where it runs: in a process of its own (unless stated), or in the program itself.",
    ),
    key(
        "seconds",
        Kind::Number,
        "Seconds that one call may take in its process; 60 unless stated.",
    ),
    key("megabytes", Kind::Number, "Megabytes that its process may take; 4096 unless stated."),
];

pub(super) static LOCK: &[Key] = &[key(
    "also",
    Kind::Texts,
    "Further files that the lock pins, though the project does not read them.",
)];

pub(super) static SCRIPTS: &[Key] = &[
    key("seconds", Kind::Number, "Seconds that one call may take; 20 unless stated."),
    key("operations", Kind::Number, "Steps of one call; 20,000,000 unless stated."),
    key(
        "megabytes",
        Kind::Number,
        "Megabytes that the columns of one call may hold; 256 unless stated.",
    ),
];

pub(super) static METHODOLOGY: &[Key] = &[
    key("title", Kind::Names, "Its name, as a text or by language."),
    key("extends", Kind::Text, "The methodology from which everything not stated here is taken."),
    key("system", Kind::Text, "The indicator system; the only one where there is one."),
    key("imputation", Kind::Choice("imputation"), "How missing cells are filled."),
    key(
        "treatment",
        Kind::Choices("treatment"),
        "How outliers and skew are treated: one choice, or a list of steps.",
    ),
    key("normalisation", Kind::Choice("normalisation"), "How columns are brought to one scale."),
    key("weighting", Kind::Choice("weighting"), "How siblings are weighed."),
    key("aggregation", Kind::Choice("aggregation"), "How one score is made of several."),
    key("tiering", Kind::Choice("tiering"), "How scores are cut into tiers."),
    key(
        "rounding",
        Kind::Rounding,
        "Decimals to which scores are rounded where they arise, by node or level.",
    ),
    key("ranking", Kind::Table(RANKING), "How regions are ranked."),
    key("periods", Kind::Texts, "The periods that it is made for; all unless stated."),
];

pub(super) static MULTIVERSE: &[Key] = &[
    key("title", Kind::Names, "Its name, as a text or by language."),
    key(
        "methodology",
        Kind::Text,
        "The methodology that the choices change; the project's usual one unless stated.",
    ),
    key(
        "choices",
        Kind::Options,
        "The choices, each a list of options: values of a key of the methodology (or of a setting, as treatment.max), \
         or tables with a label and the keys that they change.",
    ),
    key(
        "constraints",
        Kind::Texts,
        "What must hold of a branch: not (normalisation == 'z_score' and aggregation == 'geometric').",
    ),
    key("data", Kind::Tables(VARIANT), "Other data that options can name."),
    key("top", Kind::Number, "How many places the top has; 10 unless stated."),
    key("sample", Kind::Number, "How many branches are drawn; all are evaluated unless stated."),
    key("seed", Kind::Number, "Which draw; 0 unless stated."),
];

pub(super) static VARIANT: &[Key] = format_keys![
    key("title", Kind::Names, "Its name, as a text or by language."),
    key("regions", Kind::Text, "Another table of regions."),
    key("values", Kind::Files(FILE), "Other tables of values."),
    key("where", Kind::Text, "A condition on attributes: only regions that meet it are kept."),
];

pub(super) static RANKING: &[Key] = &[
    key(
        "ties",
        Kind::Word(&["competition", "dense", "average", "worst", "ordinal"]),
        "What regions with equal scores share.",
    ),
    key(
        "on",
        Kind::RankOn,
        "At which precision scores are compared: full, rounded, or a number of decimals.",
    ),
    key("tolerance", Kind::Number, "Scores that differ by this or less are equal."),
    key("then", Kind::Text, "The node that decides between equal scores."),
];

macro_rules! snapshot_keys {
    ($($last:expr),* $(,)?) => {
        &[
            key("absolute", Kind::Number, "By how much a score may differ from what is pinned; 0 unless stated."),
            key("relative", Kind::Number, "The same as a share of the greater of the two; 0 unless stated."),
            key(
                "detail",
                Kind::Word(crate::snapshot::Detail::WORDS),
                "The nodes whose scores are pinned: the index, or also those below it (unless stated), all but the leaves, or all.",
            ),
            key("periods", Kind::Texts, "The periods that are pinned; all unless stated."),
            $($last,)*
        ]
    };
}

pub(super) static SNAPSHOT: &[Key] = snapshot_keys![key(
    "methodology",
    Kind::Tables(SNAPSHOT_OWN),
    "What differs from that for a methodology, by its code.",
)];

pub(super) static SNAPSHOT_OWN: &[Key] = snapshot_keys![];

/// The keys of a choice that are not settings of its method.
pub(super) static CHOICE: &[Key] = &[
    key("method", Kind::Text, "The method."),
    key("script", Kind::Text, "A script in place of a built-in."),
    key("plugin", Kind::Text, "A plugin in place of a built-in."),
    key("at", Kind::Open, "Other choices for nodes, leaves, index, level1, level2 …, leaves."),
    key("over", Kind::Word(&["period", "panel"]), "Over which periods it looks at a time."),
    key("among", Kind::Word(&["league", "all"]), "Among which regions it looks at a time."),
    key(
        "across",
        Kind::Word(&["siblings", "leaves"]),
        "Weighting: siblings among each other, or all leaves at once.",
    ),
];
