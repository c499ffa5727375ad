### Every text of Quanheng in English. The build checks that zh.ftl has the same messages with the same slots.
###
### A message:           key = There is no region `{ $code }`.
### A plural form:       key = { $count -> [one] one cell *[other] { $count } cells }
### A term:              -weighting = weighting      used as { -weighting }
###
### Each concept is a term, so that it has one word. Messages stand in the section of their area, in alphabetical order.
### What is declared in the code in English (methods, commands, statistics) is not repeated here; zh.ftl translates it.

## Terms

-aggregation = aggregation
-branch = branch
-imputation = imputation
-league = league
-methodology = methodology
-normalisation = normalisation
-rounding = rounding
-system = system
-tiering = tiering
-treatment = treatment
-weighting = weighting

## General

list_more = { $names } and { $count } more
one_of = one of { $names }
unreadable = { $file } cannot be read: { $reason }

## Problems: projects


## Problems: data


## Problems: evaluation

column_constant = every value is { $value }, so there is no scale to build on
not_converged = it did not converge in { $steps } steps
skewed = after treatment the skewness is still { $skewness } and the excess kurtosis { $kurtosis }
too_few_values = there are { $found } values, but at least { $needed } are needed
weights_zero = the weights add up to zero

## Problems: snapshots


## Problems: locks


## Problems: files and names


## Problems: settings


## Problems: contracts


## Problems: methods

alike_all = all regions are alike
bounds_one_value = the bounds leave { $value } as the only value
column_mean_zero = the mean of column { $column } is 0
column_norm = column { $column } has the norm { $norm }, by which its values cannot be divided
combination_part = `{ $method }`: { $what }
comparisons_contradict = the comparisons contradict one another: the deviation is { $deviation }, and at most { $most } is allowed
comparisons_no_one = no sibling has 1 in `{ $setting }`, but one of them must
counts_do_not_fit = the counts add up to { $stated }, but { $there ->
    [one] one region has
   *[other] { $there } regions have
    } a score
expect_above_zero = above 0
expect_ascending = values in ascending order
expect_ascending_or_descending = numbers that ascend or descend
expect_at_least_one_number = at least one number
expect_at_most_upper = at most `upper`
expect_bands = pairs of a value and its points
expect_below_p = below `p`
expect_below_upper = below `upper`
expect_box_cox_beside = left out unless `fallback = "box_cox"` stands beside it
expect_counts = at least one whole number, each 1 or more
expect_cuts_only = only numbers of `cuts`, but { $x } is not among them
expect_max_beside = left out unless `max` or `max_share` stands beside it
expect_multiples = at least one number, none of them twice
expect_n_names = { $n } names, one for each tier
expect_n_shares = { $n } numbers of 0 or more, not all 0
expect_no_shares = left out unless `by` is `linear`
expect_number_above_zero = a number above 0
expect_order_weights = numbers of 0 or more, not all 0
expect_parts_of = weightings named in `of`, but `{ $name }` is not
expect_region = the code of a region
expect_shares = numbers above 0 that add up to 1
expect_weighting_built_in = built-in weightings, but `{ $name }` is none: choose from { $known }
expect_weighting_once = a list that names each weighting once, but `{ $name }` stands in it twice
expect_weightings = the names of the weightings to combine
experts_disagree = the experts on `{ $parent }` disagree: Kendall's W is { $agreement }, and at least { $least } is required
experts_scores = the scores of `{ $parent }` must have { $n } numbers of 0 or more for each expert
factors_explain_too_little = the { $kept } factors that are kept explain { $explained } % of the variance, but { $asked } % are required: lower `least_total`, or state `factors`
goalposts_equal = both goalposts are { $value }
goalposts_logarithm = the goalposts { $bad } and { $good } have no logarithm: both must be above 0
importance_negative = the importance wanted of `{ $node }` is below 0
importance_undetermined = the siblings determine one another, so the weights are not unique
importance_unreachable = the wanted importance would need a weight below 0 for `{ $node }`, which is already more important than that through the other indicators: ask for more of it, or leave it out
judgements_contradict = the judgements under `{ $parent }` contradict one another: the consistency ratio is { $ratio }, and at most { $most } is allowed
loading_negative = `{ $node }` has the loading { $loading } on the first component, unlike the others, but no weight can be below 0: leave it out, or use the rule `squared`
losses_undetermined = the losses do not determine the weights: some siblings are best in the same region
matrix_not_reciprocal = in the matrix of `{ $parent }`, row { $row } column { $column } is { $there }, and the reverse is { $back }: one must be 1 divided by the other
matrix_size = the matrix of `{ $parent }` must have { $n } rows of { $n } numbers
mean_not_positive = the mean of the children is { $mean } in one row, and must be above 0
method_absent = { $cells ->
    [one] one cell
   *[other] { $cells } cells
    } of column { $column } have no value
method_category_missing = no category or band covers { $value } in row { $row }
method_code_not_found = there is no `{ $code }` here
method_fact_missing = `{ $fact }` is not stated
method_linear_program_infeasible = the linear program of row { $row } has no solution
method_region_not_found = there is no region `{ $code }` here
method_unstated = child { $child } does not state `{ $fact }`
method_value_out_of_domain = { $value } in row { $row } of column { $column } must be { $needed }
mixture_negative = no mixture is nearest to every weighting: the coefficient of `{ $method }` would be below 0; combine them by `product` or `linear`, or use the size of the coefficient (`negative` = `absolute`)
needed_above_one_greatest = above 1, because it is the greatest value
needed_above_zero = above 0
needed_above_zero_after_add = above 0 after `add` is added
needed_computable = small enough for its result to be computed
needed_denominator = a denominator other than 0
needed_denominator_above_zero = above 0, because it is a denominator
needed_formula = a value for which the formula gives a number
needed_not_negative = 0 or more
no_likely_power = no power has the greatest likelihood: the values are too few, too close together or too far apart
no_value_above_zero = no region has a value above zero, so there is nothing to compare with
random_index_unknown = no random index is known for { $n } siblings: split `{ $parent }`
reference_count = `reference` has { $found } values for { $needed } children
reference_is_worst = region { $code } is itself the worst
reference_without_value = the reference region { $code } has no value in a period in which others have
score_infinite = the score is { $score }, which is not a number
score_missing = the method gave no score although the data are complete
score_too_large = the score of row { $row } is too large for a number
shares_impossible = the shares of { $n } children cannot lie between { $lower } and { $upper } and add up to one
target_not_better = the target { $target } is not better than the worst value { $worst }
tier_names = there are { $tiers } tiers, but { $names } names
values_too_large_for_mean = the values are too large for a mean of them to be computed
values_too_large_for_moments = the values are too large or too small for their skewness and kurtosis to be computed
values_too_large_to_weigh = the values are too large or too small to derive weights from them
weight_below_zero = the weight of `{ $node }` is below 0
weights_differ = weights differ between the periods or leagues that the method combines: state the same `over` and `among` for the weighting

## Problems: scripts

script_argument_kind = `{ $argument }` of `{ $function }` is { $kind }
script_argument_value = `{ $argument }` of `{ $function }`: { $what }
script_arguments = `{ $name }` takes { $count ->
    [one] one argument
   *[other] { $count } arguments
    }
script_arguments_hint = it is called with { $counts }
script_attribute_no_number = `{ $attribute }` is `{ $found }`, which is not a number
script_bad_number = `{ $found }` is not a number
script_beyond_numbers = { $what } is beyond the range of numbers
script_beyond_numbers_hint = the values are too large or too small
script_bounds_swapped = the lower bound is above the upper one
script_bounds_swapped_hint = clamp(lower, upper)
script_break_outside = `break` and `continue` belong inside a loop
script_breaks_few = there can be no more classes than there are different values
script_breaks_long = the column is too long for natural breaks
script_breaks_long_hint = use fewer rows or classes
script_by_zero = division by zero: { $of }
script_bytes = columns and matrices of the script would hold more than { $limit } MB
script_bytes_hint = keep fewer of them at a time; `[scripts] megabytes` sets the limit
script_called_here = here it is `{ $here }`
script_calls_deep = functions call each other too deep
script_calls_deep_hint = look for a function that calls itself without an end
script_cell_absent = cell { $row } of column { $column } is absent
script_cell_absent_hint = fill absent cells first: .or(0)
script_cells_from_0 = cells are counted from 0
script_changed_value = `{ $function }` changed a value that was there: { $before } to { $after }
script_changed_value_hint = only absent cells may be filled: column.or(…)
script_column_belongs = a column belongs there
script_columns = columns
script_columns_by_name = columns by name
script_columns_from_0 = columns are counted from 0
script_compare_first = compare it first: x > 0; then .any() or .all()
script_constant_assigned = the constant `{ $name }` cannot be changed
script_constant_changed = `{ $name }` would change a constant
script_constant_changed_hint = let copy = CONSTANT; and change the copy
script_constant_column = every value is { $x }, so the column cannot be put on a scale
script_constant_column_hint = check with .is_constant() first
script_count_from_0 = count from 0
script_counted_from_0 = elements are counted from 0
script_data_race = a variable is changed and used at the same time
script_data_race_hint = where a function uses the list that it is handed to, give the list a second name first: let all = list;
script_deep = expressions lie too deep inside each other
script_deep_hint = give parts of it names with `let`
script_default_deep = the default of `{ $name }` is nested too deep
script_default_not_a_word = the default `{ $value }` is not among the words
script_did_you_mean = did you mean `{ $near }`?
script_direction = the direction is { $found }
script_direction_hint = 1 where more is better, -1 where less is
script_divide = divide it into several
script_divisor_hint = check first whether the divisor is 0
script_element_set = an element of { $kind } cannot be set
script_element_set_hint = make a new column instead: x.replace(mask, value), mask.choose(yes, no), x.map(f)
script_elsewhere = every other place
script_ends_early = the script ends too early
script_ends_early_hint = a bracket or quotation mark is not closed
script_example = for example: { $code }
script_example_columns = the example has no columns, or columns of several lengths
script_example_count = the example has { $found } `{ $key }`, and { $columns } columns
script_example_fails = the example gives no result: { $reason }
script_example_groups = `groups` of the example is not a map of maps
script_example_indicator = an indicator of the example is not a map
script_example_key = an example has no `{ $key }`
script_example_list = `{ $key }` of the example is not a list
script_example_list_hint = a list with one element a column
script_example_map = `{ $key }` of the example is not a map
script_example_numbers = `{ $key }` of the example is not a list of numbers
script_example_periods = the rows of the example do not divide into its periods
script_example_raw = the raw columns of the example have several lengths, or do not divide into its periods
script_example_setting = the setting `{ $setting }` of the example does not fit: { $fault }
script_example_setting_hint = see the settings at the top of the script
script_example_tree = `tree` of the example is not a tree
script_example_weights = the `weights` of the example have no sum above 0
script_fewer_modules = import fewer modules
script_fewer_nodes = use fewer nodes
script_fewer_tiers = use fewer tiers
script_forms = it can be called as { $forms }
script_forms_max = it can be called as { $forms }; of two values it is `greater(x, y)`, of a column and a number `x.at_least(lower)`
script_forms_min = it can be called as { $forms }; of two values it is `lesser(x, y)`, of a column and a number `x.at_most(upper)`
script_from_0 = numbers of 0 or more
script_from_hint = from: ["a", "b"] names the raw columns that it reads
script_function_belongs = a function belongs here: { $code }
script_function_inside = functions are defined at the top of a script, not inside others
script_function_nameless = a name belongs after `fn`
script_function_no_body = the function `{ $name }` has no body
script_function_no_brackets = the parameters of the function `{ $name }` are missing
script_function_twice = the function `{ $name }` with { $count ->
    [one] one parameter
   *[other] { $count } parameters
    } is defined twice
script_gave = `{ $function }` gave { $kind }
script_gave_cells = `{ $function }` gave { $found } cells, and { $wanted } are needed
script_gave_cells_hint = filter() and sort() change the number of cells; where() does not
script_gave_deep = `{ $name }` gave lists, maps or functions nested too deep
script_gave_deep_hint = return a plain list of numbers, or a column
script_gave_maps = a map belongs there, or a list of maps
script_header_word = `{ $word }` is not a known word of this line
script_host_failed = the host of scripts failed: { $reason }
script_host_failed_hint = this is a fault of the program: please report it with the script
script_import_computed = the name of this module is computed when the script runs
script_in_aggregation = aggregation
script_in_call = in this call of `{ $name }`
script_in_column = in column { $column }, { $what }
script_in_imputation = imputation
script_in_nameless_call = in this call of a function without a name
script_in_tiering = tiering
script_in_treatment = treatment and normalisation
script_indicator_facts = facts of an indicator
script_is_function = it is a function and needs brackets: `{ $name }()`
script_is_percent = this is a percent already
script_is_plain = this is a column of plain numbers
script_is_points = this is a column of points
script_is_property = it is a property and has no brackets: `.{ $name }`
script_is_rate = this is a rate already
script_kendall_long = { $rows } rows are too many for `kendall`
script_kendall_long_hint = use up to { $most } rows, or `spearman`
script_key_kind = `{ $key }` is { $kind }
script_kind_bool = true or false
script_kind_children = a Children
script_kind_classes = a Classes
script_kind_column = a Column
script_kind_facts = a Facts
script_kind_function = a function
script_kind_indicator = an Indicator
script_kind_list = a list
script_kind_map = a map
script_kind_mask = a Mask
script_kind_matrix = a Matrix
script_kind_nothing = nothing
script_kind_number = a number
script_kind_other = a value of the type { $name }
script_kind_raw = a Raw
script_kind_regions = a Regions
script_kind_text = a text
script_kind_tiers = a Tiers
script_kind_tree = a Tree
script_leaf_became = `{ $code }` became { $kind }
script_leaf_beyond = `{ $code }` is { $value }, beyond its limits { $lower } to { $upper }
script_leaf_beyond_hint = look at the raw columns, and at the limits in the tree
script_leaf_cells = `{ $code }` has { $found } cells, and { $wanted } are needed
script_leaf_cells_hint = where() leaves cells out and keeps their places
script_leaf_unit = `{ $code }` is in { $unit }, and the script gives it as { $found }
script_leaf_unit_hint = .percent(), .rate() and .points(full_marks) change the unit
script_league_key = a league has no `{ $key }`
script_league_marks = `full_marks` of `{ $code }` is { $kind }
script_league_mask = league `{ $code }` has no mask over the regions
script_leagues_belong = a map belongs there: #{"{"} cities: regions.has("level", "city") {"}"}, or #{"{"} cities: #{"{"} where: …, name: "…", full_marks: #{"{"} x: 30 {"}"} {"}"} {"}"}
script_leave_out = leave out `{ $code }`
script_leave_out_change = leave this change out
script_lengths = one column has { $a } cells and the other { $b }
script_lengths_hint = columns that are used together must have the same number of rows
script_lines_end = lines end with `;`; conditions are joined by `&&` and `||`, and negated by `!`
script_logarithm_hint = logarithms are of numbers above 0
script_long = the script is longer than { $limit } bytes
script_long_hint = put parts of it into modules, and numbers into tables
script_look_at_file = look at the file
script_look_at_matrix = look at the matrix
script_look_at_regions = look at the table of regions
script_look_at_row = look at this row
script_many_counts = there are more than { $most } counts
script_many_cuts = there are more than { $most } cuts
script_many_functions = the script has too many functions
script_many_modules = the script imports too many modules
script_many_nodes = the tree has more than { $most } nodes
script_many_settings = the script declares more than { $most } settings
script_many_settings_hint = a list or map holds many values
script_many_variables = there are too many variables in one function
script_many_variables_hint = divide it into several functions
script_map_belongs = a map belongs here: { $code }
script_map_mixed = the function gave { $one } for one column, and { $other } for another
script_map_mixed_hint = it must give the same for each column
script_mark_unit = say first what the numbers are: .as_{ $mark }()
script_mask_choose = `mask.choose(yes, no)` decides in each cell, `.any()` and `.all()` once for all; masks are joined by `&` and `|`
script_mask_of = a mask is made of true and false
script_masks = masks
script_matrices = matrices
script_memory = the program grew by more than { $limit } MB while the script ran
script_memory_hint = keep numbers in columns, and fewer lists, maps and texts at a time
script_mismatch = this is { $found }, and must be { $wanted }
script_missing_token = `{ $token }` is missing { $why }
script_module_circle = `{ $path }` imports itself, directly or through other modules
script_module_circle_hint = put what both need into a third module
script_module_long = `{ $path }` is longer than { $limit } bytes
script_module_outside = `{ $path }` leads out of the project's folder
script_module_outside_hint = modules lie below the project's folder, and are named from there
script_module_undefined = there is no module `{ $name }` here
script_modules = the script imports more than { $limit } modules
script_modules_hint = look for modules that import each other
script_modules_nested = more than { $most } modules import each other
script_name_expected = a name belongs here
script_no_attribute = there is no attribute `{ $attribute }`
script_no_cell = there is no cell { $row } in a column of { $cells }
script_no_cell_of_mask = there is no cell { $row } in a mask of { $cells }
script_no_child = there is no child `{ $code }`
script_no_class = there is no class `{ $name }`
script_no_column_of_matrix = there is no column { $k } in a matrix of { $columns }
script_no_corners = these are not corners of a line
script_no_corners_hint = [[value, points], [value, points], …], with the values ascending
script_no_correlation = there is no correlation `{ $word }`
script_no_eigenvalues = the eigenvalues do not settle
script_no_element = there is no element { $place } in a list of { $count }
script_no_eval = a script runs only what it contains; it cannot run a text as a script
script_no_function = there is no function `{ $name }`
script_no_group = there is no group `{ $code }`
script_no_groups = the project has no [group.…]
script_no_kind = there is no kind `{ $kind }`
script_no_module = there is no module `{ $name }` to import
script_no_module_hint = modules are named from the project's folder, without `.rhai`, and lie below it
script_no_node = there is no node `{ $code }`
script_no_node_key = a node has no `{ $key }`
script_no_operator = there is no operator `{ $sign }`
script_no_order = the elements of the list are of several kinds, so they have no order
script_no_order_hint = use a list of numbers, or of texts
script_no_power_assignment = write x = x ** y
script_no_print = a script returns its result and prints nothing; it reports an error with `throw`
script_no_property = { $kind } has no property `{ $name }`
script_no_property_here = there is no property `{ $name }` here
script_no_raw = there is no raw column `{ $name }`
script_no_reason = no reason was given
script_no_result = { $what } cannot be computed from { $count ->
    [0] a column without values
    [one] one value
   *[other] { $count } values
    }
script_no_result_hint = look with .count() how many values there are
script_no_result_of_column = { $what } of column { $k } cannot be computed
script_no_result_of_column_hint = it has too few values, or they are too large
script_no_root = the tree has no root
script_no_row = there is no row { $row } in a matrix of { $rows }
script_no_setting_kind = there is no kind of setting `{ $kind }`
script_no_stage = the script has no function of a stage
script_no_state = there is no state `{ $word }`
script_no_ties = there is no kind of ranks `{ $word }`
script_no_variable = there is no variable `{ $name }`
script_node_below = `{ $parent }` lies below `{ $code }`
script_node_below_hint = a node cannot be moved below itself
script_node_kind = a node is { $kind }
script_node_no_code = a node has no `code`
script_node_set = set() changes one that is there
script_node_twice = there is a node `{ $code }` already
script_not_a_count = { $x } is not a whole number of 0 or more
script_not_a_file = it is not a file
script_not_a_setting = { $kind } cannot be a setting
script_not_a_share = { $x } is not a share
script_not_a_tier = { $x } is not the number of a tier
script_not_assigned = nothing can be assigned to this
script_not_called = `{ $name }` cannot be called like this
script_not_called_with = `{ $name }` cannot be called with { $kinds }
script_not_in_stage = there are no { $what } in this stage
script_not_in_stage_hint = they are there in { $stage }
script_not_indexed = { $kind } cannot be indexed by { $by }
script_not_regions = { $x } is not a number of regions
script_not_square = the matrix is { $rows } by { $columns }
script_not_square_hint = a square matrix belongs here
script_not_symmetric = the matrix is not symmetric
script_not_symmetric_hint = eigen() is for symmetric matrices
script_not_utf8 = it is not UTF-8 (byte { $byte })
script_not_whole = this is a number with decimals, and must be a whole number
script_not_whole_hint = `.whole()` makes 2.0 the whole number 2
script_number_belongs = a number belongs here
script_number_not_whole = { $x } is not whole
script_number_or_nothing = a number belongs here, or ()
script_numbers_belong = a list of numbers belongs here
script_one_a_column = one a column
script_one_goalpost = `{ $code }` has one goalpost only
script_one_goalpost_hint = state both `bad` and `good`
script_one_of_two = `{ $code }` has `{ $there }` and no `{ $missing }`
script_only_percent_to_rate = only a percent can become a rate
script_only_rate_to_percent = only a rate can become a percent
script_only_shares_to_points = only a rate or a percent can become points
script_operator_kinds = `{ $name }` does not work on { $kinds }
script_order = a matrix of order { $order } is too large for this
script_other_leaves = columns of other leaves
script_other_name = choose another name
script_other_unit = { $found }, and { $only }
script_overflow = the result is too large for a whole number: { $of }
script_own_code = each node has a code of its own
script_parameter_twice = the function `{ $name }` has two parameters `{ $parameter }`
script_percent_by_100 = a percent divided by 100 is a rate
script_percent_times_100 = a percent times 100: it has been multiplied by 100 before
script_percents = percents
script_plain_first = write .plain() first, to say that you mean it
script_plain_numbers = plain numbers
script_points = points
script_points_by_100 = points times or divided by 100
script_power_hint = it is too large, or a root of a number below 0
script_property_set = `{ $name }` of { $kind } cannot be set
script_property_set_hint = every function gives a new value: x.replace(mask, value), tree.set(code, facts)
script_property_unread = this property cannot be read: { $said }
script_ranks = ranks
script_rate_by_100 = a rate divided by 100: it is a share of one already
script_rate_times_100 = a rate times 100 is a percent
script_rates = rates
script_regions = regions
script_removed_value = `{ $function }` removed a value that was there: { $before }
script_result_hint = look for a division by 0, or a logarithm of 0
script_result_infinite = the result is infinite
script_result_kind = the result is { $found }, and must be { $wanted }
script_result_undefined = the result is undefined
script_root_hint = square roots are of numbers of 0 or more
script_round_first = round it first: x.round(0).whole()
script_row_a_region = one row for each region in each period
script_row_weights = weights by row
script_rows_from_0 = rows are counted from 0
script_see_codes = tree.codes lists them
script_see_names = .names lists them
script_see_settings = see what the script says of its settings
script_set_code = set() does not change codes
script_set_code_hint = rename(from, to) does
script_setting_inside = settings are declared at the top of a script
script_setting_inside_hint = const NAME = setting("name", default); and use NAME in the function
script_setting_twice = the setting `{ $name }` is declared twice
script_setting_twice_hint = declare each setting once
script_setting_values = a number, a text, true or false, or a list or map of them
script_setting_words = the words of a setting are texts
script_several_stages = the script has functions of several stages: { $names }
script_shapes = one matrix is { $rows } by { $columns } and the other { $other_rows } by { $other_columns }
script_shapes_hint = matrices that are used together must have the same shape
script_share_belongs = a share lies between 0 and 1
script_silent = the script stopped without saying why
script_singular = the matrix is singular, so it has no inverse
script_singular_hint = look for a column that is the sum of others
script_size_list = the size of a list
script_size_list_or_map = the size of a list or map
script_size_map = the size of a map
script_size_text = the length of a text
script_sort_gave = the function that sorts gave { $kind }
script_sort_gave_hint = it must give -1, 0 or 1, or whether the first comes before the second
script_steps = the script took too many steps
script_steps_hint = work on whole columns instead of cells; `[scripts] operations` sets the limit
script_stopped = the script was stopped
script_text_belongs = a text belongs here
script_text_open = a text is not closed
script_texts_added = { $several } and texts cannot be added
script_texts_added_hint = add a number, or another column
script_the_correlation = the correlation
script_the_count = the count
script_the_greatest = the greatest value
script_the_kurtosis = the kurtosis
script_the_least = the least value
script_the_mean = the mean
script_the_median = the median
script_the_norm = the norm
script_the_product = the product
script_the_quantile = the quantile
script_the_range = the range
script_the_sample_sd = the standard deviation of a sample
script_the_sample_variance = the variance of a sample
script_the_sd = the standard deviation
script_the_skewness = the skewness
script_the_sum = the sum
script_the_variance = the variance
script_threw_kind = the script threw { $kind }, which is not a message
script_tier_labels = the tiers are called { $here } here and { $elsewhere } elsewhere
script_tier_labels_hint = give label() the same names for all regions
script_tier_name = the name of a tier is not a text
script_tier_names = there are { $tiers } tiers and { $names } names
script_tier_names_hint = give a name for each tier, the best first
script_tiers_belong = tiers belong there: scores.cut([80, 60]), ranks.cut_by_counts([3, 6]), numbers.as_tiers()
script_tiers_from_1 = whole numbers from 1, the best, belong here
script_time = the script took too long
script_time_hint = look for a loop that does not end; `[scripts] seconds` sets the limit
script_too_large = { $what } is beyond the limit
script_too_large_hint = keep numbers in columns: column([…]), not in lists
script_tree_belongs = a tree belongs there: tree("index").add(#{"{"} code: "x", parent: "index" {"}"})
script_two_alike = `{ $function }` takes two numbers or two columns
script_two_alike_hint = of a column and a number: x.at_most(upper), x.at_least(lower)
script_undefined = { $function } of { $x } is not a number
script_undefined_hint = leave such cells out (x.where(x > 0)), or shift the column first (x + 1)
script_undefined_of_matrix_hint = leave such cells out, or shift the columns first
script_undefined_of_two = { $x } { $sign } { $y } is not a number
script_unexpected = `{ $found }` does not belong here
script_units_added = { $a } and { $b } cannot be added or compared
script_units_divided = { $a } divided by { $b } mean nothing
script_units_hint = bring both to one unit: .percent(), .rate(), .points(full_marks), or .plain() to say that you mean it
script_units_multiplied = { $a } times { $b } would be out by a hundred or mean nothing
script_units_multiplied_hint = make one of them a rate with .rate(), or say .plain()
script_up_to = up to { $most }
script_use_let = `let` gives a name to a value
script_use_unit = an absent cell is written `()`
script_value_deep = `{ $name }` holds lists, maps or functions nested too deep
script_value_deep_hint = use plain lists and maps, and functions with names
script_value_expected = a value belongs here
script_weight_absent = the weight of `{ $code }` is absent
script_weight_hint = weights are 0 or above
script_weight_is = the weight of `{ $code }` is { $weight }
script_weights_no_sum = the weights have no sum
script_weights_no_sum_hint = they are too large
script_weights_of_one = weights of sum one
script_whole_from_1 = whole numbers of 1 or more belong here
script_word_kept = `{ $word }` is a word of the language
script_word_off = `{ $word }` cannot be used here
script_write = write { $code }
script_wrong_kind = this is { $kind }

## Problems: plugins


## Commands


## Reports: heads and labels


## Reports: sentences


## Notes
