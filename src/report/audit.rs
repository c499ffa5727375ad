//! The audit of a methodology: the properties that pass and fail, and the counter-examples.

use quanheng_core::audit::{
    Bench, Change, CounterExample, Fault, Measure, Origin, Outcome, Party, Place, Property,
    Quantity, Reason, TABLE, Verdict,
};
use quanheng_core::methodology::Part;
use quanheng_core::model::{NodeId, RegionIx};
use quanheng_words::{Text, text, word};

use super::declaration::Declaration;
use super::{Block, Cell, Columns, Language, Reader, Report, Table, joined, number, ranking};

/// The audit of one methodology for a reader.
pub fn report(bench: &Bench, outcomes: &[Outcome], language: Language) -> Report {
    let words = Words { bench, language };
    let mut report = Report::default();
    report.blocks.push(Block::Heading(words.heading()));
    report.blocks.push(Block::Table(words.verdicts(outcomes, Reader::People)));
    for outcome in outcomes {
        let lines = words.lines(outcome);
        if !lines.is_empty() {
            let code = outcome.property.name;
            report.blocks.push(Block::Heading(match name(outcome.property, language) {
                Some(name) => format!("{name} ({code})"),
                None => code.to_owned(),
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
        words.verdicts(outcomes, Reader::Files),
        words.counter_examples(outcomes),
        words.origins(outcomes),
        words.measures(outcomes),
        words.left_out(outcomes),
    ]
}

/// The name of a property in a language other than English, in which its code is its name.
fn name(property: &Property, language: Language) -> Option<&'static str> {
    Declaration::property(property.name).says("", language)
}

fn summary(property: &Property, language: Language) -> &'static str {
    Declaration::property(property.name).says("summary", language).unwrap_or(property.summary)
}

fn formula(property: &Property, language: Language) -> &'static str {
    Declaration::property(property.name).says("formula", language).unwrap_or(property.formula)
}

/// The properties that are tested, for a reader: what each says, as a formula, and where it comes from.
pub fn properties(language: Language) -> Report {
    let mut report = Report::default();
    for property in TABLE {
        report.blocks.extend([
            Block::Heading(match name(property, language) {
                Some(name) => format!("{} · {name}", property.name),
                None => property.name.to_owned(),
            }),
            Block::Line(summary(property, language).to_owned()),
            Block::Line(formula(property, language).to_owned()),
            Block::Line(property.reference.to_owned()),
        ]);
    }
    report
}

/// The same as a table, for files.
pub fn properties_table(language: Language) -> Report {
    let table = Columns::<&Property>::new()
        .text("property", word!(label_audit_property, language), |property| property.name)
        .text("chinese", word!(label_chinese, language), |property| name(property, language))
        .only_if(language == Language::Zh)
        .text("summary", word!(label_summary, language), |property| summary(property, language))
        .text("formula", word!(label_audit_formula, language), |property| {
            formula(property, language)
        })
        .text("reference", word!(label_audit_reference, language), |property| property.reference)
        .table("properties", Reader::Files, TABLE);
    Report::from(vec![table])
}

struct Words<'a> {
    bench: &'a Bench,
    language: Language,
}

impl Words<'_> {
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
        let title_of = methodology.names.get(language.tag());
        let method = ranking::titled(&methodology.code, title_of, language);
        let rows = self.bench.slices().iter().flat_map(|s| s.rows.clone());
        let count = rows.filter(|&row| !base.ranks()[row].is_nan()).count();
        let parts = [
            title,
            word!(label_audit, language).to_owned(),
            periods.join(", "),
            method,
            text!(count_regions, n = count).render(language),
        ];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn verdict(&self, outcome: &Outcome) -> &'static str {
        let language = self.language;
        match (&outcome.verdict, outcome.property.information) {
            (Verdict::Pass, false) => word!(label_audit_passes, language),
            (Verdict::Fail, false) => word!(label_audit_fails, language),
            (Verdict::Pass, true) => word!(label_audit_holds, language),
            (Verdict::Fail, true) => word!(label_audit_does_not_hold, language),
            (Verdict::NotApplicable(_), _) => word!(label_not_applicable, language),
            (Verdict::Untested, _) => word!(label_audit_untested, language),
        }
    }

    fn verdicts(&self, outcomes: &[Outcome], reader: Reader) -> Table {
        let language = self.language;
        let count = |outcome: &Outcome, n: usize| {
            matches!(outcome.verdict, Verdict::Pass | Verdict::Fail).then_some(n)
        };
        let why = |outcome: &Outcome| match &outcome.verdict {
            Verdict::NotApplicable(reason) => Some(self.reason(reason)),
            _ => None,
        };
        self.columns::<&Outcome>()
            .text("property", word!(label_audit_property, language), |o| o.property.name)
            .text("chinese", word!(label_chinese, language), |o| name(o.property, Language::Zh))
            .only_if(reader == Reader::Files || language == Language::Zh)
            .text("verdict", word!(label_audit_verdict, language), |o| self.verdict(o))
            .number("failed", word!(label_audit_failed, language), |o| count(o, o.failed))
            .number("tests", word!(label_audit_tests, language), |o| count(o, o.tests))
            .text("arises_in", word!(label_audit_arises_in, language), |o| {
                o.origins.first().map(|(origin, _)| self.origin(origin))
            })
            .number("of", word!(label_audit_of, language), |o| o.of)
            .only_for(Reader::Files)
            .number("without_result", word!(label_audit_without_result, language), |o| {
                o.faults.as_ref().map_or(0, |(count, _)| *count)
            })
            .only_for(Reader::Files)
            .text("why", word!(label_audit_why, language), |o| why(o))
            .only_for(Reader::Files)
            .table("audit", reader, outcomes)
    }

    /// The column that says which methodology a row is about.
    fn columns<R>(&self) -> Columns<'_, R> {
        let code = &self.bench.base().methodology().code;
        Columns::new()
            .text("methodology", word!(label_methodology, self.language), move |_| code)
            .only_for(Reader::Files)
    }

    /// Everything there is to say about one property, a sentence each.
    fn lines(&self, outcome: &Outcome) -> Vec<String> {
        let mut lines = Vec::new();
        if let Verdict::NotApplicable(reason) = &outcome.verdict {
            lines.push(self.reason(reason));
            return lines;
        }
        // If all failures arise in one place, this is stated once, below.
        let one = outcome.origins.len() == 1 && outcome.origins[0].0.node.is_some();
        lines.extend(outcome.examples.iter().map(|example| {
            let mut words = self.example(example);
            if let Some(origin) = example.origin.as_ref().filter(|_| !one) {
                let arises = text!(audit_arises_in, places = self.origin(origin));
                words.push_str(word!(list_semicolon, self.language));
                words.push_str(&arises.render(self.language));
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
                lines.push(measures.join(word!(list_semicolon, self.language)));
            }
        } else {
            let kept = outcome.measures.iter().filter(|m| m.quantity == Quantity::CodesKept);
            lines.extend(kept.map(|m| self.measure(m)));
        }
        let faults = outcome.faults.as_ref().map_or(0, |(count, _)| *count);
        let left: usize = outcome.left_out.iter().map(|(_, count)| *count).sum();
        if outcome.tests + faults + left < outcome.of {
            let (tests, of) = (outcome.tests + faults, outcome.of);
            lines.push(text!(audit_sample, tests = tests, n = of).render(self.language));
        }
        if let Some((count, fault)) = &outcome.faults {
            lines.push(self.fault(*count, fault));
        }
        for (reason, count) in &outcome.left_out {
            let why = self.reason(reason);
            lines.push(text!(audit_left_out, n = *count, why = why).render(self.language));
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
        let mut parts = vec![if a == b {
            format!("{} {a}", word!(audit_its_score, language))
        } else {
            format!("{} {a} → {b}", word!(audit_its_score, language))
        }];
        if before.rank != after.rank {
            let (a, b) = (number::rank(before.rank), number::rank(after.rank));
            parts.push(format!(
                "{} {} → {}",
                word!(audit_its_rank, language),
                absent(a),
                absent(b)
            ));
        } else if !before.rank.is_nan() {
            parts.push(format!(
                "{} {}",
                word!(audit_its_rank, language),
                number::rank(before.rank)
            ));
        }
        if before.tier != after.tier {
            let (a, b) = (self.tier(party, before), self.tier(party, after));
            parts.push(format!("{} {a} → {b}", word!(audit_its_tier, language)));
        }
        parts.join(word!(clause_comma, language))
    }

    fn stands(&self, party: &Party, standing: &Place) -> String {
        let mut words = self.moved(party, standing, standing);
        if standing.tier.is_some() {
            let tier = self.tier(party, standing);
            words.push_str(word!(clause_comma, self.language));
            words.push_str(&text!(audit_tier, tier = tier).render(self.language));
        }
        words
    }

    fn change(&self, change: &Change) -> String {
        let words = match change {
            Change::Repeated => text!(audit_repeated),
            Change::Renamed { order } => text!(audit_renamed, order = order + 1),
            Change::Copied { region } => text!(audit_copied, region = self.region(*region)),
            Change::Nudged { by } => text!(audit_nudged, by = *by),
            Change::Improved { leaf, from, to } => {
                let (from, to) = number::apart(*from, *to);
                return format!("{} {from} → {to}", self.node(*leaf));
            }
            Change::Dominates { better: Some(leaf) } => {
                text!(audit_dominates, node = self.node(*leaf))
            }
            Change::Dominates { better: None } => text!(audit_all_equal),
            Change::Removed { region } => text!(audit_removed, region = self.region(*region)),
            Change::Worsened { region, worst: false } => {
                text!(audit_worsened, region = self.region(*region))
            }
            Change::Worsened { region, worst: true } => {
                text!(audit_worst_seen, region = self.region(*region))
            }
            Change::Alone { regions: [a, b] } => {
                text!(audit_alone, first = self.region(*a), second = self.region(*b))
            }
            Change::Circle { regions, strict } => {
                let names = regions.map(|region| self.region(region));
                let signs = strict.map(|strict| if strict { ">" } else { "=" });
                let steps = names.iter().zip(signs).map(|(name, sign)| format!("{name} {sign} "));
                let circle: String = steps.chain([names[0].clone()]).collect();
                text!(audit_circle, circle = circle)
            }
            Change::Scaled { column, factor } => {
                return format!("{column} × {}", number::short(*factor));
            }
            Change::Shifted { column, by } => return format!("{column} + {}", number::short(*by)),
            Change::Dropped { node } => text!(audit_dropped, node = self.node(*node)),
            Change::Filled { leaf, value } => {
                return format!("{} := {}", self.node(*leaf), number::short(*value));
            }
        };
        words.render(self.language)
    }

    /// A counter-example in a sentence.
    fn example(&self, example: &CounterExample) -> String {
        let CounterExample { change, who, before, after, other, .. } = example;
        let region = self.party(who);
        let done = self.change(change);
        let words = match (change, other) {
            (
                Change::Removed { .. } | Change::Worsened { .. } | Change::Alone { .. },
                Some((second, was, is)),
            ) => {
                let (a, b) = (self.moved(who, before, after), self.moved(second, was, is));
                let second = self.party(second);
                match before.rank > was.rank && after.rank < is.rank {
                    true => text!(
                        audit_example_passes,
                        done = done,
                        first = region,
                        of_first = a,
                        second = second,
                        of_second = b,
                    ),
                    false => text!(
                        audit_example_tie,
                        done = done,
                        first = region,
                        of_first = a,
                        second = second,
                        of_second = b,
                    ),
                }
            }
            (Change::Circle { .. }, Some((second, was, _))) => text!(
                audit_example_circle,
                done = done,
                first = region,
                of_first = self.stands(who, before),
                second = self.party(second),
                of_second = self.stands(second, was),
            ),
            (Change::Dominates { .. }, Some((second, was, _))) => text!(
                audit_example_against,
                done = done,
                first = region,
                of_first = self.stands(who, before),
                second = self.party(second),
                of_second = self.stands(second, was),
            ),
            (Change::Nudged { .. }, Some((second, was, _))) => text!(
                audit_example_parted,
                done = done,
                first = region,
                of_first = self.stands(who, before),
                second = self.party(second),
                of_second = self.stands(second, was),
            ),
            (Change::Copied { .. }, _) => text!(
                audit_example_copy,
                region = region,
                done = done,
                moved = self.moved(who, before, after),
            ),
            _ => text!(
                audit_example,
                region = region,
                done = done,
                moved = self.moved(who, before, after),
            ),
        };
        words.render(self.language)
    }

    /// Where an effect arises: the part of the methodology, the method and the node.
    fn origin(&self, origin: &Origin) -> String {
        let mut words = origin.part.word(self.language).to_owned();
        if !origin.method.is_empty() {
            words.push_str(&format!(" `{}`", origin.method));
        }
        if let Some(node) = origin.node {
            let code = &self.bench.base().methodology().system.node(node).code;
            words.push_str(&text!(audit_of_node, node = code).render(self.language));
        }
        words
    }

    /// Where the failures arise, the most frequent places first, and whether each method says that it should not.
    fn arises(&self, outcome: &Outcome) -> String {
        const SHOWN: usize = 3;
        let failed = outcome.failed;
        let place = |(origin, count): &(Origin, usize)| {
            let claims = match origin.claims {
                None => Text::default(),
                Some(true) => text!(audit_claims_it),
                Some(false) => text!(audit_does_not_claim_it),
            };
            let origin = self.origin(origin);
            text!(audit_place, origin = origin, n = *count, failed = failed, claims = claims)
                .render(self.language)
        };
        let places: Vec<String> = outcome.origins.iter().take(SHOWN).map(place).collect();
        let mut places = joined(&places, self.language);
        if let Some(rest) = outcome.origins.len().checked_sub(SHOWN).filter(|rest| *rest > 0) {
            places.push_str(&text!(audit_more_places, n = rest).render(self.language));
        }
        text!(audit_arises_in, places = places).render(self.language)
    }

    fn measure(&self, measure: &Measure) -> String {
        let what = match measure.quantity {
            Quantity::LargestDifference => text!(audit_largest_difference),
            Quantity::PairsReversed => text!(audit_pairs_reversed),
            Quantity::PairsParted => text!(audit_pairs_parted),
            Quantity::RemovalsReversing => text!(audit_removals_reversing),
            Quantity::ReversedWithoutBest => text!(audit_without_best),
            Quantity::ReversedWithoutMiddle => text!(audit_without_middle),
            Quantity::ReversedWithoutWorst => text!(audit_without_worst),
            Quantity::Cycles => text!(audit_cycles),
            Quantity::CodesKept => text!(audit_codes_kept),
        };
        let words = match (measure.of, measure.share()) {
            (Some(of), Some(share)) => text!(
                audit_measure,
                what = what,
                share = number::percent(share),
                value = number::rank(measure.value),
                n = of,
            ),
            _ => return format!("{} {}", what.render(self.language), number::short(measure.value)),
        };
        words.render(self.language)
    }

    fn fault(&self, count: usize, fault: &Fault) -> String {
        let error = &fault.error;
        let code = |node: NodeId| {
            let nodes = self.bench.base().methodology().system.nodes();
            nodes.get(node.index()).map_or("", |node| node.code.as_str())
        };
        text!(
            audit_not_evaluated,
            n = count,
            done = self.change(&fault.change),
            stage = Part::of_stage(error.stage).word(self.language),
            method = &error.method,
            node = code(error.node),
            why = error.error.words(),
        )
        .render(self.language)
    }

    fn reason(&self, reason: &Reason) -> String {
        let words = match reason {
            Reason::TooFewRegions { needed } => text!(audit_too_few_regions, needed = *needed),
            Reason::NobodyDominates => text!(audit_nobody_dominates),
            Reason::NothingMissing => text!(audit_nothing_missing),
            Reason::StaysAbsent => text!(audit_stays_absent),
            Reason::WeightsNotStated { method } => {
                text!(audit_weights_not_stated, method = method)
            }
            Reason::PointsAdded { method } => text!(audit_points_added, method = method),
            Reason::OnlyChild => text!(audit_only_child),
            Reason::LeagueMarks => text!(audit_league_marks),
            Reason::DecidesTies => text!(audit_decides_ties),
            Reason::Formula => text!(audit_formula),
            Reason::NoUnit => text!(audit_no_unit),
            Reason::Score => text!(audit_score),
            Reason::UnitAfterTreatment { method } => {
                text!(audit_unit_after_treatment, method = method)
            }
            Reason::Denominator => text!(audit_denominator),
            Reason::Constant => text!(audit_constant),
            Reason::AlreadyBest => text!(audit_already_best),
            Reason::AlreadyWorst => text!(audit_already_worst),
            Reason::OrdinalRanks => text!(audit_ordinal_ranks),
        };
        words.render(self.language)
    }

    fn counter_examples(&self, outcomes: &[Outcome]) -> Table {
        type Row<'o> = (&'static Property, &'o CounterExample);
        let language = self.language;
        let study = self.bench.base().study();
        let region = |party: &Party| &study.regions[party.region.0 as usize];
        let rows = outcomes.iter().flat_map(|o| o.examples.iter().map(|e| (o.property, e)));
        self.columns::<Row<'_>>()
            .text("property", word!(label_audit_property, language), |(property, _)| property.name)
            .text("change", word!(label_what, language), |(_, e)| self.change(&e.change))
            .text("code", word!(label_code, language), |(_, e)| &region(&e.who).code)
            .text("name", word!(label_region, language), |(_, e)| {
                region(&e.who).name(language.tag())
            })
            .text("period", word!(label_period, language), |(_, e)| {
                &study.periods[e.who.period.0 as usize].label
            })
            .number("score_before", word!(label_score, language), |(_, e)| score(&e.before))
            .number("score_after", word!(label_score, language), |(_, e)| score(&e.after))
            .number("rank_before", word!(label_rank, language), |(_, e)| Cell::Rank(e.before.rank))
            .number("rank_after", word!(label_rank, language), |(_, e)| Cell::Rank(e.after.rank))
            .text("tier_before", word!(label_tier, language), |(_, e)| self.tier(&e.who, &e.before))
            .text("tier_after", word!(label_tier, language), |(_, e)| self.tier(&e.who, &e.after))
            .text("other", word!(label_code, language), |(_, e)| {
                e.other.as_ref().map(|(second, ..)| &region(second).code)
            })
            .number("other_score_before", word!(label_score, language), |(_, e)| {
                e.other.as_ref().map(|(_, was, _)| score(was))
            })
            .number("other_score_after", word!(label_score, language), |(_, e)| {
                e.other.as_ref().map(|(.., is)| score(is))
            })
            .number("other_rank_before", word!(label_rank, language), |(_, e)| {
                e.other.as_ref().map(|(_, was, _)| Cell::Rank(was.rank))
            })
            .number("other_rank_after", word!(label_rank, language), |(_, e)| {
                e.other.as_ref().map(|(.., is)| Cell::Rank(is.rank))
            })
            .text("arises_in", word!(label_audit_arises_in, language), |(_, e)| {
                e.origin.as_ref().map(|origin| self.origin(origin))
            })
            .table("counter_examples", Reader::Files, rows)
    }

    fn origins(&self, outcomes: &[Outcome]) -> Table {
        let language = self.language;
        let system = &self.bench.base().methodology().system;
        let rows = outcomes.iter().flat_map(|o| o.origins.iter().map(move |origin| (o, origin)));
        self.columns::<(&Outcome, &(Origin, usize))>()
            .text("property", word!(label_audit_property, language), |(o, _)| o.property.name)
            .text("step", word!(label_stage, language), |(_, (origin, _))| origin.part.name())
            .text("method", word!(label_method, language), |(_, (origin, _))| origin.method.clone())
            .text("node", word!(label_node, language), |(_, (origin, _))| {
                origin.node.map(|node| &system.node(node).code)
            })
            .text("claims", word!(label_audit_claims, language), |(_, (origin, _))| {
                origin.claims.map(|claims| if claims { "yes" } else { "no" })
            })
            .number("count", word!(label_count, language), |(_, (_, count))| *count)
            .number("failed", word!(label_audit_failed, language), |(o, _)| o.failed)
            .table("origins", Reader::Files, rows)
    }

    fn measures(&self, outcomes: &[Outcome]) -> Table {
        let language = self.language;
        let rows = outcomes.iter().flat_map(|o| o.measures.iter().map(move |m| (o.property, m)));
        self.columns::<(&'static Property, &Measure)>()
            .text("property", word!(label_audit_property, language), |(property, _)| property.name)
            .text("quantity", word!(label_what, language), |(_, m)| key(m.quantity))
            .number("value", word!(label_value, language), |(_, m)| Cell::number(m.value))
            .number("of", word!(label_audit_of, language), |(_, m)| m.of)
            .number("share", word!(label_share, language), |(_, m)| m.share().map(Cell::number))
            .table("measures", Reader::Files, rows)
    }

    fn left_out(&self, outcomes: &[Outcome]) -> Table {
        let mut rows = Vec::new();
        for outcome in outcomes {
            let left_out = outcome.left_out.iter().map(|(why, count)| (*count, self.reason(why)));
            let faults = outcome.faults.iter().map(|(n, fault)| (*n, self.fault(*n, fault)));
            rows.extend(left_out.chain(faults).map(|(n, why)| (outcome.property.name, n, why)));
        }
        let language = self.language;
        self.columns::<(&str, usize, String)>()
            .text("property", word!(label_audit_property, language), |(property, ..)| *property)
            .number("count", word!(label_count, language), |(_, count, _)| *count)
            .text("why", word!(label_audit_why, language), |(.., why)| why.clone())
            .table("left_out", Reader::Files, rows)
    }
}

fn score(standing: &Place) -> Cell {
    Cell::number_or_missing(standing.score)
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
        Quantity::Cycles => "cycles",
        Quantity::CodesKept => "codes_kept",
    }
}
