//! Writes HTML that is well formed by construction: an element ends where the function that fills it ends, no text is
//! markup, and no id is given twice.

use std::collections::HashSet;

/// A page that is being written.
#[derive(Debug, Default)]
pub(in crate::report) struct Markup {
    out: String,
    ids: HashSet<String>,
}

/// Attributes of an element, each with its value.
pub(in crate::report) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Markup {
    /// What was written.
    pub(in crate::report) fn finished(self) -> String {
        self.out
    }

    /// An id that begins with these words and that no other element has: letters, digits and hyphens.
    pub(in crate::report) fn id(&mut self, wanted: &str) -> String {
        let wanted = id_of(wanted);
        let mut id = wanted.clone();
        let mut n = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{wanted}-{n}");
            n += 1;
        }
        id
    }

    /// An element with what `fill` writes in it.
    pub(in crate::report) fn element(
        &mut self,
        tag: &str,
        attributes: Attributes<'_>,
        fill: impl FnOnce(&mut Markup),
    ) {
        self.begin(tag, attributes);
        fill(self);
        self.end(tag);
    }

    /// An element with a text in it.
    pub(in crate::report) fn leaf(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) {
        self.begin(tag, attributes);
        self.text(text);
        self.end(tag);
    }

    /// An element that never has anything in it, such as `meta`.
    pub(in crate::report) fn void(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.begin(tag, attributes);
    }

    /// A text; the ends of its lines stay.
    pub(in crate::report) fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// The end of a line of the file, which no reader sees.
    pub(in crate::report) fn line(&mut self) {
        self.out.push('\n');
    }

    /// Markup that was made elsewhere, and is well formed.
    pub(in crate::report) fn made(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn begin(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            match value.is_empty() {
                true => {}
                false if is_plain(value) => {
                    self.out.push('=');
                    self.out.push_str(value);
                }
                false => {
                    self.out.push_str("=\"");
                    attribute(value, &mut self.out);
                    self.out.push('"');
                }
            }
        }
        self.out.push('>');
    }

    /// The ends of rows and cells are left out, as HTML lets them be: a page has some ten thousand of them.
    fn end(&mut self, tag: &str) {
        if matches!(tag, "td" | "th" | "tr") {
            return;
        }
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }
}

/// Appends a text in which no sign is markup; ends of lines become line breaks, and signs that steer are left out.
fn escape(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str("<br>"),
            sign if steers(sign) => {}
            sign => out.push(sign),
        }
    }
}

/// Whether a value needs no quotation marks, as HTML has it: a page has some ten thousand of them.
pub(super) fn is_plain(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'#'))
}

fn attribute(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push(' '),
            sign if steers(sign) => {}
            sign => out.push(sign),
        }
    }
}

/// Whether a sign is not seen and changes how others are: controls, and marks of direction.
pub(in crate::report) fn steers(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text as an id: what is neither a letter of English nor a digit is written by its number, so that two texts never
/// have the same id.
pub(in crate::report) fn id_of(text: &str) -> String {
    let mut id = String::new();
    for sign in text.chars() {
        match sign {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => id.push(sign),
            other => id.push_str(&format!("_{:x}_", u32::from(other))),
        }
    }
    id
}

/// A value as JSON that may stand in a script element, where `</script` and `<!--` would be markup.
pub(in crate::report) fn json(value: &serde_json::Value) -> String {
    let mut out = String::new();
    for sign in value.to_string().chars() {
        match sign {
            '<' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(sign))),
            sign if steers(sign) => out.push_str(&format!("\\u{:04x}", u32::from(sign))),
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        let mut page = Markup::default();
        page.element("p", &[("title", "a\"b<c")], |page| page.text("<b>&\u{202e}\n\u{1b}x"));
        assert_eq!(page.finished(), "<p title=\"a&quot;b&lt;c\">&lt;b&gt;&amp;<br>x</p>");
    }

    #[test]
    fn no_id_is_given_twice() {
        let mut page = Markup::default();
        assert_eq!(
            [page.id("a"), page.id("a"), page.id("a_b"), page.id("a-2")],
            ["a".to_owned(), "a-2".to_owned(), "a_5f_b".to_owned(), "a-2-2".to_owned()]
        );
    }

    #[test]
    fn json_ends_no_script() {
        let value = serde_json::json!(["</script><!--", "\u{2028}"]);
        assert_eq!(json(&value), "[\"\\u003c/script>\\u003c!--\",\"\\u2028\"]");
    }
}
