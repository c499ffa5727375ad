//! What charts are drawn with: shapes and texts, written as SVG with every sign escaped and every coordinate rounded alike.
//!
//! Colours are classes ([`super::palette`]), so that one drawing serves light and dark pages. The canvas remembers where
//! texts stand, so that tests see whether one is cut off or lies on another.

use std::fmt::Write as _;

use quanheng_words::number::coordinate;

use super::letters::{self, Type};

/// A drawing in its own coordinates.
#[derive(Clone, Debug, Default)]
pub(super) struct Canvas {
    /// What distinguishes the ids of this drawing from those of others on the same page.
    pub(super) id: String,
    out: String,
    texts: Vec<Placed>,
}

/// A text and the rectangle that it takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// The text.
    pub(super) text: String,
    /// Its left upper corner.
    pub(super) from: (f64, f64),
    /// Its right lower corner.
    pub(super) to: (f64, f64),
    /// Whether it does not stand upright: the rectangle around it is then larger than itself.
    pub(super) is_turned: bool,
}

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The text begins at the point.
    Start,
    /// It is centred.
    Middle,
    /// It ends at the point.
    End,
}

/// The marks that differ without colour, for points of several classes.
const SHAPES: usize = 6;

/// A path in the making.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(String);

impl Path {
    pub(super) fn from(x: f64, y: f64) -> Path {
        Path(format!("M{} {}", coordinate(x), coordinate(y)))
    }

    pub(super) fn to(mut self, x: f64, y: f64) -> Path {
        let _ = write!(self.0, "L{} {}", coordinate(x), coordinate(y));
        self
    }

    /// Begins a further piece.
    pub(super) fn jump(mut self, x: f64, y: f64) -> Path {
        let _ = write!(self.0, "M{} {}", coordinate(x), coordinate(y));
        self
    }

    /// Upright strokes at these places, each once.
    pub(super) fn strokes(at: impl Iterator<Item = f64>, (from, to): (f64, f64)) -> Path {
        let mut places: Vec<String> = at.map(coordinate).collect();
        quanheng_core::number::sort_items(&mut places, Ord::cmp);
        places.dedup();
        let (from, down) = (coordinate(from), coordinate(to - from));
        Path(places.iter().map(|x| format!("M{x} {from}v{down}")).collect())
    }

    /// Rectangles of one size at these places.
    pub(super) fn boxes(places: &[(f64, f64)], (w, h): (f64, f64)) -> Path {
        let (w, h) = (coordinate(w), coordinate(h));
        let one =
            |&(x, y): &(f64, f64)| format!("M{} {}h{w}v{h}h-{w}z", coordinate(x), coordinate(y));
        Path(places.iter().map(one).collect())
    }

    /// Rectangles of one height, each at a place and as wide as is stated with it. They have no edge at the left.
    pub(super) fn bars(bars: &[(f64, f64, f64)], high: f64) -> Path {
        let h = coordinate(high);
        let one = |&(x, y, w): &(f64, f64, f64)| {
            format!("M{} {}h{}v{h}h{}", coordinate(x), coordinate(y), coordinate(w), coordinate(-w))
        };
        Path(bars.iter().map(one).collect())
    }

    /// Rectangles of a grid, each from a column and row on and as many columns wide as is stated with it.
    pub(super) fn runs(runs: &[(usize, usize, usize)]) -> Path {
        Path(runs.iter().map(|(x, y, w)| format!("M{x} {y}h{w}v1h-{w}")).collect())
    }

    /// Lines to the right, each from a place and as long as is stated with it.
    pub(super) fn levels(lines: &[(f64, f64, f64)]) -> Path {
        let one = |&(x, y, w): &(f64, f64, f64)| {
            format!("M{} {}h{}", coordinate(x), coordinate(y), coordinate(w))
        };
        Path(lines.iter().map(one).collect())
    }

    /// Squares that stand on a corner, around these places.
    pub(super) fn diamonds(places: &[(f64, f64)], r: f64) -> Path {
        let (one, back) = (coordinate(r), coordinate(-r));
        let around = |&(x, y): &(f64, f64)| {
            format!(
                "M{} {}l{one} {one}l{back} {one}l{back} {back}z",
                coordinate(x),
                coordinate(y - r)
            )
        };
        Path(places.iter().map(around).collect())
    }

    /// A curve that leaves and arrives horizontally.
    pub(super) fn ease(mut self, (x0, y0): (f64, f64), (x1, y1): (f64, f64)) -> Path {
        let middle = coordinate((x0 + x1) / 2.0);
        let _ = write!(
            self.0,
            "C{middle} {} {middle} {} {} {}",
            coordinate(y0),
            coordinate(y1),
            coordinate(x1),
            coordinate(y1)
        );
        self
    }

    /// An arc of a circle.
    pub(super) fn arc(mut self, radius: f64, large: bool, clockwise: bool, x: f64, y: f64) -> Path {
        let r = coordinate(radius);
        let _ = write!(
            self.0,
            "A{r} {r} 0 {} {} {} {}",
            u8::from(large),
            u8::from(clockwise),
            coordinate(x),
            coordinate(y)
        );
        self
    }

    pub(super) fn close(mut self) -> Path {
        self.0.push('Z');
        self
    }
}

impl Canvas {
    pub(super) fn new(id: &str) -> Canvas {
        Canvas { id: id.to_owned(), ..Canvas::default() }
    }

    /// The elements that were drawn.
    pub(super) fn elements(&self) -> &str {
        &self.out
    }

    /// Where texts stand.
    #[cfg(test)]
    pub(super) fn texts(&self) -> &[Placed] {
        &self.texts
    }

    /// Draws another canvas, moved.
    pub(super) fn draw(&mut self, x: f64, y: f64, other: &Canvas) {
        let (dx, dy) = (coordinate(x), coordinate(y));
        let _ = writeln!(self.out, "<g transform=\"translate({dx} {dy})\">\n{}</g>", other.out);
        self.texts.extend(other.texts.iter().map(|placed| Placed {
            text: placed.text.clone(),
            from: (placed.from.0 + x, placed.from.1 + y),
            to: (placed.to.0 + x, placed.to.1 + y),
            is_turned: placed.is_turned,
        }));
    }

    /// A mark that stands for something: the shapes that `draw` makes, with the words that a pointer on it shows, and with
    /// what it stands for, such as `("region", "330000")`, for those who link charts.
    pub(super) fn mark(
        &mut self,
        of: &[(&str, &str)],
        words: &str,
        draw: impl FnOnce(&mut Canvas),
    ) {
        self.out.push_str("<g class=\"q-mark\"");
        for (name, value) in of {
            let _ = write!(self.out, " data-{name}=\"{}\"", escaped(value));
        }
        let _ = writeln!(self.out, "><title>{}</title>", escaped(words));
        draw(self);
        self.out.push_str("</g>\n");
    }

    pub(super) fn rect(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), class: &str) {
        self.rectangle((x, y), (w, h), &format!("class=\"{class}\""));
    }

    /// A rectangle in a colour that differs from others by its pattern too.
    pub(super) fn rect_patterned(&mut self, at: (f64, f64), size: (f64, f64), pattern: usize) {
        let fill = format!("fill=\"url(#{}-p{})\"", self.id, pattern % super::palette::COLOURS);
        self.rectangle(at, size, &fill);
    }

    /// Hatching over a rectangle, which says that something falls or is below zero.
    pub(super) fn rect_hatched(&mut self, at: (f64, f64), size: (f64, f64)) {
        let fill = format!("fill=\"url(#{}-h)\"", self.id);
        self.rectangle(at, size, &fill);
    }

    /// The same over any area.
    pub(super) fn hatch(&mut self, path: &Path) {
        let (id, d) = (&self.id, &path.0);
        let _ = writeln!(self.out, "<path d=\"{d}\" fill=\"url(#{id}-h)\"/>");
    }

    fn rectangle(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), look: &str) {
        // A bar to the left or downwards is the same bar.
        let (x, w) = if w < 0.0 { (x + w, -w) } else { (x, w) };
        let (y, h) = if h < 0.0 { (y + h, -h) } else { (y, h) };
        let _ = writeln!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {look}/>",
            coordinate(x),
            coordinate(y),
            coordinate(w),
            coordinate(h)
        );
    }

    pub(super) fn line(&mut self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), class: &str) {
        let _ = writeln!(
            self.out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{class}\"/>",
            coordinate(x0),
            coordinate(y0),
            coordinate(x1),
            coordinate(y1)
        );
    }

    pub(super) fn path(&mut self, path: &Path, class: &str) {
        let _ = writeln!(self.out, "<path d=\"{}\" class=\"{class}\"/>", path.0);
    }

    /// A path whose unit is a cell of a grid that begins at a point.
    pub(super) fn path_of_cells(
        &mut self,
        path: &Path,
        from: (f64, f64),
        cell: (f64, f64),
        class: &str,
    ) {
        let (x, y) = (coordinate(from.0), coordinate(from.1));
        let (w, h) = (coordinate(cell.0), coordinate(cell.1));
        let d = &path.0;
        let _ = writeln!(
            self.out,
            "<path transform=\"translate({x} {y}) scale({w} {h})\" d=\"{d}\" class=\"{class}\"/>"
        );
    }

    pub(super) fn circle(&mut self, (x, y): (f64, f64), radius: f64, class: &str) {
        let _ = writeln!(
            self.out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{class}\"/>",
            coordinate(x),
            coordinate(y),
            coordinate(radius)
        );
    }

    /// A point whose form says in which class it is.
    pub(super) fn shape(&mut self, (x, y): (f64, f64), r: f64, which: usize, class: &str) {
        let around = |steps: &[(f64, f64)]| {
            let mut points = steps.iter().map(|(dx, dy)| (x + dx * r, y + dy * r));
            let first = points.next().unwrap_or((x, y));
            points.fold(Path::from(first.0, first.1), |path, (x, y)| path.to(x, y)).close()
        };
        match which % SHAPES {
            0 => self.circle((x, y), r, class),
            1 => self.rect((x - 0.9 * r, y - 0.9 * r), (1.8 * r, 1.8 * r), class),
            2 => self.path(&around(&[(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)]), class),
            3 => self.path(&around(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]), class),
            4 => self.path(&around(&[(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)]), class),
            _ => {
                let cross = [
                    (-0.4, -1.2),
                    (0.4, -1.2),
                    (0.4, -0.4),
                    (1.2, -0.4),
                    (1.2, 0.4),
                    (0.4, 0.4),
                    (0.4, 1.2),
                    (-0.4, 1.2),
                    (-0.4, 0.4),
                    (-1.2, 0.4),
                    (-1.2, -0.4),
                    (-0.4, -0.4),
                ];
                self.path(&around(&cross), class);
            }
        }
    }

    /// A text whose base line begins, ends or has its middle at a point.
    pub(super) fn text(
        &mut self,
        (x, y): (f64, f64),
        anchor: Anchor,
        of: Type,
        colour: &str,
        text: &str,
    ) {
        self.written((x, y), anchor, of, colour, text, None);
    }

    /// A text that is turned around its point, by degrees clockwise.
    pub(super) fn text_turned(
        &mut self,
        at: (f64, f64),
        anchor: Anchor,
        of: Type,
        colour: &str,
        text: &str,
        degrees: f64,
    ) {
        self.written(at, anchor, of, colour, text, Some(degrees));
    }

    fn written(
        &mut self,
        (x, y): (f64, f64),
        anchor: Anchor,
        of: Type,
        colour: &str,
        text: &str,
        degrees: Option<f64>,
    ) {
        if text.is_empty() {
            return;
        }
        let (word, before) = match anchor {
            Anchor::Start => ("start", 0.0),
            Anchor::Middle => ("middle", 0.5),
            Anchor::End => ("end", 1.0),
        };
        let (class, size) = (of.class(), of.size());
        let (x_text, y_text) = (coordinate(x), coordinate(y));
        let _ = write!(
            self.out,
            "<text x=\"{x_text}\" y=\"{y_text}\" text-anchor=\"{word}\" class=\"{class} {colour}\""
        );
        if let Some(degrees) = degrees {
            let turn = coordinate(degrees);
            let _ = write!(self.out, " transform=\"rotate({turn} {x_text} {y_text})\"");
        }
        let _ = writeln!(self.out, ">{}</text>", escaped(text));
        let width = letters::width(text, of);
        let (left, right) = (-before * width, (1.0 - before) * width);
        let (up, down) = (-0.8 * size, 0.22 * size);
        let (sin, cos) = turned(degrees.unwrap_or(0.0));
        let corners = [(left, up), (right, up), (left, down), (right, down)]
            .map(|(dx, dy)| (x + dx * cos - dy * sin, y + dx * sin + dy * cos));
        let least =
            |of: fn(&(f64, f64)) -> f64| corners.iter().map(of).fold(f64::INFINITY, super::min);
        let most =
            |of: fn(&(f64, f64)) -> f64| corners.iter().map(of).fold(f64::NEG_INFINITY, super::max);
        self.texts.push(Placed {
            text: text.to_owned(),
            from: (least(|c| c.0), least(|c| c.1)),
            to: (most(|c| c.0), most(|c| c.1)),
            is_turned: degrees.is_some(),
        });
    }
}

/// Sine and cosine of an angle in degrees.
pub(super) fn turned(degrees: f64) -> (f64, f64) {
    libm::sincos(degrees * std::f64::consts::PI / 180.0)
}

/// A text in which no sign is markup, and none is one that XML forbids.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_is_markup() {
        assert_eq!(escaped("<b a=\"c\"> &\u{1}\u{ffff}\n"), "&lt;b a=&quot;c&quot;&gt; &amp; ");
    }

    #[test]
    fn a_text_knows_its_room() {
        let mut canvas = Canvas::new("c");
        canvas.text((10.0, 20.0), Anchor::End, Type::Label, "q-ink", "甲乙");
        let [placed] = canvas.texts() else { panic!("one text") };
        assert!(placed.to.0 == 10.0 && (placed.from.0 + 14.0).abs() < 0.5, "{placed:?}");
        canvas.text_turned((0.0, 0.0), Anchor::Start, Type::Label, "q-ink", "甲乙", 90.0);
        let turned = &canvas.texts()[1];
        assert!(turned.to.1 > 23.0 && turned.to.0 < 11.0, "{turned:?}");
    }
}
