//! Lines of a text, however they end: with LF, CR or CRLF.

/// A place in a text, and its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// The byte.
    pub(super) byte: u64,
    /// The line, from 1.
    pub(super) line: u64,
    /// Whether the byte before it is a carriage return, so that a line feed here ends the same line.
    returned: bool,
}

impl Mark {
    /// The beginning of a text.
    pub(super) const START: Mark = Mark { byte: 0, line: 1, returned: false };

    /// The beginning of a text that is a part of another: `returned` says whether a carriage return stands before it.
    pub(super) fn within(returned: bool) -> Mark {
        Mark { returned, ..Mark::START }
    }

    /// Whether the byte before it is a carriage return.
    pub(super) fn is_returned(self) -> bool {
        self.returned
    }

    /// The place in the whole text of a place in a part of it that starts here.
    pub(super) fn then(self, part: Mark) -> Mark {
        Mark {
            byte: self.byte + part.byte,
            line: self.line + part.line - Mark::START.line,
            returned: part.returned,
        }
    }

    /// Goes on over bytes among which no line ends.
    pub(super) fn go_on(&mut self, bytes: u64) {
        self.byte += bytes;
        self.returned &= bytes == 0;
    }

    /// Goes on over bytes.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        let Some(last) = bytes.last() else { return };
        let (feeds, returns) = (count(bytes, b'\n'), count(bytes, b'\r'));
        let both = match returns {
            0 => 0,
            _ => bytes.windows(2).filter(|two| *two == b"\r\n").count(),
        };
        let both = both + usize::from(self.returned && bytes[0] == b'\n');
        self.byte += bytes.len() as u64;
        self.line += (feeds + returns - both) as u64;
        self.returned = *last == b'\r';
    }
}

impl Default for Mark {
    fn default() -> Self {
        Mark::START
    }
}

/// How often a byte is among others. Pieces are so short that a byte counts them, which processors do many at once.
fn count(bytes: &[u8], mark: u8) -> usize {
    let of = |piece: &[u8]| piece.iter().fold(0u8, |count, b| count + u8::from(*b == mark));
    bytes.chunks(usize::from(u8::MAX)).map(|piece| usize::from(of(piece))).sum()
}

/// How many lines end in a text.
pub(super) fn ends(text: &[u8]) -> usize {
    let mut mark = Mark::START;
    mark.pass(text);
    (mark.line - Mark::START.line) as usize
}
