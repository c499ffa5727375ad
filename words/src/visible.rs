//! Characters that cannot be seen, made visible: a code with one of them looks like another code.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character takes no room, or looks like a common blank and is another character. A line feed, a tab and the
/// wide blank of Chinese text are none of these.
pub fn is_invisible(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{a0}' => true,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => {
            true
        }
        '\u{180b}'..='\u{180f}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' => true,
        '\u{205f}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}' => true,
        '\u{1bca0}'..='\u{1bca3}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

/// A text in which every character that cannot be seen is written by its number: `110000<U+200B>`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && text.bytes().all(|b| !is_invisible(char::from(b))) {
        return Cow::Borrowed(text);
    }
    // CRLF ends a line, as LF does.
    let hidden = |at: usize, c: char| {
        is_invisible(c) && !(c == '\r' && text[at + c.len_utf8()..].starts_with('\n'))
    };
    if !text.char_indices().any(|(at, c)| hidden(at, c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        match hidden(at, c) {
            true => write!(out, "<U+{:04X}>", c as u32).expect("a text takes everything"),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown() {
        for (text, shown) in [
            ("110000\u{200b}", "110000<U+200B>"),
            ("\u{feff}北京", "<U+FEFF>北京"),
            ("a\u{a0}b", "a<U+00A0>b"),
            ("北　京\r\n天津\t", "北　京\r\n天津\t"),
            ("a\rb\u{1b}[1m", "a<U+000D>b<U+001B>[1m"),
            ("", ""),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
