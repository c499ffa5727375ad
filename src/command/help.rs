//! Help and wrong use of the command line, in the language that the program speaks.
//!
//! The English of help is the documentation of the arguments themselves; the Chinese stands in `words/zh.ftl`, a command
//! under its names (`command-script-new`), an argument below it (`command-script-new-stage`), and what every command
//! takes under `option-lang`.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use quanheng_words::{Language, Text, declared, text, word};

/// The command with everything that clap adds to it, in a language.
pub(super) fn spoken(mut command: Command, language: Language) -> Command {
    command.build();
    match language {
        Language::En => command,
        Language::Zh => translated(command, "command", true),
    }
}

/// Whether every command takes the argument.
fn is_of_all(argument: &Arg) -> bool {
    argument.is_global_set() || matches!(argument.get_id().as_str(), "help" | "version")
}

/// The id of an argument of the command with this id.
fn id_of(command: &str, argument: &Arg) -> String {
    match is_of_all(argument) {
        true => format!("option-{}", argument.get_id()),
        false => format!("{command}-{}", argument.get_id()),
    }
}

fn translated(command: Command, id: &str, top: bool) -> Command {
    const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
    let about = declared(Language::Zh, if top { "command-quanheng" } else { id }, "");
    let usage = usage(command.clone().render_usage().to_string().as_str(), Language::Zh);
    let command = command.override_usage(usage);
    let mut command = command.help_template(TEMPLATE).subcommand_help_heading("命令");
    if let Some(about) = about {
        command = command.about(about).long_about(about);
    }
    if top {
        command = command.after_help(word!(exit_codes, Language::Zh));
    }
    command = command.mut_args(|argument| {
        let Some(help) = declared(Language::Zh, &id_of(id, &argument), "") else { return argument };
        let defaults = argument.get_default_values().iter();
        let defaults: Vec<String> = defaults.map(|d| d.to_string_lossy().into_owned()).collect();
        let is_flag = !argument.get_action().takes_values();
        let help = match defaults.is_empty() || is_flag {
            true => help.to_owned(),
            false => format!("{help}（默认 {}）", defaults.join(" ")),
        };
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        let argument = argument.help(help.clone()).long_help(help).help_heading(heading);
        argument.hide_default_value(true).hide_possible_values(true)
    });
    command.mut_subcommands(|sub| {
        let id = format!("{id}-{}", sub.get_name());
        translated(sub, &id, false)
    })
}

/// A usage line without its heading, with the words that clap puts in it in the language.
fn usage(line: &str, language: Language) -> String {
    let line = line.trim_start_matches("Usage:").trim();
    match language {
        Language::En => line.to_owned(),
        Language::Zh => line.replace("[OPTIONS]", "[选项]").replace("COMMAND", "命令"),
    }
}

/// Every id that a command has, those of its arguments and of the commands below it included.
#[cfg(test)]
fn ids(command: &Command, id: &str, found: &mut std::collections::BTreeSet<String>) {
    found.insert(if id == "command" { "command-quanheng".to_owned() } else { id.to_owned() });
    found.extend(command.get_arguments().map(|argument| id_of(id, argument)));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        match sub.get_name() {
            // It has every other command below it once more.
            "help" => {
                found.insert(format!("{id}-help"));
            }
            name => ids(sub, &format!("{id}-{name}"), found),
        }
    }
}

/// The message about a wrong command line: what is wrong, what would be right, how the command is used.
pub(super) fn mistake(error: &clap::Error, language: Language) -> Option<String> {
    let of = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(all)) => all.clone(),
        Some(ContextValue::StyledStr(one)) => vec![one.to_string()],
        Some(ContextValue::StyledStrs(all)) => all.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    };
    let first = |kind: ContextKind| of(kind).into_iter().next().unwrap_or_default();
    let argument = first(ContextKind::InvalidArg);
    let value = first(ContextKind::InvalidValue);
    let reason = std::error::Error::source(error).map(ToString::to_string);
    if let (ErrorKind::ValueValidation, true, Some(now)) = (error.kind(), value.is_empty(), &reason)
    {
        let what = text!(usage_former, argument = argument);
        return Some(said(&what, &text!(usage_former_hint, now = now), error, language));
    }
    let what = match error.kind() {
        ErrorKind::UnknownArgument => text!(usage_unknown_argument, argument = argument),
        ErrorKind::InvalidSubcommand => {
            text!(usage_unknown_command, command = first(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => text!(usage_command_missing),
        ErrorKind::InvalidValue | ErrorKind::TooFewValues if value.is_empty() => {
            text!(usage_value_missing, argument = argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            text!(usage_invalid_value, argument = argument, value = value)
        }
        ErrorKind::MissingRequiredArgument => {
            text!(usage_argument_missing, arguments = of(ContextKind::InvalidArg))
        }
        ErrorKind::ArgumentConflict => {
            let other = first(ContextKind::PriorArg);
            match other == argument {
                true => text!(usage_repeated, argument = argument),
                false => text!(usage_conflict, argument = argument, other = other),
            }
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            text!(usage_number_of_values, argument = argument)
        }
        _ => return None,
    };
    let near =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = near.into_iter().map(first).find(|near| !near.is_empty());
    let valid = of(ContextKind::ValidValue);
    let hint = match (near, valid.is_empty(), reason) {
        (Some(name), ..) => text!(did_you_mean, name = name),
        (None, false, _) => text!(one_of, names = valid),
        // Our own reading of a value says in English what it must be; its help says so in every language.
        (None, true, Some(reason)) if language == Language::En => Text::plain(reason),
        _ => text!(usage_help_hint),
    };
    Some(said(&what, &hint, error, language))
}

/// What is wrong, what would be right, and how the command is used, if clap knows.
fn said(what: &Text, hint: &Text, error: &clap::Error, language: Language) -> String {
    let mut said = format!(
        "{}: {}\n  = {}: {}\n",
        word!(problem_error, language),
        what.render(language),
        word!(problem_help, language),
        hint.render(language)
    );
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = self::usage(&usage.to_string(), language);
        said.push_str(&format!("\n{}\n", text!(usage_is, usage = usage).render(language)));
    }
    said
}

/// The value of `--lang` among arguments that are not read yet: help and mistakes use that language too.
pub(super) fn asked(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        match word.split_once('=') {
            _ if word == "--" => return None,
            Some(("--lang", tag)) => return tag.parse().ok(),
            _ if word == "--lang" => return words.next()?.parse().ok(),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::command::Program;

    fn command(language: Language) -> Command {
        spoken(Program::command(), language)
    }

    #[test]
    fn every_command_and_argument_has_help_in_chinese() {
        let mut needed = BTreeSet::new();
        ids(&command(Language::En), "command", &mut needed);
        let had: BTreeSet<String> = quanheng_words::declared_ids()
            .map(|(id, _)| id.to_owned())
            .filter(|id| id.split('-').next().is_some_and(|of| of == "command" || of == "option"))
            .collect();
        let missing: Vec<&String> = needed.difference(&had).collect();
        let unknown: Vec<&String> = had.difference(&needed).collect();
        assert!(missing.is_empty(), "not in words/zh.ftl: {missing:#?}");
        assert!(unknown.is_empty(), "in words/zh.ftl, but no command or argument: {unknown:#?}");
    }

    #[test]
    fn mistakes_are_told_in_both_languages() {
        for (arguments, english, chinese) in [
            (&["run", "--botom"][..], "there is no argument `--botom`", "没有参数 `--botom`"),
            (&["rum"], "there is no command `rum`", "没有命令 `rum`"),
            (&["run", "--top", "x"], "`x` is not a value of `--top <N>`", "`--top <N>` 不能取 `x`"),
            (&["run", "--color", "blue"], "`blue` is not a value", "不能取 `blue`"),
            (&["new"], "`<FOLDER>` is missing", "缺少 `<FOLDER>`"),
            (&["show", "--json", "x"], "write `--format json`", "请写 `--format json`"),
            (&["test", "--accept", "--read-only"], "cannot be used with", "不能同时使用"),
        ] {
            for (language, expected) in [(Language::En, english), (Language::Zh, chinese)] {
                let words = std::iter::once("quanheng").chain(arguments.iter().copied());
                let error = command(language).try_get_matches_from(words).unwrap_err();
                let said = mistake(&error, language).unwrap_or_else(|| error.to_string());
                assert!(said.contains(expected), "{said}");
            }
        }
    }

    #[test]
    fn the_language_is_found_before_arguments_are_read() {
        let asked = |words: &[&str]| {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            super::asked(&words)
        };
        assert_eq!(asked(&["quanheng", "run", "--lang", "zh"]), Some(Language::Zh));
        assert_eq!(asked(&["quanheng", "--lang=en", "--help"]), Some(Language::En));
        assert_eq!(asked(&["quanheng", "run", "--", "--lang", "zh"]), None);
        assert_eq!(asked(&["quanheng", "--lang"]), None);
    }
}
