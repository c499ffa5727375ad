//! Profiles of regions: where each stands, its strengths and weaknesses, its trend, its distance to targets.

use indexmap::IndexMap;
use quanheng_core::evaluation::Evaluation;
use quanheng_core::model::{NodeId, Region, RegionIx, System};
use quanheng_core::profile::{
    Aim, Among, Arrow, Colour, Mark, NoTrend, Place, Profile, Profiles, Source, Standing, Trend,
    Why, years,
};
use quanheng_words::{Text, text, word};

use super::{
    Block, Cell, Columns, Importance, Language, Reader, Report, Table, joined, number, ranking,
    robustness,
};
use crate::case::Case;
use crate::project::About;
use crate::robustness::Robust;

/// How profiles are shown.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The language.
    pub language: Language,
    /// The names of the groups, by code; a group without one is called by its code.
    pub groups: &'a IndexMap<String, About>,
    /// The cases of the project.
    pub cases: &'a [Case],
    /// How sure the ranks are, of each league and period that is shown.
    pub robust: &'a [Robust],
    /// The fingerprint of everything the results were made from.
    pub fingerprint: String,
}

/// The profile of one region for a reader.
pub fn report(profiles: &Profiles<'_>, profile: &Profile, view: &View<'_>) -> Report {
    let page = Page { profiles, evaluation: profiles.evaluation(), view, language: view.language };
    let mut report = Report::default();
    let blocks = &mut report.blocks;
    blocks.push(Block::Heading(page.heading(profile)));
    blocks.push(Block::Table(page.places(profile)));
    if let Some(tenth) = profile.nodes[0].decile {
        blocks
            .push(Block::Line(text!(profile_tenth, n = usize::from(tenth)).render(view.language)));
    }
    blocks.extend(page.line_of_robustness(profile));
    blocks.push(Block::Heading(word!(profile_head_nodes, view.language).to_owned()));
    blocks.push(Block::Table(page.nodes(&[profile], Reader::People)));
    blocks.extend(page.line_of_sources(profile));
    page.strengths(profile, blocks);
    blocks.push(Block::Heading(word!(profile_head_beside, view.language).to_owned()));
    blocks.push(Block::Table(page.beside(profile)));
    blocks.extend(page.line_of_peers(profile));
    blocks.push(Block::Heading(word!(profile_head_trend, view.language).to_owned()));
    page.trend(profile, blocks);
    if !profile.aims.is_empty() {
        blocks.push(Block::Heading(word!(profile_head_aims, view.language).to_owned()));
        blocks.push(Block::Table(page.aims(&[profile], Reader::People)));
        blocks.extend(page.line_of_arrows(profile));
    }
    let cases = page.cases(profile.row);
    if !cases.is_empty() {
        blocks.push(Block::Heading(word!(page_cases, view.language).to_owned()));
        let view = page.view_of_cases();
        blocks.push(Block::Table(super::cases::table(&cases, &view, Reader::People)));
    }
    let made_from = word!(label_made_from, view.language);
    blocks.push(Block::Line(format!("{made_from} {}", view.fingerprint)));
    report
}

/// The profiles of regions for files, each kind of figures in one table.
pub fn tables(profiles: &Profiles<'_>, all: &[Profile], view: &View<'_>) -> Vec<Table> {
    let page = Page { profiles, evaluation: profiles.evaluation(), view, language: view.language };
    let all: Vec<&Profile> = all.iter().collect();
    let label = |table: Table, label: &str| table.labelled(label);
    let l = view.language;
    let mut tables = vec![
        label(page.nodes(&all, Reader::Files), word!(profile_head_nodes, l)),
        label(page.standings(&all), word!(profile_head_beside, l)),
    ];
    if profiles.options().peers.is_some() {
        tables.push(label(page.peers(&all), word!(profile_head_peers, l)));
    }
    if all.iter().any(|profile| profile.trends.is_ok()) {
        tables.push(label(page.trends(&all, Reader::Files), word!(profile_head_trend, l)));
    }
    if all.iter().any(|profile| !profile.aims.is_empty()) {
        tables.push(label(page.aims(&all, Reader::Files), word!(profile_head_aims, l)));
    }
    if !view.cases.is_empty() {
        let of_all = |case: &&Case| all.iter().any(|of| case.is_about(page.region_at(of.row)));
        let cases: Vec<&Case> = view.cases.iter().filter(of_all).collect();
        tables.push(super::cases::table(&cases, &page.view_of_cases(), Reader::Files));
    }
    tables
}

/// What a figure of a profile is read from.
struct Page<'a> {
    profiles: &'a Profiles<'a>,
    evaluation: &'a Evaluation,
    view: &'a View<'a>,
    language: Language,
}

/// A figure of a profile, with the row of its region.
type Of<'p, T> = (usize, &'p T);

impl<'a> Page<'a> {
    fn region_at(&self, row: usize) -> RegionIx {
        self.evaluation.study().panel.regions()[row]
    }

    fn region(&self, row: usize) -> &'a Region {
        &self.evaluation.study().regions[self.region_at(row).0 as usize]
    }

    /// The cases of a region.
    fn cases(&self, row: usize) -> Vec<&'a Case> {
        let own = |case: &&Case| case.is_about(self.region_at(row));
        self.view.cases.iter().filter(own).collect()
    }

    /// Between which ranks the region is when the weights are others.
    fn line_of_robustness(&self, profile: &Profile) -> Option<Block> {
        let slice = self.evaluation.study().panel.slice_at(profile.row);
        let robust = self.view.robust.iter().find(|robust| robust.slice == slice)?;
        let region = self.region_at(profile.row);
        robustness::sentence(robust, region, self.language).map(Block::Line)
    }

    fn view_of_cases(&self) -> super::cases::View<'a> {
        let study = self.evaluation.study();
        super::cases::View { language: self.language, study, systems: &[] }
    }

    fn name(&self, row: usize) -> &'a str {
        self.region(row).name(self.language.tag())
    }

    fn names(&self, rows: &[usize]) -> String {
        let names: Vec<String> = rows.iter().map(|&row| self.name(row).to_owned()).collect();
        joined(&names, self.language)
    }

    fn system(&self) -> &'a System {
        &self.evaluation.methodology().system
    }

    fn period(&self, row: usize) -> &'a str {
        let study = self.evaluation.study();
        &study.periods[study.panel.periods()[row].0 as usize].label
    }

    /// A node by its name, indented by its level where the whole tree is shown.
    fn node(&self, id: NodeId, indented: bool) -> String {
        let node = self.system().node(id);
        let indent = if indented { "  ".repeat(node.depth) } else { String::new() };
        format!("{indent}{}", node.name(self.language.tag()))
    }

    fn leaf(&self, leaf: usize) -> NodeId {
        self.system().leaves()[leaf]
    }

    fn unit(&self, id: NodeId) -> &'a str {
        self.system().node(id).indicator.as_ref().map_or("", |indicator| indicator.unit.as_str())
    }

    /// The identity of the region, its score, rank, tier and tenth.
    fn heading(&self, profile: &Profile) -> String {
        let (row, language) = (profile.row, self.language);
        let region = self.region(row);
        let index = &profile.nodes[0];
        let place = &index.places[0];
        let name = region.name(language.tag());
        let mut parts = vec![
            if name == region.code { name.to_owned() } else { format!("{} {name}", region.code) },
            self.period(row).to_owned(),
            format!(
                "{} {}",
                word!(label_methodology, language),
                self.evaluation.methodology().code
            ),
        ];
        if place.rank.is_nan() {
            parts.push(word!(label_unranked, language).to_owned());
        } else {
            let digits = self.digits(index.node, row);
            let score = number::fixed(index.score, digits);
            parts.push(format!("{} {score}", word!(label_score, language)));
            let rank = number::rank(place.rank);
            parts.push(format!("{} {rank} / {}", word!(label_rank, language), place.of));
        }
        if let Cell::Tier { label, .. } = ranking::tier(self.evaluation, self.system().root(), row)
        {
            parts.push(format!("{} {label}", word!(label_tier, language)));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }

    /// The decimals of a node; those of the ranking for the index.
    fn digits(&self, node: NodeId, row: usize) -> usize {
        if node != self.system().root() {
            return ranking::digits(self.evaluation, node);
        }
        let panel = &self.evaluation.study().panel;
        let by_rank = ranking::by_rank(self.evaluation.ranks(), panel.slice_of(row));
        ranking::shown_digits(self.evaluation, panel.slice_at(row), &by_rank)
    }

    /// Among whom a place is, for a reader.
    fn among(&self, among: Among, row: usize) -> String {
        let study = self.evaluation.study();
        let tag = self.language.tag();
        match among {
            Among::League => {
                let league = &study.leagues[study.panel.slice_of(row).league.0 as usize];
                match study.leagues.len() {
                    1 => word!(profile_all_regions, self.language).to_owned(),
                    _ => league.names.get(tag).unwrap_or(&league.code).to_owned(),
                }
            }
            Among::Class { group, class } => {
                let of = &study.groups[group];
                let about = self.view.groups.get(&of.code);
                let name = about.and_then(|about| about.names.get(tag)).unwrap_or(&of.code);
                let class = of.classes.get_index(class).map_or("", |(class, _)| class.as_str());
                match class == name || class.is_empty() {
                    true => name.to_owned(),
                    false => {
                        text!(profile_class, group = name, class = class).render(self.language)
                    }
                }
            }
            Among::Peers => word!(profile_peers, self.language).to_owned(),
        }
    }

    /// Where the index stands among all, in each class and among the peers.
    fn places(&self, profile: &Profile) -> Table {
        let (row, language) = (profile.row, self.language);
        let index = &profile.nodes[0];
        let digits = self.digits(index.node, row);
        let rows = profile.among.iter().copied().zip(&index.places);
        Columns::<(Among, &Place)>::new()
            .text("among", word!(profile_among, language), move |(among, _)| {
                self.among(*among, row)
            })
            .importance(Importance::Key)
            .number("rank", word!(label_rank, language), |(_, place)| Cell::Rank(place.rank))
            .number("of", word!(profile_of, language), |(_, place)| place.of)
            .number("mean", word!(profile_mean, language), |(_, place)| {
                place.mean.map(Cell::number)
            })
            .digits(digits)
            .number("beyond", word!(profile_beyond, language), move |(_, place)| {
                place.mean.map(|mean| change(index.score - mean, digits))
            })
            .number("best", word!(profile_best_score, language), |(_, place)| {
                place.best.map(Cell::number)
            })
            .digits(digits)
            .text("leaders", word!(profile_best_region, language), move |(_, place)| {
                self.leaders(place)
            })
            .importance(Importance::Detail)
            .table("places", Reader::People, rows)
    }

    /// The best regions of a place: up to three by name.
    fn leaders(&self, place: &Place) -> String {
        const NAMED: usize = 2;
        let shown = self.names(&place.leaders[..place.leaders.len().min(NAMED)]);
        match place.leaders.len().saturating_sub(NAMED) {
            0 => shown,
            more => text!(list_more, names = shown, count = more).render(self.language),
        }
    }

    fn mark(&self, mark: Option<Mark>, reader: Reader) -> Cell {
        let (files, people) = match mark {
            None => return Cell::Empty,
            Some(Mark::Strength) => ("strength", word!(profile_strength, self.language)),
            Some(Mark::Weakness) => ("weakness", word!(profile_weakness, self.language)),
        };
        match (reader, mark) {
            (Reader::Files, _) => files.into(),
            (Reader::People, Some(Mark::Strength)) => {
                Cell::Tier { at: 0, of: 2, label: people.into() }
            }
            (Reader::People, _) => Cell::Tier { at: 1, of: 2, label: people.into() },
        }
    }

    /// The columns that say which region a row is about, for files.
    fn whose<T>(&self, row: impl Fn(&T) -> usize + Copy + 'a) -> Columns<'a, T> {
        let (evaluation, language) = (self.evaluation, self.language);
        let region = move |of: &T| {
            let study = evaluation.study();
            &study.regions[study.panel.regions()[row(of)].0 as usize]
        };
        Columns::new()
            .text("league", word!(label_league, language), move |of: &T| {
                let study = evaluation.study();
                study.leagues[study.panel.slice_of(row(of)).league.0 as usize].code.clone()
            })
            .only_for(Reader::Files)
            .text("period", word!(label_period, language), move |of| {
                let study = evaluation.study();
                study.periods[study.panel.periods()[row(of)].0 as usize].label.clone()
            })
            .only_for(Reader::Files)
            .text("code", word!(label_code, language), move |of| region(of).code.clone())
            .only_for(Reader::Files)
            .text("region", word!(label_region, language), move |of| {
                region(of).name(language.tag()).to_owned()
            })
            .only_for(Reader::Files)
    }

    /// The columns that say which node a row is about: its code and name in one for people, in two for files.
    fn of_node<T: 'a>(
        &'a self,
        columns: Columns<'a, T>,
        node: impl Fn(&T) -> NodeId + Copy + 'a,
        indented: bool,
    ) -> Columns<'a, T> {
        columns
            .text("indicator", word!(label_indicator, self.language), move |of| {
                self.node(node(of), indented)
            })
            .importance(Importance::Key)
            .only_for(Reader::People)
            .text("node", word!(label_node, self.language), move |of| {
                &self.system().node(node(of)).code
            })
            .only_for(Reader::Files)
            .text("name", word!(label_indicator, self.language), move |of| {
                self.system().node(node(of)).name(self.language.tag())
            })
            .only_for(Reader::Files)
    }

    /// Every node: score, rank, tenth, value, source, and whether it is a strength or a weakness.
    fn nodes(&self, profiles: &[&Profile], reader: Reader) -> Table {
        let language = self.language;
        let each = |p: &&'_ Profile| -> Vec<(usize, Standing)> {
            p.nodes.iter().map(|node| (p.row, node.clone())).collect()
        };
        let rows: Vec<(usize, Standing)> = profiles.iter().flat_map(each).collect();
        let carried = rows.iter().any(|(_, of)| !matches!(of.source, None | Some(Source::Own)));
        let marked = rows.iter().any(|(_, of)| of.mark.is_some());
        let columns = self.whose(|of: &Of<'_, Standing>| of.0);
        self.of_node(columns, |of| of.1.node, true)
            .number("score", word!(label_score, language), |of| Cell::number_or_missing(of.1.score))
            .digits(4)
            .number("rank", word!(label_rank, language), |of| Cell::Rank(of.1.places[0].rank))
            .number("of", word!(profile_of, language), |of| of.1.places[0].of)
            .only_for(Reader::Files)
            .number("percentile", word!(profile_percentile, language), |of| {
                of.1.percentile.map(Cell::number)
            })
            .digits(2)
            .importance(Importance::Detail)
            .number("decile", word!(profile_decile, language), |of| of.1.decile.map(usize::from))
            .only_for(Reader::Files)
            .text("mark", word!(profile_mark, language), move |of| {
                self.mark(of.1.mark.map(|(mark, _)| mark), reader)
            })
            .only_if(marked || reader == Reader::Files)
            .number("value", word!(label_value, language), |of| of.1.value.map(Cell::number))
            .text("unit", word!(label_unit, language), move |of| self.unit(of.1.node))
            .importance(Importance::Detail)
            .text("source", word!(label_source, language), |of| {
                of.1.source.map(|source| match source {
                    Source::Own => "own",
                    Source::Carried(_) => "carried",
                    Source::Filled => "filled",
                    Source::Absent => "absent",
                })
            })
            .only_for(Reader::Files)
            .text("source_period", word!(profile_source_period, language), move |of| {
                self.source_period(of.0, of.1.source)
            })
            .only_for(Reader::Files)
            .text("from", word!(profile_source_period, language), move |of| match of.1.source {
                Some(Source::Filled) => Some(word!(profile_filled, language).to_owned()),
                source => self.source_period(of.0, source),
            })
            .only_for(Reader::People)
            .only_if(carried)
            .number("coverage", word!(profile_coverage, language), |of| Cell::number(of.1.coverage))
            .only_for(Reader::Files)
            .text("why", word!(label_why, language), |of| {
                of.1.mark.map(|(_, why)| match why {
                    Why::Percentile => "percentile",
                    Why::Rank => "rank",
                })
            })
            .only_for(Reader::Files)
            .table("nodes", reader, rows.iter().map(|(row, of)| (*row, of)))
    }

    /// The period that a value is from.
    fn source_period(&self, row: usize, source: Option<Source>) -> Option<String> {
        let study = self.evaluation.study();
        match source? {
            Source::Own => Some(self.period(row).to_owned()),
            Source::Carried(from) => Some(study.periods[from.0 as usize].label.clone()),
            Source::Filled | Source::Absent => None,
        }
    }

    /// Where values are from, where all are of the period.
    fn line_of_sources(&self, profile: &Profile) -> Option<Block> {
        let sources: Vec<Source> = profile.nodes.iter().filter_map(|node| node.source).collect();
        let own = sources.iter().all(|source| *source == Source::Own);
        let period = self.period(profile.row);
        (own && !period.is_empty())
            .then(|| Block::Line(text!(profile_all_own, period = period).render(self.language)))
    }

    /// The strengths, the weaknesses, and those within groups.
    fn strengths(&self, profile: &Profile, blocks: &mut Vec<Block>) {
        let language = self.language;
        let line = |text: Text| Block::Line(text.render(language));
        blocks.push(Block::Heading(word!(profile_head_strengths, language).to_owned()));
        let rule = &self.profiles.options().rule;
        match &profile.cuts {
            None => blocks.push(line(text!(profile_no_cuts))),
            Some(cuts) => {
                let marked = |wanted: Mark| {
                    let of = profile
                        .nodes
                        .iter()
                        .filter(move |node| node.mark.is_some_and(|(mark, _)| mark == wanted));
                    of.collect::<Vec<&Standing>>()
                };
                let [strengths, weaknesses] = [Mark::Strength, Mark::Weakness].map(marked);
                match strengths.is_empty() && weaknesses.is_empty() {
                    true => blocks.push(line(text!(profile_no_marks))),
                    false => blocks.push(Block::Table(self.marked(&strengths, &weaknesses))),
                }
                blocks.push(line(text!(
                    profile_rule,
                    n = cuts.n,
                    of = cuts.of,
                    upper = number::fixed(cuts.upper, 2),
                    lower = number::fixed(cuts.lower, 2),
                    rank = number::rank(rule.rank),
                    coverage = number::short(100.0 * rule.coverage)
                )));
            }
        }
        for (k, &among) in profile.among.iter().enumerate() {
            if !matches!(among, Among::Class { .. }) {
                continue;
            }
            let names = |wanted: Mark| -> Vec<Text> {
                let of = profile.nodes.iter().filter(|node| node.places[k].mark == Some(wanted));
                of.map(|node| Text::plain(self.node(node.node, false))).collect()
            };
            let (above, below) = (names(Mark::Strength), names(Mark::Weakness));
            let (class, sd) = (self.among(among, profile.row), number::short(rule.sd));
            blocks.push(line(match (above.is_empty(), below.is_empty()) {
                (true, true) => text!(profile_group_none, class = class, sd = sd),
                (false, true) => text!(profile_group_above, class = class, sd = sd, above = above),
                (true, false) => text!(profile_group_below, class = class, sd = sd, below = below),
                (false, false) => {
                    text!(profile_group_both, class = class, sd = sd, above = above, below = below)
                }
            }));
        }
    }

    /// Strengths, the best first, and then weaknesses, the worst first.
    fn marked(&self, strengths: &[&Standing], weaknesses: &[&Standing]) -> Table {
        let language = self.language;
        let percentile = |of: &Standing| of.percentile.unwrap_or(f64::NAN);
        let mut rows: Vec<&Standing> = Vec::new();
        for (of, sign) in [(strengths, -1.0), (weaknesses, 1.0)] {
            let mut sorted = of.to_vec();
            quanheng_core::number::sort_items(&mut sorted, |a, b| {
                (sign * percentile(a)).total_cmp(&(sign * percentile(b)))
            });
            rows.extend(sorted);
        }
        let by_rank = rows.iter().any(|of| of.mark.is_some_and(|(_, why)| why == Why::Rank));
        Columns::<&Standing>::new()
            .text("mark", word!(profile_mark, language), move |of| {
                self.mark(of.mark.map(|(mark, _)| mark), Reader::People)
            })
            .importance(Importance::Key)
            .text("indicator", word!(label_indicator, language), move |of| {
                self.node(of.node, false)
            })
            .importance(Importance::Key)
            .number("rank", word!(label_rank, language), |of| Cell::Rank(of.places[0].rank))
            .number("percentile", word!(profile_percentile, language), |of| {
                of.percentile.map(Cell::number)
            })
            .digits(2)
            .text("why", word!(label_why, language), move |of| {
                of.mark.map(|(_, why)| match why {
                    Why::Percentile => word!(profile_why_percentile, language),
                    Why::Rank => word!(profile_why_rank, language),
                })
            })
            .only_if(by_rank)
            .importance(Importance::Detail)
            .table("strengths", Reader::People, rows)
    }

    /// The index and the nodes with children beside the means and the best; indicators too where there are few nodes.
    fn beside(&self, profile: &Profile) -> Table {
        const FEW: usize = 16;
        let language = self.language;
        let system = self.system();
        let few = system.nodes().len() <= FEW;
        let inner = |of: &&Standing| few || !system.node(of.node).children.is_empty();
        let rows: Vec<&Standing> = profile.nodes.iter().filter(inner).collect();
        let mut columns = Columns::<&Standing>::new()
            .text("indicator", word!(label_indicator, language), move |of| self.node(of.node, true))
            .importance(Importance::Key)
            .number("score", word!(label_score, language), |of| Cell::number_or_missing(of.score))
            .digits(4);
        let mut classes = 0;
        for (k, &among) in profile.among.iter().enumerate() {
            // The means of the other classes are in files.
            classes += usize::from(matches!(among, Among::Class { .. }));
            if matches!(among, Among::Class { .. }) && classes > 1 {
                continue;
            }
            let label = self.among(among, profile.row);
            let label = text!(profile_mean_of, among = label).render(language);
            columns = columns
                .number(format!("mean_{k}"), label, move |of: &&Standing| {
                    of.places[k].mean.map(Cell::number)
                })
                .digits(4);
        }
        columns
            .number("best", word!(profile_best_score, language), |of| {
                of.places[0].best.map(Cell::number)
            })
            .digits(4)
            .text("leaders", word!(profile_best_region, language), move |of| {
                self.leaders(&of.places[0])
            })
            .importance(Importance::Detail)
            .table("beside", Reader::People, rows)
    }

    fn line_of_peers(&self, profile: &Profile) -> Option<Block> {
        let peers = self.profiles.options().peers.as_ref()?;
        let by = &peers.by;
        let line = match profile.peers.as_slice() {
            [] => text!(profile_no_peers, by = by),
            rows => text!(profile_peers_are, n = rows.len(), by = by, names = self.names(rows)),
        };
        Some(Block::Line(line.render(self.language)))
    }

    /// How scores and values have changed, or why that is not known.
    fn trend(&self, profile: &Profile, blocks: &mut Vec<Block>) {
        let language = self.language;
        let why = match &profile.trends {
            Ok(trends) => {
                if let Some((before, now)) = trends.first().and_then(|trend| trend.ranks) {
                    let periods = &self.evaluation.study().periods;
                    let label = |at: quanheng_core::model::PeriodIx| &periods[at.0 as usize].label;
                    let line = text!(
                        profile_ranks_then,
                        before = number::rank(before),
                        from = label(trends[0].from),
                        now = number::rank(now),
                        to = label(trends[0].to)
                    );
                    blocks.push(Block::Line(line.render(language)));
                }
                blocks.push(Block::Table(self.trends(&[profile], Reader::People)));
                return;
            }
            Err(NoTrend::OnePeriod) => text!(profile_one_period),
            Err(NoTrend::NoTime) => text!(profile_no_time),
            Err(NoTrend::NoEarlier) => text!(profile_no_earlier),
        };
        blocks.push(Block::Line(why.render(language)));
    }

    fn trends(&self, profiles: &[&Profile], reader: Reader) -> Table {
        let language = self.language;
        let study = self.evaluation.study();
        let each = |p: &&Profile| -> Vec<(usize, Trend)> {
            p.trends.iter().flatten().map(|trend| (p.row, trend.clone())).collect()
        };
        let rows: Vec<(usize, Trend)> = profiles.iter().flat_map(each).collect();
        let period = |at: quanheng_core::model::PeriodIx| &study.periods[at.0 as usize];
        // The head says from when to when, if that is the same in all rows.
        let span = |trend: &Trend| (trend.from, trend.to);
        let same = rows.first().map(|(_, trend)| span(trend));
        let same = same.filter(|of| rows.iter().all(|(_, trend)| span(trend) == *of));
        let (before, now) = match same.filter(|_| reader == Reader::People) {
            Some((from, to)) => (period(from).label.as_str(), period(to).label.as_str()),
            None => (word!(label_before, language), word!(profile_now, language)),
        };
        let in_years =
            rows.first().is_none_or(|(_, t)| years(period(t.from), period(t.to)).is_some());
        let (pace, value_pace) = match in_years {
            true => (word!(profile_per_year, language), word!(profile_value_per_year, language)),
            false => (word!(profile_per_step, language), word!(profile_value_per_step, language)),
        };
        let columns = self.whose(|of: &Of<'_, Trend>| of.0);
        self.of_node(columns, |of| of.1.node, true)
            .text("from", word!(profile_since, language), move |of| &period(of.1.from).label)
            .only_if(reader == Reader::Files || same.is_none())
            .text("to", word!(profile_now, language), move |of| &period(of.1.to).label)
            .only_for(Reader::Files)
            .number("score_before", before, |of| Cell::number(of.1.scores.0))
            .digits(4)
            .number("score_now", now, |of| Cell::number(of.1.scores.1))
            .digits(4)
            .number("change", pace, |of| change(of.1.change, 4))
            .number("rank_before", "", |of| of.1.ranks.map(|(before, _)| Cell::Rank(before)))
            .only_for(Reader::Files)
            .number("rank_now", "", |of| of.1.ranks.map(|(_, now)| Cell::Rank(now)))
            .only_for(Reader::Files)
            .number("value_before", "", |of| of.1.values.map(|(before, ..)| Cell::number(before)))
            .only_for(Reader::Files)
            .number("value_now", "", |of| of.1.values.map(|(_, now, _)| Cell::number(now)))
            .only_for(Reader::Files)
            .number("value_change", value_pace, move |of| {
                of.1.values.map(|(.., pace)| Cell::Share { value: pace, text: with_sign(pace) })
            })
            .importance(Importance::Detail)
            .table("trends", reader, rows.iter().map(|(row, of)| (*row, of)))
    }

    /// Targets and thresholds: how far, in which colour, and whether the pace is enough.
    fn aims(&self, profiles: &[&Profile], reader: Reader) -> Table {
        let language = self.language;
        let each = |p: &&Profile| -> Vec<(usize, Aim)> {
            p.aims.iter().map(|aim| (p.row, aim.clone())).collect()
        };
        let rows: Vec<(usize, Aim)> = profiles.iter().flat_map(each).collect();
        let any = |of: &dyn Fn(&Aim) -> bool| rows.iter().any(|(_, aim)| of(aim));
        let (coloured, arrows) = (any(&|a| a.colour.is_some()), any(&|a| a.arrow.is_some()));
        let years = any(&|a| a.year.is_some());
        let paces = any(&|a| a.pace.is_some());
        let columns = self.whose(|of: &Of<'_, Aim>| of.0);
        let value = move |x: f64| match reader {
            Reader::People => Cell::Text(number::short(x)),
            Reader::Files => Cell::number(x),
        };
        self.of_node(columns, |of| self.leaf(of.1.leaf), false)
            .number("value", word!(label_value, language), move |of| of.1.value.map(value))
            .number("aim", word!(profile_aim, language), move |of| of.1.aim.map(value))
            .number("gap", word!(profile_gap, language), move |of| match of.1.is_reached() {
                true if reader == Reader::People => word!(profile_reached, language).into(),
                _ => Cell::from(of.1.gap.map(value)),
            })
            .text("colour", word!(profile_colour, language), move |of| {
                of.1.colour.map(|colour| self.colour(colour, reader))
            })
            .only_if(coloured)
            .text("arrow", word!(profile_arrow, language), move |of| {
                of.1.arrow.map(|arrow| self.arrow(arrow, reader))
            })
            .only_if(arrows)
            .number("pace", word!(profile_pace, language), move |of| of.1.pace.map(value))
            .only_if(paces)
            .importance(Importance::Detail)
            .number("needed", word!(profile_needed, language), move |of| of.1.needed.map(value))
            .only_if(arrows)
            .importance(Importance::Detail)
            .number("year", word!(profile_target_year, language), move |of| of.1.year.map(value))
            .only_if(years)
            .importance(Importance::Detail)
            .table("aims", reader, rows.iter().map(|(row, of)| (*row, of)))
    }

    fn colour(&self, colour: Colour, reader: Reader) -> Cell {
        let language = self.language;
        let (at, files, people) = match colour {
            Colour::Green => (0, "green", word!(profile_green, language)),
            Colour::Yellow => (1, "yellow", word!(profile_yellow, language)),
            Colour::Orange => (2, "orange", word!(profile_orange, language)),
            Colour::Red => (3, "red", word!(profile_red, language)),
        };
        match reader {
            Reader::Files => files.into(),
            Reader::People => Cell::Tier { at, of: 4, label: people.to_owned() },
        }
    }

    fn arrow(&self, arrow: Arrow, reader: Reader) -> Cell {
        let language = self.language;
        let (sign, files, people) = match arrow {
            Arrow::OnTrack => ('↑', "on_track", word!(profile_arrow_on_track, language)),
            Arrow::Moderate => ('↗', "moderate", word!(profile_arrow_moderate, language)),
            Arrow::Stagnating => ('→', "stagnating", word!(profile_arrow_stagnating, language)),
            Arrow::Decreasing => ('↓', "decreasing", word!(profile_arrow_decreasing, language)),
        };
        match reader {
            Reader::Files => files.into(),
            Reader::People => format!("{sign} {people}").into(),
        }
    }

    /// What arrows compare, or why there are none.
    fn line_of_arrows(&self, profile: &Profile) -> Option<Block> {
        let line = match profile.aims.iter().any(|aim| aim.arrow.is_some()) {
            true => text!(profile_arrows),
            false if profile.aims.iter().any(|aim| aim.year.is_some()) => text!(profile_no_arrows),
            false => text!(profile_no_year),
        };
        Some(Block::Line(line.render(self.language)))
    }

    /// Where each node stands among all, in each class and among peers, for files.
    fn standings(&self, profiles: &[&Profile]) -> Table {
        let language = self.language;
        let study = self.evaluation.study();
        type Row<'p> = (usize, NodeId, Among, &'p Place);
        let mut rows: Vec<Row<'_>> = Vec::new();
        for profile in profiles {
            for node in &profile.nodes {
                for (among, place) in profile.among.iter().zip(&node.places) {
                    rows.push((profile.row, node.node, *among, place));
                }
            }
        }
        let columns = self.whose(|of: &Row<'_>| of.0);
        self.of_node(columns, |of| of.1, false)
            .text("among", word!(profile_among, language), |of| match of.2 {
                Among::League => "league",
                Among::Class { .. } => "class",
                Among::Peers => "peers",
            })
            .text("group", word!(profile_group, language), move |of| match of.2 {
                Among::Class { group, .. } => Some(&study.groups[group].code),
                _ => None,
            })
            .text("class", word!(describe_class, language), move |of| match of.2 {
                Among::Class { group, class } => {
                    study.groups[group].classes.get_index(class).map(|(class, _)| class)
                }
                _ => None,
            })
            .number("rank", word!(label_rank, language), |of| Cell::Rank(of.3.rank))
            .number("of", word!(profile_of, language), |of| of.3.of)
            .number("mean", word!(profile_mean, language), |of| of.3.mean.map(Cell::number))
            .number("best", word!(profile_best_score, language), |of| of.3.best.map(Cell::number))
            .text("leaders", word!(profile_best_region, language), move |of| {
                let codes = of.3.leaders.iter().map(|&row| self.region(row).code.as_str());
                codes.collect::<Vec<_>>().join(";")
            })
            .text("mark", word!(profile_mark, language), move |of| {
                self.mark(of.3.mark, Reader::Files)
            })
            .table("standings", Reader::Files, rows)
    }

    fn peers(&self, profiles: &[&Profile]) -> Table {
        let language = self.language;
        let mut rows = Vec::new();
        for profile in profiles {
            rows.extend(
                profile.peers.iter().enumerate().map(|(k, &peer)| (profile.row, k + 1, peer)),
            );
        }
        self.whose(|of: &(usize, usize, usize)| of.0)
            .number("place", word!(label_place, language), |of| of.1)
            .text("peer", word!(profile_peers, language), move |of| &self.region(of.2).code)
            .text("peer_name", word!(label_name, language), move |of| self.name(of.2))
            .table("peers", Reader::Files, rows)
    }
}

/// A change with its sign and so many decimals.
fn signed(x: f64, digits: usize) -> String {
    let text = number::fixed(x.abs(), digits);
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.'));
    match (is_zero, x < 0.0) {
        (true, _) => text,
        (false, true) => format!("-{text}"),
        (false, false) => format!("+{text}"),
    }
}

/// A change with its sign.
fn with_sign(x: f64) -> String {
    if x > 0.0 { format!("+{}", number::short(x)) } else { number::short(x) }
}

fn change(x: f64, digits: usize) -> Cell {
    Cell::Share { value: x, text: signed(x, digits) }
}
