//! What the script knows of the page beside its tables: the regions with their classes, what can be chosen, its words.

use quanheng_words::{Text, text, word};
use serde_json::{Value, json};

use super::Content;
use super::markup::id_of;

/// Everything, small: regions as lists, classes by their places.
pub(super) fn of(content: &Content<'_>) -> Value {
    let (study, language) = (content.study(), content.language);
    let tag = language.tag();
    let mut classes: Vec<Vec<Value>> =
        vec![vec![Value::Null; study.groups.len()]; study.regions.len()];
    for (g, group) in study.groups.iter().enumerate() {
        for (c, (_, members)) in group.classes.iter().enumerate() {
            for region in members {
                classes[region.0 as usize][g] = c.into();
            }
        }
    }
    let regions: Vec<Value> = (study.regions.iter().zip(classes))
        .map(|(region, classes)| {
            json!([region.code, region.name(tag), id_of(&region.code), classes])
        })
        .collect();
    let groups: Vec<Value> = (study.groups.iter())
        .map(|group| {
            let about = content.groups.get(&group.code);
            let name = about.and_then(|about| about.names.get(tag)).unwrap_or(&group.code);
            json!([name, group.classes.keys().collect::<Vec<_>>()])
        })
        .collect();
    let methodologies: Vec<Value> = (content.evaluations.iter())
        .map(|evaluation| json!([evaluation.methodology().code, content.methodology(evaluation)]))
        .collect();
    let leagues: Vec<Value> = (study.leagues.iter().enumerate())
        .map(|(k, of)| json!([of.code, content.league(quanheng_core::model::LeagueIx(k as u32))]))
        .collect();
    // The script fills the slots of a message.
    let slots = |of: &Text| of.render(language);
    let words = json!({
        "all": word!(page_all, language),
        "choose": word!(page_choose_region, language),
        "copied": slots(&text!(page_copied, what = "{what}")),
        "copy_csv": word!(page_copy_csv, language),
        "copy_svg": word!(page_copy_svg, language),
        "save_csv": word!(page_save_csv, language),
        "save_svg": word!(page_save_svg, language),
        "figure": word!(page_figure, language),
        "indicator": word!(label_indicator, language),
        "code": word!(label_code, language),
        "methodology": word!(page_methodology, language),
        "league": word!(label_league, language),
        "tier": word!(label_tier, language),
        "rank": word!(label_rank, language),
        "score": word!(label_score, language),
        "weight": word!(label_weight, language),
        "effective": word!(label_effective, language),
        "method": word!(label_method, language),
        "unit": word!(label_unit, language),
        "value": word!(label_value, language),
        "shown": slots(&text!(page_shown, shown = "{shown}", all = "{all}")),
        "ordered": slots(&text!(page_ordered, column = "{column}", way = "{way}")),
        "up": word!(page_ascending, language),
        "down": word!(page_descending, language),
        "walk": word!(page_walk, language),
        "by_methodologies": word!(page_by_methodologies, language),
        "moves": word!(page_moves, language),
        "changed": word!(change_head, language),
        "cases": word!(page_cases, language),
        "standing": word!(page_standing, language),
        "mean_all": word!(page_mean_all, language),
        "mean_class": slots(&text!(page_mean_class, class = "{class}")),
        "strengths": word!(page_strengths, language),
        "weaknesses": word!(page_weaknesses, language),
    });
    json!({
        "regions": regions,
        "groups": groups,
        "methodologies": methodologies,
        "leagues": leagues,
        "language": tag,
        "words": words,
    })
}
