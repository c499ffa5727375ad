//! The form of what commands print.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::report::render::Format;

/// Longer tables are cut for people unless they say otherwise.
pub(super) const SHOWN: usize = 500;

/// Reads a form of output by its name.
pub(super) fn format() -> impl TypedValueParser<Value = &'static Format> {
    let names = Format::printed().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names).map(|name| Format::find(&name).expect("a possible value"))
}

/// The form in its former notation, which is refused: the reason is the notation that it has now.
#[derive(Debug, clap::Args)]
pub(super) struct Former {
    /// `--format json` now.
    #[arg(long, hide = true, num_args = 0, value_parser = now_format_json, default_missing_value = "")]
    json: Option<String>,
}

fn now_format_json(_: &str) -> Result<String, String> {
    Err("--format json".to_owned())
}
