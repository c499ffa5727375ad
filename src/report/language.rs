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
    // Comparisons.
    name: "名称", "Name";
    subject: "对象", "Subject";
    ranked: "已排名", "Ranked";
    all_regions: "地区数", "Regions";
    moved: "变动", "Move";
    movers: "位次变动最大", "Largest moves";
    statistic: "指标", "Statistic";
    pair: "比较", "Pair";
    value: "值", "Value";
    note: "说明", "Note";
    spearman: "Spearman 等级相关", "Spearman";
    kendall: "Kendall τb", "Kendall tau-b";
    weighted_tau: "加权 τ", "Weighted tau";
    overlap: "RBO", "RBO";
    mean_shift: "平均位次变动", "Mean move in rank";
    mean_score_shift: "平均得分变动", "Mean move in score";
    change_rank: "位次变动的地区", "Change rank";
    change_tier: "等级变动的地区", "Change tier";
    kappa: "κ", "Kappa";
    kappa_linear: "线性加权 κ", "Linear kappa";
    kappa_quadratic: "平方加权 κ", "Quadratic kappa";
    agreement: "一致程度", "Agreement";
    migration: "等级迁移", "Moves between tiers";
    total: "合计", "Total";
    // Differences of methodologies.
    node: "节点", "Node";
    what: "内容", "What";
    equal: "相同", "equal";
    added: "新增", "added";
    removed: "删除", "removed";
    renamed: "改代码", "renamed";
    moved_below: "移到", "moved below";
    order_of_children: "下级顺序", "order of children";
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
