//! Messages, and texts made of them that are put into words when the language is known.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::Language;
use crate::number::short;
use crate::visible;

/// A message of the language files, in both languages.
#[derive(Debug)]
pub struct Message {
    pub(crate) id: &'static str,
    pub(crate) en: &'static [Piece],
    pub(crate) zh: &'static [Piece],
}

/// A piece of a message.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Words as they are.
    Plain(&'static str),
    /// The content of a slot.
    Slot(&'static str),
    /// Other pieces, by the content of a slot.
    #[allow(dead_code, reason = "the language files may have no choice at a time")]
    Choose {
        slot: &'static str,
        cases: &'static [(Case, &'static [Piece])],
        other: &'static [Piece],
    },
}

/// When a choice is taken.
#[derive(Debug)]
#[allow(dead_code, reason = "the language files may have no such case at a time")]
pub(crate) enum Case {
    /// The slot is a count of one.
    One,
    /// The slot is exactly this.
    Is(&'static str),
}

impl Message {
    /// Its id in the language files.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The words of a message without slots.
    pub fn word(&self, language: Language) -> &'static str {
        match self.pieces(language) {
            [Piece::Plain(words)] => words,
            // A message has words, and one without slots has nothing else.
            _ => "",
        }
    }

    fn pieces(&self, language: Language) -> &'static [Piece] {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

/// What fills a slot of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Text that is the same in every language: a name, a number, a file.
    Fixed(String),
    /// How many there are of something; chooses plural forms.
    Count(i128),
    /// Words that depend on the language.
    Words(Text),
    /// Names, each in back quotes; what is beyond the first two dozen is counted.
    Names(Vec<String>),
    /// Several texts in a row.
    Several(Vec<Text>),
    /// Text from outside that differs by language, such as the name of a region: in Chinese, in English.
    Either(String, String),
}

/// How many names of a list are written out.
const SHOWN: usize = 24;

impl Slot {
    fn render(&self, language: Language, out: &mut String) {
        let comma = match language {
            Language::Zh => "、",
            Language::En => ", ",
        };
        match self {
            Slot::Fixed(text) => out.push_str(&visible(text)),
            Slot::Count(count) => out.push_str(&count.to_string()),
            Slot::Words(text) => text.write(language, out),
            Slot::Either(zh, en) => out.push_str(match language {
                Language::Zh => zh,
                Language::En => en,
            }),
            Slot::Several(texts) => {
                let texts: Vec<String> = texts.iter().map(|t| t.render(language)).collect();
                out.push_str(&texts.join(comma));
            }
            Slot::Names(names) => {
                let shown = names.iter().take(SHOWN).map(|name| format!("`{}`", visible(name)));
                let shown = shown.collect::<Vec<_>>().join(comma);
                match names.len().saturating_sub(SHOWN) {
                    0 => out.push_str(&shown),
                    rest => {
                        crate::text!(list_more, names = shown, count = rest).write(language, out);
                    }
                }
            }
        }
    }

    fn is(&self, case: &Case) -> bool {
        match (case, self) {
            (Case::One, Slot::Count(count)) => *count == 1,
            (Case::One, _) => false,
            (Case::Is(word), Slot::Fixed(text)) => text == word,
            (Case::Is(word), Slot::Count(count)) => count.to_string() == *word,
            (Case::Is(_), _) => false,
        }
    }
}

/// A text that is put into words when the language is known. It is small, because errors carry several of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text(pub(crate) Content);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Content {
    Plain(Box<str>),
    Filled(Box<Filled>),
}

/// A message with what fills its slots.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Filled {
    pub(crate) message: Id,
    pub(crate) slots: Vec<(&'static str, Slot)>,
}

/// Messages are the same where their ids are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Id(pub(crate) &'static Message);

impl PartialEq for Id {
    fn eq(&self, other: &Id) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Id {}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl Default for Text {
    /// No words.
    fn default() -> Self {
        Text::plain("")
    }
}

/// Whether a letter or a digit stands on one side, and Chinese on the other, so that a blank belongs between them.
fn needs_blank(before: Option<char>, after: Option<char>) -> bool {
    let is_chinese = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let (Some(before), Some(after)) = (before, after) else { return false };
    (is_chinese(before) && after.is_ascii_alphanumeric())
        || (before.is_ascii_alphanumeric() && is_chinese(after))
}

impl Text {
    /// Words that come from outside and are the same in every language: an author's own message, a name.
    pub fn plain(words: impl Into<String>) -> Text {
        Text(Content::Plain(words.into().into_boxed_str()))
    }

    /// Text from outside that differs by language, such as the name of a region.
    pub fn by_language(words: impl Fn(Language) -> String) -> Text {
        let (zh, en) = (words(Language::Zh), words(Language::En));
        match zh == en {
            true => Text::plain(en),
            false => crate::text!(several_texts, texts = Slot::Either(zh, en)),
        }
    }

    #[doc(hidden)]
    pub fn of(message: &'static Message, mut slots: Vec<(&'static str, Slot)>) -> Text {
        slots.sort_by_key(|(name, _)| *name);
        Text(Content::Filled(Box::new(Filled { message: Id(message), slots })))
    }

    /// The text in a language.
    pub fn render(&self, language: Language) -> String {
        let mut out = String::new();
        self.write(language, &mut out);
        out
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Content::Plain(words) if words.is_empty())
    }

    /// Whether both are one message, whatever fills its slots; words from outside must be the same.
    pub fn is_like(&self, other: &Text) -> bool {
        match (&self.0, &other.0) {
            (Content::Plain(one), Content::Plain(other)) => one == other,
            (Content::Filled(one), Content::Filled(other)) => one.message == other.message,
            _ => false,
        }
    }

    /// The same text with at most `most` characters of everything that came from outside, and lists cut short.
    pub fn bounded(&self, most: usize) -> Text {
        let cut = |text: &str| match text.char_indices().nth(most) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        fn shorter(text: &Text) -> Text {
            let Content::Filled(filled) = &text.0 else { return text.clone() };
            let one = |slot: &Slot| match slot {
                Slot::Words(text) => Slot::Words(shorter(text)),
                Slot::Several(texts) if texts.len() > SHOWN => {
                    let names = Slot::Several(texts[..SHOWN].iter().map(shorter).collect());
                    let count = texts.len() - SHOWN;
                    Slot::Words(crate::text!(list_more, names = names, count = count))
                }
                Slot::Several(texts) => Slot::Several(texts.iter().map(shorter).collect()),
                other => other.clone(),
            };
            let slots = filled.slots.iter().map(|(name, slot)| (*name, one(slot))).collect();
            Text(Content::Filled(Box::new(Filled { message: filled.message, slots })))
        }
        shorter(self).map(&cut)
    }

    /// The same text in which invisible characters that came from outside are shown by their numbers.
    pub fn seen(&self) -> Text {
        self.map(&|text| visible(text).into_owned())
    }

    /// The same text with everything that came from outside, such as names, changed by `f`.
    pub fn map(&self, f: &dyn Fn(&str) -> String) -> Text {
        let one = |slot: &Slot| match slot {
            Slot::Fixed(text) => Slot::Fixed(f(text)),
            Slot::Count(count) => Slot::Count(*count),
            Slot::Words(text) => Slot::Words(text.map(f)),
            Slot::Names(names) => Slot::Names(names.iter().map(|name| f(name)).collect()),
            Slot::Several(texts) => Slot::Several(texts.iter().map(|text| text.map(f)).collect()),
            Slot::Either(zh, en) => Slot::Either(f(zh), f(en)),
        };
        Text(match &self.0 {
            Content::Plain(words) => Content::Plain(f(words).into_boxed_str()),
            Content::Filled(filled) => Content::Filled(Box::new(Filled {
                message: filled.message,
                slots: filled.slots.iter().map(|(name, slot)| (*name, one(slot))).collect(),
            })),
        })
    }

    fn write(&self, language: Language, out: &mut String) {
        match &self.0 {
            Content::Plain(words) => out.push_str(&visible(words)),
            Content::Filled(filled) => {
                write(filled.message.0.pieces(language), &filled.slots, language, out);
            }
        }
    }
}

fn write(pieces: &[Piece], slots: &[(&'static str, Slot)], language: Language, out: &mut String) {
    // `text!` lets no message be made without its slots.
    let slot = |name: &str| slots.iter().find(|(n, _)| *n == name).map(|(_, slot)| slot);
    // Whether a text with words of its own has just been put in.
    let mut put_in = false;
    for piece in pieces {
        match piece {
            Piece::Plain(words) => {
                if put_in && needs_blank(out.chars().next_back(), words.chars().next()) {
                    out.push(' ');
                }
                out.push_str(words);
            }
            Piece::Slot(name) => match slot(name) {
                None => {}
                Some(Slot::Words(text)) => {
                    let mut words = String::new();
                    text.write(language, &mut words);
                    if needs_blank(out.chars().next_back(), words.chars().next()) {
                        out.push(' ');
                    }
                    out.push_str(&words);
                    put_in = true;
                    continue;
                }
                Some(slot) => slot.render(language, out),
            },
            Piece::Choose { slot: name, cases, other } => {
                let taken = slot(name).and_then(|s| cases.iter().find(|(case, _)| s.is(case)));
                write(taken.map_or(*other, |(_, pieces)| *pieces), slots, language, out);
            }
        }
        put_in = false;
    }
}

impl fmt::Display for Text {
    /// In English: reports and problems are rendered in a language that is stated.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Language::En))
    }
}

macro_rules! slot_of {
    ($($from:ty => |$x:ident| $slot:expr;)+) => { $(
        impl From<$from> for Slot {
            fn from($x: $from) -> Slot { $slot }
        }
    )+ };
}

slot_of! {
    &str => |x| Slot::Fixed(x.to_owned());
    &&str => |x| Slot::Fixed((*x).to_owned());
    String => |x| Slot::Fixed(x);
    &String => |x| Slot::Fixed(x.clone());
    char => |x| Slot::Fixed(x.to_string());
    f64 => |x| Slot::Fixed(short(x));
    usize => |x| Slot::Count(x as i128);
    u32 => |x| Slot::Count(i128::from(x));
    u64 => |x| Slot::Count(i128::from(x));
    i32 => |x| Slot::Count(i128::from(x));
    i64 => |x| Slot::Count(i128::from(x));
    Text => |x| Slot::Words(x);
    &Text => |x| Slot::Words(x.clone());
    Vec<String> => |x| Slot::Names(x);
    &Vec<String> => |x| Slot::Names(x.clone());
    &[String] => |x| Slot::Names(x.to_vec());
    Vec<&str> => |x| Slot::Names(x.into_iter().map(str::to_owned).collect());
    &[&str] => |x| Slot::Names(x.iter().map(|name| (*name).to_owned()).collect());
    Vec<Text> => |x| Slot::Several(x);
}

/// Whether `given` are the slots of a message, in any order.
#[doc(hidden)]
pub const fn are_slots(of_message: &[&str], given: &[&str]) -> bool {
    if of_message.len() != given.len() {
        return false;
    }
    let mut i = 0;
    while i < given.len() {
        let mut j = 0;
        while j < of_message.len() && !same(given[i], of_message[j]) {
            j += 1;
        }
        let mut k = 0;
        while k < i && !same(given[i], given[k]) {
            k += 1;
        }
        if j == of_message.len() || k < i {
            return false;
        }
        i += 1;
    }
    true
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
