//! The audit of a methodology: what holds, what does not, and the counter-examples.

use quanheng_core::audit::{
    Bench, Change, CounterExample, Fault, Measure, Origin, Outcome, Party, Place, Property,
    Quantity, Reason, TABLE, Verdict,
};
use quanheng_core::methodology::Part;
use quanheng_core::model::{NodeId, RegionIx, State};

use super::{Block, Cell, Head, Language, Report, Table, number};

/// The audit of one methodology for a reader.
pub fn report(bench: &Bench, outcomes: &[Outcome], language: Language) -> Report {
    let words = Words { bench, language };
    let mut report = Report::default();
    report.blocks.push(Block::Heading(words.heading()));
    let mut table = words.verdicts(outcomes);
    // What is only for files.
    table.columns.truncate(6);
    table.rows.iter_mut().for_each(|row| row.truncate(6));
    if language == Language::En {
        table.columns.remove(1);
        table.rows.iter_mut().for_each(|row| drop(row.remove(1)));
    }
    report.blocks.push(Block::Table(table));
    for outcome in outcomes {
        let lines = words.lines(outcome);
        if !lines.is_empty() {
            let name = words.name(outcome.property);
            report.blocks.push(Block::Heading(match language {
                Language::Zh => format!("{name} ({})", outcome.property.name),
                Language::En => name.to_owned(),
            }));
            report.blocks.extend(lines.into_iter().map(Block::Line));
        }
    }
    report
}

/// The audit of one methodology for files: `audit`, `counter_examples`, `origins`, `measures`, `left_out`.
pub fn tables(bench: &Bench, outcomes: &[Outcome], language: Language) -> Vec<Table> {
    let words = Words { bench, language };
    vec![
        words.verdicts(outcomes),
        words.counter_examples(outcomes),
        words.origins(outcomes),
        words.measures(outcomes),
        words.left_out(outcomes),
    ]
}

/// The properties that are tested, for a reader: what each says, as a formula, and where it comes from.
pub fn properties(language: Language) -> Report {
    let mut report = Report::default();
    for property in TABLE {
        let (title, summary) = match language {
            Language::Zh => (format!("{} · {}", property.name, property.zh), property.summary_zh),
            Language::En => (property.name.to_owned(), property.summary),
        };
        report.blocks.extend([
            Block::Heading(title),
            Block::Line(summary.to_owned()),
            Block::Line(property.formula.to_owned()),
            Block::Line(property.reference.to_owned()),
        ]);
    }
    report
}

/// The same as a table, for files.
pub fn properties_table(language: Language) -> Report {
    let mut columns = vec![
        Head::new("property", language.audit_property()),
        Head::new("summary", language.summary()),
        Head::new("formula", language.audit_formula()),
        Head::new("reference", language.audit_reference()),
    ];
    if language == Language::Zh {
        columns.insert(1, Head::new("chinese", language.chinese()));
    }
    let rows = TABLE.iter().map(|property| {
        let mut row = vec![
            Cell::text(property.name),
            Cell::text(match language {
                Language::Zh => property.summary_zh,
                Language::En => property.summary,
            }),
            Cell::text(property.formula),
            Cell::text(property.reference),
        ];
        if language == Language::Zh {
            row.insert(1, Cell::text(property.zh));
        }
        row
    });
    let table = Table { name: "properties".into(), columns, rows: rows.collect() };
    Report { blocks: vec![Block::Table(table)] }
}

struct Words<'a> {
    bench: &'a Bench,
    language: Language,
}

impl Words<'_> {
    fn zh(&self) -> bool {
        self.language == Language::Zh
    }

    fn heading(&self) -> String {
        let language = self.language;
        let base = self.bench.base();
        let (study, methodology) = (base.study(), base.methodology());
        let title = study.title.get(language.tag()).unwrap_or_default().to_owned();
        let mut periods: Vec<&str> = Vec::new();
        for slice in self.bench.slices() {
            let label = study.periods[slice.period.0 as usize].label.as_str();
            if !periods.contains(&label) {
                periods.push(label);
            }
        }
        let method = match methodology.names.get(language.tag()) {
            Some(name) => format!("{} {} ({name})", language.methodology(), methodology.code),
            None => format!("{} {}", language.methodology(), methodology.code),
        };
        let rows = self.bench.slices().iter().flat_map(|s| s.rows.clone());
        let count = rows.filter(|&row| !base.ranks()[row].is_nan()).count();
        let parts = [
            title,
            language.audit().to_owned(),
            periods.join(", "),
            method,
            format!("{count} {}", language.regions()),
        ];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn name(&self, property: &'static Property) -> &'static str {
        if self.zh() { property.zh } else { property.name }
    }

    fn verdict(&self, outcome: &Outcome) -> &'static str {
        let language = self.language;
        match (&outcome.verdict, outcome.property.information) {
            (Verdict::Pass, false) => language.audit_passes(),
            (Verdict::Fail, false) => language.audit_fails(),
            (Verdict::Pass, true) => language.audit_holds(),
            (Verdict::Fail, true) => language.audit_does_not_hold(),
            (Verdict::NotApplicable(_), _) => language.not_applicable(),
            (Verdict::Untested, _) => language.audit_untested(),
        }
    }

    fn verdicts(&self, outcomes: &[Outcome]) -> Table {
        let language = self.language;
        let columns = vec![
            Head::new("property", language.audit_property()),
            Head::new("chinese", language.chinese()),
            Head::new("verdict", language.audit_verdict()),
            Head::new("failed", language.audit_failed()),
            Head::new("tests", language.audit_tests()),
            Head::new("arises_in", language.audit_arises_in()),
            Head::new("of", "of"),
            Head::new("without_result", "without result"),
            Head::new("why", language.audit_why()),
        ];
        let row = |outcome: &Outcome| {
            let told = matches!(outcome.verdict, Verdict::Pass | Verdict::Fail);
            let count = |n: usize| if told { Cell::Rank(n as f64) } else { Cell::Empty };
            let why = match &outcome.verdict {
                Verdict::NotApplicable(reason) => Cell::text(self.reason(reason)),
                _ => Cell::Empty,
            };
            let origin = outcome.origins.first().map(|(origin, _)| self.origin(origin));
            let faults = outcome.faults.as_ref().map_or(0, |(count, _)| *count);
            vec![
                Cell::text(outcome.property.name),
                Cell::text(outcome.property.zh),
                Cell::text(self.verdict(outcome)),
                count(outcome.failed),
                count(outcome.tests),
                origin.map_or(Cell::Empty, Cell::Text),
                Cell::Rank(outcome.of as f64),
                Cell::Rank(faults as f64),
                why,
            ]
        };
        Table { name: "audit".into(), columns, rows: outcomes.iter().map(row).collect() }
    }

    /// Everything there is to say about one property, a sentence each.
    fn lines(&self, outcome: &Outcome) -> Vec<String> {
        let mut lines = Vec::new();
        if let Verdict::NotApplicable(reason) = &outcome.verdict {
            lines.push(self.reason(reason));
            return lines;
        }
        // Where all failures arise in one place, it is said once, below.
        let one = outcome.origins.len() == 1 && outcome.origins[0].0.node.is_some();
        lines.extend(outcome.examples.iter().map(|example| {
            let mut words = self.example(example);
            if let Some(origin) = example.origin.as_ref().filter(|_| !one) {
                let (between, arises) = match self.language {
                    Language::Zh => ("；", "产生于"),
                    Language::En => ("; ", "arises in "),
                };
                words.push_str(&format!("{between}{arises}{}", self.origin(origin)));
            }
            words
        }));
        if !outcome.origins.is_empty() {
            lines.push(self.arises(outcome));
        }
        if outcome.verdict == Verdict::Fail || outcome.property.name == "irrelevant_regions" {
            // Where no pair is reversed, one number says so.
            let quiet = outcome.failed == 0;
            let measures = outcome.measures.iter().filter(|m| match m.quantity {
                Quantity::PairsReversed => true,
                _ => !quiet && (m.value != 0.0 || m.of.is_some()),
            });
            let measures: Vec<String> = measures.map(|m| self.measure(m)).collect();
            if !measures.is_empty() {
                lines.push(measures.join(if self.zh() { "；" } else { "; " }));
            }
        } else {
            let kept = outcome.measures.iter().filter(|m| m.quantity == Quantity::CodesKept);
            lines.extend(kept.map(|m| self.measure(m)));
        }
        let faults = outcome.faults.as_ref().map_or(0, |(count, _)| *count);
        let left: usize = outcome.left_out.iter().map(|(_, count)| *count).sum();
        if outcome.tests + faults + left < outcome.of {
            let (tests, of) = (outcome.tests + faults, outcome.of);
            lines.push(match self.language {
                Language::Zh => format!("抽样：{tests} / {of}"),
                Language::En => format!("a sample: {tests} of {of}"),
            });
        }
        if let Some((count, fault)) = &outcome.faults {
            lines.push(self.fault(*count, fault));
        }
        for (reason, count) in &outcome.left_out {
            let why = self.reason(reason);
            lines.push(match self.language {
                Language::Zh => format!("未检验 {count} 项：{why}"),
                Language::En => format!("left out, {count}: {why}"),
            });
        }
        lines
    }

    fn region(&self, region: RegionIx) -> String {
        let region = &self.bench.base().study().regions[region.0 as usize];
        let name = region.name(self.language.tag());
        if name == region.code { name.to_owned() } else { format!("{} {name}", region.code) }
    }

    fn party(&self, party: &Party) -> String {
        let study = self.bench.base().study();
        let region = self.region(party.region);
        if study.periods.len() > 1 && self.bench.slices().iter().any(|s| s.period != party.period) {
            return format!("{region} ({})", study.periods[party.period.0 as usize].label);
        }
        region
    }

    fn node(&self, node: NodeId) -> String {
        let node = self.bench.base().methodology().system.node(node);
        let name = node.name(self.language.tag());
        if name == node.code { name.to_owned() } else { format!("{name} ({})", node.code) }
    }

    fn tier(&self, party: &Party, standing: &Place) -> String {
        let Some(tier) = standing.tier else { return "–".into() };
        let labels = self.bench.base().tier_labels(party.row);
        labels.get(usize::from(tier)).cloned().unwrap_or_else(|| (tier + 1).to_string())
    }

    /// What changed between two standings: the score always, rank and tier where they did.
    fn moved(&self, party: &Party, before: &Place, after: &Place) -> String {
        let language = self.language;
        let (a, b) = number::apart(before.score, after.score);
        let absent = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        let (a, b) = (absent(a), absent(b));
        let small = |word: &str| match language {
            Language::Zh => word.to_owned(),
            Language::En => word.to_lowercase(),
        };
        let mut parts = vec![if a == b {
            format!("{} {a}", small(language.score()))
        } else {
            format!("{} {a} → {b}", small(language.score()))
        }];
        if before.rank != after.rank {
            let (a, b) = (number::rank(before.rank), number::rank(after.rank));
            parts.push(format!("{} {} → {}", small(language.rank()), absent(a), absent(b)));
        } else if !before.rank.is_nan() {
            parts.push(format!("{} {}", small(language.rank()), number::rank(before.rank)));
        }
        if before.tier != after.tier {
            let (a, b) = (self.tier(party, before), self.tier(party, after));
            parts.push(format!("{} {a} → {b}", small(language.tier())));
        }
        parts.join(if self.zh() { "，" } else { ", " })
    }

    fn stands(&self, party: &Party, standing: &Place) -> String {
        let mut words = self.moved(party, standing, standing);
        if standing.tier.is_some() {
            let tier = self.tier(party, standing);
            words.push_str(&match self.language {
                Language::Zh => format!("，等级 {tier}"),
                Language::En => format!(", tier {tier}"),
            });
        }
        words
    }

    fn change(&self, change: &Change) -> String {
        let zh = self.zh();
        match change {
            Change::Repeated if zh => "再算一遍".into(),
            Change::Repeated => "evaluated again".into(),
            Change::Renamed { order } if zh => format!("换代码（第 {} 种次序）", order + 1),
            Change::Renamed { order } => format!("under other codes (order {})", order + 1),
            Change::Copied { region } if zh => {
                format!("与 {} 数据相同的地区", self.region(*region))
            }
            Change::Copied { region } => {
                format!("a second region with the data of {}", self.region(*region))
            }
            Change::Nudged { by } if zh => format!("差 {}", number::short(*by)),
            Change::Nudged { by } => format!("a difference of {}", number::short(*by)),
            Change::Improved { leaf, from, to } => {
                let (from, to) = number::apart(*from, *to);
                format!("{} {from} → {to}", self.node(*leaf))
            }
            Change::Dominates { better: Some(leaf) } if zh => {
                format!("各项都不差，{} 更好", self.node(*leaf))
            }
            Change::Dominates { better: Some(leaf) } => {
                format!("no worse in any indicator, better in {}", self.node(*leaf))
            }
            Change::Dominates { better: None } if zh => "各项都相同".into(),
            Change::Dominates { better: None } => "the same in every indicator".into(),
            Change::Removed { region } if zh => format!("去掉 {}", self.region(*region)),
            Change::Removed { region } => format!("without {}", self.region(*region)),
            Change::Scaled { column, factor } => format!("{column} × {}", number::short(*factor)),
            Change::Shifted { column, by } => format!("{column} + {}", number::short(*by)),
            Change::Dropped { node } if zh => format!("{} 权重为零与删去", self.node(*node)),
            Change::Dropped { node } => {
                format!("{} of weight zero, then taken out", self.node(*node))
            }
            Change::Filled { leaf, value } => {
                format!("{} := {}", self.node(*leaf), number::short(*value))
            }
        }
    }

    /// A counter-example in a sentence.
    fn example(&self, example: &CounterExample) -> String {
        let CounterExample { change, who, before, after, other, .. } = example;
        let (zh, region) = (self.zh(), self.party(who));
        let done = self.change(change);
        match (change, other) {
            (Change::Removed { .. }, Some((second, was, is))) => {
                let (a, b) = (self.moved(who, before, after), self.moved(second, was, is));
                let second = self.party(second);
                let passed = before.rank > was.rank && after.rank < is.rank;
                match (zh, passed) {
                    (true, true) => format!("{done}：{region}（{a}）超过 {second}（{b}）"),
                    (true, false) => format!("{done}：{region}（{a}）与 {second}（{b}）并列有变"),
                    (false, true) => format!("{done}, {region} ({a}) passes {second} ({b})"),
                    (false, false) => {
                        format!("{done}, the tie of {region} ({a}) and {second} ({b}) changes")
                    }
                }
            }
            (Change::Dominates { .. }, Some((second, was, _))) => {
                let (a, b) = (self.stands(who, before), self.stands(second, was));
                let second = self.party(second);
                match zh {
                    true => format!("{region}（{a}）对 {second}（{b}）：{done}"),
                    false => format!("{region} ({a}) against {second} ({b}): {done}"),
                }
            }
            (Change::Nudged { .. }, Some((second, was, _))) => {
                let (a, b) = (self.stands(who, before), self.stands(second, was));
                let second = self.party(second);
                match zh {
                    true => format!("{region}（{a}）与 {second}（{b}）只{done}"),
                    false => format!("{region} ({a}) and {second} ({b}) are parted by {done}"),
                }
            }
            (Change::Copied { .. }, _) => {
                let moved = self.moved(who, before, after);
                match zh {
                    true => format!("{region} 对{done}：{moved}"),
                    false => format!("{region} against {done}: {moved}"),
                }
            }
            _ => {
                let moved = self.moved(who, before, after);
                match zh {
                    true => format!("{region}：{done}：{moved}"),
                    false => format!("{region}: {done}: {moved}"),
                }
            }
        }
    }

    /// Where an effect arises, and whether the method says that it should not.
    fn origin(&self, origin: &Origin) -> String {
        let zh = self.zh();
        let mut words = origin.part.word(self.language.into()).to_owned();
        if !origin.method.is_empty() {
            words.push_str(&format!(" `{}`", origin.method));
        }
        if let Some(node) = origin.node {
            let code = &self.bench.base().methodology().system.node(node).code;
            words.push_str(&if zh { format!("（{code}）") } else { format!(" of {code}") });
        }
        words
    }

    fn claims(&self, claims: bool) -> &'static str {
        match (self.zh(), claims) {
            (true, true) => "，该方法声明具有此性质",
            (true, false) => "，该方法并不声明此性质",
            (false, true) => ", which claims it",
            (false, false) => ", which does not claim it",
        }
    }

    /// Where the failures arise, the most frequent places first.
    fn arises(&self, outcome: &Outcome) -> String {
        const SHOWN: usize = 3;
        let (zh, failed) = (self.zh(), outcome.failed);
        let places: Vec<String> = outcome
            .origins
            .iter()
            .take(SHOWN)
            .map(|(origin, count)| {
                let claims = origin.claims.map_or("", |claims| self.claims(claims));
                match zh {
                    true => format!("{}（{count} / {failed}{claims}）", self.origin(origin)),
                    false => format!("{} ({count} of {failed}{claims})", self.origin(origin)),
                }
            })
            .collect();
        let rest = outcome.origins.len().saturating_sub(SHOWN);
        let more = match (rest, zh) {
            (0, _) => String::new(),
            (n, true) => format!("，另有 {n} 处"),
            (n, false) => format!(", and {n} more places"),
        };
        match zh {
            true => format!("产生于{}{more}", places.join("、")),
            false => format!("arises in {}{more}", places.join(", ")),
        }
    }

    fn measure(&self, measure: &Measure) -> String {
        let zh = self.zh();
        let what = match (measure.quantity, zh) {
            (Quantity::LargestDifference, true) => "最大差别（占最大得分）",
            (Quantity::LargestDifference, false) => "largest difference, of the largest score",
            (Quantity::PairsReversed, true) => "逆序率",
            (Quantity::PairsReversed, false) => "rank-reversal rate",
            (Quantity::PairsParted, true) => "并列有变的对",
            (Quantity::PairsParted, false) => "pairs whose tie changes",
            (Quantity::RemovalsReversing, true) => "引起逆序的删除",
            (Quantity::RemovalsReversing, false) => "removals that reverse a pair",
            (Quantity::ReversedWithoutBest, true) => "去掉第一名",
            (Quantity::ReversedWithoutBest, false) => "without the best",
            (Quantity::ReversedWithoutMiddle, true) => "去掉居中者",
            (Quantity::ReversedWithoutMiddle, false) => "without the middle one",
            (Quantity::ReversedWithoutWorst, true) => "去掉末名",
            (Quantity::ReversedWithoutWorst, false) => "without the worst",
            (Quantity::CodesKept, true) => "代码写在设置里而保留的地区",
            (Quantity::CodesKept, false) => "regions named in settings, whose codes were kept",
        };
        match (measure.of, measure.share()) {
            (Some(of), Some(share)) => {
                let (value, share) = (number::rank(measure.value), number::percent(share));
                match zh {
                    true => format!("{what} {share}（{value} / {of}）"),
                    false => format!("{what} {share} ({value} of {of})"),
                }
            }
            _ => format!("{what} {}", number::short(measure.value)),
        }
    }

    fn fault(&self, count: usize, fault: &Fault) -> String {
        let done = self.change(&fault.change);
        let error = &fault.error;
        let code = |node: NodeId| {
            let nodes = self.bench.base().methodology().system.nodes();
            nodes.get(node.index()).map_or("", |node| node.code.as_str())
        };
        let stage = Part::of_stage(error.stage).word(self.language.into());
        let (method, node, why) = (&error.method, code(error.node), &error.error);
        match self.zh() {
            true => {
                format!("无法评价 {count} 次；例如 {done}：{stage} `{method}`（{node}）：{why}")
            }
            false => format!(
                "could not be evaluated, {count}; for one, {done}: {stage} `{method}` of {node}: {why}"
            ),
        }
    }

    fn reason(&self, reason: &Reason) -> String {
        let zh = self.zh();
        let (chinese, english): (String, String) = match reason {
            Reason::TooFewRegions { needed } => (
                format!("有得分的地区少于 {needed} 个"),
                format!("fewer than {needed} regions with a score"),
            ),
            Reason::NobodyDominates => (
                "没有一个地区在各项指标上都不差于另一地区".into(),
                "no region is at least as good as another in every indicator".into(),
            ),
            Reason::NothingMissing => ("没有缺失值".into(), "no cell is missing".into()),
            Reason::StaysAbsent => ("缺失值不插补".into(), "missing cells are not filled".into()),
            Reason::WeightsNotStated { method } => (
                format!("`{method}` 的权重不是给定的，没有可设为零的权重"),
                format!("the weights of `{method}` are not stated: there is none to set to zero"),
            ),
            Reason::PointsAdded { method } => (
                format!("`{method}` 把分数直接相加，与权重无关"),
                format!("`{method}` adds points as they are, whatever the weights"),
            ),
            Reason::OnlyChild => (
                "没有其他有权重的同级指标".into(),
                "it has no siblings of a weight above zero".into(),
            ),
            Reason::LeagueMarks => {
                ("各组别有各自的满分".into(), "leagues have full marks of their own".into())
            }
            Reason::DecidesTies => {
                ("它决定并列者的名次".into(), "it decides between equal scores".into())
            }
            Reason::Formula => (
                "该列进入公式，公式的单位不得而知".into(),
                "the column goes into a formula, whose unit is not known".into(),
            ),
            Reason::NoUnit => {
                ("等级或是非值没有单位".into(), "grades, and yes or no, have no unit".into())
            }
            Reason::UnitAfterTreatment { method } => (
                format!("目标值等是 `{method}` 处理之后的单位"),
                format!("goalposts and the like are in the unit after `{method}`"),
            ),
            Reason::Denominator => (
                "比值的分子或分母加常数没有意义".into(),
                "a constant added to a part of a ratio has no meaning".into(),
            ),
            Reason::Constant => ("各地区值相同".into(), "every value is the same".into()),
            Reason::AlreadyBest => (
                "已是所见最好或所限最好的值".into(),
                "the value is the best seen, or the best allowed".into(),
            ),
            Reason::OrdinalRanks => (
                "名次按代码分先后（ordinal），这里不比名次".into(),
                "ranks part equal scores by code (ordinal), as stated: ranks are not compared here"
                    .into(),
            ),
        };
        if zh { chinese } else { english }
    }

    fn counter_examples(&self, outcomes: &[Outcome]) -> Table {
        let language = self.language;
        let keys = [
            "property",
            "change",
            "code",
            "name",
            "period",
            "score_before",
            "score_after",
            "rank_before",
            "rank_after",
            "tier_before",
            "tier_after",
            "other",
            "other_score_before",
            "other_score_after",
            "other_rank_before",
            "other_rank_after",
            "arises_in",
        ];
        let study = self.bench.base().study();
        let row = |property: &'static Property, example: &CounterExample| {
            let CounterExample { who, before, after, other, .. } = example;
            let region = &study.regions[who.region.0 as usize];
            let mut cells = vec![
                Cell::text(property.name),
                Cell::text(self.change(&example.change)),
                Cell::text(&region.code),
                Cell::text(region.name(language.tag())),
                Cell::text(&study.periods[who.period.0 as usize].label),
                score(before),
                score(after),
                Cell::Rank(before.rank),
                Cell::Rank(after.rank),
                Cell::text(self.tier(who, before)),
                Cell::text(self.tier(who, after)),
            ];
            match other {
                None => cells.extend(std::iter::repeat_n(Cell::Empty, 5)),
                Some((second, was, is)) => cells.extend([
                    Cell::text(&study.regions[second.region.0 as usize].code),
                    score(was),
                    score(is),
                    Cell::Rank(was.rank),
                    Cell::Rank(is.rank),
                ]),
            }
            let origin = example.origin.as_ref();
            cells.push(origin.map_or(Cell::Empty, |o| Cell::Text(self.origin(o))));
            cells
        };
        let rows = outcomes.iter().flat_map(|o| o.examples.iter().map(move |e| row(o.property, e)));
        Table { name: "counter_examples".into(), columns: heads(&keys), rows: rows.collect() }
    }

    fn origins(&self, outcomes: &[Outcome]) -> Table {
        let keys = ["property", "step", "method", "node", "claims", "count", "failed"];
        let row = |outcome: &Outcome, origin: &Origin, count: usize| {
            let system = &self.bench.base().methodology().system;
            let node = origin.node.map(|node| Cell::text(&system.node(node).code));
            let claims = origin.claims.map(|claims| Cell::text(if claims { "yes" } else { "no" }));
            vec![
                Cell::text(outcome.property.name),
                Cell::text(origin.part.name()),
                Cell::text(&origin.method),
                node.unwrap_or(Cell::Empty),
                claims.unwrap_or(Cell::Empty),
                Cell::Rank(count as f64),
                Cell::Rank(outcome.failed as f64),
            ]
        };
        let rows = outcomes
            .iter()
            .flat_map(|o| o.origins.iter().map(move |(origin, count)| row(o, origin, *count)));
        Table { name: "origins".into(), columns: heads(&keys), rows: rows.collect() }
    }

    fn measures(&self, outcomes: &[Outcome]) -> Table {
        let keys = ["property", "quantity", "value", "of", "share"];
        let number = |x: f64| Cell::Number(x, State::Value);
        let row = |property: &'static Property, measure: &Measure| {
            vec![
                Cell::text(property.name),
                Cell::text(key(measure.quantity)),
                number(measure.value),
                measure.of.map_or(Cell::Empty, |of| Cell::Rank(of as f64)),
                measure.share().map_or(Cell::Empty, number),
            ]
        };
        let rows = outcomes.iter().flat_map(|o| o.measures.iter().map(move |m| row(o.property, m)));
        Table { name: "measures".into(), columns: heads(&keys), rows: rows.collect() }
    }

    fn left_out(&self, outcomes: &[Outcome]) -> Table {
        let mut rows = Vec::new();
        for outcome in outcomes {
            for (reason, count) in &outcome.left_out {
                rows.push(vec![
                    Cell::text(outcome.property.name),
                    Cell::Rank(*count as f64),
                    Cell::text(self.reason(reason)),
                ]);
            }
            if let Some((count, fault)) = &outcome.faults {
                rows.push(vec![
                    Cell::text(outcome.property.name),
                    Cell::Rank(*count as f64),
                    Cell::text(self.fault(*count, fault)),
                ]);
            }
        }
        Table { name: "left_out".into(), columns: heads(&["property", "count", "why"]), rows }
    }
}

fn heads(keys: &[&str]) -> Vec<Head> {
    keys.iter().map(|key| Head::new(*key, *key)).collect()
}

fn score(standing: &Place) -> Cell {
    let state = if standing.score.is_nan() { State::Missing } else { State::Value };
    Cell::Number(standing.score, state)
}

fn key(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::LargestDifference => "largest_difference",
        Quantity::PairsReversed => "pairs_reversed",
        Quantity::PairsParted => "pairs_parted",
        Quantity::RemovalsReversing => "removals_reversing",
        Quantity::ReversedWithoutBest => "reversed_without_best",
        Quantity::ReversedWithoutMiddle => "reversed_without_middle",
        Quantity::ReversedWithoutWorst => "reversed_without_worst",
        Quantity::CodesKept => "codes_kept",
    }
}
