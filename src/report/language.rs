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
    parent: "上级", "Parent";
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
    all_pairs: "全部", "all pairs";
    // Differences of methodologies.
    node: "节点", "Node";
    what: "内容", "What";
    equal: "相同", "equal";
    added: "新增", "added";
    removed: "删除", "removed";
    renamed: "改代码", "renamed";
    moved_below: "移到", "moved below";
    order_of_children: "下级顺序", "order of children";

    snapshot_methodology: "方法", "Methodology";
    snapshot_result: "结果", "Result";
    snapshot_tables: "表数", "Tables";
    snapshot_rows: "行数 n", "Rows (n)";
    snapshot_ranks_moved: "名次变动", "Ranks moved";
    snapshot_tiers_moved: "等级变动", "Tiers moved";
    snapshot_scores_differ: "得分不同", "Scores differ";
    snapshot_greatest: "最大差", "Greatest";
    snapshot_within: "容差内", "Within tolerance";
    snapshot_greatest_within: "容差内最大差", "Greatest within";
    snapshot_differs_from: "与快照不同", "differs from its snapshot";
    snapshot_as_pinned: "与快照一致", "as pinned";
    snapshot_within_tolerance: "在容差之内", "within tolerance";
    snapshot_differs: "不同", "differs";
    snapshot_new: "尚无快照", "new";
    snapshot_damaged: "快照损坏", "snapshot unreadable";
    snapshot_failed: "无法计算", "not evaluated";
    snapshot_tables_added: "新增的表", "Tables added";
    snapshot_tables_removed: "减少的表", "Tables gone";
    snapshot_regions_added: "新增的地区", "Regions added";
    snapshot_regions_removed: "减少的地区", "Regions gone";
    snapshot_nodes_added: "新增的指标", "Nodes added";
    snapshot_nodes_removed: "减少的指标", "Nodes gone";
    snapshot_from: "快照", "Pinned";
    snapshot_to: "现在", "Now";
    snapshot_moved: "变动", "Moved";
    snapshot_difference: "差", "Difference";
    snapshot_relative: "相对差", "Relative";
    snapshot_unreferenced: "没有方法对应的快照", "No methodology has this snapshot";
    snapshot_removed: "已删除", "removed";
    snapshot_accepted: "已接受，写入", "accepted, in";

    audit: "性质检验", "audit";
    audit_property: "性质", "Property";
    audit_verdict: "结论", "Verdict";
    audit_passes: "通过", "pass";
    audit_fails: "不通过", "fail";
    audit_holds: "成立", "holds";
    audit_does_not_hold: "不成立", "does not hold";
    audit_untested: "无法检验", "not tested";
    audit_failed: "不成立", "Failed";
    audit_tests: "检验数", "Tests";
    audit_arises_in: "产生于", "Arises in";
    audit_why: "原因", "Why";
    audit_formula: "公式", "Formula";
    audit_reference: "文献", "Reference";

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
    only_before: "删去", "removed";
    only_after: "新增", "added";
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
    branch_shift: "平均位移", "Mean shift";
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

    /// The name of a statistic of comparison.
    pub fn statistic_label(
        self,
        entry: &quanheng_core::comparison::statistic::Entry,
    ) -> &'static str {
        match (self, entry.name) {
            (Language::Zh, "spearman") => self.spearman(),
            (Language::Zh, "kendall_tau_b") => self.kendall(),
            (Language::Zh, "weighted_tau") => self.weighted_tau(),
            (Language::Zh, "mean_move_in_rank") => self.mean_shift(),
            (Language::Zh, "mean_move_in_score") => self.mean_score_shift(),
            (Language::Zh, "change_rank") => self.change_rank(),
            (Language::Zh, "change_tier") => self.change_tier(),
            (Language::Zh, "kappa") => self.kappa(),
            (Language::Zh, "kappa_linear") => self.kappa_linear(),
            (Language::Zh, "kappa_quadratic") => self.kappa_quadratic(),
            _ => entry.label,
        }
    }
}

impl From<Language> for quanheng_words::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => quanheng_words::Language::Zh,
            Language::En => quanheng_words::Language::En,
        }
    }
}
