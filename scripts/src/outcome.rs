//! The worked examples of a script, run: what was expected and what was found.

use std::sync::Arc;

use quanheng_core::aggregation::Aggregation;
use quanheng_core::conformance::{Finding, Subject, Trial, check};
use quanheng_core::imputation::Imputation;
use quanheng_core::method::{
    Example, Intermediate, MethodError, ProgramFault, Scratch, SettingError, Settings, Site, Stage,
};
use quanheng_core::model::{NodeDraft, SystemProblem};
use quanheng_core::normalisation::Normalisation;
use quanheng_core::number;
use quanheng_core::tiering::Tiering;
use quanheng_core::treatment::Treatment;
use quanheng_core::weighting::Weighting;

use quanheng_words::Text;

use crate::example::{SystemExample, Worked, system_trial};
use crate::script::{Script, Unfit};
use crate::source::function_span;
use crate::stage::{Scripted, SystemFault};

/// How far a number may be from the expected one, as a share of the greatest expected number.
pub const TOLERANCE: f64 = 1e-9;

/// What became of one worked example.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Which of the script's examples it is, counted from 1.
    pub number: usize,
    /// Where the examples stand.
    pub site: Site,
    /// Where the example's figures come from, as it says.
    pub source: String,
    /// Expected and found, for each result; or why there is none.
    pub result: Result<Vec<Compared>, Failure>,
    /// What the battery found against the script's claims. Empty where it was not asked for, where the script claims
    /// nothing, and where the example itself does not hold.
    pub findings: Vec<Finding>,
}

/// Why an example gave no result.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// A setting of the example does not fit.
    Setting(SettingError),
    /// The script failed, or gave what cannot be used.
    Fault(ProgramFault),
    /// The method was refused its input, as it is in a run.
    Method(MethodError),
    /// The result of a system script is not a tree.
    Tree {
        /// What is wrong.
        problems: Vec<SystemProblem>,
        /// The nodes as the script has them.
        drafts: Vec<NodeDraft>,
    },
}

/// One result beside what the example says.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The node, in a system; empty for a method, which has one result.
    pub code: String,
    /// What the example says.
    pub expected: Given,
    /// What the script gave.
    pub found: Given,
}

/// What is expected or found at a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// There is no such node.
    Nothing,
    /// There is the node; no column is stated, or none is made.
    Node,
    /// A column, or the one result of a method; NaN is an absent cell.
    Numbers(Vec<f64>),
}

impl Outcome {
    /// Whether the example holds, and the battery found nothing.
    pub fn holds(&self) -> bool {
        self.findings.is_empty() && self.gives_the_expected()
    }

    /// Whether the example holds, whatever the battery found.
    pub fn gives_the_expected(&self) -> bool {
        self.result.as_ref().is_ok_and(|results| results.iter().all(Compared::holds))
    }

    /// The line of `example`, counted from 1.
    pub fn line(&self) -> usize {
        self.site.source.line(self.site.span.start)
    }
}

impl Compared {
    /// Whether what was found is what was expected.
    pub fn holds(&self) -> bool {
        match (&self.expected, &self.found) {
            (Given::Numbers(a), Given::Numbers(b)) => {
                a.len() == b.len() && self.unlike().is_empty()
            }
            // An example that only names a node does not mind what it is made of.
            (Given::Node, found) => *found != Given::Nothing,
            (a, b) => a == b,
        }
    }

    /// The cells, counted from 0, in which two columns differ; those that only one of them has count.
    pub fn unlike(&self) -> Vec<usize> {
        let (Given::Numbers(expected), Given::Numbers(found)) = (&self.expected, &self.found)
        else {
            return Vec::new();
        };
        let size =
            expected.iter().filter(|x| !x.is_nan()).fold(0.0, |m, x| number::max(m, x.abs()));
        let near = |a: &f64, b: &f64| {
            a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= TOLERANCE * size
        };
        (0..expected.len().max(found.len()))
            .filter(|&k| match (expected.get(k), found.get(k)) {
                (Some(a), Some(b)) => !near(a, b),
                _ => true,
            })
            .collect()
    }
}

impl Script {
    /// Runs the worked examples; none where the script has no `example()`. With `battery`, each example that holds is
    /// also the start of the battery for what the script claims; for a script without claims nothing is checked.
    ///
    /// # Errors
    /// Examples that cannot be read.
    pub fn test(self: &Arc<Self>, battery: bool) -> Result<Vec<Outcome>, ProgramFault> {
        let span = function_span(&self.source().text, "example");
        let site = Site { source: Arc::clone(self.source()), span, note: Text::default() };
        let outcome = |(k, worked): (usize, Worked)| {
            let (source, result, findings) = match &worked {
                Worked::Method(example) => {
                    let (result, findings) = match self.stage() {
                        Stage::Imputation => self.method::<dyn Imputation>(example, battery),
                        Stage::Treatment => self.method::<dyn Treatment>(example, battery),
                        Stage::Normalisation => self.method::<dyn Normalisation>(example, battery),
                        Stage::Weighting => self.method::<dyn Weighting>(example, battery),
                        Stage::Aggregation => self.method::<dyn Aggregation>(example, battery),
                        Stage::Tiering => self.method::<dyn Tiering>(example, battery),
                        Stage::System => unreachable!("a system script has examples of systems"),
                    };
                    (example.source.to_string(), result, findings)
                }
                Worked::System(example) => {
                    (example.source.clone(), self.system(example), Vec::new())
                }
            };
            Outcome { number: k + 1, site: site.clone(), source, result, findings }
        };
        Ok(self.examples()?.into_iter().enumerate().map(outcome).collect())
    }

    fn method<M: Scripted + Trial + ?Sized>(
        self: &Arc<Self>,
        example: &Example,
        battery: bool,
    ) -> (Result<Vec<Compared>, Failure>, Vec<Finding>) {
        let method = match self.fit(&example.settings) {
            Ok(prepared) => M::scripted(prepared),
            Err(failure) => return (Err(failure), Vec::new()),
        };
        // What it gives beside its result is part of what is tried.
        let intermediate = Intermediate::asked();
        let mut scratch = Scratch { intermediate, ..Scratch::default() };
        let found = match method.trial_in(example, &mut scratch) {
            Ok(found) => found,
            Err(MethodError::Program(fault)) => return (Err(Failure::Fault(*fault)), Vec::new()),
            Err(other) => return (Err(Failure::Method(other)), Vec::new()),
        };
        let compared = Compared {
            code: String::new(),
            expected: Given::Numbers(example.expected.clone()),
            found: Given::Numbers(found),
        };
        let findings = match battery && !self.header().claims.is_empty() && compared.holds() {
            false => Vec::new(),
            true => check(&Subject {
                stage: M::STAGE,
                name: &self.source().name,
                method: &&*method,
                claims: self.header().as_claims(),
                intermediate: None,
                example,
            }),
        };
        (Ok(vec![compared]), findings)
    }

    fn system(self: &Arc<Self>, example: &SystemExample) -> Result<Vec<Compared>, Failure> {
        let prepared = self.fit(&example.settings)?;
        let found = system_trial(&prepared, example).map_err(|fault| match fault {
            SystemFault::Fault(fault) => Failure::Fault(fault),
            SystemFault::Tree { problems, drafts } => Failure::Tree { problems, drafts },
        })?;
        let given = |column: &Option<Vec<f64>>| match column {
            Some(column) => Given::Numbers(column.clone()),
            None => Given::Node,
        };
        let compare = |(code, expected): (&String, &Option<Vec<f64>>)| Compared {
            code: code.clone(),
            expected: given(expected),
            found: found.get(code).map_or(Given::Nothing, given),
        };
        Ok(example.expected.iter().map(compare).collect())
    }

    fn fit(self: &Arc<Self>, settings: &Settings) -> Result<Arc<crate::script::Prepared>, Failure> {
        self.prepare(settings).map_err(|unfit| match unfit {
            Unfit::Setting(error) => Failure::Setting(error),
            Unfit::Fault(fault) => Failure::Fault(fault),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use quanheng_core::method::Source;

    use super::{Failure, Given};
    use crate::{Host, Limits, Script};

    fn script(text: &str) -> Arc<Script> {
        let host = Host::new(None, Limits::default());
        let source = Arc::new(Source::new("s.rhai", text));
        Script::compile(&host, source).expect("a script")
    }

    #[test]
    fn what_differs_is_said_by_place() {
        let script = script(
            "fn treat(x) { x * 2 }\n\nfn example() {\n    #{ column: [1, (), 3], expected: [2, (), 7] }\n}\n",
        );
        let outcomes = script.test(true).expect("examples");
        assert_eq!(outcomes.len(), 1);
        let outcome = &outcomes[0];
        assert!(!outcome.holds());
        assert_eq!((outcome.number, outcome.line()), (1, 3));
        let compared = &outcome.result.as_ref().expect("a result")[0];
        assert_eq!(compared.unlike(), [2]);
        assert!(outcome.findings.is_empty(), "no battery for an example that does not hold");
    }

    #[test]
    fn a_claim_that_does_not_hold_is_found() {
        let text = "//! x\n//!\n//! claims: monotone, absent\n\nfn normalise(x) { -x }\n\
                    fn example() { #{ column: [1, 2], expected: [-1, -2] } }\n";
        let script = script(text);
        assert!(script.test(false).expect("examples")[0].holds());
        let findings = &script.test(true).expect("examples")[0].findings;
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].property.to_string(), "a better value never gives a worse result");
    }

    #[test]
    fn failures_are_facts() {
        let text = "fn normalise(x) { x / 0 }\nfn example() { #{ column: [1], expected: [1] } }\n";
        let failed = script(text).test(false).expect("examples").remove(0).result;
        assert!(matches!(failed, Err(Failure::Fault(fault)) if fault.row == Some(0)));
        let text = "const K = setting(\"k\", 1.0, 0, 1);\nfn treat(x) { x * K }\n\
                    fn example() { #{ settings: #{ k: 2 }, column: [1], expected: [2] } }\n";
        let failed = script(text).test(false).expect("examples").remove(0).result;
        assert!(matches!(failed, Err(Failure::Setting(error)) if error.setting == "k"));
    }

    /// What a script gives beside its result is tried with its examples.
    #[test]
    fn intermediate_results_are_tried() {
        let with = |gives: &str| {
            let text = format!(
                "fn aggregate(x) {{ x.scores.row_means() }}\nfn intermediate(x) {{ {gives} }}\n\
                 fn example() {{ #{{ columns: [[1, 2], [3, 4], [5, 6]], expected: [3, 4] }} }}\n"
            );
            script(&text).test(false).expect("examples").remove(0).result
        };
        let sound = [
            "#{}",
            "#{ regions: #{ greatest: x.scores.row_maxs() } }",
            "#{ figures: #{ n: 3 }, siblings: #{ mean: x.scores.means() } }",
            "#{ regions_siblings: #{ scores: x.scores }, list: #{ any: [1, 2, 3, 4] } }",
        ];
        for gives in sound {
            assert!(with(gives).is_ok(), "{gives}");
        }
        for (gives, words) in [
            ("#{ region: #{ a: 1 } }", "`intermediate` gave `region`"),
            ("#{ regions: #{ a: [1, 2, 3] } }", "has 3 rows and 1 columns"),
            ("#{ siblings_siblings: #{ a: x.scores } }", "there are 2 regions and 3 siblings"),
            ("#{ figures: 1 }", "`intermediate` gave"),
            ("7", "`intermediate` gave"),
            ("#{ regions: #{ a: \"no\" } }", "gave a text"),
        ] {
            let Err(Failure::Fault(fault)) = with(gives) else { panic!("{gives}: no fault") };
            assert!(fault.what.to_string().contains(words), "{gives}: {}", fault.what);
            assert!(fault.sites.iter().any(|site| !site.span.is_empty()), "{gives}: no place");
        }
    }

    #[test]
    fn systems_are_compared_node_by_node() {
        let text = "fn system() { tree(\"index\").add(#{ code: \"a\", parent: \"index\", from: \"r\", by: |raw| raw.r * 2 }) }\n\
                    fn example() { #{ raw: #{ r: [1, 2] }, expected: #{ index: (), a: [2, 4], b: () } } }\n";
        let outcomes = script(text).test(true).expect("examples");
        let results = outcomes[0].result.as_ref().expect("results");
        let holds: Vec<(&str, bool)> =
            results.iter().map(|c| (c.code.as_str(), c.holds())).collect();
        assert_eq!(holds, [("a", true), ("b", false), ("index", true)]);
        assert_eq!(results[1].found, Given::Nothing);
    }

    #[test]
    fn a_script_without_examples_has_no_outcomes() {
        assert!(script("fn treat(x) { x }").test(true).expect("none").is_empty());
    }
}
