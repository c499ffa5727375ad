//! Sequences of calls of the host's functions, and of the language's own, with odd arguments of the right and the wrong
//! types. They are written as a script, each call in a `try`, so that one failure does not end the rest.
#![no_main]

use std::fmt::Write;

use arbitrary::{Result, Unstructured};

/// Functions of the language that are no part of the host's table.
const OWN: [(&str, usize); 40] = [
    ("push", 2),
    ("pop", 1),
    ("insert", 3),
    ("splice", 4),
    ("extract", 3),
    ("drain", 3),
    ("retain", 3),
    ("truncate", 2),
    ("chop", 2),
    ("pad", 3),
    ("sort", 1),
    ("sort", 2),
    ("order_by", 2),
    ("zip", 3),
    ("map", 2),
    ("filter", 2),
    ("reduce", 2),
    ("reduce", 3),
    ("dedup", 1),
    ("split_at", 2),
    ("index_of", 3),
    ("contains", 2),
    ("get", 2),
    ("set", 3),
    ("remove", 2),
    ("mixin", 2),
    ("fill_with", 2),
    ("keys", 1),
    ("values", 1),
    ("split", 2),
    ("sub_string", 3),
    ("crop", 3),
    ("replace", 3),
    ("to_upper", 1),
    ("to_chars", 1),
    ("to_blob", 1),
    ("to_string", 1),
    ("append", 2),
    ("range", 3),
    ("for_each", 2),
];

const OPERATORS: [&str; 18] = [
    "+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "&", "|", "^", "<<", ">>",
    "in",
];

/// Odd values by type, as a script writes them.
fn literals(kind: &str) -> &'static [&'static str] {
    match kind {
        "Column" => &[
            "column([])",
            "column([1.0])",
            "column([()])",
            "column([(), 1, -1e308, 1e308])",
            "column(4, 0)",
            "column(4, 7.5)",
            "column([3, 1, 2, 2])",
            "sequence(4)",
            "sequence(300)",
            "column([1, 2, 3, 4]).as_rate()",
            "column([1, 2, 3, 4]).as_percent()",
            "column([5e-324, -0.0, 0.0, 1e-300])",
            "sequence(70000)",
        ],
        "Matrix" => &[
            "matrix([])",
            "matrix([[1.0]])",
            "matrix([[], []])",
            "identity(3)",
            "identity(0)",
            "matrix([[1, 2], [2, 1]])",
            "matrix([[(), 1e308, -1e308], [0, 0, 0]])",
            "matrix([column(300, 1), sequence(300)])",
            "diagonal(sequence(40))",
        ],
        "Mask" => &[
            "mask([])",
            "mask([true, false, true, false])",
            "(sequence(4) > 2)",
            "(sequence(300) > 400)",
        ],
        "float" => &[
            "0.0",
            "-0.0",
            "1.5",
            "1e308",
            "-1e308",
            "5e-324",
            "0.1",
            "100.0",
            "9007199254740993.0",
            "0.5",
            "2",
            "-7",
        ],
        "int" => &[
            "0",
            "1",
            "-1",
            "2",
            "3",
            "4",
            "7",
            "300",
            "9223372036854775807",
            "-9223372036854775808",
            "4294967296",
            "65536",
        ],
        "String" => &[
            "\"\"",
            "\"x1\"",
            "\"a\"",
            "\"pearson\"",
            "\"kendall\"",
            "\"dense\"",
            "\"average\"",
            "\"missing\"",
            "\"熵权法\"",
            "\"e\\u0301\\u200b\\u202e\"",
            "\"index\"",
            "\"zh\"",
            "\"withheld\"",
            "'字'",
            "\"\\x00\"",
        ],
        "Array" => &[
            "[]",
            "[1, 2.5, ()]",
            "[[1, 2], [3, 4]]",
            "[[0, 0], [1, 100], [1, 5]]",
            "[\"a\", \"b\"]",
            "[true, false, true, false]",
            "[80, 60]",
            "[[[[[]]]]]",
            "[sequence(4), sequence(4)]",
            "[1, \"a\", #{}, 'c', |x| x]",
            "[#{ code: \"index\" }]",
        ],
        "Map" => &[
            "#{}",
            "#{ code: \"x\", parent: \"index\" }",
            "#{ weight: -1e308, direction: 0 }",
            "#{ a: [\"x1\"], b: #{ c: [] } }",
            "#{ code: \"y\", parent: \"y\" }",
            "#{ code: \"\", from: [\"a\"], by: |raw| raw.a }",
            "#{ bad: 1, good: 1 }",
        ],
        "Fn" => &[
            "|x| x",
            "|x| 1",
            "|x| ()",
            "|x, y| x > y",
            "|| 1",
            "Fn(\"sum\")",
            "|x| throw x",
            "|x| [x, x]",
            "|x| x.map(|y| y)",
        ],
        "Tiers" => {
            &["tiers(column([1, 2, (), 1]))", "tiers(column([]))", "column([90, 70]).cut([80])"]
        }
        "Tree" => &[
            "tree(\"index\")",
            "tree([])",
            "tree(\"index\").add(#{ code: \"x\", parent: \"index\" })",
        ],
        "Regions" => &["at.regions", "children.regions", "column([])"],
        "Classes" => &["at.regions.by_period()", "children.regions.by_period()"],
        "Facts" => &["at"],
        "Children" => &["children"],
        "Indicator" => &["at.indicator"],
        "Raw" => &["raw", "#{ a: column([1.0]) }"],
        _ => &["()", "1", "\"a\"", "column([1, 2])", "identity(2)", "[1]", "true"],
    }
}

const KINDS: [&str; 12] = [
    "Column", "Matrix", "Mask", "float", "int", "String", "Array", "Map", "Fn", "Tiers", "Tree",
    "?",
];

/// An argument of one of these kinds.
fn any(u: &mut Unstructured<'_>, kinds: &[&str], made: &[&str]) -> Result<String> {
    let kind = *u.choose(kinds)?;
    argument(u, kind, made)
}

fn argument(u: &mut Unstructured<'_>, kind: &str, made: &[&str]) -> Result<String> {
    Ok(match u.int_in_range(0..=9)? {
        // A value that was made before: of this kind where there is one.
        0..=3 if !made.is_empty() => {
            let alike: Vec<usize> = (0..made.len()).filter(|k| made[*k] == kind).collect();
            let k = match alike.is_empty() {
                true => u.choose_index(made.len())?,
                false => *u.choose(&alike)?,
            };
            format!("v{k}")
        }
        4 => {
            let kind = *u.choose(&KINDS)?;
            (*u.choose(literals(kind))?).to_owned()
        }
        5 if kind == "float" => format!("{:?}", f64::from_bits(u.arbitrary()?))
            .replace("NaN", "0.0")
            .replace("inf", "1e308"),
        5 if kind == "int" => u.arbitrary::<i64>()?.to_string(),
        _ => (*u.choose(literals(kind))?).to_owned(),
    })
}

fn script(u: &mut Unstructured<'_>) -> Result<String> {
    let functions = quanheng_fuzz::host().functions();
    let (head, end) = *u.choose(&[
        ("fn normalise(x, at)", "x"),
        ("fn impute(x, at)", "x"),
        ("fn tiers(x, at)", "tiers(x * 0 + 1)"),
        ("fn weights(children)", "column(3, 1)"),
        ("fn aggregate(children)", "children.scores.row_means()"),
        ("fn system(base)", "tree(\"index\").add(#{ code: \"l\", parent: \"index\", from: [\"a\", \"b\"], by: |raw| work(raw) })"),
    ])?;
    let mut body = String::new();
    let mut made: Vec<&str> = Vec::new();
    for k in 0..u.int_in_range(1..=12)? {
        let (call, kind) = match u.int_in_range(0..=9)? {
            0 => {
                let (x, y) = (any(u, &KINDS, &made)?, any(u, &KINDS, &made)?);
                (format!("({x}) {} ({y})", u.choose(&OPERATORS)?), "?")
            }
            1 => {
                let (name, count) = *u.choose(&OWN)?;
                let first = any(u, &["Array", "Map", "String"], &made)?;
                let rest: Vec<String> =
                    (1..count).map(|_| any(u, &KINDS, &made)).collect::<Result<_>>()?;
                // A method of a variable changes it; of a value, a copy.
                (format!("({first}).{name}({})", rest.join(", ")), "?")
            }
            2 => {
                let (x, y) = (
                    any(u, &["Column", "Matrix", "Array", "Mask"], &made)?,
                    argument(u, "int", &made)?,
                );
                (format!("({x})[{y}]"), "?")
            }
            _ => {
                let f = u.choose(functions)?;
                let arguments: Vec<String> = f
                    .parameters
                    .iter()
                    .map(|p| argument(u, p.rsplit(": ").next().unwrap_or("?"), &made))
                    .collect::<Result<_>>()?;
                match f.name.strip_prefix("get ") {
                    Some(property) => (format!("({}).{property}", arguments[0]), f.result),
                    None => (format!("{}({})", f.name, arguments.join(", ")), f.result),
                }
            }
        };
        let _ = writeln!(body, "    let v{k} = ();\n    try {{ v{k} = {call}; }} catch {{}}");
        made.push(kind);
    }
    let last = match u.int_in_range(0..=3)? {
        0 => end.to_owned(),
        _ => format!("v{}", u.choose_index(made.len())?),
    };
    Ok(match head {
        "fn system(base)" => {
            format!("{head} {{\n    {end}\n}}\nfn work(raw) {{\n{body}    {last}\n}}\n")
        }
        _ => format!("{head} {{\n{body}    {last}\n}}\n"),
    })
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(text) = script(&mut Unstructured::new(data)) {
        if std::env::var_os("SHOW").is_some() {
            println!("{text}");
        }
        quanheng_fuzz::run(&text);
    }
});
