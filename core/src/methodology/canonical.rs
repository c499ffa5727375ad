//! A methodology as one value, independent of how it was written.

use indexmap::IndexMap;

use super::{Across, Choice, Methodology, Plan, RankOn};
use crate::method::Value;
use crate::model::{Node, NodeId, Study};

type Table = IndexMap<String, Value>;

impl Methodology {
    /// Everything in the methodology that can affect a result, by stage, in the order of the stages: two methodologies
    /// with equal values give equal results on equal data. Names, titles and sources are left out; settings have their
    /// defaults; what is stated for a level or for "leaves" is repeated at each node to which it applies, so that two
    /// ways to write the same choice give the same value. Full marks and tiers of leagues are those of `study`.
    pub fn canonical(&self, study: &Study) -> IndexMap<&'static str, Value> {
        let system = &self.system;
        let every: Vec<NodeId> = (0..system.nodes().len() as u32).map(NodeId).collect();
        let (leaves, inner) = (system.leaves(), system.inner());
        let mut steps: Vec<Value> = Vec::new();
        for step in &self.treatment {
            if leaves.iter().any(|leaf| !step.at(*leaf).method.is_identity()) {
                steps.push(self.plan(step, leaves));
            }
        }
        let weighting = match self.across {
            Across::Siblings => self.plan(&self.weighting, inner),
            Across::Leaves => {
                let mut of_root = choice(self.weighting.at(system.root()));
                of_root.insert("across".into(), "leaves".into());
                Value::Table(of_root)
            }
        };
        IndexMap::from([
            ("system", self.system_value(study)),
            ("imputation", self.plan(&self.imputation, &every)),
            ("treatment", Value::List(steps)),
            ("normalisation", self.plan(&self.normalisation, leaves)),
            ("weighting", weighting),
            ("aggregation", self.plan(&self.aggregation, inner)),
            ("rounding", self.rounding_value()),
            ("ranking", self.ranking_value()),
            ("tiering", self.tiering_value(study)),
            ("periods", self.periods_value(study)),
        ])
    }

    /// A plan for these nodes: the choice that most of them share, and at the others their own.
    fn plan<M: ?Sized>(&self, plan: &Plan<M>, nodes: &[NodeId]) -> Value {
        let mut kinds: Vec<(Table, usize)> = Vec::new();
        let mut of = Vec::with_capacity(nodes.len());
        for &node in nodes {
            let value = choice(plan.at(node));
            let kind = kinds.iter().position(|(k, _)| *k == value).unwrap_or_else(|| {
                kinds.push((value, 0));
                kinds.len() - 1
            });
            kinds[kind].1 += 1;
            of.push(kind);
        }
        let Some(most) = kinds.iter().map(|(_, count)| *count).max() else {
            return Value::Table(Table::new());
        };
        let usual = kinds.iter().position(|(_, count)| *count == most).expect("the greatest");
        let mut whole = kinds[usual].0.clone();
        let others = nodes.iter().zip(&of).filter(|(_, kind)| **kind != usual);
        let mut at: Table = others
            .map(|(node, &kind)| (self.code_of(*node), Value::Table(kinds[kind].0.clone())))
            .collect();
        if !at.is_empty() {
            at.sort_keys();
            whole.insert("at".into(), Value::Table(at));
        }
        Value::Table(whole)
    }

    fn code_of(&self, node: NodeId) -> String {
        self.system.node(node).code.clone()
    }

    fn system_value(&self, study: &Study) -> Value {
        let mut whole = Table::new();
        if let Some(made) = &self.system_made {
            whole.insert("made_by".into(), made.name.as_str().into());
            whole.insert("settings".into(), Value::Table(made.filled.0.clone()));
            whole.insert("content".into(), made.content.as_str().into());
        }
        let root = self.system.root();
        whole.insert("root".into(), self.code_of(root).as_str().into());
        let mut nodes: Table = self
            .system
            .nodes()
            .iter()
            .map(|node| (node.code.clone(), Value::Table(self.node_value(node))))
            .collect();
        nodes.sort_keys();
        whole.insert("nodes".into(), Value::Table(nodes));
        let marked = study.leagues.iter().filter(|league| !league.full_marks.is_empty());
        let leagues: Table = marked
            .map(|league| {
                let marks = league.full_marks.iter();
                let mut marks: Table =
                    marks.map(|(node, marks)| (self.code_of(*node), (*marks).into())).collect();
                marks.sort_keys();
                (league.code.clone(), Value::Table(marks))
            })
            .collect();
        if !leagues.is_empty() {
            whole.insert("full_marks_of_leagues".into(), Value::Table(leagues));
        }
        Value::Table(whole)
    }

    fn node_value(&self, node: &Node) -> Table {
        let mut value = Table::new();
        let mut put = |key: &str, x: Option<Value>| {
            if let Some(x) = x {
                value.insert(key.to_owned(), x);
            }
        };
        put("parent", node.parent.map(|p| self.code_of(p).as_str().into()));
        put("weight", node.weight.map(Value::from));
        put("full_marks", node.full_marks.map(Value::from));
        let Some(leaf) = &node.indicator else {
            let children: Vec<Value> =
                node.children.iter().map(|c| self.code_of(*c).as_str().into()).collect();
            put("children", Some(Value::List(children)));
            return value;
        };
        put("direction", Some(leaf.direction.word().into()));
        put("kind", Some(leaf.kind.word().into()));
        put("unit", (!leaf.unit.is_empty()).then(|| leaf.unit.as_str().into()));
        put("lower", leaf.lower.map(Value::from));
        put("upper", leaf.upper.map(Value::from));
        put("goalposts", leaf.goalposts.map(|g| vec![g.bad, g.good].into()));
        put("target", leaf.target.map(Value::from));
        put("scale", leaf.scale.map(Value::from));
        let columns: Vec<&str> = leaf.columns(&node.code);
        put("columns", Some(columns.into()));
        put("formula", leaf.derivation.as_ref().map(|d| d.0.name().into()));
        value
    }

    fn rounding_value(&self) -> Value {
        let nodes = self.system.nodes().iter().zip(&self.rounding);
        let mut of: Table = nodes
            .filter_map(|(node, rounding)| {
                let rounding = (*rounding)?;
                let digits = Value::Number(f64::from(rounding.digits));
                let value =
                    [("digits".into(), digits), ("mode".into(), rounding.mode.word().into())];
                Some((node.code.clone(), Value::Table(Table::from(value))))
            })
            .collect();
        of.sort_keys();
        Value::Table(of)
    }

    fn ranking_value(&self) -> Value {
        let ranking = &self.ranking;
        let on = match ranking.on {
            RankOn::Full => "full".into(),
            RankOn::Rounded => "rounded".into(),
            RankOn::Digits(digits) => Value::Number(f64::from(digits)),
        };
        let mut value = Table::from([
            ("ties".into(), ranking.ties.word().into()),
            ("on".into(), on),
            ("tolerance".into(), ranking.tolerance.into()),
        ]);
        if let Some(node) = ranking.then {
            value.insert("then".into(), self.code_of(node).as_str().into());
        }
        Value::Table(value)
    }

    fn tiering_value(&self, study: &Study) -> Value {
        let mut value = self.tiering.as_ref().map(choice).unwrap_or_default();
        let own = self.league_tiering.iter().map(|(league, own)| {
            (study.leagues[league.0 as usize].code.clone(), Value::Table(choice(own)))
        });
        let own: Table = own.collect();
        if !own.is_empty() {
            value.insert("leagues".into(), Value::Table(own));
        }
        Value::Table(value)
    }

    fn periods_value(&self, study: &Study) -> Value {
        match &self.periods {
            None => "all".into(),
            Some(periods) => {
                let mut periods = periods.clone();
                periods.sort();
                periods.dedup();
                let label = |p: &crate::model::PeriodIx| study.periods[p.0 as usize].label.clone();
                periods.iter().map(label).map(Value::Text).collect::<Vec<_>>().into()
            }
        }
    }
}

fn choice<M: ?Sized>(choice: &Choice<M>) -> Table {
    let mut value = Table::from([("method".into(), choice.name.as_str().into())]);
    if !choice.filled.0.is_empty() {
        value.insert("settings".into(), Value::Table(choice.filled.0.clone()));
    }
    if let Some(content) = &choice.content {
        value.insert("content".into(), content.as_str().into());
    }
    value.insert("over".into(), choice.over.word().into());
    value.insert("among".into(), choice.among.word().into());
    value
}
