//! Texts on their way from one process to another: as bytes, from which the other side makes the same text.

use crate::text::Content;
use crate::{MESSAGES, Slot, Text};

/// Texts lie in the slots of other texts no deeper than this.
const DEEPEST: usize = 6;

impl Text {
    /// Writes the text as bytes.
    pub fn put(&self, out: &mut Vec<u8>) {
        match &self.0 {
            Content::Plain(words) => {
                out.push(0);
                put(out, words);
            }
            Content::Filled(filled) => {
                out.push(1);
                put(out, filled.message.0.id());
                filled.slots.iter().for_each(|(_, slot)| put_slot(out, slot));
            }
        }
    }

    /// Reads what [`Text::put`] wrote, and takes it off the front; `None` where it is cut short or no text of this program.
    pub fn read(bytes: &mut &[u8]) -> Option<Text> {
        text(bytes, DEEPEST)
    }
}

fn put(out: &mut Vec<u8>, words: &str) {
    out.extend((words.len() as u64).to_le_bytes());
    out.extend(words.as_bytes());
}

fn put_slot(out: &mut Vec<u8>, slot: &Slot) {
    match slot {
        Slot::Fixed(words) => {
            out.push(0);
            put(out, words);
        }
        Slot::Count(count) => {
            out.push(1);
            out.extend(count.to_le_bytes());
        }
        Slot::Words(text) => {
            out.push(2);
            text.put(out);
        }
        Slot::Names(names) => {
            out.push(3);
            out.extend((names.len() as u64).to_le_bytes());
            names.iter().for_each(|name| put(out, name));
        }
        Slot::Several(texts) => {
            out.push(4);
            out.extend((texts.len() as u64).to_le_bytes());
            texts.iter().for_each(|text| text.put(out));
        }
        Slot::Either(zh, en) => {
            out.push(5);
            put(out, zh);
            put(out, en);
        }
    }
}

fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (front, rest) = bytes.split_at_checked(n)?;
    *bytes = rest;
    Some(front)
}

fn count(bytes: &mut &[u8]) -> Option<usize> {
    let count = u64::from_le_bytes(take(bytes, 8)?.try_into().ok()?);
    usize::try_from(count).ok()
}

fn words(bytes: &mut &[u8]) -> Option<String> {
    let length = count(bytes)?;
    String::from_utf8(take(bytes, length)?.to_vec()).ok()
}

fn text(bytes: &mut &[u8], depth: usize) -> Option<Text> {
    let depth = depth.checked_sub(1)?;
    match take(bytes, 1)?[0] {
        0 => words(bytes).map(Text::plain),
        1 => {
            let id = words(bytes)?;
            let at = MESSAGES.binary_search_by(|(message, _)| message.id().cmp(&id)).ok()?;
            let (message, names) = MESSAGES[at];
            let read = |name: &&'static str| Some((*name, slot(bytes, depth)?));
            let slots = names.iter().map(read).collect::<Option<_>>()?;
            Some(Text::of(message, slots))
        }
        _ => None,
    }
}

fn slot(bytes: &mut &[u8], depth: usize) -> Option<Slot> {
    Some(match take(bytes, 1)?[0] {
        0 => Slot::Fixed(words(bytes)?),
        1 => Slot::Count(i128::from_le_bytes(take(bytes, 16)?.try_into().ok()?)),
        2 => Slot::Words(text(bytes, depth)?),
        3 => Slot::Names((0..count(bytes)?).map(|_| words(bytes)).collect::<Option<_>>()?),
        4 => Slot::Several((0..count(bytes)?).map(|_| text(bytes, depth)).collect::<Option<_>>()?),
        5 => Slot::Either(words(bytes)?, words(bytes)?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Text, text};

    #[test]
    fn what_is_written_is_read() {
        let inner = text!(unreadable, file = "a.csv", reason = Text::plain("denied"));
        let texts = [
            Text::plain("as it is"),
            text!(one_of, names = vec!["a", "b"]),
            text!(list_more, names = vec![inner.clone(), inner], count = 3_usize),
            Text::by_language(|language| language.tag().to_owned()),
        ];
        let mut bytes = Vec::new();
        texts.iter().for_each(|text| text.put(&mut bytes));
        let mut rest = &bytes[..];
        for text in &texts {
            assert_eq!(Text::read(&mut rest).as_ref(), Some(text));
        }
        assert!(rest.is_empty());
        for text in &texts[2..] {
            let mut last = Vec::new();
            text.put(&mut last);
            for end in 0..last.len() {
                assert!(Text::read(&mut &last[..end]).is_none(), "cut off at {end}");
            }
        }
    }

    #[test]
    fn texts_in_texts_without_an_end_are_refused() {
        let mut deep = text!(one_of, names = "x");
        (0..20).for_each(|_| deep = text!(one_of, names = &deep));
        let mut bytes = Vec::new();
        deep.put(&mut bytes);
        assert!(Text::read(&mut &bytes[..]).is_none());
    }

    #[test]
    fn what_came_from_outside_can_be_changed() {
        let list = text!(one_of, names = vec!["a", "b"]);
        assert_eq!(list.map(&|name| name.to_uppercase()).to_string(), "one of `A`, `B`");
    }
}
