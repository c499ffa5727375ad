//! How scores are distributed, in each class of a group: every region as a point, with median and quartiles.

use quanheng_core::number::{median, quantile, sort};
use quanheng_words::{text, word};

use crate::report::chart::canvas::{Anchor, Canvas};
use crate::report::chart::frame::{Figure, INNER};
use crate::report::chart::letters::{Type, shortened, widest};
use crate::report::chart::scale::{Scale, range, rounded};
use crate::report::chart::scene::{Ranked, Scene};
use crate::report::chart::{Kind, Need, Reason, max, min};
use crate::report::{Importance, Reader, number};

pub(super) const KIND: Kind = Kind {
    name: "distribution",
    label: "Distribution",
    summary: "Every region as a point at its score, for all regions and for each class of a group, with boxes from the first quartile to the third and strokes at the median.",
    needs: Need::Nothing,
    draw,
};

/// The radius of a point.
const RADIUS: f64 = 3.6;

/// A row of points.
struct Strip {
    name: String,
    /// The regions, as rows of the panel, by score.
    rows: Vec<usize>,
    /// In which lane each of them lies, 0 in the middle.
    lanes: Vec<i32>,
}

impl Strip {
    fn new(name: String, mut rows: Vec<usize>, ranked: &Ranked<'_>, scale: &Scale) -> Strip {
        quanheng_core::number::sort_by_key(&mut rows, &|row| ranked.score(row));
        // In each lane the place of its last point: the next one lies in the lane nearest to the middle with room.
        let mut last: Vec<(i32, f64)> = Vec::new();
        let lanes = rows
            .iter()
            .map(|&row| {
                let x = scale.at(ranked.score(row));
                let free = last.iter_mut().find(|(_, at)| x - *at >= 2.0 * RADIUS);
                match free {
                    Some((lane, at)) => {
                        *at = x;
                        *lane
                    }
                    None => {
                        let k = last.len() as i32;
                        let lane = if k % 2 == 1 { (k + 1) / 2 } else { -(k / 2) };
                        last.push((lane, x));
                        lane
                    }
                }
            })
            .collect();
        Strip { name, rows, lanes }
    }

    fn height(&self) -> f64 {
        let most = self.lanes.iter().map(|lane| lane.abs()).max().unwrap_or(0);
        max(34.0, f64::from(2 * most + 1) * 2.0 * RADIUS + 14.0)
    }
}

fn draw(scene: &Scene<'_>) -> Result<Figure, Reason> {
    let language = scene.language;
    let ranked = scene.ranked()?;
    let classes = scene.classes();
    let mut named: Vec<(String, Vec<usize>)> =
        vec![(word!(analysis_all, language).to_owned(), ranked.rows.clone())];
    if let Some(classes) = &classes {
        for (at, name) in classes.names.iter().enumerate() {
            let own = |row: &usize| classes.of.get(&ranked.region(*row).0) == Some(&at);
            let rows: Vec<usize> = ranked.rows.iter().copied().filter(own).collect();
            if !rows.is_empty() {
                named.push(((*name).to_owned(), rows));
            }
        }
    }
    let of_name = super::at_most(widest(named.iter().map(|n| n.0.as_str()), Type::Label), 150.0);
    let scores = ranked.rows.iter().map(|&row| ranked.score(row));
    let digits = ranked.digits;
    let medians: Vec<f64> = named
        .iter()
        .map(|(_, rows)| {
            let mut scores: Vec<f64> = rows.iter().map(|&row| ranked.score(row)).collect();
            sort(&mut scores);
            median(&scores).unwrap_or(f64::NAN)
        })
        .collect();
    let printed: Vec<String> = medians.iter().map(|m| number::fixed(*m, digits)).collect();
    let counts: Vec<String> = named.iter().map(|(_, rows)| rows.len().to_string()).collect();
    let heads = [word!(label_count, language), word!(label_median, language)];
    let of_n = widest(counts.iter().map(String::as_str).chain([heads[0]]), Type::Label);
    let of_median = widest(printed.iter().map(String::as_str).chain([heads[1]]), Type::Label);
    let (left, right) = (of_name + 14.0, INNER - of_n - of_median - 34.0);
    let scale = Scale::new(rounded(range(scores), 6), (left + 6.0, right - 6.0));
    let strips: Vec<Strip> =
        named.into_iter().map(|(name, rows)| Strip::new(name, rows, &ranked, &scale)).collect();
    let top = 30.0;
    let bottom = top + strips.iter().fold(0.0, |sum, strip| sum + strip.height());
    let mut body = Canvas::new(scene.id);
    super::axis_above(&mut body, &scale, (top, bottom), 6);
    let (at_n, at_median) = (INNER - of_median - 16.0, INNER);
    for (x, head) in [(at_n, heads[0]), (at_median, heads[1])] {
        body.text((x, top - 8.0), Anchor::End, Type::Note, "q-soft", head);
    }
    let mut y = top;
    for (k, strip) in strips.iter().enumerate() {
        let middle = y + strip.height() / 2.0;
        let letters = if k == 0 { Type::Strong } else { Type::Label };
        let name = shortened(&strip.name, letters, of_name + 8.0);
        body.text((0.0, middle + 4.0), Anchor::Start, letters, "q-ink", &name);
        body.text((at_n, middle + 4.0), Anchor::End, Type::Label, "q-ink", &counts[k]);
        body.text((at_median, middle + 4.0), Anchor::End, Type::Label, "q-ink", &printed[k]);
        body.line((0.0, y), (INNER, y), "q-grid");
        // Strips are sorted by score.
        let ascending: Vec<f64> = strip.rows.iter().map(|&row| ranked.score(row)).collect();
        if ascending.len() >= 4
            && let (Some(low), Some(high)) =
                (quantile(&ascending, 0.25), quantile(&ascending, 0.75))
        {
            let (from, to) = (scale.at(low), scale.at(high));
            let tall = min(strip.height() - 8.0, 40.0);
            body.rect((from, middle - tall / 2.0), (to - from, tall), "q-plain");
        }
        for (&row, lane) in strip.rows.iter().zip(&strip.lanes) {
            let at = (scale.at(ranked.score(row)), middle + f64::from(*lane) * 2.0 * RADIUS);
            let is_chosen = scene.region == Some(ranked.region(row));
            let (r, look) = match is_chosen {
                true => (RADIUS + 1.6, "q-accent q-edge"),
                false => (RADIUS - 0.3, "q-c0 q-edge"),
            };
            let words = format!("{} · {}", ranked.words(row, language), strip.name);
            body.mark(&[("region", ranked.code(row))], &words, |body| body.circle(at, r, look));
        }
        let x = scale.at(medians[k]);
        body.line((x, y + 5.0), (x, y + strip.height() - 5.0), "q-chosen");
        y += strip.height();
    }
    body.line((0.0, bottom), (INNER, bottom), "q-grid");
    let others = || (1..strips.len()).filter(|&k| !medians[k].is_nan());
    let best = others().max_by(|&a, &b| medians[a].total_cmp(&medians[b]));
    let worst = others().min_by(|&a, &b| medians[a].total_cmp(&medians[b]));
    let mut alternative = vec![scene.says(text!(chart_median, median = printed[0].as_str()))];
    if let Some((best, worst)) = best.zip(worst).filter(|(a, b)| a != b) {
        alternative.push(scene.says(text!(
            chart_medians,
            best = strips[best].name.as_str(),
            high = printed[best].as_str(),
            worst = strips[worst].name.as_str(),
            low = printed[worst].as_str()
        )));
    }
    let class = |row: usize| {
        let classes = classes.as_ref()?;
        Some(classes.names[*classes.of.get(&ranked.region(row).0)?])
    };
    let mut lead = scene.about(ranked.all);
    lead.extend(classes.as_ref().map(|classes| classes.name.clone()));
    let table = super::of_regions(&ranked, None, language)
        .text("class", classes.as_ref().map_or("", |c| c.name.as_str()), |&row| class(row))
        .importance(Importance::Usual)
        .only_if(classes.is_some())
        .table("distribution", Reader::People, ranked.rows.iter().copied());
    Ok(Figure {
        subject: None,
        lead,
        body,
        size: (INNER, bottom + 6.0),
        notes: scene.cut(ranked.rows.len(), ranked.all),
        alternative,
        table,
    })
}
