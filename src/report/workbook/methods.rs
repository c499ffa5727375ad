//! The sheet of the methods, and the methodology in words.

use quanheng_core::evaluation::Evaluation;
use quanheng_core::method::{Settings, Stage, Value};
use quanheng_core::methodology::{Choice, Part, Plan};
use quanheng_core::model::NodeId;
use quanheng_words::word;

use super::super::methods::{Words, value, words_of};
use super::super::{Columns, Language, Reader, Table, difference, joined};

/// A method, and the nodes for which it is chosen.
struct Use {
    part: Part,
    stage: Stage,
    name: String,
    settings: String,
    nodes: Vec<NodeId>,
    /// How many nodes it could be chosen for.
    of: usize,
}

fn settings(of: &Settings, language: Language) -> String {
    let is_empty = |v: &Value| matches!(v, Value::Table(t) if t.is_empty());
    let stated = of.0.iter().filter(|(_, v)| !is_empty(v));
    let stated: Vec<String> = stated.map(|(name, v)| format!("{name} = {}", value(v))).collect();
    joined(&stated, language)
}

/// The methods of a plan, each once with the nodes that it is chosen for.
fn of_plan<M: ?Sized>(
    part: Part,
    stage: Stage,
    plan: &Plan<M>,
    nodes: &[NodeId],
    is_silent: impl Fn(&Choice<M>) -> bool,
    language: Language,
) -> Vec<Use> {
    let mut uses: Vec<Use> = Vec::new();
    for &node in nodes {
        let choice = plan.at(node);
        if is_silent(choice) {
            continue;
        }
        let settings = settings(&choice.filled, language);
        match uses.iter_mut().find(|u| u.name == choice.name && u.settings == settings) {
            Some(of) => of.nodes.push(node),
            None => uses.push(Use {
                part,
                stage,
                name: choice.name.clone(),
                settings,
                nodes: vec![node],
                of: nodes.len(),
            }),
        }
    }
    uses
}

/// Every method of the methodology, in the order of the stages.
fn uses(evaluation: &Evaluation, language: Language) -> Vec<Use> {
    let methodology = evaluation.methodology();
    let system = &methodology.system;
    let leaves = system.leaves();
    // What has published scores of its own is not made of its children.
    let made = |id: &NodeId| system.node(*id).published.is_none();
    let inner: Vec<NodeId> = system.inner().iter().rev().copied().filter(made).collect();
    let of = Part::of_stage;
    let mut all = of_plan(
        of(Stage::Imputation),
        Stage::Imputation,
        &methodology.imputation,
        leaves,
        |_| false,
        language,
    );
    for step in &methodology.treatment {
        let stage = Stage::Treatment;
        all.extend(of_plan(of(stage), stage, step, leaves, |c| c.method.is_identity(), language));
    }
    let stage = Stage::Normalisation;
    all.extend(of_plan(of(stage), stage, &methodology.normalisation, leaves, |_| false, language));
    if let Some(fill) = &methodology.fill {
        let nodes: Vec<NodeId> = (0..system.nodes().len() as u32).map(NodeId).collect();
        let stage = Stage::Imputation;
        all.extend(of_plan(Part::Fill, stage, fill, &nodes, |_| false, language));
    }
    let stage = Stage::Weighting;
    all.extend(of_plan(of(stage), stage, &methodology.weighting, &inner, |_| false, language));
    let stage = Stage::Aggregation;
    all.extend(of_plan(of(stage), stage, &methodology.aggregation, &inner, |_| false, language));
    if let Some(rescaling) = &methodology.rescaling {
        let stage = Stage::Normalisation;
        let part = Part::Rescaling;
        all.extend(of_plan(part, stage, rescaling, &inner, |c| c.method.is_identity(), language));
    }
    let stage = Stage::Tiering;
    let root = system.root();
    let own = methodology.league_tiering.iter().map(|(_, choice)| choice);
    let tiering = methodology.tiering.iter().filter_map(|tiering| tiering.at(root, system));
    for choice in tiering.chain(own) {
        let settings = settings(&choice.filled, language);
        let (name, nodes) = (choice.name.clone(), vec![root]);
        all.push(Use { part: of(stage), stage, name, settings, nodes, of: 1 });
    }
    all
}

impl Use {
    fn words(&self, language: Language) -> Option<Words> {
        words_of(self.stage, &self.name, language)
    }

    fn title(&self, language: Language) -> String {
        let title = self.words(language).and_then(|words| words.title);
        title.map_or_else(|| self.name.clone(), str::to_owned)
    }
}

/// The methodology in a line: the names of its methods.
pub(super) fn in_short(evaluation: &Evaluation, language: Language) -> String {
    let mut names: Vec<String> = Vec::new();
    for of in uses(evaluation, language) {
        let title = of.title(language);
        if of.stage != Stage::Imputation && !names.contains(&title) {
            names.push(title);
        }
    }
    names.join(" → ")
}

/// The methodology in words: a sentence for each method.
pub(super) fn sentences(evaluation: &Evaluation, language: Language) -> Vec<String> {
    let sentence = |of: &Use| {
        let what = of.words(language).map_or("", |words| words.summary);
        let nodes = match of.nodes.len() < of.of {
            true => format!(" ({})", listed(evaluation, &of.nodes)),
            false => String::new(),
        };
        let (part, title) = (capital(of.part.word(language)), of.title(language));
        match language {
            Language::Zh => format!("{part}{nodes}：{title}。{what}"),
            Language::En if what.is_empty() => format!("{part}{nodes}: {title}"),
            Language::En => format!("{part}{nodes}: {title}. {what}"),
        }
    };
    uses(evaluation, language).iter().map(sentence).collect()
}

/// A word at the beginning of a sentence.
fn capital(word: &str) -> String {
    let mut signs = word.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().collect::<String>());
    first.unwrap_or_default() + signs.as_str()
}

/// The codes of some nodes.
fn listed(evaluation: &Evaluation, nodes: &[NodeId]) -> String {
    const SHOWN: usize = 8;
    let system = &evaluation.methodology().system;
    let codes: Vec<&str> = nodes.iter().map(|&id| system.node(id).code.as_str()).collect();
    match codes.len() {
        0..=SHOWN => codes.join(", "),
        n => format!("{} … ({n})", codes[..SHOWN].join(", ")),
    }
}

/// Every method with its settings, formula and source, and what else is stated, as the project file writes it.
pub(in crate::report) fn table(evaluation: &Evaluation, language: Language) -> Table {
    /// A method, or another part of the methodology with what it says.
    enum Row {
        Method(Use),
        Other(Part, String),
    }
    let methodology = evaluation.methodology();
    let mut rows: Vec<Row> = uses(evaluation, language).into_iter().map(Row::Method).collect();
    for part in [Part::Screening, Part::Precision, Part::Rounding, Part::Ranking] {
        if let Some(value) = part.value(methodology, evaluation.study()) {
            let text = difference::brief(&value);
            if !text.is_empty() {
                rows.push(Row::Other(part, text));
            }
        }
    }
    let words = |row: &Row| match row {
        Row::Method(of) => of.words(language),
        Row::Other(..) => None,
    };
    Columns::<Row>::new()
        .text("part", word!(label_stage, language), |row| match row {
            Row::Method(of) => of.part.word(language),
            Row::Other(part, _) => part.word(language),
        })
        .text("title", word!(label_method, language), |row| match row {
            Row::Method(of) => of.title(language),
            Row::Other(..) => String::new(),
        })
        .text("name", word!(label_code, language), |row| match row {
            Row::Method(of) => of.name.clone(),
            Row::Other(part, _) => part.name().to_owned(),
        })
        .only_if(language != Language::En)
        .text("nodes", word!(book_used_for, language), |row| match row {
            Row::Method(of) if of.nodes.len() < of.of => listed(evaluation, &of.nodes),
            Row::Method(_) => word!(book_all, language).to_owned(),
            Row::Other(..) => String::new(),
        })
        .text("settings", word!(label_setting, language), |row| match row {
            Row::Method(of) => of.settings.clone(),
            Row::Other(_, text) => text.clone(),
        })
        .text("summary", word!(label_summary, language), move |row| words(row).map(|w| w.summary))
        .text("formula", word!(label_audit_formula, language), move |row| {
            words(row).map(|w| w.formula)
        })
        .text("reference", word!(label_audit_reference, language), move |row| {
            words(row).map(|w| w.reference)
        })
        .table("methods", Reader::People, rows)
}
