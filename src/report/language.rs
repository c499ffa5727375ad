//! The words of reports, in Chinese and English.

use std::str::FromStr;

/// The language of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl FromStr for Language {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, String> {
        match tag {
            "zh" => Ok(Language::Zh),
            "en" => Ok(Language::En),
            _ => Err(format!("`{tag}` is not a language of the report: zh or en")),
        }
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)+) => {
        impl Language {
            $(
                #[doc = concat!("“", $zh, "”, “", $en, "”.")]
                pub fn $name(self) -> &'static str {
                    match self { Language::Zh => $zh, Language::En => $en }
                }
            )+
        }
    };
}

words! {
    rank: "名次", "Rank";
    code: "代码", "Code";
    region: "地区", "Region";
    period: "时期", "Period";
    league: "组别", "League";
    score: "得分", "Score";
    tier: "等级", "Tier";
    rate: "得分率", "Of full marks";
    methodology: "方法", "methodology";
    regions: "个地区", "regions";
    source: "来源", "Source";
    weight: "权重", "Weight";
    effective: "总权重", "In the whole";
    raw: "原始值", "Raw";
    indicator_value: "指标值", "Indicator";
    complete: "插补后", "Imputed";
    treated: "处理后", "Treated";
    normalised: "标准化", "Normalised";
    indicator: "指标", "Indicator";
    unit: "单位", "Unit";
    contribution: "贡献", "Contribution";
    place: "出处", "Place";
    missing: "缺失", "missing";
    not_applicable: "不适用", "n/a";
    withheld: "未公布", "withheld";
    unranked: "未排名", "unranked";
    made_from: "指纹", "fingerprint";
    left_out: "不在任何组别", "in no league";
    full_marks: "满分", "Full marks";
    shown: "列出", "shown:";
    method: "方法", "Method";
    chinese: "中文名", "Chinese";
    summary: "说明", "Summary";
    stage: "步骤", "Stage";
    // Explanations.
    explained_by: "因素", "What differs";
    score_share: "得分变动", "Score";
    rank_share: "位次变动", "Rank";
    figures: "变动前 → 后", "Before → after";
    who_moved: "位次关系", "Places";
    whole_change: "合计", "All";
    passes: "超过", "passes";
    falls_behind: "落后于", "falls behind";
    exact_places: "位次变动（分数）", "Places, exactly";
    score_error: "得分标准误", "Standard error, score";
    rank_error: "位次标准误", "Standard error, rank";
    rest_of_panel: "其余（参评地区、其他时期）", "the rest (which regions, other periods)";
    causes_left: "其余各项", "others";
    no_value: "无", "none";
    before: "变动前", "Before";
    after: "变动后", "After";
    part: "指标或节点", "Node or indicator";
    also_cells: "同列其他地区", "other regions";
    data: "数据", "data";
    periods: "适用时期", "periods";
    system: "指标体系", "system";
    imputation: "插补", "imputation";
    treatment: "处理", "treatment";
    normalisation: "标准化", "normalisation";
    weighting: "赋权", "weighting";
    aggregation: "汇总", "aggregation";
    rounding: "舍入", "rounding";
    ranking: "排名规则", "ranking";
    only_before: "删去", "removed";
    only_after: "新增", "added";
}

impl Language {
    /// The language tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }
}
