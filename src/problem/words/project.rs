//! Faults of project files and trees in words.

use quanheng_core::method::{ABOVE_ZERO, SettingError, SettingFault, Stage};
use quanheng_core::methodology::ContractProblem;
use quanheng_plugin_host::Refusal;
use quanheng_scripts::Unread;

use super::{Words, list, near};
use crate::problem::{Named, ProjectFault};
use crate::report::methods;
use crate::report::number::{exact, short};

pub(super) fn words(fault: &ProjectFault) -> Words {
    match fault {
        ProjectFault::Toml { message } => {
            Words { what: format!("this is not TOML: {message}"), hint: None }
        }
        ProjectFault::UnknownKey { key, table, known } => {
            Words { what: format!("{table} has no key `{key}`"), hint: near(key, known) }
        }
        ProjectFault::WrongKind { key, accepts, found } => Words {
            what: format!("`{key}` is {found}"),
            hint: Some(format!("it must be {accepts}")),
        },
        ProjectFault::OutOfRange { key, least, greatest, whole, default } => Words {
            what: format!("`{key}` must be {}", between(*least, *greatest, *whole)),
            hint: default.map(|x| format!("where it is left out, it is {}", exact(x))),
        },
        ProjectFault::MarksAlike => Words::new(
            "`thousands` is the same character as the decimal mark",
            "state `decimal` as well: decimal = \",\", thousands = \".\"",
        ),
        ProjectFault::Beside { key, other } => {
            Words::new(format!("`{key}` cannot stand beside `{other}`"), "keep one of the two")
        }
        ProjectFault::MarksOfMany { code } => Words::new(
            format!("full marks are stated for `{code}`, which stands for several nodes"),
            "state them for each node by its code",
        ),
        ProjectFault::MissingKey { key, table } => {
            Words { what: format!("{table} has no `{key}`"), hint: Some(missing(key)) }
        }
        ProjectFault::UnknownName { what, name, known } => Words {
            what: format!("`{name}` is no {what}"),
            hint: match known.is_empty() && what.starts_with("plugin") {
                true => Some("`quanheng plugin trust PATH` adds one to the project".into()),
                false => near(name, known),
            },
        },
        ProjectFault::ExtendsCircle { codes } => Words::new(
            format!("methodologies extend each other in a circle: {}", codes.join(" → ")),
            "one of them must stand on its own",
        ),
        ProjectFault::WrongStage { name, asked, has } => Words::new(
            format!(
                "`{name}` is a method of {}, and here one of {} is asked for",
                has.name(),
                asked.name()
            ),
            format!("`quanheng methods --stage {}` lists what can stand here", asked.name()),
        ),
        ProjectFault::Setting { method, error } => setting(method, error),
        ProjectFault::Constraint { expected } => Words::new(
            format!("this constraint cannot be read: {expected} was expected here"),
            "for example: not (normalisation == 'z_score' and aggregation == 'geometric')",
        ),
        ProjectFault::RepeatedLabel { choice, label } => Words::new(
            format!("two options of `{choice}` are called `{label}`"),
            "give one of them another name: { label = \"…\", … }",
        ),
        ProjectFault::SameKey { key, first, second } => Words::new(
            format!("`{first}` and `{second}` both replace `{key}`, and only one of them can hold"),
            format!(
                "make one choice of them, or let one of them change a setting only: {{ {key}.SETTING = … }}"
            ),
        ),
        ProjectFault::TooManyBranches { count, limit } => Words::new(
            match count {
                Some(count) => {
                    format!("there are {count} branches, and {limit} can be gone through")
                }
                None => format!(
                    "there are more branches than can be counted, and {limit} can be gone through"
                ),
            },
            "leave out options, or state `sample = 10000` to draw so many of the branches",
        ),
        ProjectFault::PluginUntrusted { path, pinned, command } => Words::new(
            match pinned {
                true => format!(
                    "the plugin {path} is pinned by the project, and not trusted by you: nothing of it was run"
                ),
                false => format!("the plugin {path} is not trusted: nothing of it was run"),
            },
            format!("if you know where it comes from: {command}"),
        ),
        ProjectFault::PluginRefused { path, why, command } => plugin(path, why, command),
        ProjectFault::PluginMethod { code, stage, offered } => Words::new(
            format!("plugin `{code}` does not offer exactly one method of {}", stage.name()),
            format!("it offers {}; `method` says which is meant", offered.join(", ")),
        ),
        ProjectFault::PluginFailed { code, method, stage, what, hint } => Words {
            what: format!("{} `{method}` of plugin `{code}` cannot be made: {what}", stage.name()),
            hint: hint.as_ref().map(ToString::to_string),
        },
        ProjectFault::ScriptUnread { name, why } => match why {
            Unread::Outside => Words::new(
                format!("the script `{name}` lies outside the project"),
                "scripts lie below the project's folder, and are named from there with `/`",
            ),
            Unread::TooLong(limit) => Words::new(
                format!("the script `{name}` is longer than {limit} bytes"),
                "put parts of it into modules, and numbers into tables",
            ),
            Unread::Unreadable(reason) => {
                Words { what: format!("the script `{name}` cannot be read: {reason}"), hint: None }
            }
            Unread::NotThere => Words { what: format!("there is no script `{name}`"), hint: None },
        },
        ProjectFault::BaseCircle { codes } => Words::new(
            format!("systems are made of each other in a circle: {}", codes.join(" → ")),
            "one of them must have a `tree`, or a script that needs no base",
        ),
        ProjectFault::SeveralLeagues { systems } => Words::new(
            format!(
                "leagues are stated more than once; scripts of {} divide the regions",
                list(systems)
            ),
            "leave out [league.…], or the function `leagues` of the script",
        ),
        ProjectFault::Condition { expected } => Words::new(
            format!("this condition cannot be read: {expected} was expected here"),
            "for example: level == 'city' and not group('capital')",
        ),
        ProjectFault::LeaguesOverlap { first, second, region, count } => Words::new(
            format!("leagues `{first}` and `{second}` share {}", regions(region, *count)),
            "a region is ranked in one league only; groups may overlap",
        ),
        ProjectFault::EmptyLeague { code } => Words::new(
            format!("no region is in league `{code}`"),
            "look at its condition, and at the attributes of the region table",
        ),
        ProjectFault::RepeatedNode { code } => {
            Words::new(format!("two nodes have the code `{code}`"), "give each a code of its own")
        }
        ProjectFault::UnknownParent { code, parent, known } => Words {
            what: format!("`{code}` has the parent `{parent}`, which is no node"),
            hint: near(parent, known),
        },
        ProjectFault::ParentCircle { codes } => Words::new(
            format!("parents lead round in a circle: {}", codes.join(" → ")),
            "the root has no parent, and every other node leads up to it",
        ),
        ProjectFault::SeveralRoots { codes } => Words::new(
            format!("{} nodes have no parent: {}", codes.len(), list(codes)),
            "a tree has one root: name the parent of the others",
        ),
        ProjectFault::EmptyTree => {
            Words::new("there is no node in this tree", "a tree has a root and at least one leaf")
        }
        ProjectFault::BadNumber { code, column, must } => Words::new(
            format!("`{column}` of `{code}` cannot be used"),
            format!("it must be {must}"),
        ),
        ProjectFault::FullMarksSum { code, stated, sum } => Words::new(
            format!(
                "`{code}` has full marks {}, and its children's add up to {}",
                short(*stated),
                short(*sum)
            ),
            "leave its own blank to have the sum, or correct one of them",
        ),
        ProjectFault::WeightsSum { code, stated, sum } => Words::new(
            format!(
                "the weights below `{code}` add up to {}, and the system states {}",
                short(*sum),
                short(*stated)
            ),
            "correct them, or leave `weights_sum` out: weights are scaled to a sum of 1 in any case",
        ),
        ProjectFault::Limit { leaf, region, period, value, lower, upper, count } => {
            let bound = |b: &Option<f64>| b.map_or("…".into(), short);
            let others = match count - 1 {
                0 => String::new(),
                n => format!(", and {n} more values of it are beyond as well"),
            };
            Words::new(
                format!(
                    "`{leaf}` is {} for {region} in {period}, beyond its limits {} to {}{others}",
                    short(*value),
                    bound(lower),
                    bound(upper)
                ),
                "correct the value, or the limits (`lower`, `upper`) in the tree",
            )
        }
        ProjectFault::Contract { methodology, problem, named } => {
            let words = contract(problem, named);
            Words { what: format!("methodology `{methodology}`: {}", words.what), ..words }
        }
        ProjectFault::NoRows => Words::new(
            "there is no row of values to evaluate",
            "fill in the table of values: a row a region (and period), or a row a value",
        ),
        ProjectFault::NoMethodology => Words::new(
            "the project has no methodology",
            "add a table [methodology.official] with at least `normalisation`",
        ),
    }
}

/// Why a file is not taken for a plugin.
pub(super) fn plugin(path: &str, why: &Refusal, command: &str) -> Words {
    let built = "it is built by `cargo build --release`, or by a compiler with -shared";
    let (what, hint) = match why {
        Refusal::Unreadable { reason } => (format!("it cannot be read: {reason}"), String::new()),
        Refusal::Stale { pinned, found } => (
            format!(
                "it is not the file that was trusted: its hash is {found}, and {pinned} is pinned"
            ),
            format!("if you know why it changed: {command}"),
        ),
        Refusal::NotALibrary { reason } => {
            (format!("the system does not take it for a library: {reason}"), built.to_owned())
        }
        Refusal::NoEntry => (
            "it exports no function `quanheng_plugin`".into(),
            "it is no plugin, or its `export!` is missing".into(),
        ),
        Refusal::OtherContract { found } => {
            let (least, greatest) = quanheng_plugin_host::CONTRACTS;
            let of = match (least == greatest, found) {
                (true, _) => format!("contract {least}"),
                (false, _) => format!("contracts {least} to {greatest}"),
            };
            let found = found.map_or("another contract".into(), |n| format!("contract {n}"));
            (
                format!("it is written to {found}, and this program takes {of}"),
                "build it against the quanheng-plugin of this version".into(),
            )
        }
        Refusal::Truncated { found, needed } => (
            format!("its table has {found} bytes, and {needed} are needed"),
            "`size` is sizeof(qh_table), and `make` and `call` are filled in".into(),
        ),
        Refusal::OtherTarget { found, needed } => (
            format!("it was built for {found}, and this program runs on {needed}"),
            "build it for this machine".into(),
        ),
        Refusal::NotText { what } => (
            format!("its {what} is not UTF-8"),
            "texts are UTF-8, with their length in bytes".into(),
        ),
        Refusal::Nonsense { method, what } => (
            format!("what it says of its method `{method}` cannot be used: {what}"),
            "docs/plugins.md has the contract".into(),
        ),
        Refusal::Unusable { what } => (
            format!("what it says of itself cannot be used: {what}"),
            "docs/plugins.md has the contract".into(),
        ),
        Refusal::Died { how } => (
            format!("it cannot be opened: {how}"),
            "nothing else is lost; this is a fault of the plugin: tell its author".into(),
        ),
        Refusal::NoIsolation { reason } => (
            format!("a process of its own cannot be had: {reason}"),
            "isolation = \"none\" runs it in the program itself, if you trust it so far".into(),
        ),
        other => (format!("it is refused: {other:?}"), String::new()),
    };
    Words {
        what: format!("the plugin {path} is not taken: {what}"),
        hint: (!hint.is_empty()).then_some(hint),
    }
}

/// The numbers that are allowed.
fn between(least: f64, greatest: f64, whole: bool) -> String {
    let kind = if whole { "a whole number " } else { "" };
    match (least, greatest.is_finite()) {
        (f64::NEG_INFINITY, _) => "a finite number".into(),
        (ABOVE_ZERO, false) => "above 0".into(),
        (least, false) => format!("{} or more", exact(least)),
        (least, true) if whole => format!("{kind}from {} to {}", exact(least), exact(greatest)),
        (least, true) => format!("between {} and {}", exact(least), exact(greatest)),
    }
}

fn missing(key: &str) -> String {
    match key {
        "normalisation" => "for example: normalisation = \"min_max\"".into(),
        "choices" => "for example: choices = { normalisation = [\"min_max\", \"z_score\"] }".into(),
        "label" => "for example: { label = \"short\", normalisation = \"rank\" }".into(),
        "regions" => "for example: regions = \"regions.csv\"".into(),
        "values" => "for example: values = \"values.csv\"".into(),
        "tree` or `script" => {
            "for example: tree = \"tree.csv\", or script = \"system/my.rhai\"".into()
        }
        "data" => "add a table [data] with `regions` and `values`, the files that hold them".into(),
        _ => format!("add `{key} = …`"),
    }
}

fn regions(region: &str, count: usize) -> String {
    match count {
        1 => format!("region {region}"),
        n => format!("{n} regions, {region} among them"),
    }
}

fn setting(method: &str, error: &SettingError) -> Words {
    let name = &error.setting;
    match &error.fault {
        SettingFault::Unknown { known } if known.is_empty() => {
            Words::new(format!("`{method}` has no setting `{name}`"), "it has no settings at all")
        }
        SettingFault::Unknown { known } => {
            Words { what: format!("`{method}` has no setting `{name}`"), hint: near(name, known) }
        }
        SettingFault::WrongType { accepts } => {
            let setting = quanheng_core::method::Setting {
                name: name.clone().into(),
                doc: "".into(),
                accepts: accepts.clone(),
                default: None,
                range: None,
                in_unit: false,
            };
            Words::new(
                format!("`{name}` of `{method}` is of the wrong kind"),
                format!("it must be {}", methods::accepts(&setting)),
            )
        }
        SettingFault::OutOfRange { least, greatest } => Words::new(
            format!("`{name}` of `{method}` is out of range"),
            match greatest.is_finite() {
                true => format!("it must lie between {} and {}", short(*least), short(*greatest)),
                false => format!("it must be {} or more", short(*least)),
            },
        ),
        SettingFault::Unstated => Words::new(
            format!("`{method}` needs `{name}`"),
            match method.ends_with(".rhai") {
                true => format!("`quanheng script show {method}` says what it is"),
                false => format!("`quanheng methods show {method}` says what it is"),
            },
        ),
        SettingFault::Expected(expected) => Words::new(
            format!("`{name}` of `{method}` does not fit"),
            format!("it must be {expected}"),
        ),
    }
}

fn contract(problem: &ContractProblem, named: &Named) -> Words {
    let node = &named.node;
    let child = named.child.as_deref().unwrap_or_default();
    match problem {
        ContractProblem::NoColumn { column, .. } => Words {
            what: format!("the data have no column `{column}`, which {node} is read from"),
            hint: Some(match &named.near {
                Some(near) => format!(
                    "did you mean `{near}`? `column` in the tree says where a leaf is read from"
                ),
                None => "`column` in the tree says where a leaf is read from".into(),
            }),
        },
        ContractProblem::Sign { method, given_by, positive, stage, .. } => Words::new(
            format!(
                "{} `{method}` of {node} needs values {}, and {child} has some {} after `{given_by}`",
                stage.name(),
                if *positive { "above 0" } else { "of 0 or more" },
                if *positive { "at or below 0" } else { "below 0" },
            ),
            format!(
                "bring {child} to a range above 0 (min_max with lower = 1 and upper = 100, say), or put {node} together another way"
            ),
        ),
        ContractProblem::Orientation { method, given_by, stage, .. } => Words::new(
            format!(
                "{} `{method}` of {node} takes more to be better, and in {child} less is better after `{given_by}`",
                stage.name()
            ),
            "choose a normalisation that turns it round (min_max, z_score, goalposts …)",
        ),
        ContractProblem::Absent { leaf: _, method, cells, stage, .. } => Words::new(
            format!(
                "{} `{method}` of {node} needs every value, and {child} has {cells} absent cells",
                stage.name()
            ),
            "fill them by an imputation, or choose a method that can do without",
        ),
        ContractProblem::NeedsPanel { method, stage, .. } => Words::new(
            format!(
                "{} `{method}` looks along time, and {node} is looked at one period at a time",
                stage.name()
            ),
            "say over = \"panel\"",
        ),
        ContractProblem::NoFact { fact, method, .. } => Words::new(
            format!("weighting `{method}` needs `{fact}` of {node}, and the tree states none"),
            format!("fill in `{fact}` in the tree, or choose {}", other_weighting(method)),
        ),
    }
}

fn other_weighting(method: &str) -> &'static str {
    if method == "given" { "weighting = \"equal\"" } else { "another weighting" }
}

/// A stage in words.
pub(super) fn stage(stage: Stage) -> &'static str {
    stage.name()
}
