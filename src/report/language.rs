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
    multiverse: "多重分析", "multiverse";
    branch: "分支", "Branch";
    branches: "个分支", "branches";
    outcome: "结果", "Outcome";
    branch_ok: "有结果", "ok";
    branch_invalid: "不合约束", "invalid";
    branch_failed: "失败", "failed";
    why: "原因", "Why";
    count: "n", "n";
    share: "占比", "Share";
    computed: "计算次数", "Computed";
    unshared: "不共享时", "Without sharing";
    choice: "选择", "Choice";
    options: "选项数", "Options";
    option: "选项", "Option";
    rank_first: "名次方差：单独", "Rank variance: alone";
    rank_total: "名次方差：含交互", "with others";
    shift_first: "平均位移方差：单独", "Shift variance: alone";
    shift_total: "平均位移方差：含交互", "with others ";
    pairs: "对数", "Pairs";
    top_changes: "前列变化", "Top changes";
    tier_changes: "等级变化", "Tiers change";
    of_pairs: "占对数", "of pairs";
    mean_shift: "平均位移", "Mean shift";
    same_top: "前列不变", "Same top";
    base_rank: "基准名次", "Base";
    best: "最好", "Best";
    low: "5%", "5 %";
    median: "中位", "Median";
    high: "95%", "95 %";
    worst: "最差", "Worst";
    in_top: "进入前列", "In the top";
    of_branches: "占分支", "of branches";
    top_movers: "前列进出最多", "in and out of the top most";
    tier_movers: "等级变动最多", "changing tier most";
    same_as: "同于", "Same as";
    hash: "校验", "Hash";
    sampled: "抽取", "drawn of";
    shares_exact: "方差占比：每个分支都有结果，占比精确；“单独”之外的是与其他选择的交互", "Shares of variance are exact: every branch came to a result. What goes beyond \"alone\" a choice does together with others.";
    shares_estimated: "方差占比：有分支没有结果，占比为估计（单独：条件均值的方差；含交互：仅此选择不同的分支对，Jansen 1999）", "Shares of variance are estimates, for some branches have no result (alone: variance of conditional means; with others: pairs that differ in that choice alone, Jansen 1999).";
    ranks_only: "各分支得分尺度不同，只比较名次与等级", "Branches have scores on scales of their own: ranks and tiers are compared, scores are not.";
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
