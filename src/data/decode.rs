//! Bytes to text: a byte order mark, else strict UTF-8, else GB18030; a stated encoding wins.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::lines::Mark;

quanheng_core::method::choice! {
    /// An encoding that a project may state.
    pub enum Encoding {
        /// UTF-8.
        Utf8 = "utf-8",
        /// GB18030, and with it GBK and GB2312.
        Gb18030 = "gb18030",
        /// UTF-16; little end first unless its byte order mark says otherwise.
        Utf16 = "utf-16",
    }
}

/// How a file is encoded, and how long its byte order mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    encoding: &'static encoding_rs::Encoding,
    mark: usize,
}

impl Found {
    /// The name of the encoding.
    pub fn name(&self) -> &'static str {
        self.encoding.name()
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
    at: u64,
}

/// Text from bytes.
pub fn decode(bytes: &[u8], stated: Option<Encoding>) -> Result<String, Invalid> {
    let found = match detect(|| Ok(bytes), stated) {
        Ok(found) => found?,
        Err(_) => unreachable!("reading from memory does not fail"),
    };
    let mut text = String::new();
    Decoded::new(&bytes[found.mark..], found)
        .read_to_string(&mut text)
        .expect("valid: it was read once already");
    Ok(text)
}

/// Reads the whole input once, or twice where it is not UTF-8, and says how it is encoded.
pub(super) fn detect<R: Read>(
    open: impl Fn() -> io::Result<R>,
    stated: Option<Encoding>,
) -> io::Result<Result<Found, Invalid>> {
    let mut head = Vec::new();
    open()?.take(3).read_to_end(&mut head)?;
    let marked = encoding_rs::Encoding::for_bom(&head);
    let candidates = match (stated, marked) {
        (None, Some((encoding, mark))) => vec![Found { encoding, mark }],
        (None, None) => vec![
            Found { encoding: encoding_rs::UTF_8, mark: 0 },
            Found { encoding: encoding_rs::GB18030, mark: 0 },
        ],
        (Some(stated), marked) => {
            let encoding = match (stated, marked) {
                (Encoding::Utf8, _) => encoding_rs::UTF_8,
                (Encoding::Gb18030, _) => encoding_rs::GB18030,
                (Encoding::Utf16, Some((e, _))) if e == encoding_rs::UTF_16BE => e,
                (Encoding::Utf16, _) => encoding_rs::UTF_16LE,
            };
            let mark = marked.filter(|(e, _)| *e == encoding).map_or(0, |(_, n)| n);
            vec![Found { encoding, mark }]
        }
    };
    let mut worst: Option<Invalid> = None;
    for found in candidates {
        let mut input = open()?;
        io::copy(&mut (&mut input).take(found.mark as u64), &mut io::sink())?;
        let mut decoded = Decoded::new(input, found);
        let mut chunk = vec![0; CHUNK];
        while decoded.read(&mut chunk)? > 0 {}
        match decoded.invalid {
            None => return Ok(Ok(found)),
            // The encoding in which more of the file is text is the one to speak of.
            Some(new) => {
                if worst.is_none_or(|old| new.at > old.at) {
                    worst = Some(new);
                }
                if new.zero {
                    break;
                }
            }
        }
    }
    Ok(Err(worst.expect("every candidate failed")))
}

const CHUNK: usize = 1 << 18;

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
            at: self.mark.byte,
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

    #[test]
    fn finds_the_encoding() {
        let text = "地区,值\r\n北京,1\n";
        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend(text.as_bytes());
        for bytes in [text.as_bytes().to_vec(), marked, gb(text), utf16(text, true)] {
            assert_eq!(decode(&bytes, None).as_deref(), Ok(text));
        }
        assert_eq!(decode(&utf16(text, false), Some(Encoding::Utf16)).as_deref(), Ok(text));
        assert_eq!(decode(&gb("㐂𠀀"), None).as_deref(), Ok("㐂𠀀"));
        assert_eq!(decode(b"", None).as_deref(), Ok(""));
    }

    #[test]
    fn says_where_the_text_ends() {
        let mut bytes = "地区,值\n北京,".as_bytes().to_vec();
        bytes.extend([0xff, 0xff, b'\n']);
        let invalid = decode(&bytes, None).unwrap_err();
        assert_eq!((invalid.encoding, invalid.line, invalid.column), ("UTF-8", 2, 4));
        let mut bytes = gb("地区,值\r北京,");
        bytes.push(0xff);
        let invalid = decode(&bytes, None).unwrap_err();
        assert_eq!((invalid.encoding, invalid.line, invalid.column), ("gb18030", 2, 4));
        assert!(decode(&utf16("a,b\n", false), None).unwrap_err().zero);
        assert_eq!(decode(&gb("北京"), Some(Encoding::Utf8)).unwrap_err().encoding, "UTF-8");
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for stated in [None, Some(Encoding::Utf8), Some(Encoding::Gb18030), Some(Encoding::Utf16)] {
                let _ = decode(&bytes, stated);
            }
        }

        #[test]
        fn text_comes_back(text in "[^\\x00]*") {
            prop_assert_eq!(decode(text.as_bytes(), Some(Encoding::Utf8)).unwrap(), text.strip_prefix('\u{feff}').unwrap_or(&text));
        }
    }
}
