//! The table in which every function of the host stands: name, parameters, result, what it does, and its code.

use rhai::{Array, Dynamic, FnPtr, FuncRegistration, ImmutableString, Map, Module, Variant};

use super::{Column, Mask, Matrix};
use crate::limits::in_time_for;
use crate::problem::{Failed, a, fail};

/// What a script's author may know of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The type of value whose file it stands in.
    pub of: &'static str,
    /// Its name; `get x` for a property, `[]` for what brackets read, a sign such as `+` for an operator.
    pub name: String,
    /// Parameters as `name: type`.
    pub parameters: Vec<String>,
    /// The type of its result.
    pub result: &'static str,
    /// What it does.
    pub doc: String,
}

impl Function {
    /// `quantile(x: Column, p: number)`, as hints show it.
    pub fn signature(&self) -> String {
        let parameters: Vec<String> = self
            .parameters()
            .map(|(name, kind)| format!("{name}: {}", kind_in_words(kind)))
            .collect();
        format!("{}({})", self.name, parameters.join(", "))
    }

    /// The names and types of what it takes.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|p| p.split_once(": ").unwrap_or((p, "?")))
    }

    /// The name of the property that it is.
    pub fn property(&self) -> Option<&str> {
        self.name.strip_prefix("get ")
    }

    /// Whether it is an operator: `x + y`.
    pub fn is_operator(&self) -> bool {
        !self.is_index() && !self.name.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// Whether it is what brackets read: `x[0]`.
    pub fn is_index(&self) -> bool {
        self.name == "[]"
    }
}

/// A type as people say it.
pub(crate) fn kind_in_words(kind: &str) -> &str {
    match kind {
        "float" => "number",
        "int" => "whole number",
        "String" => "text",
        "Array" => "list",
        "Map" => "map",
        "Fn" => "function",
        "bool" => "true or false",
        "?" => "anything",
        "()" => "nothing",
        other => other,
    }
}

/// Functions as they are put into the engine.
#[derive(Default)]
pub(crate) struct Functions {
    pub(crate) module: Module,
    pub(crate) table: Vec<Function>,
}

/// A type that a function takes.
pub(crate) trait Take: Sized {
    /// The type by which the engine chooses the function.
    type Raw: Variant + Clone;
    /// Its name in documents.
    const NAME: &'static str;
    fn take(raw: Self::Raw) -> Result<Self, Failed>;
}

/// A type that a function gives.
pub(crate) trait Give {
    const NAME: &'static str;
}

macro_rules! as_it_is {
    ($($kind:ty = $name:literal),+ $(,)?) => { $(
        impl Take for $kind {
            type Raw = $kind;
            const NAME: &'static str = $name;
            fn take(raw: $kind) -> Result<Self, Failed> {
                Ok(raw)
            }
        }
        impl Give for $kind {
            const NAME: &'static str = $name;
        }
    )+ };
}
pub(crate) use as_it_is;
as_it_is! {
    Mask = "Mask", bool = "bool", ImmutableString = "String",
    Array = "Array", Map = "Map", FnPtr = "Fn", Dynamic = "?",
}

/// Work over long columns looks at the clock first.
macro_rules! in_time {
    ($($kind:ty = $name:literal, $numbers:expr);+ $(;)?) => { $(
        impl Take for $kind {
            type Raw = $kind;
            const NAME: &'static str = $name;
            fn take(raw: $kind) -> Result<Self, Failed> {
                in_time_for($numbers(&raw))?;
                Ok(raw)
            }
        }
        impl Give for $kind {
            const NAME: &'static str = $name;
        }
    )+ };
}
in_time! {
    Column = "Column", Column::len;
    Matrix = "Matrix", |m: &Matrix| m.rows().saturating_mul(m.width());
}

impl Give for f64 {
    const NAME: &'static str = "float";
}

impl Give for i64 {
    const NAME: &'static str = "int";
}

impl Give for () {
    const NAME: &'static str = "()";
}

/// A number, whole or not.
#[derive(Clone, Copy)]
pub(crate) struct Number(pub(crate) f64);

impl Take for Number {
    type Raw = Dynamic;
    const NAME: &'static str = "float";
    fn take(raw: Dynamic) -> Result<Self, Failed> {
        number(&raw).map(Number)
    }
}

/// A whole number of zero or more.
#[derive(Clone, Copy)]
pub(crate) struct Whole(pub(crate) usize);

impl Take for Whole {
    type Raw = Dynamic;
    const NAME: &'static str = "int";
    fn take(raw: Dynamic) -> Result<Self, Failed> {
        let x = number(&raw)?;
        if x >= 0.0 && x.fract() == 0.0 && x < 9e15 {
            Ok(Whole(x as usize))
        } else {
            Err(fail(format!("{x} is no whole number of 0 or more"), "count from 0"))
        }
    }
}

/// A list of numbers, or a column of them; nothing where a cell is absent.
pub(crate) struct Numbers(pub(crate) Vec<f64>);

impl Take for Numbers {
    type Raw = Dynamic;
    const NAME: &'static str = "Array";
    fn take(raw: Dynamic) -> Result<Self, Failed> {
        if let Some(column) = raw.read_lock::<Column>() {
            return Ok(Numbers(column.values().to_vec()));
        }
        match raw.into_array() {
            Ok(list) => list
                .iter()
                .map(|x| if x.is_unit() { Ok(f64::NAN) } else { number(x) })
                .collect::<Result<_, _>>()
                .map(Numbers),
            Err(found) => {
                Err(fail(format!("this is {}", a(found)), "a list of numbers belongs here"))
            }
        }
    }
}

/// The number in a value.
pub(crate) fn number(raw: &Dynamic) -> Result<f64, Failed> {
    let x = match (raw.as_float(), raw.as_int()) {
        (Ok(x), _) => x,
        (_, Ok(n)) => n as f64,
        (Err(found), _) => {
            return Err(fail(format!("this is {}", a(found)), "a number belongs here"));
        }
    };
    finite(x)
}

/// Refuses what is no number.
pub(crate) fn finite(x: f64) -> Result<f64, Failed> {
    if x.is_finite() {
        Ok(x)
    } else {
        Err(fail(
            format!(
                "the result is {}, which is no number",
                if x.is_nan() { "undefined" } else { "infinite" }
            ),
            "look for a division by 0, or a logarithm of 0",
        ))
    }
}

impl Functions {
    pub(crate) fn registration(
        &mut self,
        of: &'static str,
        name: &str,
        parameters: &[String],
        result: &'static str,
        doc: &[&str],
    ) -> FuncRegistration {
        let property = name.strip_prefix("get ");
        self.table.push(Function {
            of,
            name: name.to_owned(),
            parameters: parameters.to_vec(),
            result,
            doc: doc.iter().map(|d| d.trim()).collect::<Vec<_>>().join(" "),
        });
        let comments: Vec<String> = doc.iter().map(|d| format!("///{d}")).collect();
        let mut info = parameters.to_vec();
        info.push(result.to_owned());
        let registration = match (property, name) {
            (Some(name), _) => FuncRegistration::new_getter(name),
            (None, "[]") => FuncRegistration::new_index_getter(),
            (None, name) => FuncRegistration::new(name),
        };
        registration
            .in_global_namespace()
            .with_params_info(&info)
            .with_comments(&comments)
            .with_volatility(false)
    }

    /// An operator, or what brackets read, of values of these types.
    pub(crate) fn operator(
        &mut self,
        of: &'static str,
        sign: &str,
        operands: &[&str],
        result: &'static str,
        doc: &str,
    ) -> FuncRegistration {
        let names = ["x", "y"].iter().zip(operands);
        let parameters: Vec<String> = names.map(|(name, kind)| format!("{name}: {kind}")).collect();
        self.registration(of, sign, &parameters, result, &[&format!(" {doc}")])
    }
}

/// Puts functions into a table.
///
/// ```text
/// functions! { lib, "Column";
///     /// The sum of the values that are there.
///     fn "sum"(x: Column) -> f64 { Ok(x.total()) }
/// }
/// ```
/// A body gives a `Result`; a function that calls back into the script names its context first: `fn "map"[context](…)`.
macro_rules! functions {
    ($lib:expr, $of:literal; $(
        $(#[doc = $doc:literal])+
        fn $name:literal $([$context:ident])? ($($arg:ident : $ty:ty),* $(,)?) -> $ret:ty $body:block
    )+) => { $(
        {
            let lib: &mut $crate::host::functions::Functions = $lib;
            let parameters = [$(format!(
                "{}: {}", stringify!($arg), <$ty as $crate::host::functions::Take>::NAME
            )),*];
            let result = <$ret as $crate::host::functions::Give>::NAME;
            let registration = lib.registration($of, $name, &parameters, result, &[$($doc),+]);
            registration.set_into_module(
                &mut lib.module,
                |$($context: rhai::NativeCallContext<'_>,)? $($arg: <$ty as $crate::host::functions::Take>::Raw),*|
                    -> Result<$ret, $crate::problem::Failed>
                {
                    $(let $arg = <$ty as $crate::host::functions::Take>::take($arg)
                        .map_err(|e| $crate::problem::of_argument(e, stringify!($arg), $name))?;)*
                    $body
                },
            );
        }
    )+ };
}
pub(crate) use functions;
