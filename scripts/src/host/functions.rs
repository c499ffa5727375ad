//! The table in which every function of the host stands: name, parameters, result, what it does, and its code.

use std::any::TypeId;

use quanheng_words::number::exact;
use quanheng_words::text;
use rhai::{
    Array, Dynamic, FnPtr, FuncRegistration, ImmutableString, Map, Module, NativeCallContext,
    RhaiFunc, Shared, Variant,
};

use crate::problem::{Failed, fail, of_argument, wrong_kind, wrong_value};

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
        impl $crate::host::functions::Take for $kind {
            type Raw = $kind;
            const NAME: &'static str = $name;
            fn take(raw: $kind) -> Result<Self, $crate::problem::Failed> {
                Ok(raw)
            }
        }
        impl $crate::host::functions::Give for $kind {
            const NAME: &'static str = $name;
        }
    )+ };
}
pub(crate) use as_it_is;
as_it_is! {
    bool = "bool", ImmutableString = "String", Array = "Array", Map = "Map", FnPtr = "Fn", Dynamic = "?",
}

/// Types that hold many numbers: work over them looks at the clock first.
macro_rules! many_numbers {
    ($kind:ty = $name:literal, $numbers:expr) => {
        impl $crate::host::functions::Take for $kind {
            type Raw = $kind;
            const NAME: &'static str = $name;
            fn take(raw: $kind) -> Result<Self, $crate::problem::Failed> {
                $crate::limits::in_time_for($numbers(&raw))?;
                Ok(raw)
            }
        }
        impl $crate::host::functions::Give for $kind {
            const NAME: &'static str = $name;
        }
    };
}
pub(crate) use many_numbers;

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
            Err(wrong_value(text!(script_not_a_count, x = exact(x)), text!(script_count_from_0)))
        }
    }
}

/// The number in a value.
pub(crate) fn number(raw: &Dynamic) -> Result<f64, Failed> {
    let x = match (raw.as_float(), raw.as_int()) {
        (Ok(x), _) => x,
        (_, Ok(n)) => n as f64,
        (Err(found), _) => {
            return Err(wrong_kind(found, text!(script_number_belongs)));
        }
    };
    finite(x)
}

/// Rejects what is not a number.
pub(crate) fn finite(x: f64) -> Result<f64, Failed> {
    if x.is_finite() {
        Ok(x)
    } else {
        let what = match x.is_nan() {
            true => text!(script_result_undefined),
            false => text!(script_result_infinite),
        };
        Err(fail(what, text!(script_result_hint)))
    }
}

/// What a function is called with, taken one after the other.
pub(crate) struct Arguments<'a, 'b> {
    function: &'static str,
    given: std::slice::IterMut<'a, &'b mut Dynamic>,
}

impl Arguments<'_, '_> {
    /// The next argument, which is called this in documents and messages.
    #[inline(never)]
    pub(crate) fn next<T: Take>(&mut self, name: &str) -> Result<T, Failed> {
        T::take(self.plain()).map_err(|e| of_argument(e, name, self.function))
    }

    /// The next argument, as a value of the type by which the engine chose the function.
    pub(crate) fn plain<T: Variant + Clone>(&mut self) -> T {
        self.value().cast::<T>()
    }

    /// The next argument, which is a whole number or one with decimals.
    pub(crate) fn number(&mut self) -> f64 {
        let value = self.value();
        value.as_float().or_else(|_| value.as_int().map(|n| n as f64)).unwrap_or(f64::NAN)
    }

    fn value(&mut self) -> Dynamic {
        self.given.next().expect("the engine counts arguments").take()
    }
}

/// The code of a function as the engine calls it. One type for all of them: the engine's own way would make some thirty
/// functions of machine code out of each.
pub(crate) type Code =
    fn(&NativeCallContext<'_>, &mut Arguments<'_, '_>) -> Result<Dynamic, Failed>;

/// What the engine calls.
type Run = dyn Fn(Option<NativeCallContext<'_>>, &mut [&mut Dynamic]) -> Result<Dynamic, Failed>
    + Send
    + Sync;

/// A result as the engine takes it.
#[inline(never)]
pub(crate) fn give<T: Variant + Clone>(made: Result<T, Failed>) -> Result<Dynamic, Failed> {
    made.map(Dynamic::from)
}

/// The type of an operand: its name in documents, and what the engine knows it by.
pub(crate) type Operand = (&'static str, fn() -> TypeId);

/// The operand of a type.
pub(crate) const fn operand<T: Give + 'static>() -> Operand {
    (T::NAME, TypeId::of::<T>)
}

pub(crate) const FLOAT: Operand = operand::<f64>();
pub(crate) const INT: Operand = operand::<i64>();
pub(crate) const TEXT: Operand = operand::<ImmutableString>();

/// What the source says of a function.
pub(crate) struct Stated {
    pub(crate) of: &'static str,
    pub(crate) name: &'static str,
    pub(crate) parameters: &'static [(&'static str, Operand)],
    pub(crate) result: &'static str,
    pub(crate) doc: &'static [&'static str],
}

impl Functions {
    /// Puts a function into the table and into the engine, which knows it by its name and the types of its parameters.
    pub(crate) fn add(&mut self, stated: &'static Stated, code: Code) {
        let name = stated.name;
        let run = move |context: Option<NativeCallContext<'_>>, given: &mut [&mut Dynamic]| {
            let context = context.expect("the engine hands it over, as it was asked to");
            code(&context, &mut Arguments { function: name, given: given.iter_mut() })
        };
        let parameters = stated.parameters.iter();
        let doc: Vec<&str> = stated.doc.iter().map(|line| line.trim()).collect();
        let function = Function {
            of: stated.of,
            name: name.to_owned(),
            parameters: parameters
                .clone()
                .map(|(name, (kind, _))| format!("{name}: {kind}"))
                .collect(),
            result: stated.result,
            doc: doc.join(" "),
        };
        let types: Vec<TypeId> = parameters.map(|(_, (_, id))| id()).collect();
        self.enter(function, &types, true, Shared::new(run));
    }

    /// Puts an operator, or what brackets read, of values of these types into the table and into the engine.
    pub(crate) fn operator(
        &mut self,
        of: &'static str,
        sign: &'static str,
        operands: &[Operand],
        result: &'static str,
        doc: &str,
        code: impl Fn(&mut Arguments<'_, '_>) -> Result<Dynamic, Failed> + Send + Sync + 'static,
    ) {
        let run = move |_: Option<NativeCallContext<'_>>, given: &mut [&mut Dynamic]| {
            code(&mut Arguments { function: sign, given: given.iter_mut() })
        };
        self.operate(of, sign, operands, result, doc, Shared::new(run));
    }

    fn operate(
        &mut self,
        of: &'static str,
        sign: &'static str,
        operands: &[Operand],
        result: &'static str,
        doc: &str,
        run: Shared<Run>,
    ) {
        let names = ["x", "y"].iter().zip(operands);
        let function = Function {
            of,
            name: sign.to_owned(),
            parameters: names.map(|(name, (kind, _))| format!("{name}: {kind}")).collect(),
            result,
            doc: doc.to_owned(),
        };
        let types: Vec<TypeId> = operands.iter().map(|(_, id)| id()).collect();
        self.enter(function, &types, false, run);
    }

    /// Refuses an operator between values of these types, instead of the result that the language would give. It is not
    /// documented.
    pub(crate) fn refuse(
        &mut self,
        sign: &'static str,
        operands: &[Operand],
        words: impl Fn() -> Failed + Send + Sync + 'static,
    ) {
        let func = Shared::new(move |_: Option<NativeCallContext<'_>>, _: &mut [&mut Dynamic]| {
            Err(words())
        });
        let types: Vec<TypeId> = operands.iter().map(|(_, id)| id()).collect();
        FuncRegistration::new(sign).in_global_namespace().set_into_module_raw(
            &mut self.module,
            &types,
            RhaiFunc::Pure { func, has_context: false, is_pure: true, is_volatile: false },
        );
    }

    fn enter(
        &mut self,
        function: Function,
        types: &[TypeId],
        has_context: bool,
        func: Shared<Run>,
    ) {
        let registration = match (function.property(), function.name.as_str()) {
            (Some(name), _) => FuncRegistration::new_getter(name),
            (None, "[]") => FuncRegistration::new_index_getter(),
            (None, name) => FuncRegistration::new(name),
        };
        let result = [function.result.to_owned()];
        registration
            .in_global_namespace()
            .with_params_info(function.parameters.iter().chain(&result))
            .set_into_module_raw(
                &mut self.module,
                types,
                RhaiFunc::Pure { func, has_context, is_pure: true, is_volatile: false },
            );
        self.table.push(function);
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
            use $crate::host::functions::{Functions, Give, Stated, Take};
            fn body($($context: &rhai::NativeCallContext<'_>,)? $($arg: $ty),*)
                -> Result<$ret, $crate::problem::Failed> $body
            const STATED: Stated = Stated {
                of: $of,
                name: $name,
                parameters: &[$((
                    stringify!($arg),
                    (<$ty as Take>::NAME, std::any::TypeId::of::<<$ty as Take>::Raw>),
                )),*],
                result: <$ret as Give>::NAME,
                doc: &[$($doc),+],
            };
            let lib: &mut Functions = $lib;
            lib.add(&STATED, |context, arguments| {
                let _ = context;
                $(let $context = context;)?
                $(let $arg = arguments.next::<$ty>(stringify!($arg))?;)*
                $crate::host::functions::give(body($($context,)? $($arg),*))
            });
        }
    )+ };
}
pub(crate) use functions;
