//! Nothing that is stated is without effect. Every key that a project file can state, wherever it can be stated, every
//! setting of every method at every scope, and every column of a tree is given other values that are allowed: each must
//! change a result or the canonical value of a methodology, or be refused, or raise a note. [`WITHOUT`] has the exceptions,
//! each with the reason.

use std::fmt::Write as _;
use std::sync::Arc;

use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{Accepts, Entry as Method, Setting, Stage, Value};
use quanheng_core::model::{FACTS, Fact, NodeFacts};
use quanheng_core::{aggregation, imputation, normalisation, tiering, treatment, weighting};

use super::tests::{Folder, entry, item, number, tables, text, toml, with};
use super::{Declared, Shape};
use crate::data::encoding::Encoding;
use crate::project::file::ProjectFile;
use crate::project::value::{Content, Entry, Item};

/// A small project in which everything that can be stated matters.
const PROJECT: &str = r#"
[project]
[data]
regions = "regions.csv"
neighbours = { file = "neighbours.csv" }
values = [{ file = "values.csv", layout = "wide", states = { missing = ["", "…"], withheld = ["*"] } }]
thousands = " "
percent = "points"
states = { missing = ["", "…"], withheld = ["*"] }
[group.half]
column = "half"
[league.l]
where = "kind == 'city'"
full_marks = { x = 4 }
tiering = { method = "equal_interval", tiers = 2 }
[league.m]
where = "group('half', 'w') and kind != 'city'"
[system.s]
tree = "tree.csv"
[methodology.m]
screening = { available = 0.1, include = ["1"] }
imputation = { method = "mean", at = { x = { method = "group_mean", group = "half" } } }
normalisation = { method = "min_max", lower = 1, upper = 100 }
weighting = { method = "entropy", zero = "shift", shift = 0.01 }
rounding = { index = { digits = 3 } }
ranking = { on = "rounded" }
tiering = { method = "quantiles", tiers = 2 }
[multiverse.v]
choices = { aggregation = ["arithmetic", "minimum"], data = ["d"] }
sample = 2
[multiverse.v.data.d]
values = [{ file = "values.csv", states = { missing = ["", "…"], withheld = ["*"] } }]
[sensitivity.w]
methodology = "m"
weights = ["leaves"]
[snapshot]
[snapshot.methodology.m]
[official]
file = "official.csv"
except = { regions = { 2020 = "2" }, reason = "x" }
[profile]
peers = { by = "x" }
[report]
map = "map.geojson"
[document.d]
chapters = ["chapter.md"]
[cases]
file = "cases.toml"
[analysis]
neighbours = { file = "neighbours.csv" }
[analysis.covariate.z]
[analysis.leaders]
[analysis.gradient]
[analysis.distribution]
[analysis.obstacle]
[analysis.coupling]
[analysis.correlation]
[analysis.movement]
[analysis.over_periods]
[analysis.convergence]
[analysis.autocorrelation]
[analysis.clusters]
[analysis.awards]
[analysis.density]
[sampling.x]
n = "y"
full = 100000
design_effect = 2
[sampling.z]
lower = "x"
upper = "y"
level = 0.9
common = "survey"
correlation = 0.5
[robustness.sampling]
[robustness.weights]
[robustness.draws]
[robustness.bounds]
[notes]
"#;

const FILES: [(&str, &str); 9] = [
    (
        "regions.csv",
        "code,name,kind,half\n1,甲,city,w\n2,乙,city,w\n3,丙,city,e\n4,丁,city,e\n5,戊,county,w\n6,己,county,w\n7,庚,county,w\n",
    ),
    (
        "values.csv",
        "region,period,x,y,z\n1,2019,1 000,2.5,3\n2,2019,2000,4,5\n3,2019,…,9,8\n4,2019,7000,1,1\n5,2019,300,2,3\n\
         6,2019,500,5,1\n7,2019,700,1,7\n1,2020,1000,2,2\n2,2020,2500,20%,4\n3,2020,4000,9,1\n4,2020,7000,*,6\n\
         5,2020,200,2,3\n6,2020,500,5,4\n7,2020,900,3,1\n",
    ),
    (
        "tree.csv",
        "code,parent,weight,full_marks\nindex,,,10\na,index,0.5,8\nx,a,0.25,3\ny,a,0.75,5\nz,index,0.5,2\n",
    ),
    ("groups.csv", "region,class\n1,w\n"),
    ("cases.toml", "[[case]]\ncode = \"c\"\n"),
    ("map.geojson", "{}"),
    ("chapter.md", "# One\n"),
    ("neighbours.csv", "region,neighbour,weight\n1,2,1\n2,3,2\n"),
    (
        "official.csv",
        "region,period,node,score,rank,tier,x\n1,2020,index,1.234,1,2,9\n2,2020,index,7,2,1,9\n3,2020,a,5,1,,9\n3,2020,x,50,,,9\n",
    ),
];

/// What changes nothing, by the end of its path, perhaps with the value, and why.
const WITHOUT: &[(&str, &str)] = &[
    ("project.title", "a name, which is printed"),
    ("project.language", "the language in which reports are printed"),
    ("project.source", "a text, which is printed"),
    (".title", "a name, which is printed"),
    (".placeholder", "a mark, which is printed"),
    (".illustrative", "a mark, which is printed"),
    ("scripts.seconds", "a limit; no script of the project reaches it"),
    ("scripts.operations", "a limit; no script of the project reaches it"),
    ("scripts.megabytes", "a limit; no script of the project reaches it"),
    ("lock.also", "what a lock pins beside the files that are read"),
    (
        ".encoding",
        "where a file can be read in an encoding at all, its codes and numbers are the same",
    ),
    (".match", "the rows have codes, which are keys in any case"),
    (".decimal = \".\"", "what holds where nothing is stated"),
    (".delimiter = \",\"", "what the header shows"),
    (".layout = \"wide\"", "what the header shows"),
    (".over = \"period\"", "what holds where nothing is stated"),
    (".among = \"league\"", "what holds where nothing is stated"),
    (".nodes = \"index\"", "what holds where nothing is stated"),
    (".across = \"siblings\"", "what holds where nothing is stated"),
    (".aggregation = \"arithmetic\"", "what holds where nothing is stated"),
    (".treatment = \"none\"", "what holds where nothing is stated"),
    (".treatment = [\"none\"]", "what holds where nothing is stated"),
    (".detail = \"level1\"", "what holds where nothing is stated"),
    ("official.tolerance = 0", "what holds where nothing is stated"),
    ("official.except.compare = \"score\"", "the cell of the exception differs in its score alone"),
    (
        "official.except.compare = [\"score\"]",
        "the cell of the exception differs in its score alone",
    ),
    (".weights_sum = 1", "a check, which the weights of the tree pass"),
    (".percent = \"points\"", "what [data] states already"),
    ("states.missing", "marks that no cell of the project has"),
    ("states.not_applicable", "marks that no cell of the project has"),
    ("states.withheld", "marks that no cell of the project has"),
    ("system.s.version", "a label, which is printed"),
    (".absolute = 0", "what holds where nothing is stated"),
    (".relative = 0", "what holds where nothing is stated"),
    (".d.indicator", "noted for [data]; other data may be of another kind"),
    (".d.value", "noted for [data]; other data may be of another kind"),
    (".d.parent", "noted for [data]; other data may be of another kind"),
    (".d.values.parent", "noted for [data]; other data may be of another kind"),
    (".d.sheet", "noted for [data]; other data may be of another kind"),
    (".d.values.indicator", "noted for [data]; other data may be of another kind"),
    (".d.values.value", "noted for [data]; other data may be of another kind"),
    (".d.values.sheet", "noted for [data]; other data may be of another kind"),
    (".header = 1", "what the first row shows"),
    (".header = [1]", "what the first row shows"),
    (".d.sheet_names", "noted for [data]; other data may be of another kind"),
    (".d.skip", "noted for [data]; other data may be of another kind"),
    (".d.end", "noted for [data]; other data may be of another kind"),
    (".d.fill_down", "noted for [data]; other data may be of another kind"),
    (".d.values.sheet_names", "noted for [data]; other data may be of another kind"),
    (".d.values.skip", "noted for [data]; other data may be of another kind"),
    (".d.values.end", "noted for [data]; other data may be of another kind"),
    (".d.values.fill_down", "noted for [data]; other data may be of another kind"),
];

impl Folder {
    fn write(&self, file: &Item) {
        let Content::Table(entries) = &file.content else { panic!("a file is a table") };
        let line = |e: &Entry| format!("{} = {}\n", e.key, toml(&e.item));
        let text: String = entries.iter().map(line).collect();
        std::fs::write(self.0.path().join("quanheng.toml"), text).expect("a file");
    }

    /// Everything that the project says and gives, as far as a key can change it; none where it is refused.
    fn gives(&self) -> Option<String> {
        let resolved = crate::project::open_whole(self.0.path()).ok()?;
        let mut text = String::new();
        let mut noted = Vec::new();
        let mut evaluated = |study: &Arc<quanheng_core::model::Study>, methodology| {
            let evaluation = Evaluation::new(Arc::clone(study), Arc::clone(methodology)).ok()?;
            let system = &evaluation.methodology().system;
            for node in 0..system.nodes().len() as u32 {
                let scores = evaluation.scores(quanheng_core::model::NodeId(node)).values();
                let bits: Vec<u64> = scores.iter().map(|x| x.to_bits()).collect();
                let _ = writeln!(text, "{node} {bits:?}");
            }
            let _ = writeln!(text, "{:?} {:?}", evaluation.ranks(), evaluation.tiers());
            let labels: Vec<_> = (0..evaluation.study().panel.rows())
                .map(|row| evaluation.tier_labels(row))
                .collect();
            let _ = writeln!(text, "{labels:?}");
            let _ = writeln!(text, "{:?}", evaluation.methodology().canonical(study));
            noted.extend(crate::note::of_result(&resolved, &evaluation));
            Some(())
        };
        for methodology in resolved.methodologies.values() {
            evaluated(&resolved.study, methodology)?;
        }
        for group in resolved.notes(noted, true).all() {
            let _ = writeln!(text, "{} {:?} {:?}", group.kind.code, group.about, group.silenced);
        }
        let _ = writeln!(text, "{:?} {:?}", resolved.analysis, resolved.profile);
        let _ = writeln!(text, "{:?} {:?}", resolved.report, resolved.cases);
        let _ = writeln!(text, "{:?}", resolved.documents);
        let _ = writeln!(text, "{:?}", resolved.metadata);
        let aside = &resolved.aside;
        for wrong in
            [aside.analysis(), aside.robustness(), aside.profile(), aside.cases(), aside.report()]
        {
            text.push_str(&wrong.render(quanheng_words::Language::En, false));
        }
        let study = &resolved.study;
        let codes: Vec<&str> = study.regions.iter().map(|region| region.code.as_str()).collect();
        let _ = writeln!(text, "{codes:?} {:?} {:?}", study.groups, study.leagues);
        let _ = writeln!(text, "{:?}", study.neighbours);
        for multiverse in resolved.multiverses.values() {
            let _ = writeln!(text, "{} {} {:?}", multiverse.base, multiverse.top, multiverse.space);
        }
        let _ = writeln!(text, "{:?}", resolved.sensitivities);
        let _ = writeln!(text, "{:?}", resolved.snapshots);
        let (compared, problems) = crate::official::reproduce(&resolved, |_| true, |_, _| {});
        if !problems.is_empty() {
            return None;
        }
        for one in compared {
            let _ = writeln!(text, "{:?} {:?} {:?}", one.lines, one.stale, one.at_least);
            let cells = one.cells.iter().map(|cell| (&cell.found, &cell.standing));
            let _ = writeln!(text, "{:?}", cells.collect::<Vec<_>>());
        }
        Some(text)
    }
}

fn project() -> Item {
    let source = crate::problem::Source::new("quanheng.toml", PROJECT);
    let (entries, problems) = crate::project::value::parse(&Arc::new(source));
    assert!(problems.is_empty(), "{}", problems.render(quanheng_words::Language::En, false));
    item(Content::Table(entries))
}

/// Other values that a key allows.
fn others(shape: &Shape, now: Option<&Item>) -> Vec<Item> {
    let list = |of: Item| item(Content::List(vec![of]));
    let table = |of: Item| item(Content::Table(vec![entry("x", of)]));
    let all = match shape {
        Shape::Plain(accepts, _) => match accepts {
            Accepts::Bool => [true, false].map(|b| item(Content::Bool(b))).to_vec(),
            Accepts::Choice(words) | Accepts::ChoiceOrBool(words) => {
                words.iter().map(|word| text(word)).collect()
            }
            Accepts::ChoiceOrWhole { words, .. } => {
                words.iter().map(|word| text(word)).chain([number(2.0)]).collect()
            }
            Accepts::Number | Accepts::Whole => {
                let (least, greatest, _) = shape.range().unwrap_or((0.0, 1e3, false));
                [least, least + 1.0, greatest]
                    .into_iter()
                    .filter(|x| x.is_finite() && *x <= greatest && (*x == 0.0 || x.is_normal()))
                    .map(number)
                    .collect()
            }
            Accepts::Text => vec![text("x"), text("nothing")],
            Accepts::Names => vec![text("other")],
            Accepts::Texts => vec![list(text("1")), list(text("nothing"))],
            Accepts::Numbers => vec![list(number(1.0))],
            Accepts::NumberTable => vec![table(number(1.0))],
            Accepts::TextTable => vec![table(text("1"))],
            _ => Vec::new(),
        },
        Shape::Character => [".", "'"].map(text).to_vec(),
        Shape::Encoding => Encoding::USUAL.into_iter().chain(["gbk"]).map(text).collect(),
        Shape::List(shape) => others(shape, None).into_iter().map(list).collect(),
        Shape::OneOf(shapes) => shapes.iter().flat_map(|shape| others(shape, None)).collect(),
        Shape::Later(shape) => others(shape, None),
        Shape::Choice(stage) => names_of(*stage).into_iter().map(text).collect(),
        Shape::By(_) | Shape::Table(_) | Shape::Open { .. } | Shape::Any => Vec::new(),
    };
    all.into_iter().filter(|other| now.is_none_or(|now| toml(now) != toml(other))).collect()
}

fn names_of(stage: Stage) -> Vec<&'static str> {
    fn of<M: ?Sized>(table: &'static [Method<M>]) -> Vec<&'static str> {
        table.iter().map(|method| method.name).collect()
    }
    match stage {
        Stage::System => Vec::new(),
        Stage::Imputation => of(imputation::TABLE),
        Stage::Treatment => of(treatment::TABLE),
        Stage::Normalisation => of(normalisation::TABLE),
        Stage::Weighting => of(weighting::TABLE),
        Stage::Aggregation => of(aggregation::TABLE),
        Stage::Tiering => of(tiering::TABLE),
    }
}

/// The default of a key, if a value is the same.
fn is_default(key: &super::Key, value: &Item) -> bool {
    key.default.as_ref().is_some_and(|default| *default == value.setting())
}

#[test]
fn no_key_of_the_project_file_is_without_effect() {
    let (folder, file) = (Folder::of(&FILES), project());
    folder.write(&file);
    let before = folder.gives().expect("the project itself is in order");
    let mut cases = 0;
    let mut silent = Vec::new();
    tables(&ProjectFile::shape(), &file, &|new| new, &mut |keys, entries, put| {
        for key in keys {
            let now = entries.iter().find(|entry| entry.key == key.name).map(|entry| &entry.item);
            for other in others(&key.shape, now) {
                if now.is_none() && is_default(key, &other) {
                    continue;
                }
                let changed = put(with(entries, &key.name, other.clone()));
                folder.write(&changed);
                cases += 1;
                if folder.gives().as_ref() == Some(&before) {
                    // The path of the key: where the two files differ.
                    let path = path_of(&file, &changed, &key.name);
                    let case = format!("{path} = {}", toml(&other));
                    let ends = |end: &str| path.ends_with(end) || case.ends_with(end);
                    if !WITHOUT.iter().any(|(end, _)| ends(end)) {
                        silent.push(case);
                    }
                }
            }
        }
    });
    assert!(cases > 250, "{cases} cases");
    assert!(
        silent.is_empty(),
        "{} of {cases} change nothing:\n{}",
        silent.len(),
        silent.join("\n")
    );
}

/// The keys that lead to a key that was stated or changed.
fn path_of(before: &Item, after: &Item, key: &str) -> String {
    fn walk(before: Option<&Item>, after: &Item, path: &mut Vec<String>) -> bool {
        match (before.map(|item| &item.content), &after.content) {
            (Some(Content::Table(a)), Content::Table(b)) => b.iter().any(|entry| {
                let earlier = a.iter().find(|e| e.key == entry.key).map(|e| &e.item);
                if earlier.is_some_and(|earlier| toml(earlier) == toml(&entry.item)) {
                    return false;
                }
                path.push(entry.key.clone());
                walk(earlier, &entry.item, path)
            }),
            (Some(Content::List(a)), Content::List(b)) if a.len() == b.len() => {
                let mut pairs = a.iter().zip(b);
                pairs.find(|(a, b)| toml(a) != toml(b)).is_some_and(|(a, b)| walk(Some(a), b, path))
            }
            (Some(Content::List(a)), Content::List(b)) => {
                let first = a.first().zip(b.first()).filter(|(a, b)| toml(a) != toml(b));
                first.is_none_or(|(a, b)| walk(Some(a), b, path))
            }
            _ => true,
        }
    }
    let mut path = Vec::new();
    walk(Some(before), after, &mut path);
    match path.last().is_some_and(|last| last == key) {
        true => path.join("."),
        false => format!("{}.{key}", path.join(".")),
    }
}

/// Every setting of every method, stated for the whole, a level, a node and a leaf.
#[test]
fn no_setting_of_a_method_is_without_effect() {
    let folder = Folder::of(&FILES);
    let (mut cases, mut silent) = (0, Vec::new());
    let mut of_stage = |stage: Stage, methods: Vec<(&'static str, Vec<Setting>, Value)>| {
        for (name, declared, stated) in methods {
            let Value::Table(stated) = stated else { continue };
            let choice = |more: Option<(&str, Value)>| {
                let mut choice = stated.clone();
                choice.insert("method".into(), name.into());
                choice.extend(more.map(|(key, value)| (key.to_owned(), value)));
                written(&Value::Table(choice))
            };
            let places: &[&str] = match stage {
                Stage::Tiering => &[""],
                _ => &["", "level1", "a", "x", "leaves"],
            };
            for place in places {
                let says = |choice: String| {
                    let plain = match stage {
                        Stage::Imputation => "fail",
                        Stage::Treatment | Stage::Normalisation => "none",
                        Stage::Weighting => "equal",
                        _ => "arithmetic",
                    };
                    let choice = match place.is_empty() {
                        true => choice,
                        false => {
                            format!("{{ method = \"{plain}\", at = {{ {place} = {choice} }} }}")
                        }
                    };
                    let normalisation = match stage {
                        Stage::Normalisation => "",
                        _ => "normalisation = \"none\"\n",
                    };
                    let text = format!(
                        "[data]\nregions = \"regions.csv\"\nvalues = \"plain.csv\"\n[group.half]\ncolumn = \"half\"\n\
                         [system.s]\ntree = \"plain_tree.csv\"\n[methodology.m]\n{normalisation}{} = {choice}\n",
                        stage.name()
                    );
                    std::fs::write(folder.0.path().join("quanheng.toml"), text).expect("a file");
                    let resolved = crate::project::open(folder.0.path()).ok()?;
                    let canonical = resolved.methodologies["m"].canonical(&resolved.study);
                    let notes = resolved.notes(Vec::new(), true);
                    let notes: Vec<_> = notes.all().iter().map(|group| &group.about).collect();
                    Some(format!("{canonical:?} {notes:?}"))
                };
                let Some(before) = says(choice(None)) else { continue };
                for setting in &declared {
                    let key = super::Key::from(setting);
                    for other in others(&key.shape, None) {
                        let value = other.setting();
                        let now = stated.get(setting.name.as_ref()).or(setting.default.as_ref());
                        if now == Some(&value) {
                            continue;
                        }
                        cases += 1;
                        let case = choice(Some((setting.name.as_ref(), value)));
                        if says(case.clone()).as_ref() == Some(&before) {
                            silent.push(format!("{} at `{place}`: {case}", stage.name()));
                        }
                    }
                }
            }
        }
    };
    std::fs::write(
        folder.0.path().join("plain.csv"),
        "region,x,y,z\n1,1,2,3\n2,2,4,5\n3,4,9,8\n4,7,1,1\n5,3,2,3\n6,5,5,1\n7,7,1,7\n",
    )
    .expect("a file");
    std::fs::write(
        folder.0.path().join("plain_tree.csv"),
        "code,parent,weight,bad,good,target\nindex,,,,,\na,index,0.5,,,\nx,a,0.25,0,10,9\ny,a,0.75,0,10,9\nz,index,0.5,0,10,9\n",
    )
    .expect("a file");
    macro_rules! stages {
        ($($stage:ident: $module:ident),+) => { $(
            of_stage(Stage::$stage, $module::TABLE.iter().map(|method| {
                let stated = (method.example)().settings;
                (method.name, (method.settings)(), Value::Table(stated.0))
            }).collect());
        )+ };
    }
    stages!(
        Imputation: imputation, Treatment: treatment, Normalisation: normalisation,
        Weighting: weighting, Aggregation: aggregation, Tiering: tiering
    );
    assert!(cases > 500, "{cases} cases");
    assert!(
        silent.is_empty(),
        "{} of {cases} change nothing:\n{}",
        silent.len(),
        silent.join("\n")
    );
}

/// A value in TOML.
fn written(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Number(x) => toml(&number(*x)),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => {
            format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", "))
        }
        Value::Table(items) => {
            let item = |(key, value): (&String, &Value)| format!("{key:?} = {}", written(value));
            format!("{{ {} }}", items.iter().map(item).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Every column of a tree, at the root, at a node and at a leaf.
#[test]
fn no_column_of_a_tree_is_without_effect() {
    let folder = Folder::of(&FILES);
    folder.write(&project());
    let said = |head: &str, cells: [&str; 5]| {
        let lines = ["index,", "a,index", "x,a", "y,a", "z,index"];
        let lines = lines.iter().zip(cells).map(|(line, cell)| format!("{line},{cell}\n"));
        let text = format!("code,parent,{head}\n{}", lines.collect::<String>());
        std::fs::write(folder.0.path().join("tree.csv"), text).expect("a file");
        folder.gives()
    };
    let before = said("unit", [""; 5]).expect("the project is in order");
    // What a word of a fact means: several mean the same.
    let says = |fact: &str, word: &str| {
        let mut node = NodeFacts::default();
        let fact = Fact::find(fact).expect("it is one");
        node.set(fact, Some(Value::Text(word.to_owned()))).expect("a word of the fact");
        node.get(fact)
    };
    let mut silent = Vec::new();
    for fact in FACTS.iter().filter(|fact| !["code", "parent"].contains(&fact.name)) {
        let shape = super::Key::from(&fact.setting()).shape;
        for (row, place) in ["the root", "a node", "a leaf"].into_iter().enumerate() {
            for other in others(&shape, None) {
                let value = match &other.content {
                    Content::Text(text) => text.clone(),
                    Content::Number(x) => format!("{x}"),
                    _ => continue,
                };
                // What holds where nothing is stated.
                let is_usual = match fact.name {
                    "direction" => says("direction", &value) == says("direction", "positive"),
                    "kind" => says("kind", &value) == says("kind", "continuous"),
                    _ => false,
                };
                if is_usual {
                    continue;
                }
                let mut cells = [""; 5];
                cells[row] = &value;
                if said(fact.name, cells).as_ref() == Some(&before) {
                    silent.push(format!("{} = {value} at {place}", fact.name));
                }
            }
        }
    }
    // Names and sources are printed; the root has no siblings, so that any weight is all of it.
    silent.retain(|case| !case.starts_with("name =") && !case.starts_with("source ="));
    assert!(silent.is_empty(), "{silent:#?}");
}
