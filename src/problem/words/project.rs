//! Faults of project files and trees in words.

use quanheng_core::method::{ABOVE_ZERO, Accepts, SettingError, SettingFault};
use quanheng_core::methodology::ContractProblem;
use quanheng_core::model::AgainstIdeal;
use quanheng_plugin_host::Refusal;
use quanheng_scripts::Unread;
use quanheng_words::number::exact;
use quanheng_words::{Text, text};

use super::{Words, near, stage, toml, unknown};
use crate::problem::{Named, Nothing, ProjectFault};

pub(super) fn words(fault: &ProjectFault) -> Words {
    match fault {
        ProjectFault::Toml { message } => toml::words(message),
        ProjectFault::UnknownKey { key, table, known } => {
            Words { what: text!(no_key, table = table, key = key), hint: near(key, known) }
        }
        ProjectFault::WrongKind { key, accepts, found } => Words::new(
            text!(wrong_kind, key = key, found = found),
            text!(must_be, accepts = accepts),
        ),
        ProjectFault::OutOfRange { key, least, greatest, whole, default } => Words::new(
            text!(out_of_range, key = key, range = between(*least, *greatest, *whole)),
            match default {
                Some(x) => text!(out_of_range_default_hint, default = exact(*x)),
                None => text!(out_of_range_hint),
            },
        ),
        ProjectFault::Without { key, needs } => Words::new(
            text!(without_key, key = *key, needs = *needs),
            text!(without_key_hint, key = *key),
        ),
        ProjectFault::MarksAlike => Words::new(text!(marks_alike), text!(marks_alike_hint)),
        ProjectFault::Beside { key, other } => {
            Words::new(text!(key_beside, key = *key, other = *other), text!(key_beside_hint))
        }
        ProjectFault::MarksOfMany { code } => {
            Words::new(text!(marks_of_many, code = code), text!(marks_of_many_hint))
        }
        ProjectFault::NoHead { key } => {
            Words::new(text!(no_head, key = key), text!(no_head_hint, key = key))
        }
        ProjectFault::MissingKey { key, table } => {
            Words::new(text!(missing_key, table = table, key = key), missing(key))
        }
        ProjectFault::RepeatedCode { what, code } => {
            Words::new(text!(repeated_code, what = what, code = code), text!(repeated_code_hint))
        }
        ProjectFault::NotADate { text } => {
            Words::new(text!(not_a_date, text = text), text!(not_a_date_hint))
        }
        ProjectFault::UnknownName { what, name, known } => unknown(what, name, known),
        ProjectFault::UnknownWord { key, name, known } => {
            Words { what: text!(wrong_word, key = key, found = name), hint: near(name, known) }
        }
        ProjectFault::NoPlugin { name, known } => Words {
            what: text!(no_plugin, name = name),
            hint: near(name, known).or_else(|| Some(text!(no_plugin_hint))),
        },
        ProjectFault::ExtendsCircle { codes } => {
            Words::new(text!(extends_circle, codes = codes.join(" → ")), text!(extends_circle_hint))
        }
        ProjectFault::ExtendsTooLong { most } => {
            Words::new(text!(extends_too_long, most = *most), text!(extends_too_long_hint))
        }
        ProjectFault::InputCircle { project } => {
            Words::new(text!(input_circle, project = project), text!(input_circle_hint))
        }
        ProjectFault::InputBroken { project, count } => Words::new(
            text!(input_broken, project = project, count = *count),
            text!(input_broken_hint),
        ),
        ProjectFault::InputsTooDeep { most } => {
            Words::new(text!(inputs_too_deep, most = *most), text!(inputs_too_deep_hint))
        }
        ProjectFault::InputPeriods { periods } => Words::new(
            text!(input_periods, count = periods.len(), periods = periods.join(", ")),
            text!(input_periods_hint),
        ),
        ProjectFault::MoreProblems { count } => {
            Words::new(text!(more_problems, count = *count), text!(more_problems_hint))
        }
        ProjectFault::TooManyNodes { count, most } => Words::new(
            text!(too_many_nodes, count = *count, most = *most),
            text!(too_many_nodes_hint),
        ),
        ProjectFault::TooDeep { code, most } => {
            Words::new(text!(too_deep, code = code, most = *most), text!(too_deep_hint))
        }
        ProjectFault::InnerWithoutLeaves => {
            Words::new(text!(inner_without_leaves), text!(inner_without_leaves_hint))
        }
        ProjectFault::PublishedLeaf { code } => {
            Words::new(text!(published_leaf, code = code), text!(published_leaf_hint))
        }
        ProjectFault::WrongStage { name, asked, has } => Words::new(
            text!(wrong_stage, name = name, has = stage(*has), asked = stage(*asked)),
            text!(wrong_stage_hint, code = asked.name()),
        ),
        ProjectFault::Setting { method, error } => setting(method, error),
        ProjectFault::Constraint { expected } => Words::new(
            text!(constraint_unreadable, expected = expected),
            text!(constraint_unreadable_hint),
        ),
        ProjectFault::RepeatedLabel { choice, label } => Words::new(
            text!(option_label_repeated, choice = choice, label = label),
            text!(option_label_repeated_hint),
        ),
        ProjectFault::SameKey { key, first, second } => Words::new(
            text!(same_key, first = first, second = second, key = key),
            text!(same_key_hint, key = key),
        ),
        ProjectFault::TooManyBranches { count, limit } => Words::new(
            match count {
                Some(count) => text!(too_many_branches, count = *count, limit = *limit),
                None => text!(too_many_branches_to_count, limit = *limit),
            },
            text!(too_many_branches_hint),
        ),
        ProjectFault::RowsOfSample { rows } => Words::new(
            text!(rows_of_sample, rows = *rows),
            text!(
                rows_of_sample_hint,
                below = 1_u32 << rows.ilog2(),
                above = rows.next_power_of_two()
            ),
        ),
        ProjectFault::NothingVaries { code } => {
            Words::new(text!(nothing_varies, code = code), text!(nothing_varies_hint))
        }
        ProjectFault::TooManyFactors { count, most } => Words::new(
            text!(too_many_factors, count = *count, most = *most),
            text!(too_many_factors_hint),
        ),
        ProjectFault::PluginUntrusted { path, pinned, command } => Words::new(
            match pinned {
                true => text!(plugin_pinned_not_trusted, path = path),
                false => text!(plugin_not_trusted, path = path),
            },
            text!(plugin_pin_hint, command = command),
        ),
        ProjectFault::PluginRefused { path, why, command } => plugin(path, why, command),
        ProjectFault::PluginMethod { code, stage: of, offered } => Words::new(
            text!(plugin_ambiguous, code = code, stage = stage(*of)),
            text!(plugin_ambiguous_hint, offered = offered.join(", ")),
        ),
        ProjectFault::PluginFailed { code, method, stage: of, what, hint } => Words {
            what: text!(
                plugin_failed,
                stage = stage(*of),
                method = method,
                code = code,
                what = what
            ),
            hint: hint.clone(),
        },
        ProjectFault::ScriptUnread { name, why } => match why {
            Unread::Outside => {
                Words::new(text!(script_outside, name = name), text!(script_outside_hint))
            }
            Unread::TooLong(limit) => Words::new(
                text!(script_too_long, name = name, limit = *limit),
                text!(script_too_long_hint),
            ),
            Unread::Unreadable(reason) => Words {
                what: text!(
                    script_unreadable,
                    name = name,
                    reason = text!(reason_system, message = reason)
                ),
                hint: Some(text!(reason_denied_hint)),
            },
            Unread::NotThere => {
                Words::new(text!(script_not_there, name = name), text!(script_not_there_hint))
            }
        },
        ProjectFault::BaseCircle { codes } => {
            Words::new(text!(base_circle, codes = codes.join(" → ")), text!(base_circle_hint))
        }
        ProjectFault::SeveralLeagues { systems } => Words::new(
            text!(leagues_stated_twice, systems = systems),
            text!(leagues_stated_twice_hint),
        ),
        ProjectFault::Condition { expected } => Words::new(
            text!(condition_unreadable, expected = expected),
            text!(condition_unreadable_hint),
        ),
        ProjectFault::TimeFormat { text } => {
            Words::new(text!(time_format, text = text), text!(time_format_hint))
        }
        ProjectFault::Clock { text } => {
            Words::new(text!(clock_unreadable, text = text), text!(clock_unreadable_hint))
        }
        ProjectFault::Moment { text } => {
            Words::new(text!(moment_unreadable, text = text), text!(moment_unreadable_hint))
        }
        ProjectFault::EndsBefore { period } => {
            Words::new(text!(window_ends_before, period = period), text!(window_ends_before_hint))
        }
        ProjectFault::NotOfMeasure { key, kind } => Words::new(
            text!(not_of_measure, key = *key, kind = *kind),
            match *key {
                "of" => text!(not_of_measure_of_hint),
                "column" => text!(not_of_measure_column_hint),
                _ => text!(not_of_measure_hint, key = *key),
            },
        ),
        ProjectFault::LeaguesOverlap { first, second, region, count } => Words::new(
            text!(leagues_overlap, first = first, second = second, region = region, count = *count),
            text!(leagues_overlap_hint),
        ),
        ProjectFault::EmptyLeague { code } => {
            Words::new(text!(league_empty, code = code), text!(league_empty_hint))
        }
        ProjectFault::FactTwice { fact, code } => {
            Words::new(text!(fact_twice, fact = fact, code = code), text!(fact_twice_hint))
        }
        ProjectFault::RepeatedNode { code } => {
            Words::new(text!(repeated_node, code = code), text!(repeated_node_hint))
        }
        ProjectFault::UnknownParent { code, parent, known } => Words {
            what: text!(parent_unknown, code = code, parent = parent),
            hint: near(parent, known),
        },
        ProjectFault::ParentCircle { codes } => {
            Words::new(text!(parent_circle, codes = codes.join(" → ")), text!(parent_circle_hint))
        }
        ProjectFault::SeveralRoots { codes } => Words::new(
            text!(several_roots, count = codes.len(), codes = codes),
            text!(several_roots_hint),
        ),
        ProjectFault::EmptyTree => Words::new(text!(empty_tree), text!(empty_tree_hint)),
        ProjectFault::BadNumber { code, column, must } => Words::new(
            text!(node_number, column = *column, code = code),
            text!(must_be, accepts = must),
        ),
        ProjectFault::FullMarksSum { code, stated, sum } => Words::new(
            text!(full_marks_sum, code = code, stated = *stated, sum = *sum),
            text!(full_marks_sum_hint),
        ),
        ProjectFault::FactOfLeaf { fact, codes } => Words::new(
            text!(fact_of_leaf, fact = fact, codes = codes.clone()),
            match fact.as_str() {
                "direction" => text!(fact_of_leaf_direction_hint),
                _ => text!(fact_of_leaf_hint, fact = fact),
            },
        ),
        ProjectFault::ScaleAlone { code } => {
            Words::new(text!(scale_alone, code = code), text!(scale_alone_hint))
        }
        ProjectFault::GoalpostsAlike { code, value } => Words::new(
            text!(goalposts_alike, code = code, value = *value),
            text!(goalposts_alike_hint),
        ),
        ProjectFault::AgainstGoalposts { code, less, bad, good } => Words::new(
            match less {
                true => text!(against_goalposts_less, code = code, bad = *bad, good = *good),
                false => text!(against_goalposts_more, code = code, bad = *bad, good = *good),
            },
            text!(against_goalposts_hint),
        ),
        ProjectFault::IdleFact { code, fact } => {
            Words::new(text!(fact_idle, code = code, fact = fact), text!(fact_idle_hint))
        }
        ProjectFault::AgainstIdeal { code, fact, why } => match why {
            AgainstIdeal::Order => {
                Words::new(text!(ideal_order, code = code), text!(ideal_order_hint))
            }
            AgainstIdeal::Tolerance => Words::new(
                text!(ideal_tolerance, code = code, fact = fact),
                text!(ideal_tolerance_hint),
            ),
            AgainstIdeal::Unit => {
                Words::new(text!(ideal_unit, code = code, fact = fact), text!(ideal_unit_hint))
            }
            AgainstIdeal::Target => {
                Words::new(text!(ideal_target, code = code), text!(ideal_target_hint))
            }
        },
        ProjectFault::AgainstThresholds { code, less, green, red } => Words::new(
            match less {
                true => text!(against_thresholds_less, code = code, green = *green, red = *red),
                false => text!(against_thresholds_more, code = code, green = *green, red = *red),
            },
            text!(against_thresholds_hint),
        ),
        ProjectFault::AttributeNotNumber { attribute, region, text } => Words::new(
            text!(attribute_not_number, attribute = attribute, region = region, text = text),
            text!(attribute_not_number_hint),
        ),
        ProjectFault::AtNothing { key, part, why } => {
            let of = super::part(*part);
            match why {
                Nothing::OnlyLeaves => Words::new(
                    text!(at_only_leaves, key = key, part = &of),
                    text!(at_only_leaves_hint),
                ),
                Nothing::NoLeaf => {
                    Words::new(text!(at_no_leaf, key = key, part = &of), text!(at_no_leaf_hint))
                }
                Nothing::AllLeaves => Words::new(
                    text!(at_all_leaves, key = key, part = &of),
                    text!(at_all_leaves_hint),
                ),
            }
        }
        ProjectFault::WeightsSum { code, stated, sum } => Words::new(
            text!(weights_sum, code = code, stated = *stated, sum = *sum),
            text!(weights_sum_hint),
        ),
        ProjectFault::Limit { leaf, region, period, value, lower, upper, count } => {
            let bound = |b: &Option<f64>| b.map_or("…".into(), quanheng_words::number::short);
            let (lower, upper) = (bound(lower), bound(upper));
            let what = match count - 1 {
                0 => text!(
                    limit_exceeded,
                    leaf = leaf,
                    region = region,
                    period = period,
                    value = *value,
                    lower = lower,
                    upper = upper
                ),
                others => text!(
                    limit_exceeded_too,
                    leaf = leaf,
                    region = region,
                    period = period,
                    value = *value,
                    lower = lower,
                    upper = upper,
                    others = others
                ),
            };
            Words::new(what, text!(limit_exceeded_hint))
        }
        ProjectFault::Contract { methodology, problem, named } => {
            let Words { what, hint } = contract(problem, named);
            Words {
                what: text!(methodology_contract, methodology = methodology, what = what),
                hint,
            }
        }
        ProjectFault::NoNames => Words::new(text!(no_names), text!(no_names_hint)),
        ProjectFault::NoRows => Words::new(text!(no_rows), text!(no_rows_hint)),
        ProjectFault::NoReason { code } => {
            Words::new(text!(no_reason, code = code), text!(no_reason_hint))
        }
        ProjectFault::NoMethodology => {
            Words::new(text!(no_methodology), text!(no_methodology_hint))
        }
    }
}

/// Why a file is not taken for a plugin.
pub(super) fn plugin(path: &str, why: &Refusal, command: &str) -> Words {
    let (what, hint) = match why {
        Refusal::Unreadable { reason } => {
            (text!(plugin_unreadable, reason = reason), Some(text!(reason_not_found_hint)))
        }
        Refusal::Stale { pinned, found } => (
            text!(plugin_stale, found = found, pinned = pinned),
            Some(text!(plugin_stale_hint, command = command)),
        ),
        Refusal::NotALibrary { reason } => {
            (text!(plugin_not_library, reason = reason), Some(text!(plugin_build_hint)))
        }
        Refusal::NoEntry => (text!(plugin_no_entry), Some(text!(plugin_no_entry_hint))),
        Refusal::OtherContract { found } => {
            let (least, greatest) = quanheng_plugin_host::CONTRACTS;
            let supported = match least == greatest {
                true => text!(plugin_contract_number, number = least),
                false => text!(plugin_contract_range, least = least, greatest = greatest),
            };
            let found = match found {
                Some(number) => text!(plugin_contract_number, number = *number),
                None => text!(plugin_contract_other),
            };
            (
                text!(plugin_contract, found = found, supported = supported),
                Some(text!(plugin_contract_hint)),
            )
        }
        Refusal::Truncated { found, needed } => (
            text!(plugin_truncated, found = *found, needed = *needed),
            Some(text!(plugin_truncated_hint)),
        ),
        Refusal::OtherTarget { found, needed } => {
            (text!(plugin_target, found = found, needed = needed), Some(text!(plugin_target_hint)))
        }
        Refusal::NotText { what } => {
            (text!(plugin_not_text, what = what), Some(text!(plugin_not_text_hint)))
        }
        Refusal::Nonsense { method, what } => (
            text!(plugin_method_unusable, method = method, what = what),
            Some(text!(plugin_docs_hint)),
        ),
        Refusal::Unusable { what } => {
            (text!(plugin_unusable, what = what), Some(text!(plugin_docs_hint)))
        }
        Refusal::Died { how } => (text!(plugin_died, how = how), Some(text!(plugin_died_hint))),
        Refusal::NoIsolation { reason } => {
            (text!(plugin_no_isolation, reason = reason), Some(text!(plugin_no_isolation_hint)))
        }
        other => (text!(plugin_refused_otherwise, what = format!("{other:?}")), None),
    };
    Words { what: text!(plugin_refused, path = path, what = what), hint }
}

/// The numbers that are allowed.
fn between(least: f64, greatest: f64, whole: bool) -> Text {
    match (least, greatest.is_finite()) {
        (f64::NEG_INFINITY, _) => text!(range_finite),
        (ABOVE_ZERO, false) => text!(range_above_zero),
        (least, false) => text!(range_from, least = exact(least)),
        (least, true) if whole => {
            text!(range_whole, least = exact(least), greatest = exact(greatest))
        }
        (least, true) => text!(range_between, least = exact(least), greatest = exact(greatest)),
    }
}

fn missing(key: &str) -> Text {
    match key {
        "normalisation" => text!(missing_key_normalisation_hint),
        "choices" => text!(missing_key_choices_hint),
        "label" => text!(missing_key_label_hint),
        "regions" => text!(missing_key_regions_hint),
        "values" => text!(missing_key_values_hint),
        "tree` or `script" => text!(missing_key_tree_hint),
        "data" => text!(missing_key_data_hint),
        _ => text!(missing_key_hint, key = key),
    }
}

fn setting(method: &str, error: &SettingError) -> Words {
    let name = &error.setting;
    match &error.fault {
        SettingFault::Unknown { known } => Words {
            what: text!(setting_no_such, method = method, name = name),
            hint: near(name, known).or_else(|| Some(text!(setting_none_hint))),
        },
        SettingFault::WrongType { accepts } => Words::new(
            text!(setting_wrong_type, name = name, method = method),
            text!(must_be, accepts = accepted(accepts)),
        ),
        SettingFault::OutOfRange { least, greatest } => Words::new(
            text!(setting_out_of_range, name = name, method = method),
            text!(must_be, accepts = between(*least, *greatest, false)),
        ),
        SettingFault::Unstated => Words::new(
            text!(setting_unstated, method = method, name = name),
            match method.ends_with(".rhai") {
                true => text!(setting_unstated_script_hint, method = method),
                false => text!(setting_unstated_hint, method = method),
            },
        ),
        SettingFault::Expected(expected) => Words::new(
            text!(setting_expected, name = name, method = method),
            text!(must_be, accepts = expected),
        ),
    }
}

/// What a setting may be.
/// What a value may be, without the range of its numbers.
pub(crate) fn accepted(accepts: &Accepts) -> Text {
    match accepts {
        Accepts::Bool => text!(accepts_bool),
        Accepts::Number => text!(accepts_number),
        Accepts::Whole => text!(setting_whole),
        Accepts::CountOrShare => text!(accepts_count_or_share),
        Accepts::Text => text!(accepts_text),
        Accepts::Names => text!(accepts_names),
        Accepts::ChoiceOrWhole { words, .. } => text!(accepts_words, words = words),
        Accepts::Choice(words) => text!(accepts_words, words = words),
        Accepts::ChoiceOrNumber(words) => text!(accepts_words_or_number, words = words),
        Accepts::ChoiceOrBool(words) => text!(accepts_words_or_bool, words = words),
        Accepts::Numbers => text!(accepts_numbers),
        Accepts::Texts => text!(accepts_texts),
        Accepts::Matrix => text!(accepts_matrix),
        Accepts::NumberTable => text!(accepts_number_table),
        Accepts::TextTable => text!(accepts_text_table),
        Accepts::MatrixTable => text!(accepts_matrix_table),
        Accepts::SettingsTable => text!(accepts_settings_table),
    }
}

/// What to do about a column that is not among these.
fn no_column(name: &str, columns: &[String]) -> Text {
    let is_year = |head: &&String| {
        let digits = head.strip_suffix('年').unwrap_or(head);
        digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1800..2200).contains(&year))
    };
    let years: Vec<String> = columns.iter().filter(is_year).cloned().collect();
    match (years.len(), columns.is_empty()) {
        (2.., _) => text!(contract_no_column_years_hint, columns = years, name = name),
        (_, true) => text!(contract_no_column_hint),
        (_, false) => text!(contract_no_column_of_hint, columns = columns),
    }
}

/// A contract between stages that does not hold.
pub(crate) fn contract(problem: &ContractProblem, named: &Named) -> Words {
    let node = &named.node;
    let child = named.child.as_deref().unwrap_or_default();
    match problem {
        ContractProblem::NoColumn { column, .. } => Words::new(
            text!(contract_no_column, column = column, node = node),
            match &named.near {
                Some(near) => text!(contract_no_column_near_hint, near = near),
                None => no_column(column, &named.columns),
            },
        ),
        ContractProblem::Sign { method, given_by, positive, stage: of, .. } => Words::new(
            match positive {
                true => text!(
                    contract_sign_positive,
                    stage = stage(*of),
                    method = method,
                    node = node,
                    child = child,
                    given_by = given_by
                ),
                false => text!(
                    contract_sign_not_negative,
                    stage = stage(*of),
                    method = method,
                    node = node,
                    child = child,
                    given_by = given_by
                ),
            },
            match named.can_shift {
                true => text!(contract_sign_shift_hint, method = method, child = child),
                false => text!(contract_sign_hint, child = child, node = node),
            },
        ),
        ContractProblem::Centred { method, given_by, stage: of, .. } => Words::new(
            text!(
                contract_centred,
                stage = stage(*of),
                method = method,
                node = node,
                child = child,
                given_by = given_by
            ),
            text!(contract_sign_hint, child = child, node = node),
        ),
        ContractProblem::Orientation { method, given_by, stage: of, .. } => Words::new(
            text!(
                contract_orientation,
                stage = stage(*of),
                method = method,
                node = node,
                child = child,
                given_by = given_by
            ),
            text!(contract_orientation_hint),
        ),
        ContractProblem::Absent { method, cells, stage: of, .. } => Words::new(
            text!(
                contract_absent,
                stage = stage(*of),
                method = method,
                node = node,
                child = child,
                cells = *cells
            ),
            text!(contract_absent_hint),
        ),
        ContractProblem::NeedsPanel { method, stage: of, .. } => Words::new(
            text!(contract_needs_panel, stage = stage(*of), method = method, node = node),
            text!(contract_needs_panel_hint),
        ),
        ContractProblem::PrintedWeights { method, .. } => Words::new(
            text!(contract_printed_weights, node = node, method = method),
            text!(contract_printed_weights_hint),
        ),
        ContractProblem::UnitOfIdeal { method, .. } => Words::new(
            text!(contract_unit_of_ideal, method = method, node = node),
            text!(contract_unit_of_ideal_hint),
        ),
        ContractProblem::NoFact { fact, method, .. } => Words::new(
            text!(contract_no_fact, method = method, fact = *fact, node = node),
            match method == "given" {
                true => text!(contract_no_fact_given_hint, fact = *fact),
                false => text!(contract_no_fact_hint, fact = *fact),
            },
        ),
    }
}
