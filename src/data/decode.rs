//! Bytes to text: a stated encoding, else a byte order mark, else strict UTF-8, else what the bytes are judged to be.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::encoding::{Encoding, Judged, SAMPLE, judge};
use super::lines::Mark;
use crate::problem::{DataFault, Reading};

/// How a file is encoded, and how long its byte order mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    encoding: &'static encoding_rs::Encoding,
    mark: usize,
    is_judged: bool,
}

impl Found {
    /// The name of the encoding.
    pub fn name(&self) -> &'static str {
        self.encoding.name()
    }

    /// Whether neither the project nor the file states it, and it is not UTF-8.
    pub fn is_judged(&self) -> bool {
        self.is_judged
    }

    /// Whether a byte of the text is a byte of the file, `mark` further on.
    pub(super) fn is_utf8(&self) -> bool {
        self.encoding == encoding_rs::UTF_8
    }

    /// The length of the byte order mark.
    pub(super) fn mark(&self) -> usize {
        self.mark
    }
}

/// The first bytes that are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The encoding that was tried.
    pub encoding: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// Whether it is a zero byte.
    pub zero: bool,
}

/// Why bytes are not read as text.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// Some of them are not text in the encoding.
    Invalid(Invalid),
    /// They may be text in several encodings.
    Unsure(Vec<Reading>),
    /// They begin with the byte order mark of another encoding than the one that is stated.
    Mark {
        /// The encoding of the mark.
        mark: &'static str,
        /// The label that is stated.
        stated: String,
    },
}

impl Refused {
    /// What is wrong with the file.
    pub fn fault(self, is_stated: bool) -> DataFault {
        match self {
            Refused::Invalid(Invalid { encoding, line, column, zero, .. }) => {
                DataFault::BadText { encoding, stated: is_stated, line, column, zero }
            }
            Refused::Unsure(readings) => DataFault::UnsureEncoding { readings },
            Refused::Mark { mark, stated } => DataFault::OtherMark { mark, stated },
        }
    }
}

/// Text from bytes, and how they are encoded.
pub fn decode(bytes: &[u8], stated: Stated) -> Result<(String, Found), Refused> {
    let found = match detect(|| Ok(bytes), stated) {
        Ok(found) => found?,
        Err(_) => unreachable!("reading from memory does not fail"),
    };
    let mut text = String::new();
    Decoded::new(&bytes[found.mark..], found)
        .read_to_string(&mut text)
        .expect("valid: it was read once already");
    Ok((text, found))
}

/// What a project says of the encoding of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The encoding that it states for the file.
    pub of_file: Option<Encoding>,
    /// The encoding of its other files, which this one has too if it is not UTF-8.
    pub of_others: Option<Encoding>,
}

/// Reads the whole input once, or more often where it is not UTF-8, and says how it is encoded.
pub(super) fn detect<R: Read + Send>(
    open: impl Fn() -> io::Result<R>,
    stated: Stated,
) -> io::Result<Result<Found, Refused>> {
    let mut head = Vec::new();
    open()?.take(3).read_to_end(&mut head)?;
    let marked = encoding_rs::Encoding::for_bom(&head);
    let fits = |found: Found| -> io::Result<Result<Found, Refused>> {
        let mut input = open()?;
        io::copy(&mut (&mut input).take(found.mark as u64), &mut io::sink())?;
        if found.is_utf8() {
            if is_utf8(input)? {
                return Ok(Ok(found));
            }
            // Read once more, to say where the text ends.
            input = open()?;
            io::copy(&mut (&mut input).take(found.mark as u64), &mut io::sink())?;
        }
        let mut decoded = Decoded::new(input, found);
        let mut chunk = vec![0; CHUNK];
        while decoded.read(&mut chunk)? > 0 {}
        Ok(decoded.invalid.map_or(Ok(found), |invalid| Err(Refused::Invalid(invalid))))
    };
    let plain =
        |encoding: Encoding| Found { encoding: encoding.rules(), mark: 0, is_judged: false };
    match (stated.of_file, marked) {
        (None, Some((encoding, mark))) => fits(Found { encoding, mark, is_judged: false }),
        (Some(stated), Some((encoding, mark))) => {
            let both_ends = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE];
            let is_same = encoding == stated.rules()
                || stated == Encoding::UTF_16 && both_ends.contains(&encoding);
            match is_same {
                true => fits(Found { encoding, mark, is_judged: false }),
                false => Ok(Err(Refused::Mark { mark: encoding.name(), stated: stated.label() })),
            }
        }
        (Some(stated), None) => fits(plain(stated)),
        (None, None) => {
            let utf8 = fits(plain(Encoding::UTF_8))?;
            let is_zero = matches!(&utf8, Err(Refused::Invalid(invalid)) if invalid.zero);
            match (&utf8, stated.of_others) {
                (Err(_), _) if is_zero => Ok(utf8),
                (Ok(_), _) => Ok(utf8),
                (Err(_), Some(other)) => fits(plain(other)),
                (Err(_), None) => match judge(&sample(open()?)?) {
                    Judged::Sure(encoding) => {
                        fits(Found { encoding: encoding.rules(), mark: 0, is_judged: true })
                    }
                    Judged::BrokenUtf8 => Ok(utf8),
                    Judged::Unsure(readings) => Ok(Err(Refused::Unsure(readings))),
                },
            }
        }
    }
}

/// Whether all bytes are UTF-8 and none of them is zero. While a piece is looked at, the next one is read.
pub(super) fn is_utf8(mut input: impl Read + Send) -> io::Result<bool> {
    // The bytes of a character whose others were not read yet stand before a piece, for which there is room.
    let (mut piece, mut next) = (vec![0; OPEN + FIRST], Vec::new());
    let (mut from, mut read) = (OPEN, input.read(&mut piece[OPEN..])?);
    while read > 0 {
        let bytes = &piece[from..OPEN + read];
        let look = || match std::str::from_utf8(bytes) {
            _ if bytes.contains(&0) => None,
            Ok(_) => Some(&bytes[..0]),
            Err(e) => e.error_len().is_none().then(|| &bytes[e.valid_up_to()..]),
        };
        // Pieces grow with the file: a short one is not worth long pieces and a second thread.
        let size = piece.len() - OPEN;
        let next_size = if read == size { PIECE.min(2 * size) } else { size };
        next.resize(OPEN + next_size, 0);
        let room = &mut next[OPEN..];
        let (open, following) = match read == PIECE {
            true => rayon::join(look, || input.read(room)),
            false => (look(), input.read(room)),
        };
        let Some(open) = open else { return Ok(false) };
        read = following?;
        from = OPEN - open.len();
        next[from..OPEN].copy_from_slice(open);
        std::mem::swap(&mut piece, &mut next);
    }
    Ok(from == OPEN)
}

/// How much of a long file is read at once, how much at first, and the most bytes that a character has.
const PIECE: usize = if cfg!(test) { 8 } else { 1 << 20 };
const FIRST: usize = if cfg!(test) { 5 } else { CHUNK };
const OPEN: usize = 4;

/// The first lines that are not ASCII.
fn sample(mut input: impl Read) -> io::Result<Vec<u8>> {
    let mut chunk = vec![0; CHUNK];
    // A line that began in the chunk before, as far as it is looked at.
    let mut open: Vec<u8> = Vec::new();
    let mut sample = Vec::new();
    while sample.len() < SAMPLE {
        let read = input.read(&mut chunk)?;
        let pieces = chunk[..read].split_inclusive(|byte| matches!(byte, b'\n' | b'\r'));
        for piece in pieces {
            let room = SAMPLE.saturating_sub(open.len());
            open.extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.ends_with(b"\n") || piece.ends_with(b"\r") {
                if !open.is_ascii() && sample.len() < SAMPLE {
                    sample.append(&mut open);
                }
                open.clear();
            }
        }
        if read == 0 {
            if !open.is_ascii() {
                sample.append(&mut open);
            }
            break;
        }
    }
    Ok(sample)
}

const CHUNK: usize = 1 << 14;

/// A whole character, with some to spare: less the decoder cannot work with.
const ROOM: usize = 8;

/// Reads any encoding as UTF-8, and stops at the first bytes that are not text.
pub(super) struct Decoded<R> {
    input: R,
    decoder: Decoder,
    encoding: &'static str,
    bytes: Vec<u8>,
    /// Text that did not fit where it was asked for.
    pending: Vec<u8>,
    from: usize,
    to: usize,
    last: bool,
    done: bool,
    mark: Mark,
    column: usize,
    invalid: Option<Invalid>,
    /// UTF-8 that was read once already, and is passed on as it is.
    checked: bool,
}

impl<R: Read> Decoded<R> {
    /// A reader that stands behind the byte order mark.
    pub(super) fn new(input: R, found: Found) -> Self {
        Decoded {
            input,
            decoder: found.encoding.new_decoder_without_bom_handling(),
            encoding: found.encoding.name(),
            bytes: vec![0; CHUNK],
            pending: Vec::new(),
            from: 0,
            to: 0,
            last: false,
            done: false,
            mark: Mark::START,
            column: 1,
            invalid: None,
            checked: false,
        }
    }

    /// The same for text that [`detect`] has read.
    pub(super) fn checked(input: R, found: Found) -> Self {
        Decoded { checked: found.is_utf8(), ..Decoded::new(input, found) }
    }

    fn advance(&mut self, text: &[u8]) {
        self.mark.pass(text);
        let tail = match text.iter().rposition(|b| matches!(b, b'\n' | b'\r')) {
            Some(at) => {
                self.column = 1;
                &text[at + 1..]
            }
            None => text,
        };
        self.column += tail.iter().filter(|b| (**b as i8) >= -0x40).count();
    }

    fn stop(&mut self, zero: bool) {
        self.done = true;
        self.invalid = Some(Invalid {
            encoding: self.encoding,
            line: self.mark.line as usize,
            column: self.column,
            zero,
        });
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.checked {
            return self.input.read(out);
        }
        if !self.pending.is_empty() || out.len() < ROOM {
            if self.pending.is_empty() {
                let mut chunk = [0; 64];
                let n = self.read(&mut chunk)?;
                self.pending.extend_from_slice(&chunk[..n]);
            }
            let n = self.pending.len().min(out.len());
            out[..n].copy_from_slice(&self.pending[..n]);
            self.pending.drain(..n);
            return Ok(n);
        }
        while !self.done {
            if self.from == self.to && !self.last {
                self.from = 0;
                self.to = self.input.read(&mut self.bytes)?;
                self.last = self.to == 0;
            }
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                &self.bytes[self.from..self.to],
                out,
                self.last,
            );
            self.from += read;
            let text = &out[..written];
            if let Some(at) = text.iter().position(|b| *b == 0) {
                self.advance(&text[..at]);
                self.stop(true);
                return Ok(at);
            }
            self.advance(text);
            match result {
                DecoderResult::Malformed(..) => self.stop(false),
                DecoderResult::InputEmpty if self.last => self.done = true,
                _ => {}
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gb(text: &str) -> Vec<u8> {
        encoding_rs::GB18030.encode(text).0.into_owned()
    }

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    }

    fn read(bytes: &[u8], label: &str) -> Result<String, Refused> {
        let stated = Stated { of_file: Encoding::of(label), of_others: None };
        decode(bytes, stated).map(|(text, _)| text)
    }

    fn invalid(bytes: &[u8], label: &str) -> Invalid {
        match read(bytes, label) {
            Err(Refused::Invalid(invalid)) => invalid,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn finds_the_encoding() {
        let text = "地区,值\r\n北京,1\n";
        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend(text.as_bytes());
        for bytes in [text.as_bytes().to_vec(), marked.clone(), gb(text), utf16(text, true)] {
            assert_eq!(read(&bytes, "").as_deref(), Ok(text));
        }
        assert_eq!(read(&utf16(text, false), "utf-16").as_deref(), Ok(text));
        assert_eq!(read(&utf16(text, true), "utf-16").as_deref(), Ok(text));
        assert_eq!(read(&gb("㐂𠀀"), "gb18030").as_deref(), Ok("㐂𠀀"));
        assert_eq!(read(b"", "").as_deref(), Ok(""));
        let other = Refused::Mark { mark: "UTF-8", stated: "gb18030".into() };
        assert_eq!(read(&marked, "gbk"), Err(other));
        assert!(matches!(read(&gb("a,甲\n"), ""), Err(Refused::Unsure(_))));
    }

    #[test]
    fn what_is_not_utf8_is_as_the_other_files() {
        let stated = |label| Stated { of_file: None, of_others: Encoding::of(label) };
        let text = "a,甲\n";
        let (read, found) = decode(&gb(text), stated("gb18030")).unwrap();
        assert_eq!((read.as_str(), found.is_judged()), (text, false));
        let (read, _) = decode(text.as_bytes(), stated("gb18030")).unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn lines_far_below_are_looked_at() {
        let mut text = "1,2\n".repeat(CHUNK);
        text.push_str("北京,2\n");
        assert_eq!(read(&gb(&text), "").as_deref(), Ok(text.as_str()));
        // Even if they are longer than what is looked at.
        let long = format!("a\n{}\n北京,1\n", "1,".repeat(SAMPLE));
        assert_eq!(read(&gb(&long), "").as_deref(), Ok(long.as_str()));
    }

    proptest! {
        #[test]
        fn text_is_utf8_wherever_it_is_cut(text in "(a|é|长|😀|\\PC){0,40}", spoilt in prop::option::of((0..200_usize, any::<u8>()))) {
            let mut bytes = text.into_bytes();
            if let Some((at, byte)) = spoilt && at < bytes.len() {
                bytes[at] = byte;
            }
            let expected = std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0);
            prop_assert_eq!(is_utf8(bytes.as_slice()).unwrap(), expected);
        }
    }

    #[test]
    fn says_where_the_text_ends() {
        let mut bytes = "地区,值\n北京,".as_bytes().to_vec();
        bytes.extend([0xff, 0xff, b'\n']);
        let found = invalid(&bytes, "");
        assert_eq!((found.encoding, found.line, found.column), ("UTF-8", 2, 4));
        let mut bytes = gb("地区,值\r北京,");
        bytes.push(0xff);
        let found = invalid(&bytes, "gb18030");
        assert_eq!((found.encoding, found.line, found.column), ("gb18030", 2, 4));
        assert!(invalid(&utf16("a,b\n", false), "").zero);
        assert_eq!(invalid(&gb("北京"), "utf-8").encoding, "UTF-8");
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for label in Encoding::USUAL.into_iter().chain([""]) {
                let _ = read(&bytes, label);
            }
        }

        #[test]
        fn text_comes_back(text in "[^\\x00]*") {
            prop_assert_eq!(read(text.as_bytes(), "utf-8").unwrap(), text.strip_prefix('\u{feff}').unwrap_or(&text));
        }
    }
}
