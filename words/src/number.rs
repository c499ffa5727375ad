//! The one place where numbers become text.

/// A number for a reader: so many decimals, rounded half up as a person rounds the printed decimal.
///
/// The binary number nearest to 2.675 is below it; what is rounded is the shortest decimal that reads back as `x`.
pub fn fixed(x: f64, digits: usize) -> String {
    let text = format!("{:e}", x.abs());
    let figures = text.split_once('e').and_then(|(mantissa, exponent)| {
        let exponent: i64 = exponent.parse().ok()?;
        let figures = mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
        Some((figures, exponent + 1 + digits as i64))
    });
    let text = match figures {
        Some((figures, keep)) => match half_up(figures, keep) {
            Some(kept) => {
                // The first figures that are kept, as a whole number of 10^-digits.
                let text: String = kept.iter().map(|f| char::from(b'0' + f)).collect();
                let mut text = format!("{:0>width$}", text, width = digits + 1);
                if digits > 0 {
                    text.insert(text.len() - digits, '.');
                }
                text
            }
            None => format!("{:.digits$}", x.abs()),
        },
        // Neither NaN nor an infinity has figures.
        None => return format!("{x:.digits$}"),
    };
    // No "-0.00".
    let is_zero = text.bytes().all(|b| b == b'0' || b == b'.');
    if x < 0.0 && !is_zero { format!("-{text}") } else { text }
}

/// The first `keep` figures, rounded half up; none where all of them are kept.
fn half_up(mut figures: Vec<u8>, keep: i64) -> Option<Vec<u8>> {
    if keep >= figures.len() as i64 {
        return None;
    }
    if keep < 0 {
        return Some(Vec::new());
    }
    let keep = keep as usize;
    let mut carry = figures[keep] >= 5;
    figures.truncate(keep);
    for figure in figures.iter_mut().rev() {
        if !carry {
            break;
        }
        carry = *figure == 9;
        *figure = if carry { 0 } else { *figure + 1 };
    }
    if carry {
        figures.insert(0, 1);
    }
    Some(figures)
}

/// How a person wants to see the numbers of tables; files have every digit whatever is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// So many decimals (保留位数) for every number that is not a count or a rank; as each column has them unless stated.
    pub decimals: Option<usize>,
    /// Whether a comma stands between thousands.
    pub thousands: bool,
}

impl Form {
    /// Whether nothing is wanted.
    pub fn is_usual(self) -> bool {
        self == Form::default()
    }

    /// A number; `digits` are the decimals that its column has, if it has any.
    pub fn number(self, x: f64, digits: Option<usize>) -> String {
        let text = match self.decimals.or(digits) {
            Some(digits) => fixed(x, digits),
            None => short(x),
        };
        if self.thousands { grouped(&text) } else { text }
    }

    /// How many.
    pub fn count(self, n: usize) -> String {
        let text = n.to_string();
        if self.thousands { grouped(&text) } else { text }
    }
}

/// A number with a comma between thousands: `-1,234,567.8`. One with an exponent stays as it is.
pub fn grouped(text: &str) -> String {
    let at = text.find(|sign: char| sign.is_ascii_digit()).unwrap_or(text.len());
    let (sign, rest) = text.split_at(at);
    let (whole, part) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    if !whole.bytes().all(|b| b.is_ascii_digit()) || part.contains('e') {
        return text.to_owned();
    }
    let mut out = String::from(sign);
    for (k, digit) in whole.chars().enumerate() {
        if k > 0 && (whole.len() - k) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(part);
    out
}

/// A number for a file: the shortest text that reads back as the same bits; nothing where there is none.
///
/// Very large and very small ones have an exponent, so that 1e-300 is not three hundred digits.
pub fn exact(x: f64) -> String {
    if x.is_nan() {
        return String::new();
    }
    let plain = x == 0.0 || (1e-5..1e16).contains(&x.abs());
    if plain { format!("{x}") } else { format!("{x:e}") }
}

/// A number for a reader without a stated precision: up to six figures that mean something.
pub fn short(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { "0".into() } else { exact(x) };
    }
    let magnitude = x.abs();
    if !(1e-4..1e12).contains(&magnitude) {
        return format!("{x:.4e}");
    }
    let mut whole = 0;
    let mut bound = 1.0;
    while magnitude >= bound {
        bound *= 10.0;
        whole += 1;
    }
    let text = fixed(x, 6_usize.saturating_sub(whole));
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// Two numbers for a reader, with as many figures as it takes to tell them apart, six at least.
pub fn apart(a: f64, b: f64) -> (String, String) {
    let (x, y) = (short(a), short(b));
    if x != y || a == b || a.is_nan() || b.is_nan() {
        return (x, y);
    }
    for digits in 6..=16 {
        let (x, y) = (fixed(a, digits), fixed(b, digits));
        if x != y {
            return (x, y);
        }
    }
    (exact(a), exact(b))
}

/// A share in per cent, with two decimals.
pub fn percent(share: f64) -> String {
    format!("{} %", fixed(100.0 * share, 2))
}

/// A p-value for a reader: four decimals, and what would be 0 is smaller than the least that is shown.
pub fn p_value(p: f64) -> String {
    if p < 0.0001 { "<0.0001".to_owned() } else { fixed(p, 4) }
}

/// A rank: whole, unless it is the mean of places that are shared.
pub fn rank(x: f64) -> String {
    if x.is_nan() { String::new() } else { exact(x) }
}

/// A move in ranks: `↑3`, `↓1`, `–`.
pub fn moved(places: f64) -> String {
    if places.is_nan() {
        String::new()
    } else if places == 0.0 {
        "–".into()
    } else if places > 0.0 {
        format!("↑{}", exact(places))
    } else {
        format!("↓{}", exact(-places))
    }
}

/// A change for a reader, a whole number of 10^-`digits`: `+0.010`, `-3`, and `0` without a sign.
pub fn signed(units: i128, digits: usize) -> String {
    let mut text = units.unsigned_abs().to_string();
    if digits > 0 {
        let whole = text.len().saturating_sub(digits);
        text = format!("{:0>width$}", text, width = digits + usize::from(whole == 0));
        text.insert(text.len() - digits, '.');
    }
    match units {
        0 => text,
        up if up > 0 => format!("+{text}"),
        _ => format!("-{text}"),
    }
}

/// A part of a move in ranks, a whole number of 10^-`digits` of a place: `↑1.50`, `↓3`, `–`.
pub fn moved_part(units: i128, digits: usize) -> String {
    match units {
        0 => "–".into(),
        _ => signed(units, digits).replace('+', "↑").replace('-', "↓"),
    }
}

/// An exact fraction: `2`, `-7/3`.
pub fn fraction(numerator: i128, denominator: i128) -> String {
    if denominator == 1 { numerator.to_string() } else { format!("{numerator}/{denominator}") }
}

/// The decimals at which scores up to `greatest` are shown where nothing is stated.
pub fn usual_digits(greatest: f64) -> usize {
    if greatest <= 2.0 { 4 } else { 2 }
}

/// A place in a drawing: two decimals, those that are zero left out.
pub fn coordinate(x: f64) -> String {
    // What is beyond any drawing is at its edge; nothing is where NaN is.
    let units = if x.is_nan() { 0 } else { (x * 100.0).round() as i64 };
    let (sign, units) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    match (units / 100, units % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        (whole, part) => format!("{sign}{whole}.{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_numbers() {
        assert_eq!(fixed(2.675, 2), "2.68");
        assert_eq!(fixed(-0.0001, 2), "0.00");
        assert_eq!(exact(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(exact(1e-300), "1e-300");
        assert_eq!(exact(f64::NAN), "");
        assert_eq!(short(1234567.891), "1234568");
        assert_eq!(short(73.206), "73.206");
        assert_eq!(short(0.000012), "1.2000e-5");
        assert_eq!(apart(63.25, 63.24), ("63.25".into(), "63.24".into()));
        assert_eq!(apart(0.1234567, 0.1234565), ("0.1234567".into(), "0.1234565".into()));
        assert_eq!(apart(60.0, 59.99999999999999).1, "59.99999999999999");
        let grouped = ["1234567.891", "-1000", "999", "1.2000e-5", "NaN", ""].map(grouped);
        assert_eq!(grouped, ["1,234,567.891", "-1,000", "999", "1.2000e-5", "NaN", ""]);
        let form = Form { decimals: Some(1), thousands: true };
        assert_eq!(form.number(12345.678, Some(3)), "12,345.7");
        assert_eq!(form.count(31000), "31,000");
        assert_eq!(Form::default().number(12345.678, None), "12345.7");
        assert_eq!(p_value(0.000_099), "<0.0001");
        assert_eq!(p_value(0.000_1), "0.0001");
        assert_eq!(rank(2.5), "2.5");
        assert_eq!(moved(-3.0), "↓3");
        assert_eq!(moved(0.0), "–");
        assert_eq!(signed(10, 3), "+0.010");
        assert_eq!(signed(-12345, 3), "-12.345");
        assert_eq!(signed(0, 2), "0.00");
        assert_eq!(signed(7, 0), "+7");
        assert_eq!(moved_part(-150, 2), "↓1.50");
        assert_eq!(moved_part(0, 2), "–");
        assert_eq!(fraction(-7, 3), "-7/3");
        assert_eq!(
            [1.0, -0.25, 12.5, 3.014, -0.001].map(coordinate),
            ["1", "-0.25", "12.5", "3.01", "0"]
        );
    }
}
