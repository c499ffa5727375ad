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
    audit: "性质检验", "audit";
    property: "性质", "Property";
    verdict: "结论", "Verdict";
    passes: "通过", "pass";
    fails: "不通过", "fail";
    holds: "成立", "holds";
    does_not_hold: "不成立", "does not hold";
    untested: "无法检验", "not tested";
    failed: "不成立", "Failed";
    tests: "检验数", "Tests";
    arises_in: "产生于", "Arises in";
    why: "原因", "Why";
    formula: "公式", "Formula";
    reference: "文献", "Reference";
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
