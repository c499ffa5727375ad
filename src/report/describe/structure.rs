//! What each node has of its children: consistency, principal components, adequacy and importance; and what the index adds
//! to its parts.

use quanheng_core::coherence::{
    self, Adequacy, Components, Consistency, Dominance, Importance as Effect, RankDifference,
    Scores,
};
use quanheng_core::model::NodeId;
use quanheng_core::statistics::Scope;
use quanheng_words::word;

use super::super::{Block, Cell, Importance, Reader};
use super::{Section, View, p_value};

pub(super) const CONSISTENCY: Section = Section {
    name: "consistency",
    label: "Internal consistency",
    summary: "Cronbach's alpha of the children of each node, and of those that are left without each child.",
    usual: false,
    build: consistency,
};

pub(super) const COMPONENTS: Section = Section {
    name: "components",
    label: "Principal components",
    summary: "Principal components of the children of each node: eigenvalues, their shares of the variance, and loadings.",
    usual: false,
    build: components,
};

pub(super) const ADEQUACY: Section = Section {
    name: "adequacy",
    label: "Adequacy for factor analysis",
    summary: "The measure of Kaiser, Meyer and Olkin and Bartlett's test for the children of each node.",
    usual: false,
    build: adequacy,
};

pub(super) const IMPORTANCE: Section = Section {
    name: "importance",
    label: "Importance and weights",
    summary: "The importance of each child for the scores of its parent beside its weight, and the weights that would reach the stated importance.",
    usual: false,
    build: importance,
};

pub(super) const DOMINANCE: Section = Section {
    name: "dominance",
    label: "Dominance",
    summary: "The pairs of regions that have the same order at every node of a level, whatever the weights are.",
    usual: false,
    build: dominance,
};

pub(super) const RANK_DIFFERENCES: Section = Section {
    name: "rank_differences",
    label: "Ranks by the index and by its parts",
    summary: "How many regions have a rank by a part that differs by 10 places or more from that by the index.",
    usual: false,
    build: rank_differences,
};

/// What a function of the core finds in each scope, each with its scope.
fn each<'v, T>(view: &'v View<'_>, find: impl Fn(&Scores<'_>) -> Vec<T>) -> Vec<(&'v Scope, T)> {
    let of = |scope: &'v Scope| {
        let found = find(&Scores::new(view.evaluation, &scope.rows));
        found.into_iter().map(move |one| (scope, one)).collect::<Vec<_>>()
    };
    view.scopes.iter().flat_map(of).collect()
}

fn consistency(view: &View<'_>) -> Vec<Block> {
    struct Row<'a> {
        scope: &'a Scope,
        node: NodeId,
        n: Option<usize>,
        children: Option<usize>,
        alpha: Option<f64>,
        parent: Option<NodeId>,
        without: Option<f64>,
        raises: bool,
    }
    let language = view.language;
    let mut rows = Vec::new();
    for (scope, found) in each(view, coherence::consistency) {
        let Consistency { node, children, n, alpha, without } = found;
        rows.push(Row {
            scope,
            node,
            n: Some(n),
            children: Some(children.len()),
            alpha: Some(alpha),
            parent: None,
            without: None,
            raises: false,
        });
        for (child, without) in children.into_iter().zip(without) {
            rows.push(Row {
                scope,
                node: child,
                n: None,
                children: None,
                alpha: None,
                parent: Some(node),
                without,
                raises: without.is_some_and(|without| without > alpha),
            });
        }
    }
    if view.reader == Reader::People {
        // People see the nodes, and of the children those without which alpha is greater.
        rows.retain(|row| row.alpha.is_some() || row.raises);
    }
    let code = |id: Option<NodeId>| id.map(|id| &view.node(id).code);
    let columns = view.scope_columns(|row: &Row<'_>| row.scope).only_for(Reader::Files);
    let table = view
        .node_columns(columns, |row| row.node)
        .number("alpha", word!(describe_alpha, language), |row| row.alpha.map(Cell::number))
        .digits(3)
        .number("children", word!(describe_children, language), |row| row.children)
        .number("n", "n", |row| row.n)
        .text("parent", word!(label_parent, language), |row| code(row.parent))
        .number("alpha_without", word!(describe_alpha_without, language), |row| {
            row.without.map(Cell::number)
        })
        .digits(3)
        .table(CONSISTENCY.name, view.reader, rows)
        .labelled(CONSISTENCY.title(language));
    vec![Block::Table(table)]
}

fn components(view: &View<'_>) -> Vec<Block> {
    struct Value<'a> {
        scope: &'a Scope,
        node: NodeId,
        component: usize,
        value: f64,
        share: f64,
        cumulative: f64,
        n: usize,
    }
    struct Loading<'a> {
        scope: &'a Scope,
        node: NodeId,
        parent: NodeId,
        component: usize,
        loading: f64,
    }
    let language = view.language;
    let (mut values, mut loadings) = (Vec::new(), Vec::new());
    for (scope, found) in each(view, coherence::components) {
        let Components { node, n, .. } = found;
        let mut cumulative = 0.0;
        // People see the components with an eigenvalue above 1, and the first in any case.
        let shown = match view.reader {
            Reader::Files => found.values.len(),
            Reader::People => found.above_one().max(1),
        };
        for component in 0..shown {
            let (value, share) = (found.values[component], found.share(component));
            cumulative += share;
            values.push(Value { scope, node, component, value, share, cumulative, n });
            for (k, &child) in found.children.iter().enumerate() {
                let loading = found.loading(component, k);
                loadings.push(Loading { scope, node: child, parent: node, component, loading });
            }
        }
    }
    let columns = view.scope_columns(|row: &Value<'_>| row.scope).only_for(Reader::Files);
    let of_values = view
        .node_columns(columns, |row| row.node)
        .number("component", word!(describe_component, language), |row| row.component + 1)
        .number("eigenvalue", word!(describe_eigenvalue, language), |row| Cell::number(row.value))
        .digits(3)
        .number("share", word!(describe_share, language), |row| Cell::number(row.share))
        .digits(3)
        .number("cumulative", word!(describe_cumulative, language), |row| {
            Cell::number(row.cumulative)
        })
        .digits(3)
        .number("n", "n", |row| row.n)
        .table(COMPONENTS.name, view.reader, values)
        .labelled(COMPONENTS.title(language));
    if view.reader == Reader::People {
        return vec![Block::Table(of_values)];
    }
    let columns = view.scope_columns(|row: &Loading<'_>| row.scope);
    let of_loadings = view
        .node_columns(columns, |row| row.node)
        .text("parent", word!(label_parent, language), |row| &view.node(row.parent).code)
        .number("component", word!(describe_component, language), |row| row.component + 1)
        .number("loading", word!(describe_loading, language), |row| Cell::number(row.loading))
        .digits(3)
        .table("loadings", view.reader, loadings);
    vec![Block::Table(of_values), Block::Table(of_loadings)]
}

fn adequacy(view: &View<'_>) -> Vec<Block> {
    let language = view.language;
    type Row<'a> = (&'a Scope, Adequacy);
    let columns = view.scope_columns(|row: &Row<'_>| row.0).only_for(Reader::Files);
    let table = view
        .node_columns(columns, |row| row.1.node)
        .number("kmo", "KMO", |row| row.1.kmo.map(Cell::number))
        .digits(3)
        .number("chi_squared", "Bartlett χ²", |row| {
            row.1.chi_squared.is_finite().then(|| Cell::number(row.1.chi_squared))
        })
        .digits(2)
        .number("freedom", word!(describe_freedom, language), |row| row.1.freedom)
        .number("p", "p", |row| p_value(row.1.p))
        .digits(4)
        .number("n", "n", |row| row.1.n)
        .table(ADEQUACY.name, view.reader, each(view, coherence::adequacy))
        .labelled(ADEQUACY.title(language));
    vec![Block::Table(table)]
}

fn importance(view: &View<'_>) -> Vec<Block> {
    let language = view.language;
    type Row<'a> = (&'a Scope, Effect);
    let columns = view.scope_columns(|row: &Row<'_>| row.0).only_for(Reader::Files);
    let table = view
        .node_columns(columns, |row| row.1.child)
        .text("parent", word!(label_parent, language), |row| &view.node(row.1.parent).code)
        .number("weight", word!(label_weight, language), |row| Cell::number(row.1.weight))
        .digits(3)
        .number("share", word!(describe_importance, language), |row| row.1.share.map(Cell::number))
        .digits(3)
        .number("ratio_share", word!(describe_importance_ratio, language), |row| {
            row.1.ratio_share.map(Cell::number)
        })
        .digits(3)
        .number("linear", "r²", |row| row.1.linear.map(Cell::number))
        .digits(3)
        .importance(Importance::Detail)
        .number("ratio", "η²", |row| row.1.ratio.map(Cell::number))
        .digits(3)
        .importance(Importance::Detail)
        .number("reaching", word!(describe_reaching, language), |row| {
            row.1.reaching.map(Cell::number)
        })
        .digits(3)
        .number("n", "n", |row| row.1.n)
        .only_for(Reader::Files)
        .table(IMPORTANCE.name, view.reader, each(view, coherence::importance))
        .labelled(IMPORTANCE.title(language));
    vec![Block::Table(table)]
}

fn dominance(view: &View<'_>) -> Vec<Block> {
    let language = view.language;
    type Row<'a> = (&'a Scope, Dominance);
    let table = view
        .scope_columns(|row: &Row<'_>| row.0)
        .only_for(Reader::Files)
        .number("level", word!(describe_level, language), |row| row.1.level)
        .importance(Importance::Key)
        .number("nodes", word!(describe_nodes, language), |row| row.1.nodes)
        .number("pairs", word!(describe_pairs, language), |row| row.1.pairs)
        .number("dominated", word!(describe_dominated, language), |row| row.1.dominated)
        .number("share", word!(describe_share, language), |row| {
            let share = row.1.dominated as f64 / row.1.pairs as f64;
            (row.1.pairs > 0).then(|| Cell::number(share))
        })
        .digits(3)
        .table(DOMINANCE.name, view.reader, each(view, coherence::dominance))
        .labelled(DOMINANCE.title(language));
    vec![Block::Table(table)]
}

fn rank_differences(view: &View<'_>) -> Vec<Block> {
    let language = view.language;
    type Row<'a> = (&'a Scope, RankDifference);
    let columns = view.scope_columns(|row: &Row<'_>| row.0).only_for(Reader::Files);
    let table = view
        .node_columns(columns, |row| row.1.node)
        .number("n", "n", |row| row.1.n)
        .number("far", word!(describe_far, language), |row| row.1.far)
        .number("share", word!(describe_share, language), |row| {
            Cell::number(row.1.far as f64 / row.1.n as f64)
        })
        .digits(3)
        .number("mean", word!(describe_mean_difference, language), |row| Cell::number(row.1.mean))
        .digits(2)
        .number("spearman", "Spearman", |row| row.1.correlation.map(Cell::number))
        .digits(3)
        .table(RANK_DIFFERENCES.name, view.reader, each(view, coherence::rank_differences))
        .labelled(RANK_DIFFERENCES.title(language));
    vec![Block::Table(table)]
}
