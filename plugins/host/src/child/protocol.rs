//! Messages over the pipes between the program and its child: frames of a length, a kind and a payload. Columns do not
//! go over the pipes, but lie in memory that both share.

use std::io::{Read, Write};

use indexmap::IndexMap;
use quanheng_core::method::{
    Accepts, Axis, Claims, Domain, Example, IntermediateResult, Needs, Setting, Settings, Shape,
    Stage, Units, Value,
};
use quanheng_core::model::{Direction, Indicator as CoreIndicator};
use quanheng_plugin::contract::Indicator;
use quanheng_words::Text;

use crate::describe::{self, Description, Offer, Outcome, plain};
use crate::given::{Beside, Branch, Failure, Given};
use crate::refusal::Refusal;
use crate::settings::Bytes;

/// Kinds of frames to the child.
pub(super) const MAKE: u8 = 1;
pub(super) const CALL: u8 = 2;
pub(super) const DROP: u8 = 3;

/// Kinds of frames from the child.
pub(super) const OPENED: u8 = 10;
pub(super) const REFUSED: u8 = 11;
pub(super) const DONE: u8 = 12;
pub(super) const FAILED: u8 = 13;

/// A frame longer than this is a fault, not a message.
pub(super) const LONGEST: usize = 1 << 26;

/// The length and the kind that a frame begins with.
pub(super) const HEAD: usize = 5;

/// A frame in one piece, so that the other side wakes up once.
pub(super) fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(HEAD + payload.len());
    frame.extend((payload.len() as u32).to_le_bytes());
    frame.push(kind);
    frame.extend(payload);
    frame
}

/// The length and the kind that a frame begins with; `None` where it is beyond all measure.
pub(super) fn head(head: [u8; HEAD]) -> Option<(usize, u8)> {
    let [a, b, c, d, kind] = head;
    let length = u32::from_le_bytes([a, b, c, d]) as usize;
    (length <= LONGEST).then_some((length, kind))
}

pub(super) fn send(to: &mut impl Write, kind: u8, payload: &[u8]) -> std::io::Result<()> {
    to.write_all(&frame(kind, payload))?;
    to.flush()
}

pub(super) fn receive(from: &mut impl Read) -> std::io::Result<(u8, Vec<u8>)> {
    let mut first = [0; HEAD];
    from.read_exact(&mut first)?;
    let beyond = || std::io::Error::other("a frame beyond all measure");
    let (length, kind) = head(first).ok_or_else(beyond)?;
    let mut payload = vec![0; length];
    from.read_exact(&mut payload)?;
    Ok((kind, payload))
}

/// Where the arrays of a call lie in the shared memory, in words of eight bytes; both sides work it out alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Which arrays are there.
    pub(super) present: u32,
    /// How many numbers the result has.
    pub(super) out: usize,
}

/// An array of a call.
pub(super) enum Array<'a> {
    Numbers(&'a [f64]),
    Whole(&'a [u32]),
}

impl Array<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Array::Numbers(list) => list.is_empty(),
            Array::Whole(list) => list.is_empty(),
        }
    }

    /// Writes the array into its words of the shared memory.
    fn write(&self, words: &mut [f64]) {
        match self {
            Array::Numbers(list) => words.copy_from_slice(list),
            Array::Whole(list) => {
                for (pair, word) in list.chunks(2).zip(words) {
                    let high = pair.get(1).copied().unwrap_or(0);
                    *word = f64::from_bits(u64::from(pair[0]) | u64::from(high) << 32);
                }
            }
        }
    }
}

/// Whole numbers out of their words; there are `rows` of them.
fn whole(words: &[f64], rows: usize) -> Vec<u32> {
    let halves = words.iter().map(|word| word.to_bits());
    let mut list: Vec<u32> = halves.flat_map(|bits| [bits as u32, (bits >> 32) as u32]).collect();
    list.truncate(rows);
    list
}

/// A kind of array: how long it is where it is there, and where it stands in what is given to a method.
struct Kind {
    extent: Extent,
    of: for<'a> fn(&'a Given<'_>) -> Array<'a>,
    into: for<'a> fn(&mut Given<'a>, &'a [f64]),
}

/// The arrays after the columns, in the order in which they lie in memory; bit k of `present` is for array k.
const ARRAYS: [Kind; 8] = [
    Kind {
        extent: Extent::Column,
        of: |given| Array::Numbers(&given.directions),
        into: |given, words| given.directions = words.to_vec(),
    },
    Kind {
        extent: Extent::Column,
        of: |given| Array::Numbers(&given.weights),
        into: |given, words| given.weights = words.to_vec(),
    },
    Kind {
        extent: Extent::Column,
        of: |given| Array::Numbers(&given.full_marks),
        into: |given, words| given.full_marks = words.to_vec(),
    },
    Kind {
        extent: Extent::Cell,
        of: |given| Array::Numbers(&given.row_weights),
        into: |given, words| given.row_weights = words.to_vec(),
    },
    Kind {
        extent: Extent::Row,
        of: |given| Array::Numbers(given.ranks),
        into: |given, words| given.ranks = words,
    },
    Kind {
        extent: Extent::Row,
        of: |given| Array::Numbers(&given.times),
        into: |given, words| given.times = words.to_vec(),
    },
    Kind {
        extent: Extent::HalfRow,
        of: |given| Array::Whole(&given.regions),
        into: |given, words| given.regions = whole(words, given.rows),
    },
    Kind {
        extent: Extent::HalfRow,
        of: |given| Array::Whole(&given.periods),
        into: |given, words| given.periods = whole(words, given.rows),
    },
];

#[derive(Clone, Copy, Debug)]
enum Extent {
    Row,
    Column,
    Cell,
    /// Two whole numbers in a word.
    HalfRow,
}

/// The places of everything, in words: columns, the arrays, the result, the end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    arrays: [(usize, usize); ARRAYS.len()],
    pub(super) out: usize,
    pub(super) end: usize,
}

impl Layout {
    pub(super) fn of(given: &Given<'_>, out: usize) -> Self {
        let there = ARRAYS.iter().map(|kind| !(kind.of)(given).is_empty());
        let present = there.enumerate().map(|(k, yes)| u32::from(yes) << k).sum();
        Layout { rows: given.rows, columns: given.columns.len(), present, out }
    }

    /// `None` where the sizes are beyond all memory.
    pub(super) fn places(&self) -> Option<Places> {
        let cells = self.rows.checked_mul(self.columns)?;
        let mut places = Places::default();
        let mut at = cells;
        for (k, kind) in ARRAYS.iter().enumerate() {
            let words = match kind.extent {
                _ if self.present & 1 << k == 0 => 0,
                Extent::Row => self.rows,
                Extent::Column => self.columns,
                Extent::Cell => cells,
                Extent::HalfRow => self.rows.div_ceil(2),
            };
            places.arrays[k] = (at, words);
            at = at.checked_add(words)?;
        }
        places.out = at;
        places.end = at.checked_add(self.out)?;
        places.end.checked_mul(8)?;
        Some(places)
    }
}

impl Places {
    /// Writes columns and arrays of a call into the shared memory.
    pub(super) fn write(&self, given: &Given<'_>, words: &mut [f64]) {
        for (k, column) in given.columns.iter().enumerate() {
            words[k * given.rows..(k + 1) * given.rows].copy_from_slice(column);
        }
        for (kind, (at, length)) in ARRAYS.iter().zip(self.arrays) {
            if length > 0 {
                (kind.of)(given).write(&mut words[at..at + length]);
            }
        }
    }

    /// Takes columns and arrays of a call out of the shared memory.
    pub(super) fn read<'a>(&self, columns: usize, given: &mut Given<'a>, words: &'a [f64]) {
        let rows = given.rows;
        given.columns = (0..columns).map(|k| &words[k * rows..(k + 1) * rows]).collect();
        for (kind, (at, length)) in ARRAYS.iter().zip(self.arrays) {
            (kind.into)(given, &words[at..at + length]);
        }
    }
}

/// The part of a call that goes over the pipe.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) instance: u64,
    pub(super) stage: u32,
    pub(super) layout: Layout,
    pub(super) column: usize,
    pub(super) indicator: Option<Indicator>,
    pub(super) codes: Vec<String>,
    pub(super) nodes: Vec<Branch>,
    pub(super) asked: bool,
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

/// Text from a child, whose library may have forged it: limited in length, and without control characters.
fn words(bytes: &mut Bytes<'_>) -> Option<String> {
    Some(tame(bytes.text()?))
}

fn tame(words: String) -> String {
    let mut words = plain(words);
    let most = words.floor_char_boundary(describe::LONGEST);
    words.truncate(most);
    words
}

/// A text of the program or of the author, as [`words`].
fn said(bytes: &mut Bytes<'_>) -> Option<Text> {
    Text::read(&mut bytes.0).map(|text| text.map(&|words| tame(words.to_owned())))
}

fn put_numbers(out: &mut Vec<u8>, numbers: &[f64]) {
    out.extend((numbers.len() as u64).to_le_bytes());
    numbers.iter().for_each(|x| out.extend(x.to_le_bytes()));
}

fn numbers(bytes: &mut Bytes<'_>) -> Option<Vec<f64>> {
    (0..bytes.u64()?).map(|_| bytes.f64()).collect()
}

fn put_indicator(out: &mut Vec<u8>, i: &Indicator) {
    for x in [i.direction, i.lower, i.upper, i.bad, i.good, i.target] {
        out.extend(x.to_le_bytes());
    }
}

fn indicator(bytes: &mut Bytes<'_>) -> Option<Indicator> {
    Some(Indicator {
        direction: bytes.f64()?,
        lower: bytes.f64()?,
        upper: bytes.f64()?,
        bad: bytes.f64()?,
        good: bytes.f64()?,
        target: bytes.f64()?,
    })
}

pub(super) fn put_nodes(out: &mut Vec<u8>, nodes: &[Branch]) {
    out.extend((nodes.len() as u64).to_le_bytes());
    for node in nodes {
        for text in [&node.code, &node.parent, &node.name, &node.unit, &node.column] {
            put_text(out, text);
        }
        out.extend(node.weight.to_le_bytes());
        out.extend(node.full_marks.to_le_bytes());
        put_indicator(out, &node.indicator);
    }
}

pub(super) fn nodes(bytes: &mut Bytes<'_>) -> Option<Vec<Branch>> {
    (0..bytes.u64()?)
        .map(|_| {
            Some(Branch {
                code: bytes.text()?,
                parent: bytes.text()?,
                name: bytes.text()?,
                unit: bytes.text()?,
                column: bytes.text()?,
                weight: bytes.f64()?,
                full_marks: bytes.f64()?,
                indicator: indicator(bytes)?,
            })
        })
        .collect()
}

const AXES: [Axis; 4] = [Axis::One, Axis::Regions, Axis::Siblings, Axis::List];

/// Writes what a call gave beside its numbers; nothing where there is nothing.
pub(super) fn put_beside(out: &mut Vec<u8>, beside: &Beside) {
    if *beside == Beside::default() {
        return;
    }
    put_nodes(out, &beside.nodes);
    out.extend((beside.results.len() as u64).to_le_bytes());
    for result in &beside.results {
        put_text(out, &result.name);
        for axis in [result.shape.rows, result.shape.columns] {
            out.push(AXES.iter().position(|a| *a == axis).unwrap_or(0) as u8);
        }
        out.push(u8::from(result.is_unique));
        out.extend((result.width as u64).to_le_bytes());
        put_numbers(out, &result.values);
    }
}

/// What a call gave beside its numbers.
pub(super) fn beside(bytes: &mut Bytes<'_>) -> Option<Beside> {
    if bytes.0.is_empty() {
        return Some(Beside::default());
    }
    let nodes = nodes(bytes)?;
    let result = |bytes: &mut Bytes<'_>| {
        let name = words(bytes)?;
        let axis = |byte: u8| AXES.get(usize::from(byte)).copied();
        let shape = Shape { rows: axis(bytes.take(1)?[0])?, columns: axis(bytes.take(1)?[0])? };
        let is_unique = bytes.take(1)?[0] != 0;
        let width = bytes.u64()? as usize;
        let values = numbers(bytes)?;
        let fits = width > 0 && values.len() % width == 0;
        let labels = Vec::new();
        fits.then_some(IntermediateResult { name, shape, width, labels, values, is_unique })
    };
    let results = (0..bytes.u64()?).map(|_| result(bytes)).collect::<Option<_>>()?;
    Some(Beside { nodes, results })
}

impl Call {
    /// Writes the call without making a copy of the codes first.
    pub(super) fn put(out: &mut Vec<u8>, instance: u64, given: &Given<'_>, layout: &Layout) {
        out.extend(instance.to_le_bytes());
        out.extend(given.stage.to_le_bytes());
        for x in [layout.rows, layout.columns, layout.out, given.column] {
            out.extend((x as u64).to_le_bytes());
        }
        out.extend(layout.present.to_le_bytes());
        out.push(u8::from(given.indicator.is_some()));
        if let Some(i) = &given.indicator {
            put_indicator(out, i);
        }
        out.extend((given.codes.len() as u64).to_le_bytes());
        given.codes.iter().for_each(|c| put_text(out, c));
        put_nodes(out, &given.nodes);
        out.push(u8::from(given.asked));
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Option<Call> {
        let (instance, stage) = (bytes.u64()?, bytes.u32()?);
        let mut size = || bytes.u64().map(|x| x as usize);
        let (rows, columns, out, column) = (size()?, size()?, size()?, size()?);
        let layout = Layout { rows, columns, present: bytes.u32()?, out };
        let indicator = match bytes.take(1)?[0] {
            0 => None,
            _ => Some(indicator(bytes)?),
        };
        let codes = (0..bytes.u64()?).map(|_| bytes.text()).collect::<Option<_>>()?;
        let nodes = nodes(bytes)?;
        let asked = bytes.take(1)?[0] != 0;
        Some(Call { instance, stage, layout, column, indicator, codes, nodes, asked })
    }
}

impl Failure {
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        self.what.put(out);
        out.push(u8::from(self.hint.is_some()));
        self.hint.iter().for_each(|hint| hint.put(out));
        out.push(u8::from(self.setting));
        out.extend(self.row.map_or(u64::MAX, |row| row as u64).to_le_bytes());
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Option<Failure> {
        let what = said(bytes)?;
        let hint = match bytes.take(1)?[0] {
            0 => None,
            _ => Some(said(bytes)?),
        };
        let setting = bytes.take(1)?[0] != 0;
        let row = bytes.u64()?;
        Some(Failure { what, hint, setting, row: (row != u64::MAX).then_some(row as usize) })
    }
}

pub(super) fn put_refusal(out: &mut Vec<u8>, refusal: &Refusal) {
    let mut put = |kind: u8, plain: &str, text: &Text| {
        out.push(kind);
        put_text(out, plain);
        text.put(out);
    };
    let none = Text::default();
    match refusal {
        Refusal::Unreadable { reason } => put(1, "", reason),
        Refusal::Stale { pinned, found } => put(2, pinned, &Text::plain(found)),
        Refusal::NotALibrary { reason } => put(3, "", reason),
        Refusal::NoEntry => put(4, "", &none),
        Refusal::OtherContract { found } => {
            put(5, &found.map_or(String::new(), |n| n.to_string()), &none);
        }
        Refusal::Truncated { found, needed } => {
            put(6, &found.to_string(), &Text::plain(needed.to_string()));
        }
        Refusal::OtherTarget { found, needed } => put(7, found, &Text::plain(needed)),
        Refusal::NotText { what } => put(8, "", what),
        Refusal::Nonsense { method, what } => put(9, method, what),
        Refusal::Died { how } => put(10, "", how),
        Refusal::NoIsolation { reason } => put(11, "", reason),
        Refusal::Unusable { what } => put(12, "", what),
    }
}

pub(super) fn refusal(bytes: &mut Bytes<'_>) -> Option<Refusal> {
    let kind = bytes.take(1)?[0];
    let (plain, text) = (words(bytes)?, said(bytes)?);
    Some(match kind {
        1 => Refusal::Unreadable { reason: text },
        2 => Refusal::Stale { pinned: plain, found: text.to_string() },
        3 => Refusal::NotALibrary { reason: text },
        4 => Refusal::NoEntry,
        5 => Refusal::OtherContract { found: plain.parse().ok() },
        6 => Refusal::Truncated {
            found: plain.parse().ok()?,
            needed: text.to_string().parse().ok()?,
        },
        7 => Refusal::OtherTarget { found: plain, needed: text.to_string() },
        8 => Refusal::NotText { what: text },
        9 => Refusal::Nonsense { method: plain, what: text },
        10 => Refusal::Died { how: text },
        12 => Refusal::Unusable { what: text },
        _ => Refusal::NoIsolation { reason: text },
    })
}

fn put_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Bool(b) => out.extend([1, u8::from(*b)]),
        Value::Number(x) => {
            out.push(2);
            out.extend(x.to_le_bytes());
        }
        Value::Text(text) => {
            out.push(3);
            put_text(out, text);
        }
        Value::List(items) => {
            out.push(4);
            out.extend((items.len() as u64).to_le_bytes());
            items.iter().for_each(|item| put_value(out, item));
        }
        // No setting of a plugin is a table.
        Value::Table(_) => out.push(0),
    }
}

fn value(bytes: &mut Bytes<'_>) -> Option<Value> {
    // Lists are not nested: a list of lists is not a setting of a plugin, and would only exhaust the stack.
    let single = |kind: u8, bytes: &mut Bytes<'_>| {
        Some(match kind {
            1 => Value::Bool(bytes.take(1)?[0] != 0),
            2 => Value::Number(bytes.f64()?),
            3 => Value::Text(words(bytes)?),
            _ => return None,
        })
    };
    match bytes.take(1)?[0] {
        4 => (0..bytes.u64()?)
            .map(|_| bytes.take(1).and_then(|kind| single(kind[0], bytes)))
            .collect::<Option<_>>()
            .map(Value::List),
        kind => single(kind, bytes),
    }
}

fn put_setting(out: &mut Vec<u8>, setting: &Setting) {
    put_text(out, &setting.name);
    put_text(out, &setting.doc);
    let (kind, words): (u8, &[String]) = match &setting.accepts {
        Accepts::Bool => (1, &[]),
        Accepts::Whole => (3, &[]),
        Accepts::Text => (4, &[]),
        Accepts::Choice(words) => (5, words),
        Accepts::Numbers => (6, &[]),
        Accepts::Texts => (7, &[]),
        _ => (2, &[]),
    };
    out.push(kind);
    out.extend((words.len() as u64).to_le_bytes());
    words.iter().for_each(|w| put_text(out, w));
    match &setting.default {
        Some(default) => put_value(out, default),
        None => out.push(0),
    }
    let (least, greatest) = setting.range.unwrap_or((f64::NAN, f64::NAN));
    out.extend(least.to_le_bytes());
    out.extend(greatest.to_le_bytes());
}

fn setting(bytes: &mut Bytes<'_>) -> Option<Setting> {
    let (name, doc) = (words(bytes)?, words(bytes)?);
    let kind = bytes.take(1)?[0];
    let words: Vec<String> = (0..bytes.u64()?).map(|_| words(bytes)).collect::<Option<_>>()?;
    let accepts = match kind {
        1 => Accepts::Bool,
        3 => Accepts::Whole,
        4 => Accepts::Text,
        5 => Accepts::Choice(words),
        6 => Accepts::Numbers,
        7 => Accepts::Texts,
        _ => Accepts::Number,
    };
    let default = match bytes.0.first()? {
        0 => {
            bytes.take(1)?;
            None
        }
        _ => Some(value(bytes)?),
    };
    let (least, greatest) = (bytes.f64()?, bytes.f64()?);
    let range = (!least.is_nan()).then_some((least, greatest));
    Some(Setting {
        name: name.into(),
        doc: doc.into(),
        accepts,
        default,
        range,
        in_unit: false,
        only: None,
    })
}

fn put_example(out: &mut Vec<u8>, example: &Example) {
    out.extend((example.settings.0.len() as u64).to_le_bytes());
    for (name, value) in &example.settings.0 {
        put_text(out, name);
        put_value(out, value);
    }
    out.extend((example.columns.len() as u64).to_le_bytes());
    example.columns.iter().for_each(|c| put_numbers(out, c));
    let directions: Vec<f64> = example.indicators.iter().map(|i| i.direction.sign()).collect();
    put_numbers(out, &directions);
    put_numbers(out, &example.weights);
    put_numbers(out, &example.expected);
    put_text(out, &example.source);
}

fn example(bytes: &mut Bytes<'_>) -> Option<Example> {
    let mut settings = IndexMap::new();
    for _ in 0..bytes.u64()? {
        settings.insert(words(bytes)?, value(bytes)?);
    }
    let columns = (0..bytes.u64()?).map(|_| numbers(bytes)).collect::<Option<_>>()?;
    let of = |direction: f64| CoreIndicator {
        direction: if direction < 0.0 { Direction::Negative } else { Direction::Positive },
        ..CoreIndicator::default()
    };
    let indicators = numbers(bytes)?.into_iter().map(of).collect();
    Some(Example {
        settings: Settings(settings),
        columns,
        indicators,
        weights: numbers(bytes)?,
        expected: numbers(bytes)?,
        source: words(bytes)?.into(),
        ..Example::default()
    })
}

pub(super) fn put_description(out: &mut Vec<u8>, description: &Description) {
    put_text(out, &description.name);
    put_text(out, &description.version);
    out.extend(description.contract.to_le_bytes());
    out.extend((description.methods.len() as u64).to_le_bytes());
    for offer in &description.methods {
        out.push(offer.stage as u8);
        for text in [&offer.name, &offer.zh, &offer.summary, &offer.formula, &offer.reference] {
            put_text(out, text);
        }
        let needs = offer.needs;
        let flags =
            [needs.positive, needs.non_negative, needs.complete, needs.oriented, needs.panel];
        out.extend(flags.map(u8::from));
        out.push(match offer.needs_fact {
            None => 0,
            Some("weight") => 1,
            Some(_) => 2,
        });
        let claims = offer.claims;
        out.push(claims.units as u8);
        out.extend(
            [claims.monotone, claims.zero_weight, claims.absent, offer.rowwise].map(u8::from),
        );
        let (kind, domain) = match offer.gives {
            Outcome::Is(domain) => (0, domain),
            Outcome::Mean => (1, Domain::ANY),
            Outcome::Sum => (2, Domain::ANY),
            Outcome::Points => (3, Domain::ANY),
        };
        out.extend([kind, u8::from(domain.centred)]);
        out.extend(domain.lower.to_le_bytes());
        out.extend(domain.upper.to_le_bytes());
        out.extend((offer.settings.len() as u64).to_le_bytes());
        offer.settings.iter().for_each(|s| put_setting(out, s));
        out.push(u8::from(offer.example.is_some()));
        offer.example.iter().for_each(|e| put_example(out, e));
    }
}

pub(super) fn description(bytes: &mut Bytes<'_>) -> Option<Description> {
    let (name, version, contract) = (words(bytes)?, words(bytes)?, bytes.u32()?);
    let mut methods = Vec::new();
    for _ in 0..bytes.u64()? {
        let stage = bytes.take(1)?[0];
        let stage = Stage::ALL.into_iter().find(|s| *s as u8 == stage)?;
        let mut text = || words(bytes);
        let (name, zh, summary, formula, reference) = (text()?, text()?, text()?, text()?, text()?);
        let flags = bytes.take(5)?;
        let needs = Needs {
            positive: flags[0] != 0,
            non_negative: flags[1] != 0,
            complete: flags[2] != 0,
            oriented: flags[3] != 0,
            panel: flags[4] != 0,
            ..Needs::NOTHING
        };
        let needs_fact = match bytes.take(1)?[0] {
            0 => None,
            1 => Some("weight"),
            _ => Some("full_marks"),
        };
        let units = [Units::Matter, Units::Scale, Units::ScaleAndShift];
        let unit = bytes.take(1)?[0];
        let flags = bytes.take(4)?;
        let claims = Claims {
            monotone: flags[0] != 0,
            units: units.into_iter().find(|u| *u as u8 == unit)?,
            zero_weight: flags[1] != 0,
            absent: flags[2] != 0,
        };
        let rowwise = flags[3] != 0;
        let kind = bytes.take(2)?;
        let (kind, centred) = (kind[0], kind[1] != 0);
        let domain = Domain { centred, ..Domain::between(bytes.f64()?, bytes.f64()?) };
        let gives = match kind {
            0 => Outcome::Is(domain),
            1 => Outcome::Mean,
            2 => Outcome::Sum,
            _ => Outcome::Points,
        };
        let settings = (0..bytes.u64()?).map(|_| setting(bytes)).collect::<Option<_>>()?;
        let example = match bytes.take(1)?[0] {
            0 => None,
            _ => Some(example(bytes)?),
        };
        methods.push(Offer {
            stage,
            name,
            zh,
            summary,
            formula,
            reference,
            settings,
            needs,
            needs_fact,
            claims,
            rowwise,
            gives,
            example,
        });
    }
    Some(Description { name, version, contract, methods })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> Description {
        let setting = Setting {
            name: "words".into(),
            doc: "Some words.".into(),
            accepts: Accepts::Choice(vec!["a".into(), "b".into()]),
            default: Some(Value::Text("a".into())),
            range: Some((0.0, 1.0)),
            in_unit: false,
            only: None,
        };
        let numbers = Value::List(vec![Value::Number(1.0), Value::Number(f64::NAN)]);
        let offer = Offer {
            stage: Stage::Tiering,
            name: "m".into(),
            zh: "法".into(),
            summary: String::new(),
            formula: "x".into(),
            reference: String::new(),
            settings: vec![setting],
            needs: Needs { panel: true, ..Needs::default() },
            needs_fact: Some("weight"),
            claims: Claims {
                monotone: true,
                units: Units::Scale,
                zero_weight: false,
                absent: true,
            },
            rowwise: true,
            gives: Outcome::Points,
            example: Some(Example {
                settings: Settings(IndexMap::from([("list".to_owned(), numbers)])),
                columns: vec![vec![1.0, 2.0], vec![3.0]],
                expected: vec![4.0],
                ..Example::default()
            }),
        };
        Description { name: "p".into(), version: "1".into(), contract: 1, methods: vec![offer] }
    }

    fn bytes_of(description: &Description) -> Vec<u8> {
        let mut bytes = Vec::new();
        put_description(&mut bytes, description);
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = bytes_of(&everything());
        let mut rest = Bytes(&bytes);
        let read = description(&mut rest).expect("it is whole");
        assert!(rest.0.is_empty());
        // Through `Debug`, since a NaN is unequal to itself.
        assert_eq!(format!("{read:?}"), format!("{:?}", everything()));
    }

    #[test]
    fn arrays_come_back_as_they_were() {
        let (rows, columns) = (3, 2);
        let numbers = |from: usize, n: usize| (from..from + n).map(|x| x as f64).collect();
        let (a, b, ranks): (Vec<f64>, Vec<f64>, Vec<f64>) =
            (numbers(1, rows), numbers(4, rows), numbers(7, rows));
        let mut given = Given {
            rows,
            columns: vec![&a, &b],
            directions: numbers(10, columns),
            weights: numbers(12, columns),
            full_marks: numbers(14, columns),
            row_weights: numbers(16, rows * columns),
            ranks: &ranks,
            times: numbers(22, rows),
            regions: vec![1, u32::MAX, 3],
            periods: vec![4, 5, 6],
            ..Given::default()
        };
        for left_out in 0..3 {
            match left_out {
                0 => {}
                1 => given.weights.clear(),
                _ => given.regions.clear(),
            }
            let layout = Layout::of(&given, rows);
            let places = layout.places().expect("room");
            let mut words = vec![0.0; places.end];
            places.write(&given, &mut words);
            let mut found = Given { rows, ..Given::default() };
            places.read(columns, &mut found, &words);
            assert_eq!(format!("{found:?}"), format!("{given:?}"));
        }
    }

    #[test]
    fn words_give_no_orders() {
        let mut bytes = Vec::new();
        let long = "甲".repeat(40_000);
        let what = Text::plain(format!("a\x1b[2Jb{long}"));
        Failure::new(what, Some(Text::plain("\x07"))).put(&mut bytes);
        let failure = Failure::read(&mut Bytes(&bytes)).expect("it is whole");
        let what = failure.what.to_string();
        assert!(what.starts_with("a [2Jb甲") && what.len() <= describe::LONGEST);
        assert_eq!(failure.hint, Some(Text::plain(" ")));
    }

    /// A child whose library forges its answers can say anything; nothing of it ends the program.
    #[test]
    fn forged_answers_are_read_or_refused() {
        let whole = bytes_of(&everything());
        for end in 0..whole.len() {
            assert!(description(&mut Bytes(&whole[..end])).is_none(), "cut off at {end}");
        }
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize
        };
        let mut refused = 0;
        for _ in 0..20_000 {
            let mut forged = whole.clone();
            for _ in 0..1 + next() % 4 {
                let at = next() % forged.len();
                forged[at] = next() as u8;
            }
            refused += usize::from(description(&mut Bytes(&forged)).is_none());
            let _ = (beside(&mut Bytes(&forged)), refusal(&mut Bytes(&forged)));
            let _ = nodes(&mut Bytes(&forged));
            let _ = Failure::read(&mut Bytes(&forged));
        }
        assert!(refused > 0);
        // Lists in lists, as deep as a frame allows.
        let list = [&[4_u8][..], &1_u64.to_le_bytes()].concat().repeat(1 << 20);
        assert!(value(&mut Bytes(&list)).is_none());
        // A count beyond all memory.
        let count = u64::MAX.to_le_bytes();
        assert!(numbers(&mut Bytes(&count)).is_none() && nodes(&mut Bytes(&count)).is_none());
        assert!(head([0xff, 0xff, 0xff, 0xff, DONE]).is_none());
    }
}
