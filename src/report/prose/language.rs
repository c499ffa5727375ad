//! The words that expressions in chapters can use: values, functions and filters, each with what it means. The document
//! `docs/report-language.md` is made of these tables.

use std::sync::Arc;

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Value};

use super::arguments::{Arguments, Takes};
use super::world::World;
use super::wrong::Wrong;
use super::{filter, functions, values};

/// A function.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) takes: Takes,
    /// Whether it also takes `methodology`, `period` and `league`.
    pub(super) views: bool,
    pub(super) doc: &'static str,
    pub(super) call: fn(&Arc<World>, &Arguments) -> Result<Value, Wrong>,
}

/// A value.
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) value: fn(&Arc<World>) -> Value,
}

/// A filter of numbers.
pub(super) struct Filter {
    pub(super) name: &'static str,
    pub(super) takes: Takes,
    pub(super) doc: &'static str,
    pub(super) apply: fn(&World, &Value, &Arguments) -> Result<Value, Wrong>,
}

/// A field of a thing.
pub(super) struct Field {
    /// The kinds of things that have it.
    pub(super) of: &'static [&'static str],
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
}

/// Every value.
pub(super) static VALUES: &[Named] = &[
    Named { name: "title", doc: "the title of the project", value: |w| w.fact("title") },
    Named {
        name: "question",
        doc: "the question that the index answers; nothing where it is not stated",
        value: |w| w.fact("question"),
    },
    Named {
        name: "authors",
        doc: "who made the index; nothing where it is not stated",
        value: |w| w.fact("authors"),
    },
    Named {
        name: "licence",
        doc: "the licence; nothing where it is not stated",
        value: |w| w.fact("licence"),
    },
    Named {
        name: "cite",
        doc: "how the index is cited; nothing where it is not stated",
        value: |w| w.fact("cite"),
    },
    Named {
        name: "source",
        doc: "where the data come from; nothing where it is not stated",
        value: |w| w.fact("source"),
    },
    Named {
        name: "fingerprint",
        doc: "the fingerprint of everything that the results were made from",
        value: |w| w.fact("fingerprint"),
    },
    Named { name: "version", doc: "the version of quanheng", value: |w| w.fact("version") },
    Named {
        name: "lock",
        doc: "whether the project agrees with its lock, in a sentence",
        value: |w| w.fact("lock"),
    },
    Named { name: "language", doc: "`zh` or `en`", value: |w| w.fact("language") },
    Named {
        name: "commands",
        doc: "the commands that make the figures again",
        value: |w| values::lines(w, "commands"),
    },
    Named {
        name: "marks",
        doc: "what of the data was not measured and what of the index was not published, a sentence each",
        value: |w| values::lines(w, "marks"),
    },
    Named { name: "period", doc: "the period that the report is about", value: values::period },
    Named {
        name: "periods",
        doc: "every period of the methodology in the league, the first one first",
        value: values::periods,
    },
    Named {
        name: "previous",
        doc: "the period before that of the report; nothing where there is none",
        value: values::previous,
    },
    Named { name: "league", doc: "the league that the report is about", value: values::league },
    Named {
        name: "leagues",
        doc: "the leagues that the report shows; one where the project states none",
        value: values::leagues,
    },
    Named {
        name: "methodology",
        doc: "the methodology of the report",
        value: |w| values::methodology(w, 0),
    },
    Named {
        name: "methodologies",
        doc: "every methodology that the report knows, that of the report first",
        value: values::methodologies,
    },
    Named {
        name: "regions",
        doc: "the regions that have a rank, the best first",
        value: values::regions,
    },
    Named {
        name: "nodes",
        doc: "the nodes of the index, each before its children",
        value: values::nodes,
    },
    Named {
        name: "tiers",
        doc: "the tiers, the best first; none where the methodology has none",
        value: values::tiers,
    },
    Named { name: "groups", doc: "the groups of regions of the project", value: values::groups },
    Named {
        name: "subject",
        doc: "the region that the report is about, with `--region`; nothing in other reports",
        value: values::subject,
    },
    Named {
        name: "multiverse",
        doc: "the multiverse, where one of this methodology was evaluated; nothing otherwise",
        value: values::multiverse,
    },
    Named {
        name: "notes",
        doc: "what a careful reader must know, a note each",
        value: values::notes,
    },
];

/// Every function.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "rank",
        takes: &[("region", true), ("node", false)],
        views: true,
        doc: "the rank of a region",
        call: functions::rank,
    },
    Function {
        name: "score",
        takes: &[("region", true), ("node", false)],
        views: true,
        doc: "the score of a region, in the index or in a node",
        call: functions::score,
    },
    Function {
        name: "region",
        takes: &[("region", true), ("node", false)],
        views: true,
        doc: "a region by its code or name",
        call: functions::region,
    },
    Function {
        name: "ranking",
        takes: &[("node", false)],
        views: true,
        doc: "the regions that have a rank, the best first",
        call: functions::ranking,
    },
    Function {
        name: "top",
        takes: &[("n", true), ("node", false)],
        views: true,
        doc: "the best `n` regions; those that share the last of these ranks are among them",
        call: functions::top,
    },
    Function {
        name: "bottom",
        takes: &[("n", true), ("node", false)],
        views: true,
        doc: "the last `n` regions, the last one last",
        call: functions::bottom,
    },
    Function {
        name: "tier",
        takes: &[("tier", true)],
        views: true,
        doc: "the regions of a tier, the best first",
        call: functions::tier,
    },
    Function {
        name: "share",
        takes: &[("tier", true)],
        views: true,
        doc: "the share of the ranked regions that are in a tier, from 0 to 1",
        call: functions::share,
    },
    Function {
        name: "count",
        takes: &[],
        views: true,
        doc: "how many regions have a rank",
        call: functions::count,
    },
    Function {
        name: "node",
        takes: &[("node", true)],
        views: true,
        doc: "a node of the index by its code or name",
        call: functions::node,
    },
    Function {
        name: "children",
        takes: &[("node", false)],
        views: true,
        doc: "the nodes directly below the index or below a node",
        call: functions::children,
    },
    Function {
        name: "mean",
        takes: &[("node", false), ("group", false), ("class", false)],
        views: true,
        doc: "the mean of the scores of all regions, or of those of a class of a group",
        call: functions::mean,
    },
    Function {
        name: "median",
        takes: &[("node", false)],
        views: true,
        doc: "the median of the scores",
        call: functions::median,
    },
    Function {
        name: "gap",
        takes: &[("node", false)],
        views: true,
        doc: "the difference between the highest score and the lowest one",
        call: functions::gap,
    },
    Function {
        name: "group",
        takes: &[("group", true), ("node", false)],
        views: true,
        doc: "the classes of a group, that with the highest mean first",
        call: functions::group,
    },
    Function {
        name: "risers",
        takes: &[("n", true)],
        views: true,
        doc: "the `n` regions that rose by most places since the period before; none where there is no such period",
        call: functions::risers,
    },
    Function {
        name: "fallers",
        takes: &[("n", true)],
        views: true,
        doc: "the `n` regions that fell by most places since the period before",
        call: functions::fallers,
    },
    Function {
        name: "strengths",
        takes: &[("region", true)],
        views: false,
        doc: "the strengths of a region by the methodology of the report, as `profile` finds them",
        call: functions::strengths,
    },
    Function {
        name: "weaknesses",
        takes: &[("region", true)],
        views: false,
        doc: "the weaknesses of a region, likewise",
        call: functions::weaknesses,
    },
    Function {
        name: "agreement",
        takes: &[("a", true), ("b", true)],
        views: false,
        doc: "how far two methodologies agree, as `compare` says; its fields are the statistics of ranks, scores and tiers",
        call: functions::agreement,
    },
    Function {
        name: "difference",
        takes: &[("region", true), ("a", false), ("b", false)],
        views: false,
        doc: "how a region moves between two methodologies and what moves it most, in a sentence; the first must be that of the report",
        call: functions::difference,
    },
    Function {
        name: "spread",
        takes: &[("region", true)],
        views: false,
        doc: "the ranks of a region over the multiverse; nothing where it was not evaluated",
        call: functions::spread,
    },
    Function {
        name: "sure",
        takes: &[("region", true)],
        views: false,
        doc: "between which ranks a region is under other weights, in a sentence; nothing where that is not known",
        call: functions::sure,
    },
    Function {
        name: "widest",
        takes: &[("n", true)],
        views: false,
        doc: "the `n` regions whose ranks spread most over the multiverse; none where it was not evaluated",
        call: functions::widest,
    },
    Function {
        name: "figure",
        takes: &[
            ("kind", true),
            ("node", false),
            ("region", false),
            ("group", false),
            ("with", false),
            ("case", false),
            ("leaves", false),
            ("top", false),
            ("compare", false),
            ("periods", false),
            ("multiverse", false),
            ("caption", false),
            ("optional", false),
        ],
        views: true,
        doc: "a chart, as `plot` draws it; with `optional=true` nothing is written where it cannot be drawn",
        call: functions::figure,
    },
    Function {
        name: "table",
        takes: &[
            ("name", true),
            ("node", false),
            ("region", false),
            ("top", false),
            ("bottom", false),
            ("columns", false),
            ("compare", false),
            ("caption", false),
            ("optional", false),
        ],
        views: true,
        doc: "a table, as another command shows it; with `optional=true` nothing is written where it cannot be made",
        call: functions::table,
    },
    Function {
        name: "rows",
        takes: &[
            ("name", true),
            ("node", false),
            ("region", false),
            ("top", false),
            ("bottom", false),
            ("compare", false),
        ],
        views: true,
        doc: "the rows of a table as things; their fields are the columns, by the names that they have in files. None where the table cannot be made",
        call: functions::rows,
    },
];

/// Every filter of numbers.
pub(super) static FILTERS: &[Filter] = &[
    Filter {
        name: "digits",
        takes: &[("n", true)],
        doc: "a number with `n` decimals",
        apply: filter::digits,
    },
    Filter {
        name: "percent",
        takes: &[("n", false)],
        doc: "a share from 0 to 1 in per cent, with `n` decimals (1 unless stated)",
        apply: filter::percent,
    },
    Filter {
        name: "thousands",
        takes: &[("n", false)],
        doc: "a number with commas between thousands, and with `n` decimals (0 unless stated)",
        apply: filter::thousands,
    },
    Filter {
        name: "signed",
        takes: &[("n", false)],
        doc: "a number with its sign, and with `n` decimals where they are stated",
        apply: filter::signed,
    },
];

const REGION: &str = "region";
const NODE: &str = "node";
const TIER: &str = "tier";
const CLASS: &str = "class";
const LEAGUE: &str = "league";
const METHODOLOGY: &str = "methodology";

/// Every field of things, except those of the rows of tables and of agreements.
pub(super) static FIELDS: &[Field] = &[
    Field { of: &[REGION, NODE, LEAGUE, METHODOLOGY, "group"], name: "code", doc: "its code" },
    Field {
        of: &[REGION, NODE, TIER, CLASS, LEAGUE, METHODOLOGY, "group", "multiverse"],
        name: "name",
        doc: "its name, or its code where it has none; also what is written where the thing itself stands",
    },
    Field { of: &[REGION], name: "rank", doc: "its rank; nothing where it has none" },
    Field { of: &[REGION], name: "score", doc: "its score" },
    Field {
        of: &[REGION],
        name: "of",
        doc: "how many regions have a rank beside it, itself among them",
    },
    Field { of: &[REGION], name: "tier", doc: "the name of its tier; nothing where there is none" },
    Field {
        of: &[REGION],
        name: "previous_rank",
        doc: "its rank in the period before; nothing where there is none",
    },
    Field {
        of: &[REGION],
        name: "change",
        doc: "how many places it rose since then; below zero where it fell",
    },
    Field { of: &[REGION], name: "classes", doc: "the classes that it is in, of all groups" },
    Field {
        of: &[NODE],
        name: "weight",
        doc: "its weight in the whole index, from 0 to 1; nothing where it has none",
    },
    Field { of: &[NODE], name: "share", doc: "its weight among its siblings, from 0 to 1" },
    Field {
        of: &[NODE],
        name: "level",
        doc: "0 for the index, 1 for the nodes directly below it, and so on",
    },
    Field { of: &[NODE], name: "leaf", doc: "whether it is an indicator" },
    Field { of: &[NODE], name: "unit", doc: "the unit of an indicator" },
    Field { of: &[NODE], name: "children", doc: "how many nodes stand directly below it" },
    Field { of: &[NODE], name: "leaves", doc: "how many indicators stand below it" },
    Field { of: &[NODE, CLASS], name: "mean", doc: "the mean of its scores" },
    Field { of: &[TIER, CLASS], name: "count", doc: "how many regions are in it" },
    Field { of: &[TIER], name: "share", doc: "their share among the ranked regions, from 0 to 1" },
    Field { of: &[TIER, CLASS], name: "regions", doc: "its regions, the best first" },
    Field {
        of: &[METHODOLOGY],
        name: "methods",
        doc: "its methods, a row for each stage with `stage` and `name`",
    },
    Field {
        of: &[METHODOLOGY],
        name: "nodes",
        doc: "how many nodes its system has below the index",
    },
    Field { of: &[METHODOLOGY], name: "indicators", doc: "how many indicators its system has" },
    Field {
        of: &[METHODOLOGY],
        name: "levels",
        doc: "how many levels its system has below the index",
    },
    Field { of: &["strength"], name: "node", doc: "a node that is a strength or a weakness" },
    Field { of: &["strength"], name: "rank", doc: "the rank of the region in it" },
    Field { of: &["strength"], name: "score", doc: "the score of the region in it" },
    Field {
        of: &["strength"],
        name: "mean",
        doc: "the mean of all regions in it; nothing where there is none",
    },
    Field {
        of: &["spread"],
        name: "least",
        doc: "the best rank that the region has in any branch",
    },
    Field { of: &["spread"], name: "median", doc: "its median rank over the branches" },
    Field { of: &["spread"], name: "greatest", doc: "the worst rank that it has in any branch" },
    Field { of: &["spread"], name: "low", doc: "the 5 % quantile of its ranks" },
    Field { of: &["spread"], name: "high", doc: "the 95 % quantile of its ranks" },
    Field { of: &["difference"], name: "before", doc: "the rank by the first methodology" },
    Field { of: &["difference"], name: "after", doc: "the rank by the second methodology" },
    Field {
        of: &["difference"],
        name: "places",
        doc: "how many places it rises; below zero where it falls",
    },
    Field {
        of: &["difference"],
        name: "cause",
        doc: "the part of the methodology that moves it most; nothing where it does not move",
    },
    Field {
        of: &["multiverse"],
        name: "branches",
        doc: "how many combinations of choices gave a result",
    },
    Field { of: &["note"], name: "code", doc: "the code of the kind of note" },
    Field { of: &["note"], name: "text", doc: "the sentence" },
];

/// Filters of the engine that are not there: they would make markup of texts, show how things are kept, or round as the
/// machine does, where `digits` rounds alike everywhere.
const REMOVED: [&str; 7] = ["safe", "escape", "e", "pprint", "string", "format", "round"];

/// An engine that knows the words.
pub(super) fn environment(world: &Arc<World>) -> Environment<'static> {
    let mut engine = Environment::new();
    REMOVED.iter().for_each(|filter| engine.remove_filter(filter));
    for name in ["debug", "dict", "namespace"] {
        engine.remove_global(name);
    }
    for value in VALUES {
        engine.add_global(value.name, (value.value)(world));
    }
    for function in FUNCTIONS {
        let world = Arc::clone(world);
        let call = move |values: Rest<ValueOrKwargs>| -> Result<Value, minijinja::Error> {
            let values: Vec<Value> = values.0.into_iter().map(Value::from).collect();
            let arguments = Arguments::new(function.name, function.takes, function.views, &values)?;
            Ok((function.call)(&world, &arguments)?)
        };
        engine.add_function(function.name, call);
    }
    for filter in FILTERS {
        let world = Arc::clone(world);
        let apply =
            move |value: Value, values: Rest<ValueOrKwargs>| -> Result<Value, minijinja::Error> {
                let values: Vec<Value> = values.0.into_iter().map(Value::from).collect();
                let arguments = Arguments::new(filter.name, filter.takes, false, &values)?;
                Ok((filter.apply)(&world, &value, &arguments)?)
            };
        engine.add_filter(filter.name, apply);
    }
    engine
}

/// Every name that an expression can begin with.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let functions = FUNCTIONS.iter().map(|of| of.name);
    VALUES.iter().map(|of| of.name).chain(functions).chain(["range", "loop"])
}

/// The tables of the words, as `docs/report-language.md` has them.
pub fn tables() -> String {
    let mut text = String::from("### Values\n| value | what it is |\n|---|---|\n");
    for of in VALUES {
        text.push_str(&format!("| `{}` | {} |\n", of.name, of.doc));
    }
    text.push_str("\n### Functions\n| function | what it gives |\n|---|---|\n");
    for of in FUNCTIONS {
        let takes = |(name, needed): &(&str, bool)| match needed {
            true => (*name).to_owned(),
            false => format!("{name}="),
        };
        let mut all: Vec<String> = of.takes.iter().map(takes).collect();
        if of.views {
            all.push("…".to_owned());
        }
        text.push_str(&format!("| `{}({})` | {} |\n", of.name, all.join(", "), of.doc));
    }
    text.push_str("\n### Fields\n| of | field | what it is |\n|---|---|---|\n");
    for of in FIELDS {
        text.push_str(&format!("| {} | `{}` | {} |\n", of.of.join(", "), of.name, of.doc));
    }
    text.push_str("\n### Filters of numbers\n| filter | what it gives |\n|---|---|\n");
    for of in FILTERS {
        let takes: Vec<&str> = of.takes.iter().map(|(name, _)| *name).collect();
        text.push_str(&format!("| `\\|{}({})` | {} |\n", of.name, takes.join(", "), of.doc));
    }
    text.push_str("\n### Tables\n| name | what it is |\n|---|---|\n");
    for (name, doc) in super::tables::NAMES {
        text.push_str(&format!("| `{name}` | {doc} |\n"));
    }
    text
}
