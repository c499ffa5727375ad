//! What the two clipping methods share.

use quanheng_words::text;

use crate::method::MethodError;
use crate::number;

/// Draws values beyond the bounds to them; a column that would come down to one value is an error.
pub(super) fn clip(
    ascending: &[f64],
    lower: f64,
    upper: f64,
    values: &[f64],
    out: &mut [f64],
) -> Result<(), MethodError> {
    let (Some(&least), Some(&greatest)) = (ascending.first(), ascending.last()) else {
        out.copy_from_slice(values);
        return Ok(());
    };
    if least < greatest
        && number::clamp(least, lower, upper) == number::clamp(greatest, lower, upper)
    {
        return Err(MethodError::Other(text!(bounds_one_value, value = lower)));
    }
    for (y, &x) in out.iter_mut().zip(values) {
        *y = number::clamp(x, lower, upper);
    }
    Ok(())
}
