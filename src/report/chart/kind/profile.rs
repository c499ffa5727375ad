//! Where a region stands at each part of the index, beside the others of its league and the mean of its group.

use quanheng_core::model::NodeId;
use quanheng_core::profile::{Among, Options, Place, Profiles};
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas, Path};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scale::{Scale, range};
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, max};
use crate::report::{Cell, Columns, Importance, Reader, in_order, number, ranking};

pub(super) const KIND: Kind = Kind {
    name: "profile",
    label: "Profile",
    summary: "For each part of the index a line from the worst region of the league to the best, with the region as a point and the mean of its group as a stroke.",
    needs: Need::Region,
    draw,
};

/// The most nodes that are shown; of a larger tree, only two levels are.
const SHOWN: usize = 120;

/// Where a region stands at one node.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) node: NodeId,
    pub(super) score: f64,
    /// In its league.
    pub(super) place: Place,
    /// In the class of the group that is asked for.
    pub(super) class: Option<Place>,
}

/// Where a region stands at some nodes, and what its class is called.
pub(super) fn standings(
    scene: &Scene<'_>,
    ranked: &Ranked<'_>,
    row: usize,
    nodes: &[NodeId],
) -> (Vec<Standing>, String) {
    let group = scene.group_at();
    let options = Options { groups: group.into_iter().collect(), ..Options::default() };
    // Only peers can be lacking, and none are asked for.
    let profile = Profiles::new(ranked.evaluation, &[ranked.at], options).ok();
    let Some(profile) = profile.and_then(|profiles| profiles.of(row)) else {
        return (Vec::new(), String::new());
    };
    let class = profile.among.iter().position(|among| matches!(among, Among::Class { .. }));
    let own = |node: &NodeId| {
        let found = profile.nodes.iter().find(|standing| standing.node == *node)?;
        let place = found.places.first()?.clone();
        let class = class.and_then(|at| found.places.get(at).cloned());
        Some(Standing { node: *node, score: found.score, place, class })
    };
    let name = match class.map(|at| &profile.among[at]) {
        Some(Among::Class { group, class }) => {
            let group = &ranked.evaluation.study().groups[*group];
            group.classes.get_index(*class).map(|(name, _)| name.clone()).unwrap_or_default()
        }
        _ => word!(chart_of_league, scene.language).to_owned(),
    };
    (nodes.iter().filter_map(own).collect(), name)
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let row = scene.row(&ranked)?;
    let system = scene.system();
    let root = scene.node();
    let mut nodes = in_order(system, root);
    let level = |node: NodeId| system.node(node).depth - system.node(root).depth;
    if nodes.len() > SHOWN {
        nodes.retain(|&node| level(node) <= 2);
    }
    let (standings, beside) = standings(scene, &ranked, row, &nodes);
    let mean = |s: &Standing| s.class.as_ref().unwrap_or(&s.place).mean;
    let step = 20.0;
    let top = 40.0;
    let bottom = top + step * standings.len() as f64;
    let printed: Vec<[String; 3]> = standings
        .iter()
        .map(|s| {
            let digits = ranking::digits(ranked.evaluation, s.node);
            let mean = mean(s).map_or("–".to_owned(), |mean| number::fixed(mean, digits));
            let rank = number::rank(s.place.rank);
            let rank = if rank.is_empty() { "–".to_owned() } else { rank };
            [ranked.printed_at(s.node, row), mean, rank]
        })
        .collect();
    let heads = [
        word!(label_score, language).to_owned(),
        word!(chart_mean, language).to_owned(),
        word!(label_rank, language).to_owned(),
    ];
    let column = |k: usize| {
        let cells = printed.iter().chain([&heads]).map(|cells| cells[k].as_str());
        widest(cells, Type::Label) + 14.0
    };
    let widths = [column(0), column(1), column(2)];
    let figures = widths.iter().fold(0.0, |sum, w| sum + w);
    let indented = |node: NodeId| {
        let letters =
            if system.node(node).children.is_empty() { Type::Label } else { Type::Strong };
        12.0 * level(node) as f64 + widest([scene.node_name(node)], letters)
    };
    let widest_name = standings.iter().map(|s| indented(s.node)).fold(0.0, max);
    let of_name = super::at_most(widest_name + 4.0, 320.0);
    let (left, right) = (of_name + 10.0, INNER - figures - 12.0);
    let mut body = Canvas::new(scene.id);
    let mut x = right + 12.0;
    for (k, head) in heads.iter().enumerate() {
        x += widths[k];
        body.text((x, top - 10.0), Anchor::End, Type::Note, "q-soft", head);
    }
    body.text(
        (left, top - 10.0),
        Anchor::Start,
        Type::Note,
        "q-soft",
        word!(chart_worst, language),
    );
    body.text((right, top - 10.0), Anchor::End, Type::Note, "q-soft", word!(chart_best, language));
    for (k, standing) in standings.iter().enumerate() {
        let y = top + step * (k as f64 + 0.5);
        let node = system.node(standing.node);
        let indent = 12.0 * level(standing.node) as f64;
        let letters = if node.children.is_empty() { Type::Label } else { Type::Strong };
        let all = ranked.slice.rows.clone().map(|row| ranked.score_at(standing.node, row));
        let (low, high) = range(all.clone());
        // The best is at the right, whichever way is better.
        let is_negative = ranked.evaluation.better(standing.node).is_negative();
        let of = if is_negative { (high, low) } else { (low, high) };
        let scale = Scale::new(of, (left + 6.0, right - 6.0));
        let name = node.name(language.tag());
        let [score, mean_words, rank] = &printed[k];
        let words = format!(
            "{name} · {} {score} · {beside} {mean_words} · {} {rank} / {}",
            heads[0], heads[2], standing.place.of
        );
        if k % 2 == 1 {
            body.rect((0.0, y - step / 2.0), (INNER, step), "q-pale");
        }
        body.mark(&[("node", &node.code), ("region", ranked.code(row))], &words, |body| {
            let short = shortened(name, letters, of_name - indent);
            body.text((indent, y + 4.0), Anchor::Start, letters, "q-ink", &short);
            body.line((left + 6.0, y), (right - 6.0, y), "q-leader");
            // The others in one path: 3,000 of them would be as many elements.
            let others = all.filter(|score| !score.is_nan()).map(|other| scale.at(other));
            body.path(&Path::strokes(others, (y - 3.0, y + 3.0)), "q-none q-leader");
            if let Some(mean) = mean(standing) {
                body.line((scale.at(mean), y - 7.0), (scale.at(mean), y + 7.0), "q-chosen");
            }
            if !standing.score.is_nan() {
                body.circle((scale.at(standing.score), y), 5.0, "q-accent q-edge");
            }
            let mut x = right + 12.0;
            for (k, figure) in printed[k].iter().enumerate() {
                x += widths[k];
                body.text((x, y + 4.0), Anchor::End, letters, "q-ink", figure);
            }
        });
    }
    let with_place = || standings.iter().skip(1).filter(|s| !s.place.rank.is_nan());
    let name = |s: &Standing| scene.node_name(s.node);
    let best = with_place().min_by(|a, b| a.place.rank.total_cmp(&b.place.rank));
    let worst = with_place().max_by(|a, b| a.place.rank.total_cmp(&b.place.rank));
    let said = best.zip(worst).map(|(best, worst)| {
        scene.says(text!(
            chart_best_and_worst_part,
            best = name(best),
            first = number::rank(best.place.rank),
            worst = name(worst),
            last = number::rank(worst.place.rank)
        ))
    });
    let table = Columns::<usize>::new()
        .text("code", word!(label_code, language), |&k| &system.node(standings[k].node).code)
        .importance(Importance::Detail)
        .text("name", word!(label_name, language), |&k| name(&standings[k]))
        .importance(Importance::Key)
        .number("score", heads[0].as_str(), |&k| Cell::Share {
            value: standings[k].score,
            text: printed[k][0].clone(),
        })
        .number("mean", format!("{} · {beside}", heads[1]), |&k| Cell::Share {
            value: mean(&standings[k]).unwrap_or(f64::NAN),
            text: printed[k][1].clone(),
        })
        .number("rank", heads[2].as_str(), |&k| Cell::Rank(standings[k].place.rank))
        .number("of", word!(label_count, language), |&k| standings[k].place.of)
        .table("profile", Reader::People, 0..standings.len());
    Ok(Figure {
        subject: Some(ranked.name(row, language).to_owned()),
        lead: scene.about(ranked.all),
        body,
        size: (INNER, bottom + 6.0),
        notes: vec![scene.says(text!(chart_profile_marks, beside = &beside))],
        alternative: said.into_iter().collect(),
        table,
    })
}
