//! Masks: yes or no a row.

use std::sync::Arc;

use quanheng_words::{Text, text};
use rhai::ImmutableString;

use super::column::{Column, same_length};
use super::functions::{Functions, INT, Number, Operand, as_it_is, functions, give, operand};
use crate::limits::{Charge, charge};
use crate::problem::{Failed, fail, fail_at};

/// Yes or no for each row.
#[derive(Clone, Debug)]
pub struct Mask(Arc<(Vec<bool>, Charge)>);

as_it_is! { Mask = "Mask" }

impl Mask {
    pub(crate) fn new(yes: impl ExactSizeIterator<Item = bool>) -> Result<Self, Failed> {
        let charge = charge(yes.len())?;
        Ok(Mask(Arc::new((yes.collect(), charge))))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.0.len()
    }

    pub(crate) fn yes(&self, row: usize) -> bool {
        self.0.0[row]
    }

    pub(crate) fn any(&self) -> bool {
        self.0.0.iter().any(|yes| *yes)
    }

    pub(crate) fn not(&self) -> Result<Mask, Failed> {
        Mask::new(self.0.0.iter().map(|yes| !yes))
    }

    fn with(&self, other: &Mask, f: fn(bool, bool) -> bool) -> Result<Mask, Failed> {
        same_length(self.len(), other.len())?;
        Mask::new(self.0.0.iter().zip(&other.0.0).map(|(a, b)| f(*a, *b)))
    }
}

pub(crate) fn register(lib: &mut Functions) {
    const MASK: Operand = operand::<Mask>();
    let mut two = |sign, doc, f: fn(bool, bool) -> bool| {
        lib.operator("Mask", sign, &[MASK, MASK], "Mask", doc, move |operands| {
            let (a, b) = (operands.plain::<Mask>(), operands.plain::<Mask>());
            give(a.with(&b, f))
        });
    };
    two("&", "True where both are true.", |a, b| a & b);
    two("|", "True where either is true.", |a, b| a | b);
    lib.operator("Mask", "!", &[MASK], "Mask", "True where the mask is false.", |operands| {
        give(operands.plain::<Mask>().not())
    });
    const ROW: &str = "Whether a row is in the mask; rows count from 0.";
    lib.operator("Mask", "[]", &[MASK, INT], "bool", ROW, |operands| {
        let (mask, row) = (operands.plain::<Mask>(), operands.plain::<i64>());
        match usize::try_from(row) {
            Ok(row) if row < mask.len() => Ok(mask.yes(row).into()),
            _ => Err(fail(
                text!(script_no_cell_of_mask, row = row, cells = mask.len()),
                text!(script_cells_from_0),
            )),
        }
    });
    functions! { lib, "Mask";
        /// A mask with a yes for each true in a list.
        fn "mask"(list: rhai::Array) -> Mask {
            let yes: Result<Vec<bool>, _> = list.iter().map(|x| x.as_bool()).collect();
            match yes {
                Ok(yes) => Mask::new(yes.into_iter()),
                Err(_) => Err(fail(text!(script_mask_of), text!(script_example, code = "mask([true, false])"))),
            }
        }
        /// How many rows there are.
        fn "len"(mask: Mask) -> i64 { Ok(mask.len() as i64) }
        /// How many rows say yes.
        fn "count"(mask: Mask) -> i64 { Ok(mask.0.0.iter().filter(|yes| **yes).count() as i64) }
        /// Whether the mask is true in some row.
        fn "any"(mask: Mask) -> bool { Ok(mask.any()) }
        /// Whether the mask is true in every row.
        fn "all"(mask: Mask) -> bool { Ok(mask.0.0.iter().all(|yes| *yes)) }
        /// 1 for yes, 0 for no.
        fn "number"(mask: Mask) -> Column {
            Column::new(mask.0.0.iter().map(|yes| f64::from(u8::from(*yes))).collect())
        }
        /// One number where the mask is true, another where it is false.
        fn "choose"(mask: Mask, yes: Number, no: Number) -> Column {
            Column::new(mask.0.0.iter().map(|y| if *y { yes.0 } else { no.0 }).collect())
        }
        /// The cell of one column where the mask is true, of another where it is false.
        fn "choose"(mask: Mask, yes: Column, no: Column) -> Column {
            same_length(mask.len(), yes.len())?;
            same_length(mask.len(), no.len())?;
            let unit = super::unit::like(yes.unit(), no.unit())?;
            no.replace(&mask, |row| yes.values()[row])?.with_unit(unit)
        }
        /// The cell of a column where the mask is true, a number where it is false.
        fn "choose"(mask: Mask, yes: Column, no: Number) -> Column {
            yes.replace(&mask.not()?, |_| no.0)
        }
        /// A number where the mask is true, the cell of a column where it is false.
        fn "choose"(mask: Mask, yes: Number, no: Column) -> Column {
            no.replace(&mask, |_| yes.0)
        }
        /// Stops with a message if the mask is true in some row: `(x < 0).refuse("a negative count")`.
        fn "refuse"(mask: Mask, message: ImmutableString) -> () {
            match mask.0.0.iter().position(|yes| *yes) {
                None => Ok(()),
                Some(row) => Err(fail_at(row, Text::plain(message), text!(script_look_at_row))),
            }
        }
    }
}
