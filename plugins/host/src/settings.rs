//! Settings on their way to a plugin: values of a project as the contract has them, and as bytes for a child process.

use quanheng_core::method::{Accepts, Setting, Settings, Value};
use quanheng_plugin::contract::{self, Text};

/// Every setting of a method with its value, stated or default, in a form that pointers can point into.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stated {
    items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
struct Item {
    name: String,
    kind: u32,
    flag: bool,
    number: f64,
    text: String,
    numbers: Vec<f64>,
    texts: Vec<String>,
}

impl Stated {
    /// The stated values, which have been checked, and the defaults of the rest.
    pub(crate) fn new(declared: &[Setting], stated: &Settings) -> Self {
        let item = |setting: &Setting| {
            let stated = stated.0.get(setting.name.as_ref()).map(|value| setting.plain(value));
            let value = stated.or_else(|| setting.default.clone());
            let mut item = Item {
                name: setting.name.to_string(),
                kind: kind_of(&setting.accepts),
                flag: false,
                number: 0.0,
                text: String::new(),
                numbers: Vec::new(),
                texts: Vec::new(),
            };
            match &value {
                Some(Value::Bool(b)) => item.flag = *b,
                Some(Value::Number(x)) => item.number = *x,
                Some(Value::Text(text)) => item.text.clone_from(text),
                Some(Value::List(items)) => {
                    item.numbers = items.iter().filter_map(Value::number).collect();
                    item.texts = items.iter().filter_map(|v| v.text().map(str::to_owned)).collect();
                }
                Some(Value::Table(_)) | None => {}
            }
            item
        };
        Stated { items: declared.iter().map(item).collect() }
    }

    /// Hands the settings over in the form of the contract; the pointers are good while `f` runs.
    pub(crate) fn with<T>(&self, f: impl FnOnce(&[contract::Setting]) -> T) -> T {
        let part = |text: &str| Text { ptr: text.as_ptr(), len: text.len() };
        let texts: Vec<Vec<Text>> =
            self.items.iter().map(|i| i.texts.iter().map(|t| part(t)).collect()).collect();
        let list: Vec<contract::Setting> = self
            .items
            .iter()
            .zip(&texts)
            .map(|(item, texts)| contract::Setting {
                name: part(&item.name),
                kind: item.kind,
                flag: u32::from(item.flag),
                number: item.number,
                text: part(&item.text),
                numbers: item.numbers.as_ptr(),
                texts: texts.as_ptr(),
                count: if item.kind == contract::KIND_TEXTS {
                    texts.len()
                } else {
                    item.numbers.len()
                },
            })
            .collect();
        f(&list)
    }

    /// As bytes for the child process.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let text = |out: &mut Vec<u8>, text: &str| {
            out.extend((text.len() as u64).to_le_bytes());
            out.extend(text.as_bytes());
        };
        out.extend((self.items.len() as u64).to_le_bytes());
        for item in &self.items {
            text(out, &item.name);
            out.extend(item.kind.to_le_bytes());
            out.push(u8::from(item.flag));
            out.extend(item.number.to_le_bytes());
            text(out, &item.text);
            out.extend((item.numbers.len() as u64).to_le_bytes());
            item.numbers.iter().for_each(|x| out.extend(x.to_le_bytes()));
            out.extend((item.texts.len() as u64).to_le_bytes());
            item.texts.iter().for_each(|t| text(out, t));
        }
    }

    /// Reads what [`Self::write`] wrote; `None` where it is cut short.
    pub(crate) fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
        let count = bytes.u64()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(Item {
                name: bytes.text()?,
                kind: bytes.u32()?,
                flag: bytes.take(1)?[0] != 0,
                number: bytes.f64()?,
                text: bytes.text()?,
                numbers: (0..bytes.u64()?).map(|_| bytes.f64()).collect::<Option<_>>()?,
                texts: (0..bytes.u64()?).map(|_| bytes.text()).collect::<Option<_>>()?,
            });
        }
        Some(Stated { items })
    }
}

fn kind_of(accepts: &Accepts) -> u32 {
    match accepts {
        Accepts::Bool => contract::KIND_BOOL,
        Accepts::Whole => contract::KIND_WHOLE,
        Accepts::Text => contract::KIND_TEXT,
        Accepts::Choice(_) => contract::KIND_CHOICE,
        Accepts::Numbers => contract::KIND_NUMBERS,
        Accepts::Texts => contract::KIND_TEXTS,
        _ => contract::KIND_NUMBER,
    }
}

/// Bytes that are read from the front.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(front)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    pub(crate) fn f64(&mut self) -> Option<f64> {
        self.take(8)?.try_into().ok().map(f64::from_le_bytes)
    }

    pub(crate) fn text(&mut self) -> Option<String> {
        let len = self.u64()? as usize;
        String::from_utf8(self.take(len)?.to_vec()).ok()
    }
}
