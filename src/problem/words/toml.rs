//! What the reader of TOML says, in words.

use quanheng_words::{Text, text};

use super::Words;

/// A message of the reader; one that is not known here stands in brackets as it is.
pub(super) fn words(message: &str) -> Words {
    let (what, hint) = kind(message);
    Words::new(text!(toml_invalid, what = what), hint)
}

/// What is wrong, and what to do.
fn kind(message: &str) -> (Text, Text) {
    let (said, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let not_closed =
        |sign: &str| (text!(toml_not_closed, sign = sign), text!(toml_not_closed_hint));
    match said {
        "duplicate key" => (text!(toml_duplicate_key), text!(toml_duplicate_key_hint)),
        "missing value" | "missing value for key" | "key with no value" | "invalid value" => {
            (text!(toml_value_missing), text!(toml_value_missing_hint))
        }
        "string values must be quoted" | "missing opening quote" | "invalid boolean" => {
            (text!(toml_quotes), text!(toml_quotes_hint))
        }
        "unclosed array" | "unclosed table" => not_closed("`]`"),
        "unclosed array table" => not_closed("`]]`"),
        "unclosed inline table" => not_closed("`}`"),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            (text!(toml_comma_missing), text!(toml_comma_missing_hint))
        }
        "missing key for inline table element"
        | "invalid inline table element"
        | "invalid key-value pair" => (text!(toml_pair), text!(toml_value_missing_hint)),
        "missing assignment between key-value pairs" => {
            (text!(toml_equals_missing), text!(toml_value_missing_hint))
        }
        "unexpected `=` in array" => (text!(toml_extra), text!(toml_extra_hint)),
        "carriage return must be followed by newline" => {
            (text!(toml_carriage_return), text!(toml_carriage_return_hint))
        }
        "invalid comment character" => (text!(toml_comment), text!(toml_comment_hint)),
        "recursion limit" | "cannot recurse further; max recursion depth met" => {
            (text!(toml_deep), text!(toml_deep_hint))
        }
        "unexpected key or value"
        | "unexpected content"
        | "unexpected content between comment and newline" => {
            (text!(toml_newline), text!(toml_newline_hint))
        }
        "invalid unquoted key"
        | "unquoted keys cannot be empty"
        | "keys cannot be multi-line basic strings"
        | "keys cannot be multi-line literal strings" => (text!(toml_key), text!(toml_key_hint)),
        "`_` may only go between digits"
        | "unexpected leading zero"
        | "unexpected sign"
        | "redundant integer number prefix"
        | "redundant numeric sign"
        | "radix must be lowercase"
        | "integers with a radix cannot be signed"
        | "invalid date-time"
        | "invalid float"
        | "invalid integer number"
        | "invalid hexadecimal number"
        | "invalid octal number"
        | "invalid binary number" => (text!(toml_number), text!(toml_number_hint)),
        "missing escaped value" | "too few unicode value digits" => {
            (text!(toml_text), text!(toml_text_hint))
        }
        _ if said.starts_with("extra ") => (text!(toml_extra), text!(toml_extra_hint)),
        _ if said.starts_with("cannot extend value") => {
            (text!(toml_dotted), text!(toml_dotted_hint))
        }
        _ if said.ends_with("string") => match expected.starts_with(['`', '\'']) {
            true => (text!(toml_text_open), text!(toml_text_open_hint)),
            false => (text!(toml_text), text!(toml_text_hint)),
        },
        _ => (text!(toml_other, message = message), text!(toml_other_hint)),
    }
}

/// What is wrong.
pub(crate) fn reason(message: &str) -> Text {
    kind(message).0
}

#[cfg(test)]
mod tests {
    use quanheng_words::Language;

    use super::*;

    #[test]
    fn common_mistakes_are_said_in_both_languages() {
        for (wrong, english) in [
            ("a = \"x\n", "the text is not closed"),
            ("a = 'x\n", "the text is not closed"),
            ("a = \"\\q\"\n", "the text has a character or an escape that it cannot have"),
            ("a\n", "the key has no value"),
            ("a = 1\na = 2\n", "this key stands here twice"),
            ("a = [1, 2\n", "`]` is missing"),
            ("a = { b = 1\n", "`}` is missing"),
            ("[a\nb = 1\n", "`]` is missing"),
            ("a = 1 b = 2\n", "a new line must begin here"),
            ("a = text\n", "a value is needed here, and a text stands in quotation marks"),
            ("a = 01\n", "the number or date cannot be read"),
            ("# \u{1}\n", "the comment has a character that it cannot have"),
            ("a = 1\rb = 2\n", "a carriage return stands here without a line feed"),
            ("a = [1, = 2]\n", "there is one sign too many here"),
        ] {
            let error = toml::from_str::<toml::Table>(wrong).unwrap_err();
            let (what, hint) = kind(error.message());
            assert_eq!(what.to_string(), english, "{wrong}: {}", error.message());
            for text in [what, hint] {
                let chinese = text.render(Language::Zh);
                assert!(chinese.contains(|c: char| c > '\u{3000}'), "{chinese}");
            }
        }
    }
}
