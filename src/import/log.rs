//! The log of a coin: the steps of COINr and their arguments, as `jsonlite` writes `coin$Log`.

use indexmap::IndexMap;
use quanheng_words::text;
use serde_json::Value;

use super::Draft;
use super::coinr::{Coin, Item, not_taken};
use super::sheets::Book;
use super::text::{key, number, quoted};

/// What `Treat` does unless told otherwise. It keeps columns that are beyond the limits after all.
pub(super) const TREAT: &str =
    "{ method = \"winsorise\", max = 5, fallback = \"log_ct\", failing = \"keep\" }";

/// A methodology in the words of a project file.
#[derive(Clone, Debug)]
pub(super) struct Methodology {
    pub(super) screening: Option<String>,
    pub(super) imputation: String,
    pub(super) treatment: String,
    pub(super) normalisation: String,
    pub(super) weighting: String,
    pub(super) aggregation: String,
    /// Whether values are divided by their denominators.
    pub(super) denominated: bool,
    /// The columns of `iMeta` with goalposts that the tree takes over: the lower and the upper.
    pub(super) posts: Option<(&'static str, &'static str)>,
    /// What quotients are multiplied by, by indicator.
    pub(super) scales: IndexMap<String, f64>,
}

impl Methodology {
    /// Its table in a project file.
    pub(super) fn written(&self, code: &str) -> String {
        let mut out = format!("[methodology.{code}]\n");
        if let Some(screening) = &self.screening {
            out.push_str(&format!("screening = {screening}\n"));
        }
        for (key, value) in [
            ("imputation", &self.imputation),
            ("treatment", &self.treatment),
            ("normalisation", &self.normalisation),
            ("weighting", &self.weighting),
            ("aggregation", &self.aggregation),
        ] {
            out.push_str(&format!("{key} = {value}\n"));
        }
        out.push_str("ranking = { ties = \"competition\", on = \"full\" }\n");
        out
    }
}

/// A log.
pub(super) struct Log<'a>(&'a serde_json::Map<String, Value>);

/// A value that `jsonlite` may have put into a list of one.
fn plain(value: &Value) -> &Value {
    match value {
        Value::Array(items) if items.len() == 1 => &items[0],
        value => value,
    }
}

fn get<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let found = value.get(key)?;
    let is_nothing = match found {
        Value::Null => true,
        Value::Object(entries) => entries.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    (!is_nothing).then_some(found)
}

fn word<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    plain(get(value, key)?).as_str()
}

fn figure(value: &Value, key: &str) -> Option<f64> {
    plain(get(value, key)?).as_f64()
}

/// Two numbers, named or in the first place.
fn pair(para: Option<&Value>, name: &str) -> Option<(f64, f64)> {
    let para = para?;
    let found = match para {
        Value::Object(_) => get(para, name)?,
        Value::Array(items) if items.len() == 1 => &items[0],
        other => other,
    };
    let items = found.as_array()?;
    Some((items.first()?.as_f64()?, items.get(1)?.as_f64()?))
}

/// The steps, and the data set that each writes unless told otherwise.
const WRITES: [(&str, &str); 6] = [
    ("Denominate", "Denominated"),
    ("Impute", "Imputed"),
    ("Screen", "Screened"),
    ("Treat", "Treated"),
    ("Normalise", "Normalised"),
    ("Aggregate", "Aggregated"),
];

impl<'a> Log<'a> {
    /// The log among the files: a JSON object with a step of COINr.
    pub(super) fn find(books: &'a [Book]) -> Option<Log<'a>> {
        const STEPS: [&str; 5] = ["new_coin", "Denominate", "Impute", "Normalise", "Aggregate"];
        let is_log =
            |map: &serde_json::Map<String, Value>| STEPS.iter().any(|s| map.contains_key(*s));
        books.iter().find_map(|book| {
            let map = book.json.as_ref()?.as_object()?;
            let inner = map.get("Log").and_then(Value::as_object);
            [Some(map), inner].into_iter().flatten().find(|map| is_log(map)).map(Log)
        })
    }

    fn step(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    /// Whether a step works on what another one made. The order of the keys says nothing: JSON has none.
    fn is_after(&self, step: &str, other: &str) -> bool {
        let mut at = step;
        // As many steps as there are, so that a circle ends.
        for _ in 0..WRITES.len() {
            let Some(reads) = self.step(at).and_then(|value| word(value, "dset")) else {
                return false;
            };
            let made = |(name, usual): &&(&str, &str)| {
                let writes = self.step(name).and_then(|value| word(value, "write_to"));
                self.step(name).is_some() && writes.unwrap_or(usual) == reads
            };
            match WRITES.iter().find(made) {
                Some((name, _)) if *name == other => return true,
                Some((name, _)) => at = name,
                None => return false,
            }
        }
        false
    }

    /// The steps as a methodology; what has no counterpart is reported.
    pub(super) fn methodology(&self, coin: &Coin<'_>, draft: &mut Draft) -> Methodology {
        let mut made = Methodology {
            screening: None,
            imputation: "\"renormalise\"".into(),
            treatment: "\"none\"".into(),
            normalisation: "\"none\"".into(),
            weighting: "\"given\"".into(),
            aggregation: "\"arithmetic\"".into(),
            denominated: self.step("Denominate").is_some(),
            posts: None,
            scales: IndexMap::new(),
        };
        let mut steps = Vec::new();
        for name in self.0.keys() {
            match WRITES.iter().any(|(step, _)| step == name) {
                true => steps.push(name.clone()),
                false if ["new_coin", "can_regen", "message"].contains(&name.as_str()) => {}
                false => draft.left.push(not_taken(name)),
            }
        }
        quanheng_core::number::sort_items(&mut steps, |a, b| {
            let before =
                |step: &String| WRITES.iter().filter(|(o, _)| self.is_after(step, o)).count();
            before(a).cmp(&before(b))
        });
        draft.understood.push(text!(import_steps, steps = steps.join(" → ")));
        if let Some(step) = self.step("Denominate") {
            denominate(step, &mut made, draft);
            if self.is_after("Denominate", "Impute") {
                draft.left.push(text!(import_order_denominate));
            }
        }
        if let Some(step) = self.step("Impute") {
            made.imputation = impute(step, draft).unwrap_or(made.imputation);
        }
        if let Some(step) = self.step("Screen") {
            made.screening = screen(step, self.is_after("Screen", "Impute"), draft);
        }
        if let Some(step) = self.step("Treat") {
            made.treatment = treat(step, draft);
        }
        if let Some(step) = self.step("Normalise") {
            normalise(step, coin, &mut made, draft);
        }
        if let Some(step) = self.step("Aggregate") {
            aggregate(step, coin, &mut made, draft);
        }
        made
    }
}

fn denominate(step: &Value, made: &mut Methodology, draft: &mut Draft) {
    if get(step, "denoms").is_some() {
        draft.left.push(not_taken("Denominate: denoms"));
    }
    for row in get(step, "denomby").and_then(Value::as_array).into_iter().flatten() {
        if let (Some(code), Some(scale)) = (word(row, "iCode"), figure(row, "ScaleFactor")) {
            made.scales.insert(code.to_owned(), scale);
        }
    }
}

fn impute(step: &Value, draft: &mut Draft) -> Option<String> {
    if plain(step.get("disable").unwrap_or(&Value::Null)).as_bool() == Some(true) {
        return None;
    }
    let by_row = word(step, "impute_by").is_some_and(|by| by != "column");
    let group = word(step, "use_group").map(quoted);
    let function = word(step, "f_i").unwrap_or("i_mean");
    let made = match (function, group) {
        _ if by_row => None,
        ("i_mean_grp", Some(group)) => {
            Some(format!("{{ method = \"group_mean\", group = {group} }}"))
        }
        ("i_median_grp", Some(group)) => {
            Some(format!("{{ method = \"group_median\", group = {group} }}"))
        }
        ("i_mean", _) => Some("\"mean\"".into()),
        ("i_median", _) => Some("\"median\"".into()),
        _ => None,
    };
    if made.is_none() {
        draft.left.push(not_taken(&format!("Impute: {function}")));
    }
    made
}

fn screen(step: &Value, after_impute: bool, draft: &mut Draft) -> Option<String> {
    let by = word(step, "unit_screen").unwrap_or("byNA");
    let mut keys = Vec::new();
    match after_impute {
        true if by != "byzeros" => draft.left.push(text!(import_screen_after)),
        true => {}
        false if by != "byzeros" => {
            keys.extend(figure(step, "dat_thresh").map(|x| format!("available = {}", number(x))));
        }
        false => {}
    }
    if by != "byNA" {
        keys.extend(figure(step, "nonzero_thresh").map(|x| format!("nonzero = {}", number(x))));
    }
    for row in get(step, "Force").and_then(Value::as_array).into_iter().flatten() {
        if let Some(code) = word(row, "uCode") {
            draft.left.push(not_taken(&format!("Screen: Force {code}")));
        }
    }
    (!keys.is_empty()).then(|| format!("{{ {} }}", keys.join(", ")))
}

fn treat(step: &Value, draft: &mut Draft) -> String {
    let specs = get(step, "global_specs");
    let mut made = match specs {
        Some(Value::String(word)) if word == "none" => return "\"none\"".into(),
        Some(specs) => treatment(specs, draft),
        None => TREAT.to_owned(),
    };
    let Some(Value::Object(own)) = get(step, "indiv_specs") else { return made };
    let mut at = Vec::new();
    for (code, specs) in own {
        let one = match plain(specs) {
            Value::String(word) if word == "none" => "\"none\"".to_owned(),
            specs => treatment(specs, draft),
        };
        at.push(format!("{} = {one}", key(code)));
    }
    if let Some(open) = made.strip_suffix(" }") {
        made = format!("{open}, at = {{ {} }} }}", at.join(", "));
    } else {
        made = format!("{{ method = {made}, at = {{ {} }} }}", at.join(", "));
    }
    made
}

/// `f1` and `f2` with their parameters, and the limits of `f_pass`.
fn treatment(specs: &Value, draft: &mut Draft) -> String {
    let para = |name: &str| get(specs, name).unwrap_or(&Value::Null);
    let (f1, f2) = (word(specs, "f1").unwrap_or("winsorise"), word(specs, "f2"));
    let shift = |function: &str| match function {
        "log_CT" => Some("log_ct"),
        "log_CT_plus" => Some("log_ct_plus"),
        "log_CT_orig" => Some("log_ct_orig"),
        "log_GII" => Some("log_gii"),
        "log" => Some("log"),
        "boxcox" => Some("box_cox"),
        _ => None,
    };
    if f1 != "winsorise" {
        return match shift(f1) {
            Some("log") => "\"log\"".into(),
            Some("box_cox") => "\"box_cox\"".into(),
            Some(shift) => format!("{{ method = \"log_shift\", shift = \"{shift}\" }}"),
            None => {
                draft.left.push(not_taken(&format!("Treat: {f1}")));
                "\"none\"".into()
            }
        };
    }
    let mut keys = vec!["method = \"winsorise\"".to_owned()];
    let limit =
        |name: &str| figure(para("f_pass_para"), name).or_else(|| figure(para("f1_para"), name));
    keys.extend(limit("skew_thresh").map(|x| format!("skew = {}", number(x))));
    keys.extend(limit("kurt_thresh").map(|x| format!("kurtosis = {}", number(x))));
    keys.push(format!("max = {}", number(figure(para("f1_para"), "winmax").unwrap_or(5.0))));
    if plain(para("f1_para").get("force_win").unwrap_or(&Value::Null)).as_bool() == Some(true) {
        keys.push("force = true".into());
    }
    match f2 {
        Some("none") => {}
        Some(function) if shift(function).is_none() => {
            draft.left.push(not_taken(&format!("Treat: {function}")));
        }
        function => {
            let fallback = shift(function.unwrap_or("log_CT")).unwrap_or("log_ct");
            keys.push(format!("fallback = \"{fallback}\""));
        }
    }
    if plain(specs.get("combine_treat").unwrap_or(&Value::Null)).as_bool() == Some(true) {
        keys.push("combine = true".into());
    }
    keys.push("failing = \"keep\"".into());
    format!("{{ {} }}", keys.join(", "))
}

fn normalise(step: &Value, coin: &Coin<'_>, made: &mut Methodology, draft: &mut Draft) {
    let empty = Value::Null;
    let specs = get(step, "global_specs").unwrap_or(&empty);
    let function = word(specs, "f_n").unwrap_or("n_minmax");
    let from_meta = word(specs, "f_n_para") == Some("use_iMeta");
    made.normalisation = match from_meta {
        true => of_meta(function, coin, made, draft),
        false => normalisation(function, get(specs, "f_n_para"), coin, draft),
    };
    let Some(Value::Object(own)) = get(step, "indiv_specs") else { return };
    let mut at = Vec::new();
    for (code, specs) in own {
        let function = word(specs, "f_n").unwrap_or("n_minmax");
        at.push(format!(
            "{} = {}",
            key(code),
            normalisation(function, get(specs, "f_n_para"), coin, draft)
        ));
    }
    made.normalisation = with_at(&made.normalisation, &at);
}

/// A choice with others for some nodes.
fn with_at(choice: &str, at: &[String]) -> String {
    let at = at.join(", ");
    match choice.strip_suffix(" }") {
        Some(open) => format!("{open}, at = {{ {at} }} }}"),
        None => format!("{{ method = {choice}, at = {{ {at} }} }}"),
    }
}

fn normalisation(
    function: &str,
    para: Option<&Value>,
    coin: &Coin<'_>,
    draft: &mut Draft,
) -> String {
    let min_max = |lower: f64, upper: f64| {
        format!("{{ method = \"min_max\", lower = {}, upper = {} }}", number(lower), number(upper))
    };
    match function {
        "n_minmax" => {
            let (lower, upper) = pair(para, "l_u").unwrap_or((0.0, 100.0));
            min_max(lower, upper)
        }
        "n_zscore" => {
            let (mean, sd) = pair(para, "m_sd").unwrap_or((0.0, 1.0));
            format!("{{ method = \"z_score\", mean = {}, sd = {} }}", number(mean), number(sd))
        }
        "n_scaled" if pair(para, "npara").is_some() => {
            let (lower, upper) = pair(para, "npara").unwrap_or_default();
            let scale = para.and_then(|para| figure(para, "scale_factor")).unwrap_or(100.0);
            format!(
                "{{ method = \"goalposts\", bad = {}, good = {}, upper = {}, clamp = \"none\" }}",
                number(lower),
                number(upper),
                number(scale)
            )
        }
        "n_dist2max" => "\"distance_to_best\"".into(),
        "n_fracmax" => "\"share_of_max\"".into(),
        "n_prank" => "\"percentile_rank\"".into(),
        "n_rank" => "\"rank\"".into(),
        "n_borda" => "\"borda\"".into(),
        "none" => "\"none\"".into(),
        "n_dist2ref" => {
            let at = para.and_then(|para| figure(para, "iref"));
            let region = at.and_then(|at| coin.sorted_units().get(at as usize - 1).cloned());
            match region {
                Some(region) => {
                    format!(
                        "{{ method = \"distance_to_reference\", region = {} }}",
                        quoted(&region)
                    )
                }
                None => without(function, draft),
            }
        }
        _ => without(function, draft),
    }
}

fn without(function: &str, draft: &mut Draft) -> String {
    draft.left.push(not_taken(&format!("Normalise: {function}")));
    "{ method = \"min_max\", upper = 100 }".into()
}

/// Parameters in further columns of `iMeta`: goalposts go into the tree, the others into `at`.
fn of_meta(function: &str, coin: &Coin<'_>, made: &mut Methodology, draft: &mut Draft) -> String {
    let leaves: Vec<&Item> = coin.of_kind("Indicator").collect();
    let each = |of: &dyn Fn(&Item) -> Option<String>| -> Vec<String> {
        let one = |item: &&Item| Some(format!("{} = {}", key(&item.code), of(item)?));
        leaves.iter().filter_map(one).collect()
    };
    let two = |item: &Item, names: [&str; 2]| {
        Some([coin.parameter(item, names[0])?, coin.parameter(item, names[1])?].map(number))
    };
    match function {
        "n_minmax" => with_at(
            "{ method = \"min_max\", upper = 100 }",
            &each(&|item| {
                let [lower, upper] = two(item, ["minmax_lower", "minmax_upper"])?;
                Some(format!("{{ method = \"min_max\", lower = {lower}, upper = {upper} }}"))
            }),
        ),
        "n_zscore" => with_at(
            "\"z_score\"",
            &each(&|item| {
                let [mean, sd] = two(item, ["zscore_mean", "zscore_sd"])?;
                Some(format!("{{ method = \"z_score\", mean = {mean}, sd = {sd} }}"))
            }),
        ),
        "n_scaled" | "n_goalposts" => {
            let scaled = function == "n_scaled";
            made.posts = Some(match scaled {
                true => ("scaled_lower", "scaled_upper"),
                false => ("goalpost_lower", "goalpost_upper"),
            });
            let column = if scaled { "scale_factor" } else { "goalpost_scale" };
            let choice = |item: &Item| {
                let upper = coin.parameter(item, column).map(number)?;
                let clamp = !scaled && coin.flag(item, "goalpost_trunc2posts");
                let clamp = if clamp { "both" } else { "none" };
                Some(format!("{{ method = \"goalposts\", upper = {upper}, clamp = \"{clamp}\" }}"))
            };
            let all: Vec<Option<String>> = leaves.iter().map(|item| choice(item)).collect();
            match all.first().cloned().flatten() {
                Some(first) if all.iter().all(|one| one.as_ref() == Some(&first)) => first,
                Some(first) => with_at(&first, &each(&choice)),
                None => without(function, draft),
            }
        }
        "n_dist2targ" => {
            let cap = leaves.iter().any(|item| coin.flag(item, "dist2targ_cap_max"));
            match cap {
                true => "{ method = \"distance_to_target\", cap = true }".into(),
                false => "\"distance_to_target\"".into(),
            }
        }
        _ => without(function, draft),
    }
}

fn aggregate(step: &Value, coin: &Coin<'_>, made: &mut Methodology, draft: &mut Draft) {
    let function = |name: &str, draft: &mut Draft| match name {
        "a_amean" => "\"arithmetic\"".to_owned(),
        "a_gmean" => "\"geometric\"".into(),
        "a_hmean" => "\"harmonic\"".into(),
        "a_copeland" => "\"copeland\"".into(),
        "a_genmean" => {
            let p = get(step, "f_ag_para").and_then(|para| figure(para, "p"));
            match p {
                Some(p) => format!("{{ method = \"power\", exponent = {} }}", number(p)),
                None => "\"power\"".into(),
            }
        }
        other => {
            draft.left.push(not_taken(&format!("Aggregate: {other}")));
            "\"arithmetic\"".into()
        }
    };
    match get(step, "f_ag") {
        Some(Value::Array(all)) if all.len() > 1 => {
            // The first function makes level 2 of level 1; the last one makes the index.
            let top = coin.top() as usize;
            let mut at = Vec::new();
            for (i, name) in all.iter().enumerate() {
                let made = function(name.as_str().unwrap_or_default(), draft);
                match top.checked_sub(i + 2) {
                    Some(0) => at.push(format!("index = {made}")),
                    Some(depth) => at.push(format!("level{depth} = {made}")),
                    None => {}
                }
            }
            made.aggregation = with_at("\"arithmetic\"", &at);
        }
        Some(one) => made.aggregation = function(plain(one).as_str().unwrap_or_default(), draft),
        None => {}
    }
    match get(step, "w").map(plain) {
        None => {}
        Some(Value::String(name)) if name == "Original" => {}
        Some(Value::String(name)) if name == "none" => made.weighting = "\"equal\"".into(),
        Some(_) => draft.left.push(not_taken("Aggregate: w")),
    }
    if let Some(share) = figure(step, "dat_thresh") {
        made.imputation = match made.imputation.as_str() {
            "\"renormalise\"" => {
                format!("{{ method = \"renormalise\", least_share = {} }}", number(share))
            }
            _ => made.imputation.clone(),
        };
    }
}
