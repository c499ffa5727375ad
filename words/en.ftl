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

did_you_mean = did you mean `{ $name }`?
list_more = { $names } and { $count } more
one_of = one of { $names }
unreadable = { $file } cannot be read: { $reason }

## Problems: projects

accepts_above_zero = a number above 0
accepts_any = a value
accepts_bool = true or false
accepts_character = a text of one character
accepts_count_or_share = a whole number, or a share such as 0.5 or "3/13"
accepts_encoding = the label of an encoding, such as `gb18030`
accepts_date = a date
accepts_either = { $first }, or { $second }
accepts_fraction = a number, or a fraction such as 1/3
accepts_list = a list
accepts_matrix = a list of lists of numbers
accepts_matrix_table = a table of lists of numbers
accepts_method = the name of a method, or a table with `method`, `script` or `plugin`
accepts_names = a text, or a table of texts by language
accepts_number = a number
accepts_number_between = a number between { $least } and { $greatest }
accepts_number_from = a number of { $least } or more
accepts_number_table = a table of numbers
accepts_numbers = a list of numbers
accepts_one_method = a table with one of `method`, `script` and `plugin`
accepts_options = a list of one option or more: values of a key of the methodology, or tables with a label and the keys that they change
accepts_settings_table = a table of settings
accepts_table = a table
accepts_text = a text
accepts_text_table = a table of texts
accepts_texts = a list of texts
accepts_whole = a whole number from { $least } to { $greatest }
accepts_words = one of { $words }
accepts_words_or_bool = one of { $words }, or true or false
accepts_words_or_number = one of { $words }, or a number
against_goalposts_hint = correct `direction` or the goalposts; where `direction` is left out, the goalposts say which way is better
against_goalposts_less = `{ $code }` states that less is better, and its goalposts say that more is: `bad` is { $bad } and `good` is { $good }
against_goalposts_more = `{ $code }` states that more is better, and its goalposts say that less is: `bad` is { $bad } and `good` is { $good }
against_thresholds_hint = correct `green` and `red` (the target stands for `green` where that is left out), or `direction`
against_thresholds_less = `{ $code }` states that less is better, and its red threshold is not above the green one: `green` is { $green } and `red` is { $red }
against_thresholds_more = `{ $code }` states that more is better, and its red threshold is not below the green one: `green` is { $green } and `red` is { $red }
at_all_leaves = `{ $key }` has no effect in `at`: with `across = "leaves"` the { $part } works on all leaves at once
at_all_leaves_hint = remove it, or leave out `across`
at_no_leaf = `{ $key }` has no effect in `at`: the { $part } works on leaves, and there are none
at_no_leaf_hint = name a leaf, a node above some, a level that has leaves, or `leaves`
at_only_leaves = `{ $key }` has no effect in `at`: the { $part } works on nodes with children, and this names leaves only
at_only_leaves_hint = name a node that has children, or the level of such nodes
attribute_not_number = the attribute `{ $attribute }` of the regions does not hold plain numbers: region `{ $region }` has `{ $text }`
attribute_not_number_hint = write plain numbers such as 12345.6 into the table of regions, or name another attribute, a column of the data or a node
base_circle = systems are based on each other in a circle: { $codes }
base_circle_hint = one of them must have a `tree`, or a script that needs no base
clock_unreadable = "{ $text }" is not a time of day
clock_unreadable_hint = write it as "12:00" or "23:59:59"; "24:00" is the end of the day
condition_unreadable = the condition cannot be read: { $expected } was expected here
condition_unreadable_hint = for example: level == 'city' and not group('capital')
constraint_unreadable = the constraint cannot be read: { $expected } was expected here
constraint_unreadable_hint = for example: not (normalisation == 'z_score' and aggregation == 'geometric')
data_header_elsewhere = the first row is a title, and the names of the columns seem to stand in row { $row }
data_header_elsewhere_hint = write header = { $row } if they do; rows are counted as the file counts them
data_header_rows = the first row is a title, and the names of the columns seem to stand in rows { $first } and { $last }
data_header_rows_hint = write header = [{ $first }, { $last }] if they do, or header = {"{"} indicator = { $first }, period = { $last } {"}"} if one row names the indicators and the other the periods
data_header_title = the first row is a title, and not the names of the columns
data_header_title_hint = write header = … with the row of the names, as the file counts its rows
data_hidden_sheet = only the hidden sheet "{ $sheet }" has the columns that are looked for
data_hidden_sheet_hint = write sheet = "{ $sheet }" if it is meant
data_named_column = `{ $key }` names the column "{ $name }", which the table does not have
data_named_column_hint = the columns are { $columns }
data_no_period_heads = no column is named by a period
data_no_period_heads_hint = the columns are { $columns }; leave out the layout "periods_across", or state the row of the header that holds the periods
data_no_row = there is no row { $row }: the last one is { $last }
data_no_row_hint = rows are counted from 1 as the file counts them, with those above the table
data_not_comparable = "{ $shows }" in the column "{ $column }" cannot be compared with a number
data_not_comparable_hint = put the row into `skip`, or compare the text: { $column } != '{ $shows }'
data_number_no_format = { $indicator } of region { $at } may be a percentage: "{ $shows }"
data_one_sheet = one table is read here, and several sheets are stated: { $sheets }
data_one_sheet_hint = state one sheet
data_said_twice = the { $axis } is stated twice: for the whole table, and by a column or by the heads of columns
data_said_twice_hint = delete one of them: { $axis } in `constant`, the name of the column, the layout, or `sheet_names`
data_several_sheets = several sheets fit: { $sheets }
data_several_sheets_hint = state which one is read, for example sheet = "{ $sheet }"; with sheet_names = "period" all of them are read
data_units_in_header = row { $row } belongs to the header, and `units` names it too
data_units_in_header_hint = `units` is the row that holds nothing but units; leave it out if there is none
data_unread_no_format_hint = a file of this kind does not say whether a number is shown as a percentage: save it as .xlsx, or state `percent` only for the indicators that are percentages in this file as they stand
data_without_period = the data have no period `{ $period }`
empty_tree = the tree has no nodes
empty_tree_hint = a tree has a root and at least one leaf
expected_attribute = an attribute, `group(…)`, `not` or `(`
expected_choice = a choice, `not` or `(`
expected_choice_not_group = the name of a choice (a group is a group of regions)
expected_closing_quote = a closing quotation mark
expected_column = the name of a column, `not` or `(`
expected_comma_or_bracket = `,` or `]`
expected_conjunction_or_end = `and`, `or` or the end
expected_number = a number
expected_operator = `==`, `!=`, `<`, `<=`, `>`, `>=` or `in`
expected_result = `rank(REGION)`, `score(REGION)`, `tier(REGION)`, `not` or `(`
expected_shallower = a condition with at most { $most } brackets and `not` inside one another
expected_shorter = a condition of at most { $most } words and signs
expected_sign = `{ $sign }`
expected_text = a text in quotation marks, or a number
expected_word = a name, a text in quotation marks, a number, a comparison, `in`, `and`, `or` or `not`
extends_circle = methodologies extend each other in a circle: { $codes }
extends_circle_hint = take `extends` out of one of them
extends_too_long = more than { $most } methodologies extend one another in a row
extends_too_long_hint = let methodologies extend one that states most of what they share
input_broken = the project { $project }, whose results are an input, cannot be evaluated: { $count ->
    [one] one problem
   *[other] { $count } problems
    } in it
input_broken_hint = correct that project first; `quanheng check` shows the same
input_circle = the project takes results of { $project }, which is made of its own
input_circle_hint = take the input out of one of the projects
inputs_too_deep = more than { $most } projects take results of one another in a row
inputs_too_deep_hint = take results of a project further down at once
input_periods = `as_period` states one period for the results of { $count }: { $periods }
input_periods_hint = state one of them in `periods`, or with `combine` how they are put together
moment_unreadable = "{ $text }" is not a time
moment_unreadable_hint = write it as "2023-04-19 00:00"
more_problems = { $count } further problems are not listed
more_problems_hint = correct those that are listed, and run the command again
no_head = `{ $key }` is not written as a table with a head of its own, so that no new project can be made without it
no_head_hint = write it below `[{ $key }]`, or copy the data too with `--data`
not_of_measure = `{ $key }` has no effect in a measure of the kind `{ $kind }`
not_of_measure_column_hint = state `credit` if the column holds grades, or remove `column`
not_of_measure_hint = remove `{ $key }`
not_of_measure_of_hint = `of` is the denominator of a share; write what counts in `where`
too_deep = `{ $code }` lies more than { $most } levels below the root
too_deep_hint = check the parents; an indicator system rarely has more than five levels
too_many_nodes = the tree has { $count } rows, more than the { $most } nodes that a tree may have
too_many_nodes_hint = check that this is the file of the tree, and not that of the values
window_ends_before = the accounting window of `{ $period }` does not end after its beginning
window_ends_before_hint = `from` is the first moment of the window, and `to` the first moment behind it
fact_idle = `{ $fact }` of `{ $code }` changes nothing, because its direction does not ask for it
fact_idle_hint = `best_from` and `best_to` go with the direction `interval`, `tolerance_from` and `tolerance_to` with `target`, `middle` and `interval`
fact_needed = `{ $code }` needs `{ $fact }`
fact_needed_hint = state `{ $fact }`, or another direction
fact_of_leaf = `{ $fact }` is stated for { $codes }, and only leaves have it
fact_of_leaf_direction_hint = more is better in the score of every node; state the direction of the leaves below
fact_of_leaf_hint = leave `{ $fact }` out where a node has children
full_marks_sum = `{ $code }` has full marks { $stated }, but those of its children add up to { $sum }
full_marks_sum_hint = leave its own full marks blank to take the sum, or correct one of the numbers
goalposts_alike = both goalposts of `{ $code }` are { $value }
goalposts_alike_hint = state in `bad` the value that scores nothing, and in `good` the value that scores full
ideal_order = the best values of `{ $code }` end before they begin
ideal_order_hint = `best_from` is the least of the best values, and `best_to` the greatest
ideal_target = `{ $code }` has a `target`, and its `direction` says that other values are best
ideal_target_hint = write `direction = target` if the target is best, or leave `target` out
ideal_tolerance = `{ $fact }` of `{ $code }` is not beyond the best values
ideal_tolerance_hint = below the best values, `tolerance_from` is the value that has nothing; above them, `tolerance_to`
ideal_unit = `{ $fact }` of `{ $code }` is in the unit of the data, and its values become their closeness to what is best, from 0 to 1
ideal_unit_hint = leave it out; `tolerance_from` and `tolerance_to` say which values have nothing
inner_without_leaves = `inner` has no effect here: the index is made of its children
inner_without_leaves_hint = `inner` says how the nodes between the index and its leaves are made, beside `across = "leaves"`
key_beside = `{ $key }` cannot stand beside `{ $other }`
key_beside_hint = keep one of the two
league_empty = league `{ $code }` has no regions
league_empty_hint = check its condition and the attributes in the table of regions
leagues_overlap = leagues `{ $first }` and `{ $second }` share { $count ->
    [one] region { $region }
   *[other] { $count } regions, among them { $region }
    }
leagues_overlap_hint = a region is ranked in one league only; groups may overlap
leagues_stated_twice = leagues are stated more than once: the scripts of { $systems } divide the regions too
leagues_stated_twice_hint = remove [league.…], or the function `leagues` of the script
limit_exceeded = `{ $leaf }` is { $value } for { $region } in { $period }, outside its limits { $lower } to { $upper }
limit_exceeded_hint = correct the value, or the limits (`lower`, `upper`) in the tree
limit_exceeded_too = `{ $leaf }` is { $value } for { $region } in { $period }, outside its limits { $lower } to { $upper }; { $others ->
    [one] one more value of it is
   *[other] { $others } more values of it are
    } outside too
marks_alike = `thousands` is the same character as the decimal mark
marks_alike_hint = state `decimal` as well: decimal = ",", thousands = "."
marks_of_many = full marks are stated for `{ $code }`, which stands for several nodes
marks_of_many_hint = state them for each node by its code
methodology_contract = methodology `{ $methodology }`: { $what }
missing_key = { $table } has no `{ $key }`
missing_key_choices_hint = for example: choices = {"{"} normalisation = ["min_max", "z_score"] {"}"}
missing_key_data_hint = add a table [data] with `regions` and `values`, which name the files
missing_key_hint = add `{ $key } = …`
missing_key_label_hint = for example: {"{"} label = "short", normalisation = "rank" {"}"}
missing_key_normalisation_hint = for example: normalisation = "min_max"
missing_key_regions_hint = for example: regions = "regions.csv"
missing_key_tree_hint = for example: tree = "tree.csv", or script = "system/my.rhai"
missing_key_values_hint = for example: values = "values.csv"
must_be = it must be { $accepts }
no_key = { $table } has no key `{ $key }`
no_methodology = the project has no methodology
no_methodology_hint = add a table [methodology.official] with at least `normalisation`
no_plugin = there is no plugin in the project called `{ $name }`
no_plugin_hint = `quanheng plugin trust PATH` adds one to the project
no_reason = the note `{ $code }` is silenced without a reason
no_reason_hint = state in a few words why it need not be shown
no_names = `match = "name"` is stated, and nothing says which regions there are
no_names_hint = state a table of regions with `regions`, or with names = "china-provinces", "china-prefectures" or "countries" take one that comes with the program
no_rows = there are no rows of values to evaluate
no_rows_hint = fill in the table of values: one row for each region (and period), or one row for each value
node_number = `{ $column }` of `{ $code }` cannot be used
nothing_left_of_system = nothing is left of the system
option_label_repeated = two options of `{ $choice }` are called `{ $label }`
option_label_repeated_hint = give one of them another name: {"{"} label = "…", … {"}"}
out_of_range = `{ $key }` must be { $range }
out_of_range_default_hint = if it is left out, it is { $default }
out_of_range_hint = correct the number
parent_circle = parents form a circle: { $codes }
parent_circle_hint = the root has no parent, and every other node leads up to the root
parent_unknown = `{ $code }` has the parent `{ $parent }`, but no node is called so
published_leaf = `{ $code }` is a leaf, and `published` is for a node with children
published_leaf_hint = `column` states the column of the data that a leaf is read from
range_above_zero = above 0
range_between = between { $least } and { $greatest }
range_finite = a finite number
range_from = { $least } or more
range_whole = a whole number from { $least } to { $greatest }
repeated_node = two nodes have the code `{ $code }`
repeated_node_hint = give each node a different code
same_key = `{ $first }` and `{ $second }` both replace `{ $key }`, and only one of them can apply
same_key_hint = make one choice of them, or let one of them change only a setting: {"{"} { $key }.SETTING = … {"}"}
scale_alone = `{ $code }` has a `scale` and no `denominator`, so that the scale has no effect
scale_alone_hint = `scale` multiplies the quotient by a denominator: state `denominator`, or bring the data to the unit that you mean
script_arithmetic = a calculation with whole numbers fails ({ $message })
script_bad_capture = a function cannot capture variables here
script_bad_character = `{ $found }` is not a single character
script_bad_escape = the escape `{ $found }` is not known
script_bad_name = `{ $name }` cannot be a name
script_doc_comment = a doc comment must be followed by a function
script_engine = the script engine reports an error ({ $message })
script_export_inside = `export` can only stand at the top level of a script
script_missing_sign = a sign is missing here
script_name_forbidden = `{ $name }` cannot be the name of a variable
script_no_bit = there is no bit { $place } in a number of { $count } bits
script_no_such_element = there is no element `{ $index }`
script_no_this = there is no `this` here
script_not_there = there is no script `{ $name }`
script_not_there_hint = check the name; `quanheng script list` lists the bundled scripts
script_outside = the script `{ $name }` is outside the project
script_outside_hint = scripts are in the project's folder or below it, and are named from there with `/`
script_programme_absent = the linear programme has absent numbers
script_programme_absent_hint = fill them or leave them out first
script_programme_failed = the linear programme cannot be solved: its numbers are too far apart
script_programme_hint = look at the signs of the rows and the limits: rows.dot(x) must not be above limits
script_programme_infeasible = no numbers of 0 or more keep all limits of the linear programme
script_programme_unbounded = the objective of the linear programme has no greatest value
script_share_hint = a share of a distribution lies above 0 and below 1
script_switch_condition = this case of `switch` cannot have a condition
script_switch_default = the case `_` of `switch` must be the last one
script_switch_number = in a `switch`, numbers must stand before ranges
script_too_long = the script `{ $name }` is longer than { $limit } bytes
script_too_long_hint = move parts of it into modules, and numbers into tables
script_unreadable = the script `{ $name }` cannot be read: { $reason }
setting_whole = a whole number of 0 or more
several_roots = { $count } nodes have no parent: { $codes }
several_roots_hint = a tree has one root: state the parent of the other nodes
system_refused = { $script }: { $what }
table_choice_in_at = a choice in `at`
table_tiers_of_league = the tiers of a league, which are those of the index
table_choice_of = this choice for { $stage }
table_option = option `{ $label }` of `{ $choice }`
table_option_of = an option of `{ $choice }`
table_this_tree = this tree
table_window = the rule of windows
time_format = times cannot be read by "{ $text }"
time_format_hint = use %Y, %m and %d once each, and %H, %M and %S: "%d/%m/%Y %H:%M"
toml_carriage_return = a carriage return stands here without a line feed
toml_carriage_return_hint = save the file with the line ends of Windows or of Unix
toml_comma_missing = a comma is missing between two values
toml_comma_missing_hint = put `,` between the values of a list and between the keys of a table in one line
toml_comment = the comment has a character that it cannot have
toml_comment_hint = delete the control character
toml_deep = lists and tables are nested too deeply
toml_deep_hint = write them as tables with headings of their own
toml_dotted = this key has a value already, and cannot be a table too
toml_dotted_hint = write everything about it in one table
toml_duplicate_key = this key stands here twice
toml_duplicate_key_hint = delete one of the two, or give it another name
toml_equals_missing = `=` is missing after the key
toml_extra = there is one sign too many here
toml_extra_hint = delete the superfluous comma or equals sign
toml_invalid = the file is not valid TOML: { $what }
toml_key = the key cannot be read
toml_key_hint = a key has letters, digits, `-` and `_`; any other name stands in quotation marks
toml_newline = a new line must begin here
toml_newline_hint = write one key and its value on each line
toml_not_closed = { $sign } is missing
toml_not_closed_hint = a list ends with `]`, a table in one line with `{"}"}`, the name of a table with `]`
toml_number = the number or date cannot be read
toml_number_hint = write 1.5, 1_000 or 2020-12-31; a text stands in quotation marks
toml_other = ({ $message })
toml_other_hint = check the quotation marks, brackets and equals signs here
toml_pair = a key and its value are expected here
toml_quotes = a value is needed here, and a text stands in quotation marks
toml_quotes_hint = for example: key = "text"
toml_text = the text has a character or an escape that it cannot have
toml_text_hint = write `\\` for a backslash, or put the text in single quotation marks
toml_text_open = the text is not closed
toml_text_open_hint = end the text with the quotation mark with which it begins
toml_value_missing = the key has no value
toml_value_missing_hint = write key = "text", key = 3, key = [1, 2] or key = {"{"} a = 1 {"}"}
too_many_branches = there are { $count } branches, and at most { $limit } can be evaluated
too_many_branches_hint = remove options, or state `sample = 10000` to draw that many branches
too_many_branches_to_count = there are too many branches to count, and at most { $limit } can be evaluated
too_many_factors = { $count } inputs vary, and at most { $most } can
too_many_factors_hint = name fewer nodes in `weights`
nothing_varies = [sensitivity.{ $code }] states nothing that varies
nothing_varies_hint = state `weights = "index"`, `multiverse = "…"` or `errors = true`
rows_of_sample = a sample of { $rows } rows is stated, and the number of rows must be a power of two
rows_of_sample_hint = state `rows = { $below }` or `rows = { $above }`: the points of a Sobol sequence fill space evenly only in such numbers
weights_sum = the weights below `{ $code }` add up to { $sum }, but the system states { $stated }
weights_sum_hint = correct the weights, or leave `weights_sum` out: weights are scaled to a sum of 1 in any case
without_key = `{ $key }` has no effect without `{ $needs }`
without_key_hint = add one of them, or remove `{ $key }`
not_a_date = "{ $text }" is not a date
not_a_date_hint = write a year, a month or a day: 2019, 2019-01 or 2019-01-31
repeated_code = two have the same code: { $what } `{ $code }`
repeated_code_hint = give one of them another code
wrong_kind = `{ $key }` is { $found }
wrong_stage = `{ $name }` is a method for { $has }, but a method for { $asked } is needed here
wrong_stage_hint = `quanheng methods --stage { $code }` lists the methods that can stand here
wrong_word = `{ $found }` is not a value of `{ $key }`

## Problems: data

data_ambiguous_region = { $name } ({ $regions })
data_ambiguous_regions = { $count ->
    [one] a name fits
   *[other] { $count } names fit
    } several regions: { $names }
data_ambiguous_regions_hint = write their codes, or put the name of the province or city before the name (南京市鼓楼区), or name a column that holds it: parent = "…" in [data]
data_bad_cell = the cell holds no text
data_bad_number = the column "{ $column }" needs a number and not "{ $shows }"
data_bad_number_text_hint = correct it; if it stands for no number, add "{ $shows }" to `missing` of the records
data_bad_text = line { $line }, character { $column } is not text in { $encoding }
data_bad_text_hint = the rest of the file is text in this encoding, so bytes were probably lost: save the file again, as UTF-8 if you can; or state its encoding in [data]
data_bad_text_stated_hint = `encoding` in [data] states how to read it; without it the encoding is found, as far as it is certain
data_bad_text_zero_hint = it holds a zero byte: if the file is UTF-16, write encoding = "utf-16" in [data]
data_bad_time = "{ $shows }" in the column "{ $column }" is not a time
data_bad_time_hint = a time is written as 2023-05-18 11:59, or as `time_format` says
data_beyond_cells = the used cells reach to { $last } and span { $cells } cells, while only { $filled } hold something
data_beyond_cells_hint = delete the cells far from the table, or save the table as CSV
data_beyond_columns = a line has more than { $columns } cells
data_beyond_ratio = a part of the workbook is more than { $times } times as long unpacked as it is packed
data_beyond_record = a line, or a cell in quotation marks, is longer than { $megabytes } MB
data_beyond_record_hint = check that this is a table, and that every quotation mark is closed
data_beyond_sheets = the workbook has { $sheets } sheets, more than { $most }
data_beyond_text = the texts of the workbook are too long: one has more than { $kilobytes } kB, or all together more than 512 MB
data_beyond_unpacked = the workbook is longer than { $megabytes } MB when it is unpacked
data_beyond_unpacked_hint = save the table that is needed in a file of its own, as CSV
data_blank = "{ $column }" is blank
data_blank_hint = fill it in, or delete the row
data_blank_grade = "{ $column }" is blank, and a blank cell has no credit
data_coded_twice = { $coder } has two codes for { $indicator } of region { $at }
data_coded_twice_hint = delete one of the two; if there are several rounds of coding, state which one is read, for example where = "round == '2'"
data_delimiter_tab = tabs
data_delimiters = the header can be split at { $found }
data_delimiters_hint = state which one, for example delimiter = "," in [data]
data_disagreements = coders disagree on { $count ->
        [one] one cell
        *[other] { $count } cells
    }, to which the rule gives no value: { $cells }
data_disagreements_hint = settle them by a coder whom `arbiter` names, or state another rule, such as rule = "majority"; with rule = "median", `quanheng describe --show disagreements` lists all of them
data_empty = the file holds no table
data_empty_hint = the first line must name the columns
data_lost_digits = a spreadsheet has written the code "{ $code }" as a number, so that its last digits are lost
data_lost_digits_hint = format the column as text in the spreadsheet, enter the codes again from their source, and save the file again
data_mapped_twice = { $code } has two counterparts
data_mapped_twice_hint = each code has one line on either side; delete the others
data_mapping_columns = a mapping needs the columns "from" and "to"
data_mapping_columns_hint = the columns here are { $columns }
data_measure_twice = two columns are called "{ $name }": one of them is a measure of records
data_measure_twice_hint = give the measure another name in [records]
data_more = { $count } more like this: { $what }
data_neighbours_twice = regions { $region } and { $neighbour } are neighbours twice, with different weights
data_neighbours_twice_hint = a row holds in both directions unless `one_way = true`; delete one of the two rows, or give both the same weight
data_no_clock = "{ $shows }" in the column "{ $column }" has no time of day, and the windows begin or end within a day
data_no_clock_hint = add the time of day to the records, or let the windows begin and end at 00:00
data_no_coder = no row has the coder "{ $name }", whom `arbiter` names
data_no_coder_hint = the coders are { $known }
data_no_column = there is no column "{ $name }", which should hold the { $role }
data_no_column_hint = the columns are { $columns }; change the head of the right one to "{ $name }"
data_no_column_head_hint = if it is "{ $near }", change that head to "{ $name }"
data_no_column_near_hint = if it is "{ $near }", write { $role } = "{ $near }"
data_no_column_key_hint = the columns are { $columns }; write { $role } = "…" in [data] if it is one of them
data_no_parquet = this program was built without Parquet
data_no_parquet_hint = save the table as CSV, or build the program with `--features parquet`
data_no_period = other tables have a column "{ $name }" with the period, but this table has none
data_no_period_hint = add the column, or leave the table out
data_period_ambiguous = the period "{ $label }" can mean { $first } or { $second }
data_period_ambiguous_hint = write each period in a form with one meaning, such as { $first } or { $second }; a spreadsheet drops the last zero of a number, so format the column as text
data_periods_mixed = the periods are of several kinds: "{ $first }" is { $first_kind }, and "{ $second }" is { $second_kind }
data_periods_mixed_hint = the periods of all tables are compared with each other, so that they must be of one kind: leave out the rows of the others
data_no_sheet = there is no sheet "{ $sheet }"
data_no_sheet_hint = the sheets are { $sheets }
data_not_a_number = { $indicator } of region { $at } is not a number: "{ $shows }"
data_number_blank = { $indicator } of region { $at } is blank
data_other_mark = the file begins with the byte order mark of { $mark }, and encoding = "{ $stated }" is stated
data_other_mark_hint = state `encoding` only for the files that are in { $stated }, each in a table of its own in `values`, or save all files in one encoding
data_own_neighbour = region { $code } is its own neighbour
data_own_neighbour_hint = delete the row, or correct one of the two codes
data_parquet = the Parquet file cannot be read: { $reason }
data_parquet_hint = write it again, or save the table as CSV
data_ragged = { $found ->
    [one] one cell
   *[other] { $found } cells
    } here, but the header has { $expected }
data_ragged_few_hint = a blank cell still needs its delimiter
data_ragged_many_hint = a cell that holds the delimiter must stand in quotation marks
data_ragged_open_hint = the row extends over { $lines } lines: is a quotation mark not closed?
data_reading = { $encoding } ({ $names })
data_region_in_period = { $region } in { $period }
data_repeated_cell = two values of { $indicator } for region { $at }
data_repeated_column = two columns are called "{ $name }"
data_repeated_column_hint = give each column a different name
data_repeated_hint = delete one of the two
data_repeated_record = "{ $key }" stands in two records, and `unique` names the column "{ $column }"
data_repeated_record_hint = delete one of the two, or leave out `unique` if a case may have several records
data_repeated_region = region { $code } is listed twice
data_repeated_row = two rows for region { $at }
data_repeated_row_hint = each region has one row in each period; if the column of periods has another name, write period = "…"
data_role_code = code
data_role_indicator = indicator
data_role_node = nodes
data_role_parent = parent
data_role_period = period
data_role_rank = ranks
data_role_region = region
data_role_score = scores
data_role_tier = tiers
data_role_value = value
data_spreadsheet_error = the cell holds an error of the spreadsheet: { $shows }
data_spreadsheet_error_hint = correct its formula
data_sum_too_large = the sum of { $measure } is larger than numbers can be
data_sum_too_large_hint = check the numbers of the column
data_unknown_codes_mangled_hint = a spreadsheet has taken a code for a number and written it as 1E+05 or 110000.0, so that digits are lost: enter the codes again in a column with the format "text"
data_unknown_grade = "{ $shows }" in the column "{ $column }" has no credit
data_unknown_grade_hint = the grades with a credit are { $known }; add "{ $shows }" = … to `credit`, or leave such records out with `where` or `of`
data_unknown_grade_near_hint = write "{ $near }" if it is meant, or add "{ $shows }" = … to `credit`
data_unknown_names_hint = these are names of regions: write match = "name" in [data], or in [records.…] for records, and names and aliases are keys beside the codes
data_unknown_names_of_hint = these are names of regions: write match = "name" and names = "{ $table }" in [data], and names of that table are keys beside the codes
data_unknown_near = { $code } ({ $near }?)
data_unknown_regions = { $count ->
    [one] one region code
   *[other] { $count } region codes
    } in { $rows ->
    [one] one row
   *[other] { $rows } rows
    } not found in the table of regions: { $codes }
data_unknown_regions_hint = add them to the table of regions, or delete their rows; leading zeros count
data_unknown_regions_more = { $codes } and { $more } more
data_unnamed_column = column { $column } has no name
data_unnamed_column_hint = name it in the first line, or delete it
data_unread_blank_hint = if blank means missing, states.missing in [data] must hold ""
data_unread_date_hint = it is a date or a time: format the cell as a number or as text
data_unread_formula_hint = the workbook holds a formula without its result: open it in a spreadsheet program and save it again
data_unread_mark_hint = "{ $mark }" stands beside the number: write marks = {"{"} "{ $mark }" = { $factor } {"}"} in [data] if { $factor ->
    [one] the number counts without it
   *[other] such a number is to be multiplied by { $factor }
    }
data_unread_not_finite_hint = a number must be finite; if it stands for no value, add "{ $shows }" to states.missing in [data]
data_unread_percent_hint = write percent = "fraction" in [data] if 12% means 0.12, or percent = "points" if it means 12
data_unread_separator_both_hint = write thousands = "{ $mark }" in [data] if the mark groups digits, or decimal = "{ $mark }" if decimals follow it
data_unread_separator_decimal_hint = write decimal = "{ $mark }" in [data]
data_unread_separator_hint = digits must stand in groups of three
data_unread_separator_thousands_hint = write thousands = "{ $mark }" in [data]
data_unread_spreadsheet_hint = it is an error of the spreadsheet: correct its formula, or add "{ $shows }" to states.missing in [data]
data_unread_text_hint = if it stands for no value, add "{ $shows }" to states.missing, not_applicable or withheld in [data]
data_unread_truth_hint = write 1 or 0
data_unsure_encoding = the file is not UTF-8, and its encoding is neither stated nor certain
data_unsure_encoding_hint = state `encoding` in [data]: the one in which the first names of the file are right, { $readings }
data_unsure_encoding_none_hint = state it in [data]: encoding = "…"; or save the file as UTF-8
data_weight_of_neighbour = the weight of region { $region } and its neighbour { $neighbour } is "{ $shows }"
data_weight_of_neighbour_hint = a weight is a number above 0, with a full stop as its decimal mark; regions that are not neighbours have no row
data_workbook = the workbook cannot be read: { $reason }
data_workbook_format = it is not a workbook that can be recognised
data_workbook_hint = open it in a spreadsheet program and save it again, as .xlsx or .csv
period_day = a day
period_edition = an edition
period_half = half a year
period_label = a label without a time
period_month = a month
period_months_to = the first months of a year
period_number = a number
period_quarter = a quarter
period_split_year = a year from one calendar year to the next
period_week = a week
period_year = a year
reason_original = ({ $message })

## Problems: evaluation

absent_cells = { $column } has no value in { $count ->
    [one] one cell
   *[other] { $count } cells
    }: { $regions }
absent_cells_hint = fill them by an imputation, or choose a method that accepts absent values
absent_cells_imputation_hint = fill them (imputation = "mean", "carry" …), or let the other indicators take over their weight (imputation = "renormalise")
all_constant = every indicator here has one and the same value in all regions, so that the data cannot weigh them
all_constant_hint = choose weighting = "equal" or "given" here (`at`), or write over = "panel"
category_missing = no category or band covers { $value } of { $regions }
category_missing_hint = add a category or band to the settings
code_not_found = there is no `{ $code }` among the siblings and columns
code_not_found_hint = check the codes in the settings against the codes in the tree and the columns of the data
not_in_setting_hint = state it for `{ $code }`; `quanheng methods show { $method }` has an example of `{ $setting }`
column_constant = every value is { $value }, so there is no scale to build on
column_constant_elsewhere_hint = leave the indicator out, choose another method for it (`at`), or write over = "panel"
column_constant_hint = state a rule for it: constant = "leave_out", or a score for every region such as constant = 1; or normalise it with goalposts, or write over = "panel"
divisor = { $what } of { $column } is { $value }, and must be { $needed }, because the formula divides by it
divisor_hint = leave out { $column }, or choose another method for this part of the tree (`at`)
evaluation_failed = methodology `{ $methodology }`, { $stage } `{ $method }` of { $node }{ $place }: { $what }
evaluation_failed_at = { $what } ({ $regions })
evaluation_in_league = {" "}in league { $league }
evaluation_in_period = {" "}in { $period }
evaluation_in_period_league = {" "}in { $period }, league { $league }
evaluation_regions_more = { $regions } and { $count } more
fact_missing = the tree does not state `{ $fact }` for it
fact_missing_hint = fill in `{ $fact }` in the tree, or state it as a setting
fact_twice = the tree states `{ $fact }` of `{ $code }` twice, and differently
fact_twice_hint = the rows of a node must agree: leave the cells of all rows but the first blank, or correct one of them
fact_unstated = the tree does not state `{ $fact }` of { $column }
fact_unstated_hint = fill in `{ $fact }` in the tree
group_not_found = the project has no group `{ $code }`
group_not_found_hint = state it: [group.{ $code }] with `column`, an attribute of the regions, or with `file`, a table of members
linear_program_infeasible = the linear program of { $regions } has no solution
linear_program_infeasible_hint = loosen the bounds in the settings
method_hint = `quanheng methods show { $method }` says what it needs
neighbour_missing = no neighbour of { $regions } has a value here
neighbour_missing_hint = a region needs a neighbour with a value in its league and period: add one to the table of neighbours, or give the region itself a weight where the method has a setting for it, such as `diagonal`
neighbours_not_stated = the project states no neighbours of regions that methods can use
neighbours_not_stated_hint = state the table of neighbours in `[data]`: neighbours = "neighbours.csv"; what `[analysis]` states is known to the analysis only
not_converged = it did not converge in { $steps } steps
not_converged_hint = choose another method
region_and_period = { $region } ({ $period })
region_not_found = region `{ $code }` is not among the regions compared here
region_not_found_hint = the region needs a row in every period that is compared
skewed = after treatment the skewness is still { $skewness } and the excess kurtosis { $kurtosis }
skewed_hint = allow more values to be treated (`max`, `max_share`), state a `fallback`, or write failing = "keep" to use the column as it is
too_few_distinct = there are { $values } values, { $distinct } of them distinct, but at least { $needed } different ones are needed
too_few_distinct_hint = make fewer tiers, or choose another method
too_few_rows = every value that is needed is there for { $found } regions, but at least { $needed } are needed
too_few_rows_hint = use more regions or periods (among = "all", over = "panel"), or choose another method
too_few_values = there are { $found } values, but at least { $needed } are needed
too_few_values_hint = use more regions or periods (among = "all", over = "panel"), or choose another method
value_out_of_domain = { $column } is { $value } for { $regions }, and must be { $needed }
value_out_of_domain_hint = correct the value, or choose another method for this part of the tree (`at`)
weights_zero = the weights add up to zero
weights_zero_hint = at least one weight must be above 0, and none below 0

## Problems: snapshots

snapshot_accept_nothing_hint = nothing is pending: `quanheng test` compares the project with its snapshots
snapshot_accept_what = nothing is named to accept
snapshot_accept_what_hint = name methodologies, or write `--all`; pending: { $pending }
snapshot_damaged_cells = the snapshot is damaged: a line has { $found } cells, and needs { $expected }
snapshot_damaged_count_regions = the snapshot is damaged: it states { $stated } regions here, but holds { $found }
snapshot_damaged_count_tables = the snapshot is damaged: it states { $stated } tables here, but holds { $found }
snapshot_damaged_expected = the snapshot is damaged: { $what } was expected here
snapshot_damaged_hint = restore the file from version control, or make it again: `quanheng test`, then `quanheng accept`
snapshot_damaged_number = the snapshot is damaged: `{ $found }` is not a number
snapshot_damaged_region = the snapshot is damaged: `{ $code }` stands in this table twice
snapshot_damaged_table = the snapshot is damaged: there is a second table for this league and period
snapshot_form = the snapshot has the form `{ $form }`, which this program does not know
snapshot_form_hint = use the version of quanheng that wrote it, or make it again: `quanheng test`, then `quanheng accept`
snapshot_line_begin = `---` at the beginning
snapshot_line_end = `---` at the end of its head
snapshot_line_first = `quanheng snapshot 1 | methodology CODE | tables N`
snapshot_line_heads = `rank | code | name | score | tier` with the nodes of the first table
snapshot_line_title = `# league CODE | period LABEL | regions N`
snapshot_merge = the snapshot holds the marks of an unfinished merge
snapshot_merge_hint = take the file of either side; `quanheng test` then says what differs
snapshot_no_terminal = a review asks questions, but standard input is not a terminal
snapshot_no_terminal_hint = `quanheng accept` accepts snapshots without asking
snapshot_nothing = nothing would be pinned for methodology `{ $methodology }`, because it has none of the periods
snapshot_nothing_hint = name one of its periods in `periods` of [snapshot], or in [snapshot.methodology]
snapshot_other = this is the snapshot of methodology `{ $of }`, not of `{ $expected }`
snapshot_other_hint = if a methodology has a new code, make its snapshot again: `quanheng test`, then `quanheng accept`
snapshot_unmet = of { $of ->
    [one] one methodology
   *[other] { $of } methodologies
    }, { $parts }
snapshot_unmet_differ = { $count ->
    [one] one differs from its snapshot
   *[other] { $count } differ from their snapshots
    }
snapshot_unmet_failed = { $count ->
    [one] one could not be compared with its snapshot
   *[other] { $count } could not be compared with their snapshots
    }
snapshot_unmet_failed_hint = the problems above say why
snapshot_unmet_first_hint = no methodology has a snapshot yet: `quanheng review{ $project }` shows the new results one by one, `quanheng accept{ $project } --all` accepts all of them; later results are compared with what is accepted
snapshot_unmet_hint = `quanheng review{ $project }` shows the new results one by one, `quanheng accept{ $project } --all` accepts all of them
snapshot_unmet_new = { $count ->
    [one] one has no snapshot yet
   *[other] { $count } have no snapshot yet
    }
snapshot_unmet_read_only_hint = without `--read-only`, the new results are written beside the old ones, to be accepted
snapshot_unreferenced = no methodology of the project has these snapshots: { $files }
snapshot_unreferenced_hint = remove them, or let `quanheng test --unreferenced delete` remove them

## Problems: published results

official_contradicts = published figures of [published.{ $code }] contradict each other in { $count ->
        [one] one way
        *[other] { $count } ways
    }
official_contradicts_hint = check the figures and the members of the group; if they were published so, state the reason in `contradicts`
official_differs = methodology `{ $methodology }` differs from { $file } in { $cells ->
    [one] one cell
   *[other] { $cells } cells
    } of { $of }
official_differs_hint = `quanheng reproduce` lists them; state a cell that cannot be reproduced in `except`, with the reason
official_no_column = there is no column "{ $name }", which should hold the { $role }
official_no_column_hint = the columns are { $columns }; write { $key } = "…" in [official] if it is one of them
official_no_contradiction = the figures of [published.{ $code }] do not contradict each other
official_no_contradiction_hint = remove `contradicts`
official_no_figure = "{ $shows }" in the column "{ $column }" is not a number
official_no_figure_hint = write a number as it is published; a percentage has no percent sign
official_no_figure_whole_hint = write a whole number, or leave the cell blank
official_no_node_hint = the columns are { $columns }; write node = "…" in [official] if it is one of them, or nodes = "…" if the file is of one node
official_no_period_hint = the columns are { $columns }; write period = "…" in [official] if it is one of them, or periods = "…" if the file is of one period
official_no_reason = an exception is stated without a reason
official_no_reason_hint = state in a few words why the published figure is not reproduced
official_no_score_hint = the columns are { $columns }; name it by `score`, `rank` or `tier` in [official] if it is one of them, or give the columns of scores the codes of their nodes
official_no_use = `{ $key }` has no effect on a file of this kind
official_no_use_hint = remove it from [official]
official_nothing = the project names no published results
official_nothing_hint = add a table [official] with `file`, the table of published results; docs/project-file.md lists its keys
official_stale = an exception no longer holds: { $names }: { $cells ->
    [one] the cell that it means is
   *[other] all { $cells } cells that it means are
    } equal
official_stale_all = an exception no longer holds: { $cells ->
    [one] the cell that it means is
   *[other] all { $cells } cells that it means are
    } equal
official_stale_hint = remove it, or what it names
official_stale_none = an exception means nothing that is compared: { $names }
official_stale_none_hint = correct its regions, periods, nodes or `compare`, or remove it
official_too_few = { $found ->
    [one] one cell was
   *[other] { $found } cells were
    } compared, and `at_least` asks for { $least }
official_too_few_hint = look for rows that are missing in the file, or correct `at_least`
## Problems: locks

lock_accept_hint = if the change is intended, `quanheng lock` locks the project as it is now
lock_change_bytes = its bytes
lock_change_cell = column `{ $column }` of { $key }
lock_change_cell_column = column `{ $column }`
lock_change_cells = cells of { $rows ->
    [one] one row
   *[other] { $rows } rows
    } in { $columns }
lock_change_cells_blocks = cells of { $rows } blocks of { $block } rows in { $columns }
lock_change_column_order = the order of the columns
lock_change_columns_gone = the columns { $gone } are gone
lock_change_columns_gone_and_new = the columns { $gone } are gone, and { $new } are new
lock_change_columns_new = the columns { $new } are new
lock_change_lines = { $lines ->
    [one] one line
   *[other] { $lines } lines
    }
lock_change_lines_gone = { $gone ->
    [one] one line
   *[other] { $gone } lines
    } fewer, at line { $line }
lock_change_lines_new = { $new ->
    [one] one line
   *[other] { $new } lines
    } more, from line { $line } on
lock_change_lines_replaced = from line { $line } on, { $new ->
    [one] one line
   *[other] { $new } lines
    } in place of { $gone }
lock_change_more = { $cells } more cells
lock_change_row_order = the order of the rows
lock_change_rows_beside = up to { $rows ->
    [one] one more row
   *[other] { $rows } more rows
    }
lock_change_rows_gone = { $rows ->
    [one] one row
   *[other] { $rows } rows
    } fewer
lock_change_rows_gone_after = { $rows ->
    [one] one row
   *[other] { $rows } rows
    } fewer, after that of { $row }
lock_change_rows_new = { $rows ->
    [one] one row
   *[other] { $rows } rows
    } more
lock_change_spelling = only how it is written (spaces, quotation marks, line ends or encoding), not what it says
lock_damaged = { $file } cannot be understood: { $reason }
lock_damaged_form = it has form { $found }, but this program knows form { $known }
lock_damaged_part = a part of it is missing
lock_engine = locked with { $part } { $locked }, but this is { $part } { $now }
lock_engine_hint = results may differ between versions: use { $locked }, or lock the project again
lock_file = { $file } has changed since it was locked: { $change }
lock_file_gone = { $file } is locked, but does not exist any more
lock_file_new = { $file } is read now, but was not read when the project was locked
lock_made_from = methodology `{ $methodology }` has changed in { $stages }, although no file differs
lock_made_from_hint = a default or a bundled script differs between versions of the program: `quanheng diff` shows each stage as it is now
lock_methodology_gone = methodology `{ $code }` is locked, but does not exist any more
lock_methodology_new = methodology `{ $code }` did not exist when the project was locked
lock_no_result = methodology `{ $methodology }` gives no result, so it cannot be locked
lock_no_result_hint = a lock holds every methodology of the project: correct this one, or remove it
lock_not_there = there is no { $file }
lock_not_there_hint = `quanheng lock` writes it: what the results are made from, and the results
lock_restore_hint = restore it from where it was kept, or let `quanheng lock` write it again
lock_results = the results have changed since they were locked: { $others }
lock_results_from = `{ $methodology }` from { $stage } on
lock_results_in = `{ $methodology }` in { $stage } (the scores of the index, ranks and tiers are the same)
lock_seal = { $file } was changed after `quanheng lock` wrote it
lock_setting = `{ $path }` was { $before } when it was locked, and is { $after } now
lock_setting_differs = `{ $path }` differs
lock_setting_gone = `{ $path }` was { $before } when it was locked, and is gone now
lock_setting_new = `{ $path }` is { $after } now, and did not exist when it was locked

## Problems: files and names

audit_not_passed = methodology `{ $methodology }` does not pass { $broken_count } of { $of } properties: { $broken }
audit_not_passed_hint = docs/audit.md says how to read a counter-example
crate_name = `{ $name }` cannot be the name of a crate
crate_name_hint = a name has lower-case letters, digits and `-`, and begins with a letter
file_exists = { $file } exists already
file_exists_hint = choose another name, or move the file away
folder_occupied = { $folder } is not empty
folder_occupied_hint = choose a folder that is empty or does not exist yet
import_nothing = no table of regions is found in { $files }
import_nothing_hint = a table needs a row of heads, below it a row for each region, with its name and figures; COINr needs both iData (uCode) and iMeta (iCode, Parent)
ledger_busy = another run is writing { $file }
ledger_busy_hint = wait until it is finished, or write elsewhere with `--out DIR`
ledger_damaged = the head of { $file } cannot be read, so it is not known what the ledger was made from
ledger_damaged_hint = `--fresh` starts it again; `--out DIR` keeps it and begins another one
ledger_of_other = { $file } was made from something else: { $changed } changed
ledger_part_choices = the choices or their labels
ledger_part_constraints = the constraints
ledger_part_data = the data
ledger_part_methods = the content of the methodologies
ledger_part_multiverse = the name of the multiverse
ledger_part_program = the version of the program
ledger_part_rows = the regions or periods
ledger_part_sample = the sample
no_project = there is no quanheng.toml in { $folder }
no_project_hint = `quanheng new { $folder }` writes a small project to start from
no_score = { $region } has no score under `{ $side }`
no_score_hint = a change can be explained only if there is a score on both sides; `quanheng show` shows how one side came about
no_score_in = { $region } has no score under `{ $side }` in { $period }
nothing_to_map = `--map` has nothing to map: everything here is of one project and one period
nothing_to_map_hint = leave `--map` out
one_subject = a comparison needs two or more subjects
one_subject_hint = write each as [PROJECT:]METHODOLOGY[@PERIOD]; the methodologies here are { $known }
order_bounds = no { $count } weights from { $least } to { $most } have a sum of 1
order_bounds_hint = state a smaller `--least` or a greater `--most`
order_columns = a table of statements has the columns `better` and `worse`; here the columns are { $columns }
order_columns_hint = name the columns so, or write a text file with lines such as `A > B`
order_empty = the file states no order
order_itself = `{ $region }` is compared with itself
order_itself_hint = name another region on one side
order_leagues = { $first } is in the league `{ $first_league }` and { $second } in `{ $second_league }`; regions of two leagues are not ranked together
order_leagues_hint = state an order of the regions of one league
order_leaves_of_node = `--leaves` weighs all leaves of the index, and a node is named too
order_leaves_of_node_hint = leave out `--leaves` or `--node`
order_no_region = a region is missing beside this sign
order_no_row = { $region } has no data under this methodology
order_no_row_hint = leave the region out of the order, or choose another period
order_no_row_in = { $region } has no data in { $period } under this methodology
order_no_sign = this line compares nothing
order_not_a_sum = the score of `{ $node }` is not a weighted sum that weights could be found for: { $why }
order_not_a_sum_hint = choose another node with `--node`, or a methodology whose means are arithmetic, geometric, harmonic or a power
order_sign = `{ $sign }` is not a sign of an order
order_sign_hint = write the better region first: `A > B`; regions that are equal: `A = B`
order_statement_hint = write `A > B` where A is to be better, `A = B` where they are to be equal, or a chain such as `A > B > C`
order_why_absent = { $region } has no score at `{ $node }`
order_why_domain = the method has no value for the score of { $region } at `{ $node }`, such as a logarithm of zero
order_why_leaf = it is an indicator, which has nothing to weigh
order_why_leaves = the methodology weighs all leaves at once: add `--leaves`
order_why_method = `{ $node }` is put together by `{ $method }`, whose scores are not a weighted mean of the parts
order_why_one_child = it has a single child, whose weight is 1
order_why_published = the scores of `{ $node }` are taken from the data
order_why_rounded = `{ $node }` is rounded before it goes into the index
order_words = a file with the order is needed; words besides the project: { $found }
order_words_hint = write `quanheng weights from-order [PROJECT] FILE`
other_data = `{ $first }` and `{ $second }` have different data
other_data_hint = an explanation exchanges stages over one set of data, so both sides must be methodologies or periods of one project; `quanheng compare` can compare different projects
output_pipe = the pipe to the program
output_standard = standard output
period_stated = `{ $subject }` states a period, but a methodology has none
period_stated_hint = leave out `@` and what follows it; `quanheng compare` compares periods
problem_at_both = { $name } in { $period }, league { $league }
problem_at_one = { $name } in { $what }
problem_error = error
problem_help = help
problem_methodologies = { $count ->
    [one] this concerns the methodology { $codes }
   *[other] this concerns the methodologies { $codes }
}
problem_more = { $count ->
    [one] the same happens in one more place
   *[other] the same happens in { $count } more places
}
problem_more_at = { $count ->
    [one] the same happens in one more place: { $places }
   *[other] the same happens in { $count } more places: { $places }
}
problem_more_first = the same happens in { $count } more places: { $places } and { $rest } others
problem_note = note
problems_found = { $count } problems found
problems_found_more = { $count } problems found; the first { $shown } are shown, and { $rest } more are not
profile_all_and_region = `--all` makes the profiles of all regions, and a region is named beside it
case_words = only one case is shown; words besides the project: { $found }
case_words_hint = write `quanheng cases [PROJECT] [CASE]`
no_cases = the project has no cases
no_cases_hint = name a file of cases in the project file: `[cases]` with `file = "cases.toml"`
profile_words = one region is needed; words besides the project: { $found }
profile_words_hint = write `quanheng profile [PROJECT] REGION`, or `quanheng profile [PROJECT] --all`
reach_no_cell = no cell of { $region } can change: { $reasons }
reach_no_cell_hint = name other leaves with `--only`, or fewer with `--fixed`
reach_no_rank = { $region } has no rank under this methodology
reach_no_rank_hint = only a region with a rank can reach another one; `quanheng show` shows why it has none
reach_no_rank_in = { $region } has no rank in { $period } under this methodology
reach_no_tiers = `{ $goal }` is not a rank, and this methodology has no tiers
reach_no_tiers_hint = state a rank as a whole number, or choose a methodology with `tiering`
reach_rank = no region can have rank { $goal }
reach_rank_hint = state a rank from 1 to { $ranked }; for a tier whose name is a number, add `--tier`
reach_words = a region and a rank or tier are needed; words besides the project: { $found }
reach_words_hint = write `quanheng reach [PROJECT] REGION RANK`, or the name of a tier in place of the rank
reason_and_more = { $first } (and { $more } more)
reason_and_reason = { $first }; { $second }
reason_cut_short = the file ends too early
reason_denied = permission denied
reason_denied_hint = change the permissions of the file or of the folder that holds it
reason_exists = it exists already
reason_full = no space is left on the disk
reason_full_hint = free some space and run the command again
reason_is_folder = it is a folder
reason_is_folder_hint = name a file in it
reason_link = a link leads out of the folder, to `{ $to }`
reason_no_home = neither XDG_CONFIG_HOME nor HOME is set
reason_not_a_file = it is not a regular file (it may be a device or a pipe)
reason_not_a_file_hint = save the content in a file and name that file
reason_not_folder = it is not a folder
reason_not_folder_hint = check the name; a folder is needed here
reason_not_found = there is no such file or folder
reason_not_found_hint = check the name; names in a project file start from the project's folder
reason_not_utf8 = it is not UTF-8 text (byte { $byte })
reason_not_utf8_hint = save the file as UTF-8
reason_outside = it does not lie in the project's folder `{ $folder }`
reason_outside_hint = copy it into the project's folder, or allow the folder that holds it with the option `--allow-folder DIR`
reason_read_only = the disk is read-only
reason_read_only_hint = write to another folder
reason_system = the operating system reports an error ({ $message })
reason_too_long = it is longer than { $megabytes } MB, the most that is read of such a file
reason_too_long_hint = check that it is the right file; save large tables as CSV
region_about = `{ $code }` ({ $about })
several_projects = several listed projects are called `{ $name }`: { $folders }
several_projects_hint = write the path of the project that is meant, such as `{ $folder }`
trial_weights = { $stated } weights are stated, and the table has { $of } columns of numbers
trial_weights_hint = state one for each column, in the order of the table
shard_absent = of the draws of { $what }, shard { $absent } of { $of } is not there
shard_absent_hint = make it with `quanheng robustness PROJECT draws --shard { $number }/{ $of } --out DIR`, and name its folder too
shard_damaged = { $file } is not a shard of draws as the program wrote it
shard_damaged_hint = copy it again from where it was made, or remove it and make the shard again
shard_done = { $file } has all draws of its shard: { $done } of { $of }
shard_kind = `--shard` is about draws, and `{ $kind }` draws nothing
shard_kind_hint = name `draws`, or no kind
shard_none = { $folder } has no shards of draws
shard_none_hint = `quanheng robustness PROJECT draws --shard 1/4 --out DIR` makes one of four
shard_nothing = league `{ $league }` has no draws: { $why }
shard_nowhere = it is not stated where the shard is kept
shard_nowhere_hint = `--out DIR` names the folder of the file
shard_part_number = the number of shards
shard_part_results = the data or the results
shard_part_settings = the settings of `draws` or the errors of the data
shard_stopped = the draws were stopped; { $file } has { $done }
shard_stopped_hint = the same command goes on from there
shard_stopping = The draws in hand are finished first. Press Ctrl-C again to end at once.
shard_twice = shard { $number } is there twice: { $files }
shard_twice_hint = leave one of them out: the same draws would count twice
shard_unfinished = { $file } has not all of its draws
shard_unfinished_hint = the command that began it goes on from there: `--shard { $number }/{ $of }`, with the same folder
shard_unlike = { $file } and { $first } are not shards of the same draws: { $changed } differs
shard_unlike_hint = make all shards from the same project, with the same version of the program
shard_until = draws that end when ranks are known well enough cannot be made in shards: how many there are depends on all of them
shard_until_hint = leave out `until`, and state `draws` or `evaluations`
several_regions = { $count } regions are called `{ $name }`: { $regions }
several_regions_hint = write the code of the region that is meant
several_texts = { $texts }
stage_aggregation = { -aggregation }
stage_imputation = { -imputation }
stage_normalisation = { -normalisation }
stage_system = { -system }
stage_tiering = { -tiering }
stage_treatment = { -treatment }
stage_weighting = { -weighting }
thing_analysis = analysis
thing_attribute = attribute of the regions
thing_bundled_script = script in the project or in the bundled library called
thing_choice = choice
thing_column = column
thing_data_variant = variant of the data
thing_figure = column of the data, attribute of the regions or node
thing_class = class of the group
thing_case = case
thing_group = group
thing_leaf = leaf of a system
thing_league = league
thing_leave_out_set = set of nodes to leave out one by one
thing_listed_project = listed project
thing_ability = ability
thing_method = method
thing_method_of = method for { $stage }
thing_methodology = methodology
thing_multiverse = multiverse
thing_node = node
thing_node_anywhere = node, leaf or level of the tree called
thing_node_first = node of the first side
thing_node_left_out = node that can be left out, called
thing_node_of_tree = node of the tree
thing_node_others = node of the other sides
thing_number = column of numbers
thing_option_of = option of `{ $choice }`
thing_pending = pending snapshot of methodology
thing_period = period
thing_period_of_data = period in the data
thing_period_of_methodology = period of this methodology
thing_plugin_method = method for { $stage } in plugin `{ $plugin }`
thing_property = property
thing_region = region
thing_rule = rule
thing_step = step of the case
thing_region_first = region of the first side
thing_region_others = region of the other sides
thing_robustness = kind of robustness
thing_sensitivity = sensitivity analysis
thing_stage = stage
thing_stage_with_methods = stage with built-in methods
thing_system = system
thing_tier = tier
thing_tier_first = tier of the first side
thing_tier_others = tier of the other sides
two_sides = an explanation has two sides, and { $found ->
    [one] one is
   *[other] { $found } are
    } given here
two_sides_all_hint = write `quanheng explain --all [PROJECT] A B`, where A and B are METHODOLOGY[@PERIOD]
two_sides_hint = write `quanheng explain [PROJECT] REGION A B`, where A and B are METHODOLOGY[@PERIOD]
unknown_name = there is no { $what } `{ $name }`
unknown_none = there is no { $what }
unknown_project = `{ $name }` is neither a path nor the name of a listed project
unknown_project_hint = `quanheng ls --add DIR` adds a folder, below which projects are found by the names of their folders
unwritable = { $file } cannot be written: { $reason }
which_multiverse = the project has several multiverses, and none is named
which_multiverse_hint = name one of { $known }
which_sensitivity = the project has several sensitivity analyses, and none is named
which_sensitivity_hint = name one of { $known }
discover_words = a code and a condition are needed; words besides the project: { $found }
discover_words_hint = write `quanheng multiverse discover [PROJECT] CODE "rank(REGION) > 5"`, with the condition in quotation marks
no_such_step = the trajectory has no box { $step }
no_such_step_hint = name a box from 0 to { $last }
declared_otherwise = { $file } declares something else
declared_otherwise_hint = keep it, and results will name what was changed since; `--again` replaces it, and its hash is then another one
declaration_damaged = { $file } is not a declaration, or was changed since it was written
declaration_damaged_hint = restore the file that was written, or write it again with `quanheng multiverse lock --again`
nothing_declared = { $file } declares no multiverse and no sensitivity analysis
nothing_declared_hint = state a `[multiverse.CODE]` or a `[sensitivity.CODE]` first

## Problems: settings

setting_expected = `{ $name }` of `{ $method }` does not fit
setting_no_such = `{ $method }` has no setting `{ $name }`
setting_none_hint = it has no settings
setting_out_of_range = `{ $name }` of `{ $method }` is out of range
setting_unstated = `{ $method }` needs `{ $name }`
setting_unstated_hint = `quanheng methods show { $method }` says what it is
setting_unstated_script_hint = `quanheng script show { $method }` says what it is
setting_wrong_type = `{ $name }` of `{ $method }` has a value of the wrong kind

## Problems: contracts

contract_absent = { $stage } `{ $method }` of { $node } needs every value, but { $child } has { $cells ->
    [one] one absent cell
   *[other] { $cells } absent cells
    }
contract_absent_hint = fill them by an imputation, or choose a method that accepts absent values
contract_centred = { $stage } `{ $method }` of { $node } divides by the mean, but after `{ $given_by }` the mean of { $child } is 0
contract_needs_panel = { $stage } `{ $method }` compares periods, but { $node } is treated one period at a time
contract_needs_panel_hint = write over = "panel"
contract_no_column = the data have no column `{ $column }`, from which { $node } is read
contract_no_column_hint = `column` in the tree states the column of a leaf
contract_no_column_of_hint = the columns of the data are { $columns }; `column` in the tree states the column of a leaf
contract_no_column_near_hint = did you mean `{ $near }`? `column` in the tree states the column of a leaf
contract_no_column_years_hint = the columns { $columns } look like years: write layout = "periods_across" in [data], and constant = {"{"} indicator = "{ $name }" {"}"} if all values are of one indicator
contract_no_fact = weighting `{ $method }` needs `{ $fact }` of { $node }, but the tree does not state it
contract_no_fact_given_hint = fill in `{ $fact }` in the tree, or choose weighting = "equal"
contract_no_fact_hint = fill in `{ $fact }` in the tree, or choose another weighting
contract_orientation = { $stage } `{ $method }` of { $node } needs values that are better the greater they are, but after `{ $given_by }` less is better in { $child }
contract_orientation_hint = choose a normalisation that reverses negative indicators (min_max, z_score, goalposts …)
contract_printed_weights = weights as printed (rescale = false) have no meaning at { $node }, because aggregation `{ $method }` divides by their sum or does not use it
contract_printed_weights_hint = leave out `rescale`, or choose arithmetic, geometric, sum with weighted = true, waspas or moora
contract_unit_of_ideal = `{ $method }` states values in the unit of the data, and those of { $node } become their closeness to what is best, from 0 to 1
contract_unit_of_ideal_hint = state another normalisation for it with `at`, such as `none`, which keeps the closeness
contract_sign_hint = bring { $child } to a range above 0 (for example by min_max with lower = 1 and upper = 100), or choose another method for { $node }
contract_sign_not_negative = { $stage } `{ $method }` of { $node } needs values of 0 or more, but { $child } has values below 0 after `{ $given_by }`
contract_sign_positive = { $stage } `{ $method }` of { $node } needs values above 0, but { $child } has values at or below 0 after `{ $given_by }`
contract_sign_shift_hint = write zero = "shift" beside method = "{ $method }", or bring { $child } to a range above 0 (for example by min_max with lower = 1 and upper = 100)

## Problems: methods

alike_all = all regions are alike
comparison_below_one = one comparison is { $value }, but a sibling outweighs none that is less important less than once: every number must be 1 or more
comparisons_best_worst = the best outweighs the worst { $there } times in `best_to_others`, but { $back } times in `others_to_worst`: both must be the same
comparisons_matrix = the comparisons of `{ $parent }` must have { $n } rows of { $n } numbers 0, 0.5 or 1; two numbers that mirror each other add up to 1
comparisons_ratio = the comparisons contradict one another: the consistency ratio is { $ratio }, and at most { $most } is allowed
distribution_undetermined = the columns do not determine a normal distribution: some follow from one another, or they are as many as the regions; write ridge = 0.01, or take fewer columns
expect_judgements = with `judge = "stated"`, and only then, a square matrix of 0, 0.5 and 1 whose two figures for every two objects add up to 1
expect_ranks = ranks of 1 or more
experts_matrices = there are { $n } matrices under `{ $parent }`, but `experts` has { $stated } numbers: state one number for each matrix
experts_ranks = the ranks of `{ $parent }` must have { $n } numbers of 1 or more for each expert, and `experts` one number for each expert or none
fuzzy_judgement = in the judgements of `{ $parent }`, row { $row } column { $column } must have a least number not above the likeliest, and that not above the greatest, and the reverse must be 1 divided by them in the other order
fuzzy_matrix = the judgements of `{ $parent }` must have { $n } rows, each with { $n } numbers above 0, or each with three such numbers for each of the { $n } siblings
independence_unbounded = `{ $node }` has no correlation at all with the other siblings, so that its weight would be beyond all bounds
independence_undetermined = the multiple correlation of `{ $node }` is not determined: some of the other siblings follow from one another, or all values are equal in the regions that have every sibling
influence_matrix = the influences of `{ $parent }` must have { $n } rows of { $n } numbers of 0 or more, or a multiple of { $n } rows where several experts judged
influence_undetermined = the total influences of `{ $parent }` are not determined: no sibling influences another, or they all pass everything on
judged_objects = the judgements have { $stated } rows, but there are { $n } characteristic objects: one for each combination of the characteristic values of the children
least_weights = { $n } children cannot all have a weight of at least { $least }: lower `least`
limits_impossible = no solution keeps all `limits` while `{ $code }` is the objective
objective_unbounded = the programme with the objective `{ $code }` has no greatest value: another child in which more is better must be above 0 wherever `{ $code }` is
priority_below_one = the priority of `{ $node }` is { $priority }, but the most important sibling has 1 and the others more
programme_unsolved = the programme with the objective `{ $code }` cannot be solved: its numbers are too far apart
scatter_against = `{ $node }` runs against the other siblings: no weights of 0 or above are the first vector; write form = "programme" to find the best weights of 0 or above
variation_above_one = the variation of `{ $node }` is { $variation }, and must be below 1: write variation = "mean", which does not grow with the number of regions
weights_unsolved = the programme for the weights cannot be solved: its numbers are too far apart
worst_in_all = a region is the worst in every child, and the formula divides by its sums of 0
best_in_all = a region is the best in every child, and the formula divides by its distance of 0
bounds_one_value = the bounds leave { $value } as the only value
combination_part = `{ $method }`: { $what }
comparisons_contradict = the comparisons contradict one another: the deviation is { $deviation }, and at most { $most } is allowed
comparisons_no_one = no sibling has 1 in `{ $setting }`, but one of them must
constant_all_left_out = every indicator is constant and is left out, so that nothing is left to score
node_constant_left_out = all regions have the same score here, and a node cannot be left out once its indicators are put together: state a score for it, such as constant = 0.5
constant_in_part = `{ $node }` is constant and left out in some of the periods or leagues that the method combines, but not in all: state the same `over` and `among` for the normalisation
counts_do_not_fit = the counts add up to { $stated }, but { $there ->
    [one] one region has
   *[other] { $there } regions have
    } a score
divisor_greatest = the greatest value
divisor_ideal = the stated ideal value
divisor_least = the least value
divisor_length = the length (the root of the sum of squares)
divisor_limit = the stated limit or target
divisor_logarithms = the sum of the logarithms
divisor_mean = the mean
divisor_sum = the sum
ends_reversed = the best value of `{ $code }` is { $best }, and the worst is { $worst }: the best must be on the better side
expected_beyond = the expected solution of `{ $code }` is { $value }, outside of its range from { $worst } to { $best }
expect_above_p = above `p`
expect_above_zero = above 0
expect_ascending = values in ascending order
expect_ascending_or_descending = numbers that ascend or descend
expect_at_least_one_number = at least one number
expect_at_most_p = at most `p`
expect_at_most_s_zero = at most `s_zero`
expect_at_most_upper = at most `upper`
expect_at_most_d_high = at most `d_high`
expect_bands = pairs of a value and its points
expect_below_n2k = below `n2k`
expect_below_p = below `p`
expect_below_upper = below `upper`
expect_between_c = from `c_low` to `c_high`
expect_box_cox_beside = left out unless `fallback = "box_cox"` stands beside it
expect_counts = at least one whole number, each 1 or more
expect_cuts_of_degrees = numbers between 0 and 1 in ascending order
expect_cuts_only = only numbers of `cuts`, but { $x } is not among them
expect_effect = left out, because it has no effect with this `preference`
expect_labels_of_grades = { $n } names, best first, beside `cuts`
expect_max_beside = left out unless `max` or `max_share` stands beside it
expect_multiples = at least one number, none of them twice
expect_n_names = { $n } names, one for each tier
expect_n_shares = { $n } numbers of 0 or more, not all 0
expect_no_orness_beside = left out beside `orness`
expect_no_periods_beside = left out beside `given`, which names the periods
expect_no_shares = left out unless `by` is `linear`
expect_number_above_zero = a number above 0
expect_order_weights = numbers of 0 or more, not all 0
expect_parts_of = weightings named in `of`, but `{ $name }` is not
expect_categories = the names of at least two categories, all different
expect_category = one of the categories for each region, and `{ $category }` of `{ $region }` is none of them: { $known }
expect_reference = at least one region for each category, and `{ $category }` has none
expect_at_least_delta = at least `delta`
expect_gaps = at most { $most }, so that all thresholds lie between 0 and 1
expect_profiles = at least one number for each child, and as many for each
expect_profiles_limiting = at least two numbers for each child, and as many for each
expect_ratio_of_periods = a number above 0 beside `weights = "ratio"`, and left out elsewhere
expect_region = the code of a region
expect_rules = rules of awards, and `{ $word }` is none of them: { $known }
expect_shares = numbers above 0 that add up to 1
expect_time_degree = a number from 0 to 1 where `weights` is `entropy` or `variance`, and left out elsewhere
expect_two_ascending = at least two numbers in ascending order
expect_two_ends = two numbers from 0 to 1, the smaller one first
expect_weighting_built_in = built-in weightings, but `{ $name }` is none: choose from { $known }
expect_weighting_once = a list that names each weighting once, but `{ $name }` stands in it twice: tell the two apart by a word after a hyphen, such as `{ $name }-experts`
expect_weightings = the names of the weightings to combine
expect_weights_of_periods = a table of numbers of 0 or more by the labels of periods, not all 0, beside `weights = "given"`, and left out elsewhere
expect_weights_of_subsystems = a number of 0 or more for each node of `nodes`, not all 0
experts_above_anti_ideal = below `{ $parent }` every score must be above the anti-ideal point { $point }
experts_disagree = the experts on `{ $parent }` disagree: Kendall's W is { $agreement }, and at least { $least } is required
experts_scores = the scores of `{ $parent }` must have { $n } numbers of 0 or more for each expert
factors_explain_too_little = the { $kept } factors that are kept explain { $explained } % of the variance, but { $asked } % are required: lower `least_total`, or state `factors`
goalposts_equal = both goalposts are { $value }
goalposts_logarithm = the goalposts { $bad } and { $good } have no logarithm: both must be above 0
goalposts_say_less = by the goalposts less is better (bad { $bad }, good { $good }), and by the tree more is: correct the goalposts, or state `direction` -1 in the tree
goalposts_say_more = by the goalposts more is better (bad { $bad }, good { $good }), and by the tree less is: correct the goalposts, or `direction` in the tree
ideal_beyond = the ideal values of `{ $code }` go from { $from } to { $to }: they must ascend, and lie within its range from { $lower } to { $upper }
importance_negative = the importance wanted of `{ $node }` is below 0
importance_undetermined = the siblings determine one another, so the weights are not unique
importance_unreachable = the wanted importance would need a weight below 0 for `{ $node }`, which is already more important than that through the other indicators: ask for more of it, or leave it out
interaction_matrix = the interactions of `{ $parent }` must have { $n } rows of { $n } numbers from -1 to 1, the same from both sides, and 0 for a child with itself
interaction_too_great = more of `{ $code }` could lower the score: half of its interactions, without their signs, is { $half }, and its weight is { $weight }
judgements_contradict = the judgements under `{ $parent }` contradict one another: the consistency ratio is { $ratio }, and at most { $most } is allowed
loading_negative = `{ $node }` has the loading { $loading } on the first component, unlike the others, but no weight can be below 0: leave it out, or use the rule `squared`
losses_undetermined = the losses do not determine the weights: some siblings are best in the same region
matrix_not_reciprocal = in the matrix of `{ $parent }`, row { $row } column { $column } is { $there }, and the reverse is { $back }: one must be 1 divided by the other
matrix_size = the matrix of `{ $parent }` must have { $n } rows of { $n } numbers, or a multiple of { $n } rows where several experts judged
mean_not_positive = the mean of the children is { $mean } in one row, and must be above 0
method_absent = { $cells ->
    [one] one cell
   *[other] { $cells } cells
    } of column { $column } have no value
method_category_missing = no category or band covers { $value } in row { $row }
not_in_setting = `{ $setting }` says nothing of `{ $code }`
method_code_not_found = there is no `{ $code }` here
method_divisor = { $what } of column { $column } is { $value }, and must be { $needed }, because the formula divides by it
method_fact_missing = `{ $fact }` is not stated
method_linear_program_infeasible = the linear program of row { $row } has no solution
method_neighbour_missing = row { $row } has no neighbour with a value
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
needed_finite_score = a value with a finite score
needed_formula = a value for which the formula gives a number
needed_not_negative = 0 or more
needed_other_than_zero = other than 0
needed_some_cost = above 0 in at least one of the children where less is better, because the formula divides by their sum
needed_within = from { $least } to { $greatest }, the worst and the best value that there can be
no_cost = less is better in no child, and the formula divides by the sum of such children
no_likely_power = no power has the greatest likelihood: the values are too few, too close together or too far apart
no_region_left = no region is left: every region has too little data
no_value_above_zero = no region has a value above zero, so there is nothing to compare with
random_index_unknown = no random index is known for { $n } siblings: split `{ $parent }`
reference_count = `reference` has { $found } values for { $needed } children
reference_is_worst = region { $code } is itself the worst
reference_without_value = the reference region { $code } has no value in a period in which others have
score_infinite = the score is { $score }, which is not a number
score_missing = the method gave no score although the data are complete
utility_constant = all regions have the same value in `{ $code }`, so that it has no utility
profiles_absent = `profiles` has no numbers for `{ $code }`
profiles_alike = the profiles of `{ $code }` are all the same, so that nothing can be a share of the way between them
profiles_disordered = the profiles of `{ $code }` are not in order from the worst to the best
score_too_large = the score of row { $row } is too large for a number
shares_impossible = the shares of { $n } children cannot lie between { $lower } and { $upper } and add up to one
target_not_better = the target { $target } is not better than the worst value { $worst }
tier_names = there are { $tiers } tiers, but { $names } names
tiers_empty = all { $values } regions would be in one tier, because { $count } of them have the score { $score }: choose other tiers, or another method
too_many_components = { $components } components are asked for, but { $columns } columns over { $rows } regions allow { $most } at most: lower `components`, or take more columns
too_many_objects = there are more than { $most } characteristic objects: state fewer characteristic values, or group the children
values_too_large = the values are too large for their sum or spread to be computed
values_too_large_for_mean = the values are too large for a mean of them to be computed
values_too_large_for_moments = the values are too large or too small for their skewness and kurtosis to be computed
values_too_large_to_weigh = the values are too large or too small to derive weights from them
weight_below_zero = the weight of `{ $node }` is below 0
weights_differ = weights differ between the periods or leagues that the method combines: state the same `over` and `among` for the weighting

## Problems: scripts

example_claim = { $script } claims a property that it does not have: { $property }
example_claim_hint = with the columns { $columns }: { $found }
example_fails = example { $number } of { $script } gives no result: { $what }
example_given_node = a node
example_given_nothing = no such node
example_nothing = example { $number } of { $script } fails
example_setting = setting `{ $setting }` does not fit
example_tree = the result is not a tree: { $count ->
    [one] one problem
   *[other] { $count } problems
    }
example_unlike = example { $number } of { $script } fails: { $expected } expected, { $found } found
example_unlike_cells_hint = they differ in cell { $cells }
example_unlike_node = example { $number } of { $script } fails at node `{ $node }`: { $expected } expected, { $found } found
script_argument_kind = `{ $argument }` of `{ $function }` is { $kind }
script_argument_value = `{ $argument }` of `{ $function }`: { $what }
script_arguments = `{ $name }` takes { $count ->
    [one] one argument
   *[other] { $count } arguments
    }
script_arguments_hint = it is called with { $counts }
script_attribute_no_number = `{ $attribute }` is `{ $found }`, which is not a number
script_bad_index = this cannot stand in brackets
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
script_data_race = a function uses the value that it is called on while the call runs
script_data_race_hint = give that value a second name before the call, `let all = x;`, and use `all` inside the function
script_deep = expressions lie too deep inside each other
script_deep_hint = give parts of it names with `let`
script_default_deep = the default of `{ $name }` is nested too deep
script_default_not_a_word = the default `{ $value }` is not among the words
script_diagonal = the weight { $weight } of a row itself is below 0
script_did_you_mean = did you mean `{ $near }`?
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
script_example_neighbours = `neighbours` of the example is not a list of pairs of regions, each pair once and perhaps with a weight above 0
script_example_numbers = `{ $key }` of the example is not a list of numbers
script_example_periods = the rows of the example do not divide into its periods
script_example_raw = the raw columns of the example have several lengths, or do not divide into its periods
script_example_setting = the setting `{ $setting }` of the example does not fit: { $fault }
script_example_setting_hint = see the settings at the top of the script
script_example_tree = `tree` of the example is not a tree
script_example_weights = the `weights` of the example have no sum above 0
script_fact_misfit = `{ $key }` cannot be { $found }
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
script_in_treatment = imputation, treatment and normalisation
script_indicator_facts = facts of an indicator
script_intermediate_hint = return a map of maps: { $code }
script_intermediate_key = `intermediate` gave `{ $key }`, and figures do not belong to that
script_intermediate_size = the intermediate result `{ $name }` has { $rows } rows and { $columns } columns; there are { $regions } regions and { $siblings } siblings
script_intermediate_size_hint = the key above it says what the rows and the columns are: under `regions` a column with a cell for each region
script_is_function = it is a function and needs brackets: `{ $name }()`
script_is_percent = this is a percent already
script_is_plain = this is a column of plain numbers
script_is_points = this is a column of points
script_is_property = it is a property and has no brackets: `.{ $name }`
script_is_rate = this is a rate already
script_kendall_long = { $rows } rows are too many for `kendall`
script_kendall_long_hint = use up to { $most } rows, or `spearman`
script_key_kind = `{ $key }` is { $kind }
script_key_twice = the map has two keys `{ $name }`
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
script_kind_neighbours = a Neighbours
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
script_name_character = the name `{ $name }` has a `{ $character }` in it
script_name_empty = a script needs a name
script_name_expected = a name belongs here
script_name_hint = a name has letters of any language, digits, `_` and `-`, without the ending `.rhai`
script_name_long = the name `{ $name }` is longer than { $most } characters
script_name_reserved = some operating systems reserve the name `{ $name }`
script_name_start = the name `{ $name }` begins with `{ $character }`
script_neighbours = neighbours
script_no_attribute = there is no attribute `{ $attribute }`
script_no_cell = there is no cell { $row } in a column of { $cells }
script_no_cell_of_mask = there is no cell { $row } in a mask of { $cells }
script_no_character = there is no character { $place } in a text of { $count }
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
script_not_looped = a loop cannot run over this
script_not_looped_hint = a loop runs over a list, a map or a range: for x in list
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
script_property_expected = the name of a property belongs here
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
script_standardised = there is no way `{ $word }` to standardise weights
script_step_zero = the step of a range cannot be 0
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
script_thrown_hint = the script itself gives this message: look at the condition that leads to it
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
script_unexpected_hidden_hint = delete this character: it cannot be seen
script_unexpected_hint = something before it is missing or not closed: look for a bracket, a quotation mark or a comma
script_units_added = { $a } and { $b } cannot be added or compared
script_units_divided = { $a } divided by { $b } has no meaning
script_units_hint = bring both to one unit: .percent(), .rate(), .points(full_marks), or .plain() to say that you mean it
script_units_multiplied = { $a } times { $b } is wrong by a factor of 100, or has no meaning
script_units_multiplied_hint = make one of them a rate with .rate(), or say .plain()
script_up_to = up to { $most }
script_use_let = `let` gives a name to a value
script_use_unit = an absent cell is written `()`
script_value_deep = `{ $name }` holds lists, maps or functions nested too deep
script_value_deep_hint = use plain lists and maps, and functions with names
script_value_expected = a value belongs here
script_variable_twice = the variable `{ $name }` is defined twice
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

## Findings of the battery

battery_absent = absent cells
battery_absent_allowed = absent cells are handled
battery_absent_refused = absent cells are refused by a method that does not handle them
battery_absent_result = the claim is `absent: false`, but there is a result
battery_alone = row { $row } has { $x } among the others, and { $alone } by itself
battery_beyond = { $x } in row { $row } is beyond { $lower } to { $upper }
battery_bounds = its result is within the bounds that it states
battery_changed = row { $row } of column { $column } changed to { $value }: { $before } became { $after }
battery_constant = a constant column
battery_directions = a column of the opposite sign and direction gives the same result
battery_error = the error `{ $error }`
battery_example = the worked example holds (expected, then found)
battery_fits = it can be made from the settings of its worked example, or else from its defaults
battery_given_beside = the result is the same when intermediate results are asked for
battery_given_declared = its intermediate results are declared
battery_given_has = `{ $name }` has { $n } figures, { $width } in a row
battery_given_is = `{ $name }`: { $values }
battery_given_names = its intermediate results have names of their own
battery_given_numbers = its intermediate results are numbers, or absent
battery_given_order = its intermediate results do not depend on the order of the regions
battery_given_same = the same intermediate results twice
battery_given_size = its intermediate results have the size of their shape
battery_given_twice = `{ $name }` is given twice
battery_has_example = it has a worked example, without which the battery has no input
battery_monotone = a better value never gives a worse result
battery_no_example = there is none
battery_no_fault = it never crashes, hangs, panics or leaves its result unwritten
battery_no_value = no value at all
battery_number = { $x } in { $result }
battery_one_value = one value
battery_order = the order of the regions does not matter
battery_panic = it panicked
battery_row = { $x } in row { $row } of { $result }
battery_rowwise = a region's score does not depend on other regions, as it claims
battery_same_bits = the same bits twice
battery_same_tree = the same tree twice
battery_scratch = what the scratch holds does not matter
battery_single = a single region
battery_then = { $first }, then { $second }
battery_two = two regions
battery_two_equal = two equal regions
battery_units = the unit of measurement does not matter
battery_weight = the weight { $x } in { $result }
battery_zero_weight = a child of weight zero has no effect
battery_zeros = a column of zeros

## Problems: plugins

plugin_ambiguous = plugin `{ $code }` does not offer exactly one method for { $stage }
plugin_ambiguous_hint = it offers { $offered }; state the one you want with `method`
plugin_answer_nonsense = its answer makes no sense
plugin_build_hint = build it with `cargo build --release`, or with a compiler and `-shared`
plugin_children_unix = plugins in a process of their own need a Unix system
plugin_choice_words = words of a choice
plugin_code_failed = it failed with code { $code } and no message
plugin_contract = it is written for { $found }, but this program supports { $supported }
plugin_contract_hint = build it against the quanheng-plugin of this version
plugin_contract_number = contract { $number }
plugin_contract_other = another contract
plugin_contract_range = contracts { $least } to { $greatest }
plugin_count_beyond = it says that it has { $count } { $what }, and at most { $most } are taken
plugin_count_null = it says that it has { $count } { $what }, and points to none
plugin_cut_short = a question to it was cut short
plugin_default_wrong = the default of its setting `{ $name }` does not fit the setting
plugin_did_other_harm = this is a fault of the plugin: it may have done other harm; do not use it
plugin_died = it cannot be opened: { $how }
plugin_died_hint = nothing else is lost; this is a fault of the plugin: tell its author
plugin_docs_hint = docs/plugins.md describes the contract
plugin_ended = its process ended: { $reason }
plugin_ended_by_signal = its process ended by signal { $signal }{ $meaning }
plugin_ended_with_code = its process ended with code { $code }
plugin_examined = `{ $method }` of { $plugin } does not do what it states
plugin_examined_finding = { $property }: { $found } with columns { $columns }
plugin_examined_unsaid = it does not state its { $what }
plugin_failed = { $stage } `{ $method }` of plugin `{ $code }` cannot be made: { $what }
plugin_gives_nonsense = what it says of its result is unknown
plugin_host_failure = nothing else is lost; this is a fault of the plugin: tell its author
plugin_in_words = { $title }: { $what }
plugin_infinite_number = it gave an infinite number
plugin_infinite_score = it gave an infinite score
plugin_intermediate_infinite = the intermediate result `{ $name }` has an infinite number
plugin_intermediate_size = the intermediate result `{ $name }` has { $rows } rows and { $columns } columns; there are { $regions } regions and { $siblings } siblings
plugin_intermediate_unsound = intermediate result { $place } is not as the contract has it: it needs a name, rows of equal length, and at most 2 million figures
plugin_its = its { $what }
plugin_kind_unknown = there is no kind of setting { $kind }
plugin_library_header = it does not begin as a library does
plugin_lost_pipe = it closed the pipe that its answers come through
plugin_megabytes = `megabytes` of the plugin sets its memory
plugin_memory = shared memory cannot be had: { $reason }
plugin_memory_beyond = the columns are larger than any memory
plugin_memory_hint = close other programs
plugin_method_place = method { $k } of { $count }
plugin_method_unusable = what it states about its method `{ $method }` cannot be used: { $what }
plugin_methods = methods
plugin_missing_function = it has no function `{ $name }`
plugin_name_long = { $what } has a name (`{ $start }…`) of more than 100 characters or one line
plugin_name_missing = { $what } has no name
plugin_named_twice = two methods of { $stage } have this name
plugin_no_entry = it exports no function `quanheng_plugin`
plugin_no_entry_hint = it is not a plugin, or its `export!` is missing
plugin_no_isolation = no separate process can be started for it: { $reason }
plugin_no_isolation_hint = isolation = "none" runs it in the program itself, if you trust it that much
plugin_no_libraries = native libraries cannot be opened on this system
plugin_no_methods = it offers no method
plugin_no_score = it gave no score to a row without an absent cell
plugin_node_null = node { $place } that it gave is null
plugin_node_text = the { $what } of node { $place } that it gave { $why }
plugin_nodes_beyond = it gave more than { $most } nodes
plugin_nodes_long = its nodes are more than can be taken in
plugin_not_again = its process cannot be started again: { $why }
plugin_not_in_time = it did not answer within { $seconds } seconds
plugin_not_library = the operating system does not accept it as a library: { $reason }
plugin_not_text = its { $what } is not UTF-8
plugin_not_text_hint = texts are UTF-8, with their length in bytes
plugin_not_trusted = the plugin { $path } is not trusted: nothing of it was run
plugin_not_utf8 = is not UTF-8
plugin_nothing_for_value = it gave nothing for a value that is there
plugin_number_for_absent = it gave a number for an absent cell
plugin_numbers_in_setting = numbers in a setting
plugin_one_size = one of its { $what } has { $size } bytes, and between { $least } and { $most } are needed
plugin_panicked = it panicked: { $said }
plugin_part_chinese = Chinese name of a method
plugin_part_code = code
plugin_part_column = column
plugin_part_example_results = results of its example
plugin_part_example_settings = settings in its example
plugin_part_example_source = source of an example
plugin_part_example_values = values in its example
plugin_part_formula = formula of a method
plugin_part_method_name = name of a method
plugin_part_name = name
plugin_part_parent = parent
plugin_part_reference = reference of a method
plugin_part_setting_doc = words on a setting
plugin_part_setting_name = name of a setting
plugin_part_setting_value = value of a setting
plugin_part_summary = summary of a method
plugin_part_target = target
plugin_part_texts = texts of a setting
plugin_part_unit = unit
plugin_part_version = version
plugin_pin_hint = if you know where it comes from: { $command }
plugin_pinned_not_trusted = the project pins the plugin { $path }, but you have not trusted it: nothing of it was run
plugin_refused = the plugin { $path } cannot be used: { $what }
plugin_refused_otherwise = it is refused ({ $what })
plugin_says_other = what it says of itself has changed ({ $what })
plugin_says_too_much = its description is longer than can be taken in
plugin_setting = a setting
plugin_setting_twice = two settings are called `{ $name }`
plugin_settings = settings
plugin_signal_11 = { " " }(it accessed memory that is not its own)
plugin_signal_31 = { " " }(a system call that is not allowed)
plugin_signal_4 = { " " }(illegal instruction)
plugin_signal_6 = { " " }(it aborted)
plugin_signal_7 = { " " }(bus error)
plugin_signal_8 = { " " }(arithmetic error)
plugin_signal_9 = { " " }(killed)
plugin_stage_unknown = there is no stage { $stage }
plugin_stale = it is not the file that was trusted: its hash is { $found }, but { $pinned } is pinned
plugin_stale_hint = if you know why it changed: { $command }
plugin_target = it was built for { $found }, but this program runs on { $needed }
plugin_target_hint = build it for this machine
plugin_tell_author = this is a fault of the plugin: tell its author
plugin_text_is = { $what } { $why }
plugin_text_long = has { $bytes } bytes, and at most { $most } are taken
plugin_this = it
plugin_tier = it gave the tier { $tier }
plugin_title = plugin `{ $plugin }`, `{ $name }`
plugin_title_system = plugin `{ $plugin }`, system `{ $name }`
plugin_truncated = its table has { $found } bytes, but { $needed } are needed
plugin_truncated_hint = `size` must be sizeof(qh_table), and `make` and `call` must be filled in
plugin_unknown_question = the child does not know this question
plugin_unreadable = it cannot be read: { $reason }
plugin_unsaid_doc = documentation of the setting `{ $name }`
plugin_unusable = what it states about itself cannot be used: { $what }
plugin_value_changed = it changed a value that was there: { $before } to { $after }
plugin_value_removed = it removed a value that was there: { $before }
plugin_weight_is = its weight of `{ $code }` is { $weight }
plugin_weight_missing = it gave no weight to `{ $code }`
plugin_wrote_less = it gave { $written ->
    [one] one number
   *[other] { $written } numbers
    }, and { $wanted } are needed
plugin_wrote_less_hint = a result has a number for each row, and weights one for each column
plugin_wrote_outside = it wrote outside its result

## Commands

accept_done = accepted { $file }
check_counts = { $project }: { $regions ->
    [one] one region
   *[other] { $regions } regions
    }, { $periods ->
    [one] one period
   *[other] { $periods } periods
    }, { $leagues ->
    [one] one league
   *[other] { $leagues } leagues
    }, { $columns ->
    [one] one column
   *[other] { $columns } columns
    }, { $rows ->
    [one] one row
   *[other] { $rows } rows
    }
check_data = {"  "}data { $code }: { $name }
check_group = group { $code }: { $line }
check_methodology = methodology { $code }: system { $system }, { $leaves } leaves
check_multiverse = multiverse { $code }: { $choices } choices, { $branches } branches
check_nothing_wrong = nothing wrong found
check_script = script { $name }: { $stage }, { $n ->
    [one] one example
   *[other] { $n } examples
}
check_system = system { $code }: { $line }
export_data = data
export_periods = periods: COINr has numbers in `Time`, and some labels are none
export_ragged = the depth of the tree: COINr has all indicators at level 1, and here some stand higher
export_scales = scales of denominators: give them to Denominate as `ScaleFactor`
export_table = { $name }: { $rows } rows, { $columns } columns
export_tree = tree
for_example = for example: { $line }
import_aggregates = aggregates
import_coin_tool_steps = the steps of the workbook, which are formulas of its sheets: the methodology has min-max from 0 to 100 and weighted means, as the tool does at first
import_counted = { $what }: { $count }
import_denominators = denominators
import_directions = directions: every indicator counts as the more the better unless the tree says otherwise; write -1 in the column `direction` of tree.csv
import_flat_tree = a tree: no sheet has one, so that all indicators stand below the index; `parent` in tree.csv can group them
import_groups = groups
import_head_rows = row of heads: { $rows }
import_indicator_column = column of indicators
import_indicators = indicators
import_indicators_over_periods = indicators stand across the columns, and periods below them
import_is_coin_tool = read as a workbook of the COIN Tool
import_is_coinr = read as an index of COINr
import_is_sheet = read as a table of regions: { $file }, sheet { $sheet }
import_is_table = read as a table of regions: { $file }
import_left = What did not come over, and what to look at:
import_left_line = {"  "}{ $line }
import_name_column = column of names
import_no_log = the steps: there is no log of the coin, so that the methodology has min-max from 0 to 100 and weighted means, as Normalise and Aggregate do unless told otherwise
import_no_log_of_workbook = the arguments of the steps: the workbook has none, so that the methodology has the usual ones; `quanheng reproduce` compares its results with the sheet Data.Aggregated
import_not_taken = { $what } has no counterpart here
import_notes_below = notes below the table, from row { $row } on, are not read
import_one = { $what }: { $name }
import_order_denominate = the order: here values are divided by their denominators before they are imputed
import_period_column = column of periods
import_periods_over_indicators = periods stand across the columns, and indicators below them
import_region_column = column of regions
import_regions = regions
import_regions_across = regions stand across the columns
import_screen_after = Screen by missing cells after Impute, which leaves out nobody
import_sheets_of_years = each sheet has the values of one year
import_states = cells without a value: { $states }
import_steps = steps in the log: { $steps }
import_totals = rows that seem to be totals are skipped: { $names } (`skip` in quanheng.toml)
import_tree_file = the tree is read from { $file }
import_tree_sheet = the tree is read from { $file }, sheet { $sheet }
import_tree_unknown = the tree, whose indicators { $names } have no column of the data with their name: all indicators stand below the index instead
import_tried = steps: of { $tried } possible methodologies, the one in quanheng.toml gives { $equal } of { $of } cells of the sheet Data.Aggregated
import_tried_none = steps: none of the possible methodologies gives a result
import_units_row = row of units
import_weights_siblings = weights are shares among siblings; the nodes above the indicators have equal weights
import_years = years stand across the columns: one indicator, `value`
lock_project = { $file } is that of version { $version }
ls_added = { $folder } is on your list
ls_listed_already = { $folder } was on your list already
ls_no_folders = no folders are listed: `quanheng ls --add DIR` adds one to your list, `--in DIR` names one for one command
ls_not_listed = { $folder } was not on your list
ls_removed = { $folder } is no longer on your list
progress_searching = searching
run_others_broken = { $count ->
    [one] something is wrong with another methodology, { $codes }: `quanheng check` shows it
   *[other] something is wrong with { $count } other methodologies, { $codes }: `quanheng check` shows it
}
lock_as_before = {" "}(as before)
lock_changed = {" "}(changed)
lock_counts = { $file }: { $files } files, { $methodologies } methodologies
lock_new = {" "}(new)
lock_result = methodology { $code }: results { $hash }{ $news }
multiverse_choice = choice { $name }: { $options }
multiverse_computed = { $stage }: computed { $count ->
    [one] once
   *[other] { $count } times
}
multiverse_done = { $n } evaluations done, { $taken } of { $all } taken from { $file }
multiverse_dropped = the ledger was damaged: { $n } of its blocks were left out and evaluated again
multiverse_evaluations = { $count ->
    [one] one evaluation
   *[other] { $count } evaluations
}: branches with the same content share one
multiverse_plan = multiverse { $code }: { $branches } branches, { $drawn } looked at: { $evaluated } to be evaluated, { $invalid } invalid, { $failed } failed
multiverse_stopped = stopped: the results so far are in { $file }; the same command goes on from there
next_command = next: { $command }
plugin_claims_hold = and so do its claims
plugin_example_fails = its example does not hold
plugin_example_holds = its example holds
plugin_example_missing = it has no example
plugin_findings = { $count ->
    [one] one thing was found
   *[other] { $count } things were found
}
plugin_pin_replaced = you trust it, and its hash replaces the one that was pinned before: [plugin.{ $code }] in { $file }
plugin_pinned = you trust it, and its hash is pinned: [plugin.{ $code }] in { $file }
plugin_tested = { $stage } { $method }: { $example }, { $claims }
progress_base = base
progress_branches = branches
progress_comparing = comparing
progress_draws = draws
progress_evaluating = evaluating
progress_explaining = dividing the change
progress_left = , { $time } left
progress_reading = reading
progress_summing_up = summing up
progress_verifying = verifying
progress_writing = writing
script_claims_broken = , but not all of its claims: { $claims }
script_claims_hold = , and so do its claims: { $claims }
script_is_module = { $name }: a module
script_its_example = its example: { $command }
script_line = in quanheng.toml: { $line }
script_line_system = script = "{ $file }" below [system.…]
script_none_here = there is no script here: `quanheng script new weighting mine` writes one
script_tested = { $name }: { $stage }, { $good } of { $all } examples hold{ $claims }
then_command = then: { $command }
verify_rewritten = { $file } has other comments, spaces or order of keys than when it was locked, with the same content
verify_same = { $file }: nothing differs, { $files } files
wrote_file = wrote { $file }


## Commands: usage

exit_codes = Exit codes: 0 success · 1 a check found something · 2 wrong usage · 65 a project or data that cannot be used · 66 no such file · 70 an internal error · 73 a result that cannot be written · 130 stopped by Ctrl-C or a signal
internal_fault = internal error: { $fault }. Nothing was written that is not complete. Please report it, with the project if possible.
usage_argument_missing = { $arguments } is missing
usage_command_missing = a command is missing
usage_conflict = `{ $argument }` cannot be used with `{ $other }`
usage_former = `{ $argument }` has another form now
usage_former_hint = write `{ $now }`
usage_help_hint = `--help` says what can stand here
usage_invalid_value = `{ $value }` is not a value of `{ $argument }`
usage_is = Usage: { $usage }
usage_number_of_values = `{ $argument }` has too many or too few values
usage_repeated = `{ $argument }` is given more than once
usage_unknown_argument = there is no argument `{ $argument }`
usage_unknown_command = there is no command `{ $command }`
usage_value_missing = `{ $argument }` needs a value

## Reports: heads and labels

intermediate_figure = figures
intermediate_item = Item
intermediate_list = list
intermediate_of = Of
intermediate_before_rescaling = The score of the node before it is normalised among the regions.
intermediate_regions = regions
intermediate_regions_regions = regions × regions
intermediate_regions_siblings = regions × siblings
intermediate_results = Intermediate results
intermediate_siblings = siblings
intermediate_siblings_list = siblings × list
intermediate_siblings_siblings = siblings × siblings
intermediate_sign = Sign
intermediate_value = Value
label_accepts = Accepts
label_added = added
label_after = After
label_agreement = Agreement
label_ahead = Ahead
label_ahead_share = Share of branches
label_all_pairs = all pairs
label_all_regions = Regions
label_alone = Alone
label_also_cells = other regions
label_analysis = Analysis
label_analysis_needs = Needs
label_audit = audit
label_audit_arises_in = Arises in
label_audit_claims = Claims
label_audit_does_not_hold = does not hold
label_audit_failed = Failed
label_audit_fails = fail
label_audit_formula = Formula
label_audit_holds = holds
label_audit_of = of
label_audit_passes = pass
label_audit_property = Property
label_audit_reference = Reference
label_audit_tests = Tests
label_audit_untested = not tested
label_audit_verdict = Verdict
label_audit_why = Why
label_audit_without_result = without result
label_authors = Authors
label_base_rank = Base
label_before = Before
label_behind = Behind
label_best = Best
label_bound = Bound
label_box = Box
label_branch = Branch
label_branch_failed = failed
label_branch_invalid = invalid
label_branch_ok = ok
label_branch_shift = Mean shift
label_causes_left = others
label_chinese = Chinese
label_choice = Choice
label_chosen = Chosen
label_cite = Cite as
label_code = Code
label_counts_for = Counts for
label_column = Column
label_complete = Imputed
label_computed = Computed
label_count = n
label_coverage = Coverage
label_data = Data
label_deciding = Choice that decides most
label_default = Default
label_density = Density
label_deviations = In sd
label_difference = Difference
label_differences = Differences
label_effect_size = Mean size
label_effect_spread = SD of effects
label_effective = In the whole
label_equal = equal
label_exact_places = Places, exactly
label_explained_by = What differs
label_factor = Factor
label_falls_behind = falls behind
label_files = Files
label_first_records = First records that count
label_figures = Before → after
label_flags = Remarks
label_folder = Folder
label_from = From
label_full_marks = Full marks
label_furthest = Furthest
label_hash = Hash
label_high = 95 %
label_holds = What holds
label_how = How
label_in_top = In the top
label_indicator = Indicator
label_indicator_value = Indicator
label_indicators = Indicators
label_kendall = Kendall
label_largest = Largest
label_league = League
label_left_out = Left out
label_licence = Licence
label_limit = Limit
label_line = Line
label_locked = Locked
label_low = 5 %
label_made_from = fingerprint
label_margin = Margin
label_mass = Mass
label_mean = Mean
label_meaning = Meaning
label_measure = Measure
label_methodologies = Methodologies
label_moved_regions = Moved
label_of_all_mean = Mean
label_of_all_sum = Sum
label_of_all = All ranked
label_median = Median
label_method = Method
label_methodology = methodology
label_migration = Moves between tiers
label_missing = missing
label_moved = Move
label_moved_below = moved below
label_movers = Largest moves
label_multiverse = multiverse
label_name = Name
label_node = Node
label_normalised = Normalised
label_not_applicable = n/a
label_note = Note
label_note_head = Says
label_note_text = Text
label_of_branches = of branches
label_of_pairs = of pairs
label_official_compared = Compared
label_official_decimals = Decimals
label_official_differing = Cells that differ:
label_official_excepted = Exceptions
label_official_file = File
label_official_found = Found
label_official_greatest = Greatest
label_official_published = Published
label_official_ranks = Ranks
label_official_reason = Reason
label_official_scores = Scores
label_official_standing = Standing
label_official_tiers = Tiers
label_official_where = Where
label_official_within = Within
label_only_after = added
label_only_before = removed
label_option = Option
label_options = Options
label_order_holds = Whole order holds
label_order_of_children = order of children
label_other_factor = Other factor
label_other_tier = Other tier
label_outcome = Outcome
label_output = Result
label_pair = Pair
label_pairs = Pairs
label_parent = Parent
label_part = Node or indicator
label_passes = passes
label_path = Path
label_period = Period
label_periods = Periods
label_place = Place
label_project = Project
label_published_results = Published results
label_quasi_p_lower = Quasi-p, lower end
label_quasi_p_upper = Quasi-p, upper end
label_question = Question
label_rank = Rank
label_rank_error = Standard error, rank
label_rank_first = Rank variance: alone
label_rank_sd = SD of rank
label_rank_share = Rank
label_rank_total = with others
label_ranked = Ranked
label_ranks_kept = Ranks kept at ±10 %
label_ranks_only = Branches have scores on scales of their own: ranks and tiers are compared, scores are not.
label_rate = Of full marks
label_raw = Raw
label_record = Record
label_record_measure = Measure
label_records = Records
label_records_behind = Records behind the raw values
label_input_fingerprint = Fingerprint
label_input_methodology = Methodology
label_input_project = Project
label_restricted = Restricted
label_restriction = Restriction
label_results_of = Results of other projects
label_region = Region
label_regions = Regions
label_removed = removed
label_renamed = renamed
label_rest_of_panel = the rest (which regions, other periods)
label_rows = Rows
label_rule = Rule
label_same_as = Same as
label_same_top = Same top
label_score = Score
label_score_error = Standard error, score
label_score_share = Score
label_script = Script
label_sensitivity = Sensitivity analysis
label_setting = Setting
label_share = Share
label_shares_estimated = Shares of variance are estimates, for some branches have no result (alone: variance of conditional means; with others: pairs that differ in that choice alone, Jansen 1999).
label_shares_exact = Shares of variance are exact: every branch came to a result. What goes beyond "alone" a choice does together with others.
label_shift_first = Shift variance: alone
label_shift_total = with others{" "}
label_size = Size
label_snapshot_accepted = accepted, in
label_snapshot_as_pinned = as pinned
label_snapshot_damaged = snapshot unreadable
label_snapshot_difference = Difference
label_snapshot_differs = differs
label_snapshot_differs_from = differs from its snapshot
label_snapshot_failed = not evaluated
label_snapshot_from = Pinned
label_snapshot_greatest = Greatest
label_snapshot_greatest_within = Greatest within
label_snapshot_methodology = Methodology
label_snapshot_moved = Moved
label_snapshot_new = new
label_snapshot_nodes_added = Nodes added
label_snapshot_nodes_removed = Nodes gone
label_snapshot_ranks_moved = Ranks moved
label_snapshot_regions_added = Regions added
label_snapshot_regions_removed = Regions gone
label_snapshot_relative = Relative
label_snapshot_removed = removed
label_snapshot_result = Result
label_snapshot_rows = Rows (n)
label_snapshot_scores_differ = Scores differ
label_snapshot_tables = Tables
label_snapshot_tables_added = Tables added
label_snapshot_tables_removed = Tables gone
label_snapshot_tiers_moved = Tiers moved
label_snapshot_to = Now
label_snapshot_unreferenced = No methodology has this snapshot
label_snapshot_within = Within tolerance
label_snapshot_within_tolerance = within tolerance
label_source = Source
label_stage = Stage
label_stated = Stated
label_statement = Statement
label_statistic = Statistic
label_step = Change
label_step_number = Step
label_subject = Subject
label_sum = sum
label_summary = Summary
label_tier = Tier
label_tier_changes = Tiers change
label_tier_movers = changing tier most
label_tiers_kept = Tiers kept at ±10 %
label_times = Times
label_title = Title
label_to = To
label_together = Together only
label_top_changes = Top changes
label_top_movers = in and out of the top most
label_total = Total
label_treated = Treated
label_unit = Unit
label_unranked = unranked
label_unshared = Without sharing
label_value = Value
label_variance = Variance
label_version = Version
label_weight = Weight
label_what = What
label_who_moved = Places
label_whole_change = All
label_why = Why
label_widest = Widest ±
label_with_others = With others
label_withheld = withheld
label_worst = Worst
ls_lock_changed = changed
ls_real = real
screened_head_indicators = Indicators
screened_head_nonzero = Not zero
screened_head_values = With a value
word_no = no
word_yes = yes

## Reports: sentences

analysis_absent_periods = { $n ->
    [one] it has no score in one of the periods
   *[other] it has no score in { $n } of the periods
    }
analysis_absent_subsystems = { $n ->
    [one] one subsystem has no score
   *[other] { $n } subsystems have no score
    }
analysis_absolute = absolute
analysis_all = all regions
analysis_best_of_class = best of a class
analysis_best_of_dimension = best of a dimension
analysis_best_of_index = best of the index
analysis_chosen = chosen
analysis_collinear = the columns of the regression follow from each other, or nothing varies
analysis_conditional = conditional
analysis_constant = all values are equal
analysis_converges = falls
analysis_cv = coefficient of variation
analysis_diverges = rises
analysis_down = down
analysis_empty = There is nothing to show.
analysis_entered = entered
analysis_few_profiles = { $n } profiles differ from each other, and { $least } clusters are asked for
analysis_gini = Gini (Dagum)
analysis_grade_bare = bare coordination
analysis_grade_extreme = extreme disorder
analysis_grade_good = good coordination
analysis_grade_intermediate = intermediate coordination
analysis_grade_moderate = moderate disorder
analysis_grade_near = near disorder
analysis_grade_primary = primary coordination
analysis_grade_serious = serious disorder
analysis_grade_slight = slight disorder
analysis_grade_superior = superior coordination
analysis_high_high = high among high
analysis_high_low = high among low
analysis_incomplete_profile = it lacks a score of the profile
analysis_initial_level = initial level (ln)
analysis_intercept = constant
analysis_left = left
analysis_low_high = low among high
analysis_low_low = low among low
analysis_needs_covariates = It needs covariates: `[analysis.covariate.CODE]` in the project file.
analysis_needs_groups = It needs groups: `[group.CODE]` in the project file.
analysis_needs_neighbours = It needs a table of neighbours: `neighbours` in `[data]`.
analysis_needs_nothing = It needs nothing but the results.
analysis_needs_periods = It needs two periods or more.
analysis_needs_sampling_errors = It needs sampling errors: `[sampling.CODE]` in the project file.
analysis_needs_tiers = It needs a methodology with tiers.
analysis_negative = { $n ->
    [one] one value is
   *[other] { $n } values are
    } below zero
analysis_no_covariates = the project file states no covariates; `[analysis.covariate.CODE]` names them
analysis_no_group = the project has no group `{ $code }`
analysis_no_groups = the project has no groups; `[group.CODE]` states them
analysis_no_neighbour = it has no neighbour with a score
analysis_no_neighbours = the project file states no table of neighbours; `neighbours` in `[data]` names it
analysis_no_node = the system has no node `{ $code }`
analysis_no_period = the data have no period `{ $label }`
analysis_no_tiers = the methodology has no tiers; its key `tiering` states them
analysis_no_time = the periods have no place in time
analysis_no_weights = all weights are zero
analysis_nobody_near = no two neighbours have a score
analysis_nobody_rises = no region rises
analysis_none = { $analysis }: no figure, because { $why }
analysis_not_before = the first period is not before the last
analysis_not_positive = { $n ->
    [one] one value is
   *[other] { $n } values are
    } not above zero
analysis_nothing_lacks = every indicator has its full score
analysis_off_scale = { $n ->
    [one] one score lies
   *[other] { $n } scores lie
    } outside the scale from 0 to 1
analysis_one_period = there is no earlier period
analysis_overlap = { $n ->
    [one] one region is
   *[other] { $n } regions are
    } in several classes, so that inequality cannot be divided between the classes
analysis_rise_in_rank = largest rise of rank
analysis_rise_in_score = largest rise of score
analysis_same = same
analysis_sd = standard deviation
analysis_sd_log = standard deviation of logarithms
analysis_theil_l = Theil L
analysis_theil_t = Theil T
analysis_too_few_subsystems = { $n ->
    [one] there is one subsystem
   *[other] there are { $n } subsystems
    }, and coupling takes two or more
analysis_too_many = n = { $n }, and it can take { $most } at most
analysis_unbounded = the scores of `{ $code }` have no greatest value by their methods; the setting `full` states one
analysis_up = up
analysis_weights_of_others = { $weights } weights are stated for { $nodes } subsystems
apart_at_decimals = scores are compared at { $n } decimals
apart_by_code = regions with equal scores are ordered by their codes
apart_by_node = { $node } decides between equal scores
apart_unrounded = scores are compared as they are before rounding
audit_all_equal = the same in every indicator
audit_alone = { $first } and { $second } ranked alone
audit_already_best = the value is the best seen, or the best allowed
audit_already_worst = every value is the worst seen, or the worst allowed
audit_arises_in = arises in { $places }
audit_circle = each pair ranked alone: { $circle }
audit_claims_it = {","} which claims it
audit_codes_kept = regions named in settings, whose codes were kept
audit_constant = every value is the same
audit_copied = a second region with the data of { $region }
audit_cycles = circles in which each of three regions is better than the next
audit_decides_ties = it decides between equal scores
audit_denominator = a constant added to a part of a ratio has no meaning
audit_does_not_claim_it = {","} which does not claim it
audit_dominates = no worse in any indicator, better in { $node }
audit_dropped = { $node } of weight zero, then taken out
audit_example = { $region }: { $done }: { $moved }
audit_example_against = { $first } ({ $of_first }) against { $second } ({ $of_second }): { $done }
audit_example_circle = { $done }; among all regions { $first } ({ $of_first }), { $second } ({ $of_second })
audit_example_copy = { $region } against { $done }: { $moved }
audit_example_parted = { $first } ({ $of_first }) and { $second } ({ $of_second }) are parted by { $done }
audit_example_passes = { $done }, { $first } ({ $of_first }) passes { $second } ({ $of_second })
audit_example_tie = { $done }, the tie of { $first } ({ $of_first }) and { $second } ({ $of_second }) changes
audit_formula = the column goes into a formula, whose unit is not known
audit_its_rank = rank
audit_its_score = score
audit_its_tier = tier
audit_largest_difference = largest difference, of the largest score
audit_league_marks = leagues have full marks of their own
audit_left_out = left out, { $n }: { $why }
audit_measure = { $what } { $share } ({ $value } of { $n })
audit_more_places = {","} and { $n } more places
audit_no_unit = grades, and yes or no, have no unit
audit_nobody_dominates = no region is at least as good as another in every indicator
audit_not_evaluated = could not be evaluated, { $n }; for one, { $done }: { $stage } `{ $method }` of { $node }: { $why }
audit_nothing_missing = no cell is missing
audit_nudged = a difference of { $by }
audit_of_node = {" "}of { $node }
audit_only_child = it has no siblings of a weight above zero
audit_ordinal_ranks = ranks part equal scores by code (ordinal), as stated: ranks are not compared here
audit_pairs_parted = pairs whose tie changes
audit_pairs_reversed = rank-reversal rate
audit_place = { $origin } ({ $n } of { $failed }{ $claims })
audit_points_added = `{ $method }` adds points as they are, whatever the weights
audit_removals_reversing = removals that reverse a pair
audit_removed = without { $region }
audit_renamed = under other codes (order { $order })
audit_repeated = evaluated again
audit_sample = a sample: { $tests } of { $n }
audit_score = the column is not normalised, so that its values are scores and not quantities with a unit
audit_stays_absent = missing cells are not filled
audit_tier = tier { $tier }
audit_too_few_regions = fewer than { $needed } regions with a score
audit_unit_after_treatment = goalposts and the like are in the unit after `{ $method }`
audit_weights_not_stated = the weights of `{ $method }` are not stated: there is none to set to zero
audit_without_best = without the best
audit_without_middle = without the middle one
audit_without_worst = without the worst
audit_worsened = { $region } a step worse in every indicator
audit_worst_seen = { $region } with the worst value seen in every indicator
book_all = all
book_best_of = { $what } (best { $shown } of { $all })
book_charts = Charts
book_column = Column of the data
book_contributions = Contributions
book_contributions_chart = What each part contributes to the score
book_contributions_why = The contributions of a region add up to its score before rounding.
book_direction = Direction
book_goalposts = Goalposts (bad → good)
book_highest = Highest
book_highest_region = Region with the highest value
book_indicators = Indicators
book_interval_is_best = an interval is best
book_less_is_better = less is better
book_middle_is_best = the nearer to the middle the better
book_level = Level
book_limits = Limits
book_lowest = Lowest
book_lowest_region = Region with the lowest value
book_mean_of_group = Mean of all
book_methods = Methods
book_more_is_better = more is better
book_target_is_best = the nearer to the target the better
book_more_parts = { $shown } of { $all } parts are shown here, those of the greatest weight; the sheet "{ $sheet }" has all of them.
book_of_scores = scores
book_of_values = values
book_others = Others
book_parts_chart = Scores of the parts
book_profile = Profile
book_profile_choose = Choose a region in this cell:
book_ranking = Ranking
book_result = Full result
book_scores = Scores and ranks
book_scores_chart = Scores of the regions
book_statistics = Statistics
book_used_for = For
branches_drawn = { $drawn } drawn of { $n } branches
change_since = Δ{ $period }
choice_movers = { $choice }: { $words }: { $list } (of { $pairs } pairs)
clause_comma = ,{" "}
count_branches = { $n } branches
columns_left_out = … { $count ->
    [one] one column does
   *[other] { $count } columns do
    } not fit (--wide shows all): { $names }
count_regions = { $n } regions
coding_all_indicators = all
coding_alpha = Alpha
coding_apart = Apart
coding_arbiter = Arbiter
coding_coders = Coders
coding_codes = Codes
coding_cohen = Cohen's kappa
coding_disputed = Disputed
coding_fleiss = Fleiss' kappa
coding_fleiss_units = Units of Fleiss' kappa
coding_interval = interval
coding_nominal = nominal
coding_ordinal = ordinal
coding_percent = Agreement
coding_ratio = ratio
coding_scale = Scale
coding_table = Coding
coding_too_far = too far apart
coding_totals = Totals
coding_totals_of_regions = Totals of coders
coding_units = Units
coding_value = Value
describe_all_periods = all periods
describe_class = Class
describe_denominator = Denominator
describe_divided = Divided by it
describe_filled = Filled
describe_flag_constant = constant
describe_flag_few_values = few values
describe_flag_outliers = outliers
describe_flags = Flags
describe_nothing = There is nothing to show here.
describe_shown = { $shown } of { $of } rows are shown; --top 0 shows all.
describe_treated = Treated
describe_yes = yes
describe_alpha = Alpha
describe_alpha_without = Alpha without
describe_children = Children
describe_closest_other = Closest other
describe_coefficient = Coefficient
describe_component = Component
describe_cumulative = Cumulative
describe_dominated = In one order
describe_eigenvalue = Eigenvalue
describe_far = 10 places or more
describe_flag_misplaced = closer to another
describe_flag_negative = negative
describe_flag_redundant = redundant
describe_flag_weak = weak
describe_freedom = Degrees of freedom
describe_greatest_move = Greatest move
describe_importance = Importance
describe_importance_ratio = By correlation ratio
describe_kept = Kept
describe_level = Level
describe_loading = Loading
describe_made_of = Made of
describe_mean_difference = Mean difference
describe_mean_move = Mean move
describe_moved = Ranks that change
describe_nodes = Nodes
describe_not_without = cannot be evaluated without it
describe_pairs = Pairs of regions
describe_r_before = r before division
describe_r_other = r with it
describe_reaching = Weight to reach it
describe_share = Share
describe_siblings = Same parent
describe_who = Who moves most
describe_with = With
describe_without = Without
difference_none = they are equal: equal data give equal results
difference_step = step { $number }: { $keys }
difference_titles = other titles, which do not affect results: { $titles }
equal_moves = { $shown }; { $equal } more move by { $places }
equal_scores_apart = Regions that show the same score have different ranks: { $why }
explanation_estimates = Within { $parts }: the { $n } parts are estimates, means over { $orders } random orders (fixed seed), standard error of rank at most { $error }; their sum is the share exactly
explanation_league_marks = Within { $parts }: not divided, since leagues have full marks of their own
explanation_more_like_it = {" "}(and { $more } more like it)
explanation_more_not_possible = … and { $more } more hybrids are not possible
explanation_no_result = `{ $method }` gives no result at { $node }{ $who }: { $why }
explanation_not_a_tree = the nodes of both systems do not make one tree
explanation_not_divided = Within { $parts }: its parts cannot come one by one: { $why }
explanation_not_possible = Not possible: { $parts } of { $second } with the rest of { $first }: { $why }
explanation_of_regions = {" "}({ $regions })
explanation_only_tiering = { $first } and { $second } differ only in how tiers are cut: no score and no rank changes
explanation_others = { $one } and { $more } more
explanation_same = { $first } and { $second } do the same at every stage: no score and no rank changes
explanation_shares = Shares: Shapley values, means over { $orders } of { $all } orders of exchange; they add up to the change exactly, and are rounded by largest remainder so that they still do as printed
explanation_tiering_too = Tiers are cut differently too, which moves no score and no rank
explanation_together = { $parts } can only be exchanged together, and count as one
first_of_list = { $names } and { $more } more
gives_any = any
gives_centred = centred
gives_centred_at = centred at { $mean }
gives_less_is_better = less is better
gives_mean = mean
gives_points = points
gives_range = { $lower } to { $upper }
gives_reached = reached
gives_sum = sum
intermediate_wide = A table of { $n } columns is not shown here; `quanheng run --out` writes it.
left_out_of_pair = { $words } ({ $n }): { $names }
list_comma = ,{" "}
list_semicolon = ;{" "}
ls_broken = { $count ->
    [one] one project
   *[other] { $count } projects
} cannot be used: { $names }; `quanheng check { $first }` says why
ls_count = { $count ->
    [one] one project
   *[other] { $count } projects
} below { $folders }
mark_data = Illustrative data, which nobody measured: { $what }
mark_head = What was not published
mark_head_of = Table
mark_methodology = { $count ->
    [one] Placeholders, not published, in the methodology { $codes }: { $what }
   *[other] Placeholders, not published, in the methodologies { $codes }: { $what }
}
mark_short_both = illustrative data, placeholders
mark_short_data = illustrative data
mark_short_placeholder = placeholders
mark_system = { $count ->
    [one] Placeholders, not published, in the system { $codes }: { $what }
   *[other] Placeholders, not published, in the systems { $codes }: { $what }
}
mark_unstated = some settings
method_across_leaves = { $method } (all leaves)
ability_absent = it gives a result where a value is absent
ability_holds = Holds
ability_keeps_order = the order of two regions is the same without any third one
ability_negatives = it gives a result where a value is below 0
ability_no = no
ability_own_values = the score of a region depends on its own values alone
ability_uses_data = weights depend on the data
ability_yes = yes
ability_zeros = it gives a result where a value is 0
label_ability = Ability
label_bundled_scripts = Bundled scripts
method_abilities = What it can do with its usual settings, tried on drawn tables:
method_nearest = Nearest in the order of regions (mean rank correlation on drawn tables, without its sign): { $names }
methods_none = No method is like that.
consensus_circle = { $n } regions are in one circle of majorities, and it takes { $most } at most
consensus_none = { $rule } has no ranking: { $why }
consensus_title = One ranking of all
consensus_too_few = there are fewer than two regions that all subjects rank
consensus_too_many = there are { $n } regions, and it takes { $most } at most
method_example = Example:
method_formula = Formula: { $formula }
method_full_marks = full marks
method_intermediate = Intermediate results (in `show`, and in the files of `run --out`):
method_no_settings = Settings: none
method_published = as published: { $column }
method_reference = Reference: { $reference }
method_stated = stated
method_weights = weights
no_league = { $subject } has no league { $league }
no_regions_in_period = there are no regions in this period
no_tier_on_both = without a tier on one side or both
not_ranked_on_both = not ranked on both sides
nothing_to_compare = there is nothing to compare it with

figures_all = all
figures_class = Class
figures_contradict = { $n ->
        [one] One contradiction
        *[other] { $n } contradictions
    }.
figures_contradiction = Contradiction
figures_count = Count
figures_count_of = { $class } { $count } of { $members }
figures_counts = Counts
figures_counts_follow = a count of { $counts }
figures_follows = What follows
figures_from_to = { $from } to { $to }
figures_known = Stated to contradict each other ({ $n }): { $reason }
figures_mean = Mean
figures_mean_greatest = Greatest mean
figures_mean_least = Least mean
figures_mean_of = { $class } { $mean } ({ $members } regions)
figures_members = Regions
figures_no_count = { $class } ({ $place }): no count is { $share } of { $members } regions.
figures_no_number = none
figures_of = Counted
figures_part = Regions that are in
figures_parts = What the figures say of regions in the same classes
figures_possible = All these figures can be true.
figures_share = Share
figures_size = Size
figures_sizes = a class of { $sizes }
figures_table = Figures
figures_together = { $first } With { $size }, all classes would have { $all } different regions together, and { $whole } are published.
figures_wrong_counts = These counts of { $of } cannot all be true: { $items }. Without any one of them, the others can be.
figures_wrong_means = These means cannot all be true: { $items }. Without any one of them, the others can be.
figures_wrong_share = { $class } ({ $place }): { $count } regions ({ $of }) are { $share } of a class of { $sizes }; the group has { $members } regions, and they would be { $is } of these.
figures_wrong_size = { $class } ({ $place }): { $size } regions are published, and the group has { $members }.
official_differ = { $n } differ
official_equal = { $equal } of { $of ->
    [one] one published cell
   *[other] { $of } published cells
    } equal
official_excepted = { $n } differ as stated
official_exception_holds = Stated to differ ({ $n }): { $cells }: { $reason }
official_exception_stale = No longer differs: { $names }: { $reason }
official_within = { $n } within the stated tolerance
only_on_side = only in { $side }
order_all_hold = { $n ->
    [one] The statement holds
   *[other] All { $n } statements hold
    } in the ranks of this evaluation.
order_found = There are weights that give the stated order ({ $n ->
    [one] one statement
   *[other] { $n } statements
    }).
order_heading = Weights from a stated order
order_holds = holds
order_holds_by_score = holds by score only
order_holds_not = does not hold
order_margin = The margin, which is the least difference between the scores of two regions that are stated as better and worse, is { $margin } points. No weights have a margin above { $bound }: the dual linear program proves this bound.
order_margin_of_function = The score is not linear in the weights, but a function of the score is, such as its logarithm under a geometric mean. The margin, which is the least difference of that function between two regions that are stated as better and worse, is { $margin }. No weights have a margin above { $bound }: the dual linear program proves this bound.
order_nearest = The weights that violate the statements least, by the sum of the differences that go the wrong way:
order_none = No weights give the stated order ({ $n ->
    [one] one statement
   *[other] { $n } statements
    }). { $part ->
    [one] One statement alone is enough to prove it.
   *[other] { $part } statements prove it together, and none of them can be left out.
    } Each row is a statement times a number: the difference between its two regions in each part of the score.
order_paste = To use these weights, put these lines into the project file:
order_proved = The methodology with these weights, evaluated from the start:
order_some_hold = Of { $n } statements, { $by_score } hold by the scores and { $by_rank } by the ranks of this evaluation.
order_statements = The statements with the weights before and after, as differences between the scores of their regions:
order_sum = If all statements held, the weighted sum of the last row would be above zero. Whatever the weights are (from zero up, with a sum of 1), it is at most { $greatest }.
order_sum_of_ties = If all statements held, the weighted sum of the last row would be zero. Whatever the weights are (from zero up, with a sum of 1), it is at most { $greatest }.
order_sum_of_ties_within = If all statements held, the weighted sum of the last row would be zero. For all weights within the stated bounds it is at most { $greatest }.
order_sum_within = If all statements held, the weighted sum of the last row would be above zero. For all weights within the stated bounds it is at most { $greatest }.
order_undecided = Whether weights give the stated order cannot be decided: the statements are met, or missed, by no more than the rounding errors of the arithmetic. The weights that violate them least:
order_verified = This proof was verified in interval arithmetic, which encloses every rounding error.
plugin_could_reach = but on this system it could still reach: { $what }
plugin_heading = { $name } { $version } · contract { $contract }
plugin_in_child = it runs in a process of its own, { $walls }
plugin_in_process = it runs in the program itself
plugin_reach_calls = network and programs
plugin_reach_files = files
plugin_reach_memory = memory without bound
plugin_reach_opening = files while it is opened
plugin_walled_in = without files, network or programs, and with bounded memory
profile_aim = Aim
profile_all_own = All values are those of { $period }.
profile_all_regions = all regions
profile_among = Among
profile_arrow = Trend
profile_arrow_decreasing = decreasing
profile_arrow_moderate = moderately improving
profile_arrow_on_track = on track
profile_arrow_stagnating = stagnating
profile_arrows = Trend: the mean yearly pace since the first value, beside the pace that leads from there to the green threshold (or the target) in the target year. On track: this pace or more, or already there; moderately improving: at least half of it.
profile_best_region = Best region
profile_best_score = Best
profile_beyond = Beyond mean
profile_class = { $group }: { $class }
profile_colour = Colour
profile_coverage = Coverage
profile_decile = Tenth
profile_filled = estimated
profile_gap = Missing to it
profile_green = green
profile_group = Group
profile_group_above = In { $class }, above the mean by more than { $sd } sd: { $above }.
profile_group_below = In { $class }, below the mean by more than { $sd } sd: { $below }.
profile_group_both = In { $class }, above the mean by more than { $sd } sd: { $above }; below it: { $below }.
profile_group_none = In { $class }, no score is further than { $sd } sd from the mean.
profile_head_aims = Targets and thresholds
profile_head_beside = Beside means and the best
profile_head_nodes = Nodes and indicators
profile_head_peers = Peers
profile_head_strengths = Strengths and weaknesses
profile_head_trend = Trend
profile_mark = Mark
profile_mean = Mean
profile_mean_of = Mean of { $among }
profile_needed = Pace needed
profile_no_arrows = A trend towards the target year needs values in two years before it.
profile_no_cuts = No indicator has a value of the region's own and a rank, so that there are neither strengths nor weaknesses.
profile_no_earlier = The region has no score in an earlier period, so that there is no trend.
profile_no_marks = No node is a strength or a weakness.
profile_no_peers = The region has no peers: `{ $by }` has no value for it, or it stands alone.
profile_no_time = The labels of the periods say nothing about time, so that there is no trend.
profile_no_year = A trend towards targets needs a target year: `target_year` in the tree or in `[profile]`.
profile_now = Now
profile_of = Of
profile_one_period = A trend needs two periods, and there is one.
profile_orange = orange
profile_pace = Pace
profile_peers = peers
profile_peers_are = Peers ({ $n }), the nearest in `{ $by }`: { $names }.
profile_per_step = Per period
profile_per_year = Per year
profile_percentile = Percentile rank
profile_ranks_then = Rank of the index: { $before } in { $from }, { $now } in { $to }.
profile_reached = reached
profile_red = red
profile_rule =
    The rule: the percentile ranks of the region's own indicators ({ $of }) are cut at { $n ->
        [one] the best one
       *[other] the { $n } best
    } ({ $upper } or more) and at { $n ->
        [one] the worst one
       *[other] the { $n } worst
    } ({ $lower } or less), with ties; the same cuts hold for the nodes above. An indicator with rank { $rank } or better is a strength in any case, if the region is better than half of the others. A node is not marked if less than { $coverage } % of its indicators have a value of the region's own.
profile_since = Since
profile_source_period = Value of
profile_strength = strength
profile_target_year = By
profile_tenth = Of all regions of the period it is in tenth { $n } of 10, the first being the best.
profile_value_per_step = Value per period
profile_value_per_year = Value per year
profile_weakness = weakness
profile_why_percentile = percentile rank
profile_why_rank = rank
profile_written = { $n } profiles are written below { $folder }.
profile_yellow = yellow
reach_already = The region is there already: nothing has to change.
reach_cannot = The goal cannot be reached by these cells: with every one of them at its limit, which is the best that they can do, the rank is { $rank }. The limits:
reach_concave = No change that reaches the goal is smaller than { $bound }, by this measure: the index is a concave function of these cells, and the plane that touches it at this change bounds every other one. The size as written down is { $size }.
reach_least = The least change that was found: { $size } standard deviations ({ $measure }), in { $n } of { $all } cells that can change.
reach_limit_far = best + 10 sd
reach_limit_goalpost = goalpost
reach_limit_kind = kind of indicator
reach_limit_seen = best value seen
reach_limit_stated = stated in the tree
reach_limit_zero = zero
reach_linear = No change that reaches the goal is smaller than { $bound }, by this measure: the index is linear in these cells, and the dual problem proves this bound. The size as written down, with values rounded to the better side, is { $size }.
reach_measure_euclidean = root of the sum of squares
reach_measure_largest = largest change of one cell
reach_measure_sum = sum of all changes
reach_needed = Score before: { $own }; score that the goal needs while the scores of the others stay: { $needed }.
reach_not_found = No change of these cells was found that reaches the goal; the search cannot prove that there is none. With every cell at its limit the rank is { $rank }. The limits:
reach_proved = The data with these cells changed, evaluated from the start (the region first, then every other one of its league and period whose rank or tier changes):
reach_search = This is a local least change: a search found it over { $n } evaluations of the methodology, and a smaller one may exist elsewhere. It is not a proof, because the methodology is neither linear nor concave in these cells, or the scores of other regions depend on them.
reach_still = Cells that cannot change: { $reasons }.
reach_still_as_asked = as you asked ({ $codes })
reach_still_best = as good as they can be ({ $codes })
reach_still_constant = the same in all regions ({ $codes })
reach_still_denominator = denominator not above zero ({ $codes })
reach_still_formula = made by a formula of several columns ({ $codes })
reach_still_no_value = no value ({ $codes })
reach_still_shared = column used by several indicators ({ $codes })
records_count = number of records
records_grade = { $grade } { $credit } × { $count }
records_mean = mean of { $column }
records_of = of those where { $condition }
records_share = share of records
records_sum = sum of { $column }
records_where = where { $condition }
regions_change_rank = { $moved } of { $n } regions change rank
regions_in_no_league = { $n ->
    [one] one region
   *[other] { $n } regions
    } in no league
regions_without_shares = { $n } regions have no score in some hybrids: only their sum is shown; explain them one by one
review_ask = a accept · r reject · s skip · q quit >{" "}
review_done = { $accepted } accepted, { $rejected } rejected, { $skipped } skipped
review_nothing_pending = nothing is pending
robust_at = { $rank } in at least { $share } of 100 { $of } ({ $from }).
robust_between = Between { $best } and { $worst } in { $share } of 100 { $of } ({ $from }).
robust_fixed = { $rank } under any weights (exact).
robust_from_draws = from { $n } draws
robust_from_evaluations = from { $n } evaluations
robust_of_both = draws of weights and data
robust_of_data = draws of the data
robust_of_methodologies = draws of several methodologies
robust_of_weights = weightings
robust_slow = the scores are not linear in the weights, and it would take too long here to evaluate everything again for each draw
robust_whatever = Under no weights better than { $best } or worse than { $worst } (exact).
robustness_absent_scores = { $n } ranked regions have no score of `{ $code }`, so that the others count more for them and the score is not linear in the weights; `quanheng robustness draws` evaluates such scores again under drawn weights
robustness_all_leaves = all indicators
robustness_always = always
robustness_apart = differ
robustness_catches_up = catches up
robustness_draws = draws
robustness_enough = enough
robustness_evaluated = evaluated again
robustness_exact = exact
robustness_exact_tests = exact tests of counts
robustness_failed = { $failed } of { $of } changed studies could not be evaluated
robustness_left = { $left } of { $of } draws are not made yet
robustness_nothing_filled = imputation filled no cell, so that none can be drawn
robustness_not_filled_again = the imputation of `{ $code }` cannot fill a cell that has a value, so that it is not known how far it misses
robustness_no_methodology = there is no methodology `{ $code }`
robustness_other_methodology = methodology `{ $code }` has other indicators, regions or tiers, or other weights above 0, and cannot be drawn together with this one
robustness_impossible_error = the size of the sample is not above 0, the error is below 0, or the ends of the interval are in the wrong order
robustness_never = never
robustness_never_ahead = no weights put the region ahead
robustness_no_children = `{ $code }` has no children whose weights could vary
robustness_no_error_of_cell = the data state no error for it
robustness_no_errors = no indicator of it has a sampling error; `[sampling.CODE]` states them
robustness_no_such_weights = no weights with a sum of 1 keep within the stated bounds and order
robustness_not_a_mean = the score of `{ $code }` is not a weighted arithmetic mean of the scores below it, so that it is not linear in the weights; `quanheng robustness draws` evaluates such scores again under drawn weights
robustness_not_as_many = `{ $setting }` must have one item for each of the { $weights } weights
robustness_not_enough = not enough
robustness_not_smooth = the score of `{ $code }` jumps where a cell changes within its error; the setting `errors = "draws"` draws all cells instead
robustness_of_formula = a formula makes `{ $code }` of several columns, so that the error of one column is not its own
robustness_outside_sample = the value is not a share of a sample, or not a count
robustness_overlaps = do not differ
robustness_rounded_below = the scores of `{ $code }` are rounded before they enter the index, so that it is not linear in the weights; `quanheng robustness draws` evaluates such scores again under drawn weights
robustness_search_ended = the search was ended by its limit before it was complete
robustness_slopes = slopes
robustness_sometimes = sometimes
robustness_undecided = not decided
robustness_within_error = within the errors
sensitivity_above_one = above 1: too few rows
sensitivity_constant = The result does not vary: no factor changes the ranks.
sensitivity_convergence_is = Total shares from the first eighth, fourth and half of the rows, and from all; where the last two lines differ by more than you can accept, state more `rows`:
sensitivity_effects_meaning = An effect is the change of the mean shift of ranks if the factor goes through its whole range. A large standard deviation means that it depends on the other factors, or is not proportional.
sensitivity_equal = equal weights everywhere
sensitivity_equal_below = equal weights below { $node }
sensitivity_excluded = the options are excluded by a constraint or do not fit together
sensitivity_first_holds = { $region } stays first
sensitivity_meaning = "Alone" is the part of the variance that would go if the factor were known; "with others" is the part that would stay if everything else were known. Estimates below 0, above 1 or with wide intervals are shown as they came out: they say that there are too few rows. A share says nothing about how large the variance is, or which value is right.
sensitivity_negative = below 0: too few rows
sensitivity_no_weights = No node has siblings whose weights count, or all leaves are weighed at once.
sensitivity_order_meaning = First-order shares by the order of one sample (Gamboa et al. 2022). They need no design, have no interval, and can be below 0 where a factor does nothing.
sensitivity_regions_is = Shares of the variance of each rank: alone (with others):
sensitivity_rows = Rows of the samples that were used: { $n }; left out because a run failed: { $left_out }.
sensitivity_runs = { $n } runs
sensitivity_shift = mean shift of ranks
sensitivity_shift_is = Shares of the variance of the mean shift of ranks from the published methodology:
sensitivity_steps = { $n } changes, one at a time
sensitivity_steps_meaning = Each line changes one thing and keeps everything else. Two changes together can do more, or less, than both alone; `[sensitivity.CODE]` looks at them together.
sensitivity_unfit = Changes that gave no result: { $n }.
sensitivity_weights = how far each weight can go
sensitivity_weights_meaning = One weight changes, and those of its siblings keep their proportions. Within the range nothing changes; ≈ marks ranges that were searched for and not computed by a formula. Several weights that change at once can change ranks sooner.
sensitivity_wide = wide interval
sensitivity_without = without { $node }
discover_always = The condition holds in every run: there is nothing to tell apart.
discover_never = The condition holds in no run.
discover_and = {" "}and{" "}
discover_or = {" "}or{" "}
discover_box = Box { $n }
discover_counts = The condition holds in { $hits } of { $cases } runs with a result; { $lost } runs have none.
discover_lost = Without result: { $n } ({ $why }).
discover_nothing = No restriction is more than chance.
discover_sentence = Where { $when }, the condition holds in { $density } % of the runs ({ $hits } of { $cases }), which is { $coverage } % of all runs in which it holds.
discover_pairs = Pairs of regions whose order is least certain
discover_meaning = Density is the share of a box in which the condition holds, coverage the share of all cases that are in the box, mass its share of all runs. Quasi-p is the chance of so many cases without that restriction. A box describes the runs that were made; it is not a cause, and it forecasts nothing.
declared_written = { $file }: hash { $hash }. Publish it where others date it.
declared_with_data = Files of data were there already: { $files }. Results from the same bytes will say so.
declared_before = Declared before the data, hash { $hash }; nothing was changed since.
declared_beside = Declared with data at hand ({ $files }), hash { $hash }; nothing was changed since.
declared_changed = Changed after the declaration with hash { $hash }: { $parts }.
screened = { $count ->
    [one] One region is left out for want of data
   *[other] { $count } regions are left out for want of data
}: { $regions }
screened_alone = Left out for want of data: { $why }
screened_named = it is named in `exclude`
screened_no_row = the data have no row for it
screened_nonzero = { $n } of { $of } values are not zero
screened_region = { $region } ({ $why })
screened_values = { $n } of { $of } indicators have a value
script_claims = Claims: { $claims }
script_gives = Gives: { $gives }
script_needs = Needs: { $needs }
shown_of = … shown: { $shown } / { $all }
snapshot_moves = { $ranks } of { $n } ranks moved, { $tiers } of { $n } tiers ({ $compared } of { $tables } tables compared)
snapshot_none_yet = there is no snapshot to compare with: { $tables } tables, { $rows } rows are new
snapshot_origin = { $program }, fingerprint { $fingerprint }
snapshot_origins = snapshot: { $pinned }; now: { $now }
snapshot_same_origin = the snapshot was made from the same files by the same program ({ $now })
snapshot_scores = { $k } of { $n } scores differ; the greatest difference is { $greatest }, the greatest relative one { $relative }
snapshot_within_stated = { $k } of { $n } scores differ within the stated tolerance: by { $greatest } at most
tier_without_counterpart = tier { $tier } has no counterpart in { $side } ({ $n } regions)
top_is = the top is the first { $top }
undefined_because = not defined, because { $why }
undefined_constant_both = all regions share one rank on both sides
undefined_constant_first = all regions share one rank on the first side
undefined_constant_second = all regions share one rank on the second side
undefined_no_tiers_both = there are no tiers on either side
undefined_no_tiers_first = there are no tiers on the first side
undefined_no_tiers_second = there are no tiers on the second side
undefined_one_tier = all regions are in one and the same tier
undefined_other_scale = the scores are on different scales
undefined_tier_counts = the numbers of tiers differ, { $first } and { $second }; --map-tiers says which is which
undefined_tier_names = the names of the tiers differ; --map-tiers says which is which
undefined_too_few = n = { $n }, and it takes { $least }
weights_found = Below `{ $node }` the weights are those that `{ $method }` found for this region.
weights_unused = Below `{ $node }` no weights are shown: `{ $method }` does not count the children by their weights.
without_data = Without data in { $period } ({ $count }): { $regions }
without_data_alone = Without data ({ $count }): { $regions }

## The page that `report` writes

page_acceptability = With { $n } regions, the bars of how often each region has which ranks are left out here; `{ $command }` draws them.
page_all = all
page_analyses = Analyses
page_analyses_lead = Tiers, groups, leaders, obstacles and movement, by the usual methodology. Each part opens, with its formula and source.
page_analyses_missing = Analyses for which something is missing
page_ascending = ascending
page_by_methodologies = By each methodology
page_choose_region = Choose a region
page_coherence = Data and structure
page_coherence_lead = Whether the data and the structure of the index fit together: the parts of a statistical audit, in their usual order.
page_commands = Made again by
page_comparison = Comparison of methodologies
page_comparison_lead = Scores, ranks and tiers by each methodology, how far they agree, and which regions move most.
page_contents = Contents
page_controls = What is shown
page_copied = Copied: { $what }
page_copy_csv = Copy as CSV
page_copy_svg = Copy as SVG
page_descending = descending
page_explanation = Why ranks differ
page_explanation_lead = What in the methodologies moves each region, as exact shares that add up to the change.
page_figure = Figure
page_filter = Filter of the ranking
page_filter_group = Group
page_filter_text = Name or code
page_fingerprint = Fingerprint of everything that the results were made from
page_formulas = Formulas and sources
page_in_language = English
page_live = Messages
page_lock = Lock
page_lock_none = The project is not locked.
page_lock_other = { $file } was made from something else: see `quanheng verify`.
page_lock_same = The results are those in { $file } (BLAKE3 { $hash }).
page_cases = Cases
page_cases_filter = Search cases
page_cases_lead = What was done where: steps, figures and dates of single cases, each with its sources. A case explains results; nothing is computed of it.
page_cases_text = Words in the case
page_cut = … shown: { $shown } / { $all }; { $command } shows all
page_interval = Ranks in 90 % of combinations
page_mean_all = mean of all
page_mean_class = mean of { $class }
page_region_slot = REGION
page_regions_large = With { $n } regions, scores, ranks and values at every node are not in this file. Choose a region for its ranks. For everything about one region: { $one }. For all of them, a page each and tables: { $all }.
page_robust_draws_none = Nothing was drawn here: { $why }.
page_robust_interval = Ranks in { $share } of 100 { $of }
page_robust_pairs_none = Probabilities of pairs and the curve of robust comparisons are not there: { $why }.
page_robustness = How sure ranks are
page_robustness_command = `{ $command }` computes it.
page_robustness_lead = What ranks and tiers would be if the weights were others. Nobody says that all weights are right; where a rank stays under nearly all of them, it does not depend on who chose them.
page_robustness_regions = Region by region
page_shares_slow = The sensitivity analysis { $name } would take too long for a page; `{ $command }` computes it.
page_standing = Where it stands between the lowest and the highest score at each node
page_map = Map
page_map_lead = Scores by place.
page_method = Formula and source
page_methodology = Methodology
page_methods = Methods
page_methods_lead = The methods of each methodology by stage, with their settings; then every method with its formula and source.
page_moves = What moves it between methodologies
page_multiverse = Every combination of choices
page_multiverse_lead = How ranks spread over all combinations of the declared choices, and which choices matter.
page_notes_lead = What a careful reader must know and is not wrong. Silenced notes have their reason.
page_ordered = Ordered by { $column }, { $way }
page_origin = Origin
page_origin_lead = What the page was made from, and how it is made again.
page_place_in_class = ({ $rank } of { $of })
page_ranking_lead = Order the table by any column. A name leads to the profile of the region.
page_ranks = Ranks by every node
page_raw_cells = Raw values stand in
page_regions = Regions
page_regions_about = Places in groups, and where the raw values stand
page_regions_lead = Choose a region for everything that the page has about it, from the index down to its raw values.
page_report = Report
page_save_csv = Save CSV
page_save_svg = Save SVG
page_scores = Scores of every node
page_shown = Shown: { $shown } of { $all }
page_skip = Skip to the content
page_source = Source and method
page_strengths = Strengths
page_strengths_rule = Marked ▲ are the strengths of a region, ▼ its weaknesses: its own indicators are cut at the best and the worst of their percentile ranks, and the nodes above at the same cuts; `quanheng profile` states the rule in full.
page_table = Table
page_table_elsewhere = The figures stand in a table of this page
page_table_printed = The table is too large for the page; `{ $command }` prints it.
page_tree = Indicators and weights
page_tree_lead = The index, its parts and its indicators, with what is stated for each.
page_tree_notes = Notes on the indicators
page_values = Values of the indicators, as the data have them
page_version = Made by
page_walk = From the index down to the raw values
page_weaknesses = Weaknesses

## Cases and dates

case_all_regions = all regions
case_before = Before
case_date = Date
case_dates = When
case_figure = Figure
case_figures = Figures
case_from = From
case_label = Case
case_level = Level
case_mechanism = Mechanism
case_nodes = Belongs to
case_none = No case.
case_since = since { $date }
case_sources = Sources
case_step = Step
case_step_when = { $step } ({ $when })
case_steps = Steps
case_text = Text
case_then = Then
case_timeline = Timeline
case_to = To
case_until = until { $date }
case_value = { $value } { $unit }
case_what = What
case_who = Who
date_day = { $day } { $month } { $year }
date_month = { $month } { $year }
date_year = { $year }
month_1 = January
month_2 = February
month_3 = March
month_4 = April
month_5 = May
month_6 = June
month_7 = July
month_8 = August
month_9 = September
month_10 = October
month_11 = November
month_12 = December

## Charts

chart_above_mean = { $region } is above the mean ({ $beside }) in { $above } of { $n } parts.
chart_acceptability_marks = Bars: how often a region has which ranks in { $of }, { $from }. Beside them: between which ranks it is in { $share } of 100.
chart_after = After
chart_ahead_of = Next below
chart_areas_empty = { $n } areas have no score and are pale.
chart_before = Before
chart_best = best
chart_best_and_worst_part = The best rank is { $first } ({ $best }), the worst { $last } ({ $worst }).
chart_best_tier = On { $tier }: { $regions }.
chart_change = Change
chart_correlation = The correlation with { $other } is { $r }.
chart_correlations = Of { $n } pairs, { $weak } are weak (below 0.3), { $negative } negative (−0.4 or below) and { $redundant } redundant (above 0.92).
chart_count_leaves = { $n ->
    [one] one indicator
   *[other] { $n } indicators
    }
chart_dominance = In { $pairs } of { $all } pairs ({ $share }) one region is ahead whatever the weights of the parts are.
chart_drawn = Shares of { $of }, { $from }.
chart_ending = a chart cannot be written as "{ $file }"
chart_ending_hint = let the name of the file end in .svg, or in .png in a program that was built with `--features print`
chart_even = All weights are equally probable, unless the settings say otherwise.
chart_exact = Exact, nothing was drawn. The weights that are open: { $at }.
chart_flow = There are { $n } steps; the first is: { $first }.
chart_flow_branches = The flow branches after: { $steps }.
chart_from_to = The scores go from { $greatest } ({ $best }) to { $least } ({ $last }).
chart_fullest_tier = Most regions are on { $tier } ({ $n }).
chart_furthest = { $region } moves furthest ({ $places }).
chart_incomplete = { $n } regions without a score in some part are left out.
chart_intervals = Points: the rank. Thick bars: the ranks in { $share } of 100 { $of }, { $from }; strokes: the median.
chart_intervals_always = Thin lines: from the best to the worst rank that can be under any weights, by comparison of each two regions (exact).
chart_largest_share = The largest share is that of { $part } ({ $share }).
chart_largest_weight = The largest part is { $node } ({ $weight }).
chart_leaf = `{ $node }` has no children
chart_leaf_hint = name a node that has children, or leave out `--node`
chart_least_sure = The widest interval of ranks is that of { $region }: from { $best } to { $worst }.
chart_level = Level
chart_map_by = Areas have found their regions by the property `{ $key }`.
chart_map_of_others = no area of the map is a region of the project
chart_map_of_others_hint = name the property that holds codes or names of regions with `--map-key`
chart_mean = Mean
chart_median = The median is { $median }.
chart_medians = The highest median is that of { $best } ({ $high }), the lowest that of { $worst } ({ $low }).
chart_migration_marks = Blue: to a better tier. Orange with hatching: to a worse one. Grey: the same tier.
chart_most_of_first = In { $region }, the first, { $part } adds most ({ $adds }).
chart_moves = { $rose } rise and { $fell } fall from the first result to the last.
chart_n = n = { $n }
chart_needs_draws = weights that can be drawn: nearly every methodology has them
chart_needs_hint = it needs { $needs }: see `quanheng plot --list`, and `quanheng plot { $kind } --help`
chart_needs_case = a case: `--case CODE`
chart_needs_map = a map: `--map FILE`
chart_needs_nothing = –
chart_needs_provinces = regions that are provinces of China
chart_needs_region = a region: `--region REGION`
chart_needs_region_and_multiverse = a region (`--region REGION`) and a multiverse
chart_needs_region_and_two = a region (`--region REGION`) and two of METHODOLOGY[@PERIOD]
chart_needs_sensitivity = a sensitivity analysis: `--sensitivity CODE`, or the only one of the project
chart_needs_several = several periods, or two or more of METHODOLOGY[@PERIOD]
chart_needs_tier_bounds = tiers that are cut at stated scores
chart_needs_tiers = a methodology with tiers
chart_needs_tiers_and_several = a methodology with tiers, and several periods or two of METHODOLOGY[@PERIOD]
chart_needs_weights = scores that are weighted means
chart_no_case = no case is named
chart_no_dates = the case has no dates
chart_no_branches = no branch of the multiverse gives the region a rank
chart_no_branches_hint = `quanheng multiverse` shows how branches ended
chart_no_draws_hint = `quanheng robustness PROJECT draws` has the same figures, and its settings stand in `[robustness.draws]`
chart_no_map = there is no map
chart_no_multiverse = there is no multiverse
chart_no_other = there is nothing that the scores could be put beside
chart_no_other_hint = name a covariate or a node with `--with`
chart_no_provinces = the regions are not provinces of China
chart_no_region = no region is named
chart_no_robustness = how sure ranks are was not computed
chart_no_scores = no region has a score in this league and period
chart_no_scores_hint = `quanheng run` shows which leagues and periods have scores
chart_no_sensitivity = no sensitivity analysis is declared
chart_no_steps = the case has no steps
chart_no_tier_bounds = tiers are not cut at stated scores, so that a tier has no probability
chart_no_tier_bounds_hint = cut tiers with `cut_points` or with another method that states its bounds
chart_no_tiers = this node is not cut into tiers
chart_none = the chart "{ $chart }" cannot be drawn: { $why }
chart_not_a_sum = The bars are not the scores: the index is not the arithmetic mean of its parts. A stroke marks the score.
chart_not_exact_hint = `quanheng plot acceptability` draws weights in place of that, and needs no such scores
chart_not_on_map = { $n } regions with a score are not on the map.
chart_not_the_index = how sure ranks are is known of the index alone
chart_not_the_index_hint = leave out `--node`
chart_not_two = two results are needed, and { $found } are named
chart_nothing_moves = no factor of the sensitivity analysis moves the result
chart_nothing_moves_hint = let more vary in `[sensitivity.CODE]`, or name another region
chart_of_league = all regions of the league
chart_one_result = there is one result only
chart_other_node = Other node
chart_other_region = Other region
chart_own_tier = Own tier
chart_pairs = Pairs
chart_probability = Probability
chart_profile_marks = Points: the region. Thick strokes: the mean ({ $beside }). Thin strokes: the other regions, from the worst at the left to the best at the right.
chart_radius = Radius: how much other weights count
chart_radius_is = At radius r the weights are 1 − r parts of the stated weights and r parts of any others.
chart_region_without_score = the region has no score here
chart_results_shown = { $shown } of { $all } results are shown.
chart_robust = Of { $n } pairs, { $quarter } keep their order at radius 0.25, and { $all } under any weights.
chart_robust_pairs = Robust pairs
chart_same = nothing differs between the two
chart_same_hint = name two methodologies that differ, or two periods
chart_scores_moved = { $rose } scores rise and { $fell } fall.
chart_shade_of_place = The darker, the nearer the region is to the best of its league at that node; the lighter, the nearer to the worst.
chart_sobol = { $factor } causes most: its share with others is { $share }.
chart_sobol_marks = Alone: what would go from the variance if the factor were known. With others: what would stay if all other factors were known. Strokes: the intervals.
chart_sobol_of_rank = Shares of the variance of the rank, from { $rows } rows of the design.
chart_sobol_of_shift = Shares of the variance of how far ranks move on average, from { $rows } rows of the design.
chart_specification = Over { $n } branches, the rank of { $region } goes from { $best } to { $worst }.
chart_specification_marks = Each column is a branch, from the best rank to the worst. The figure beside an option is the median rank over the branches that take it.
chart_specification_shared = { $n } branches share { $columns } columns: the darker, the more of them take the option.
chart_spread = Points: the rank. Thick bars: from the 5th to the 95th percentile over { $n } branches of the multiverse `{ $multiverse }`; strokes: the median; thin lines: from the best to the worst.
chart_tier_empty = No region is on { $tier }.
chart_tier_moves = { $rose } moves go to a better tier and { $fell } to a worse one.
chart_tiers_unsure = Of { $all } regions, { $n } have a probability below 95% to be on their tier.
chart_timeline = There are { $n } dates, from { $first } to { $last }.
chart_tiles = Each province is a square of the same size near its place. This is a scheme and not a map with boundaries.
chart_tiles_absent = Without a score here: { $regions }.
chart_too_few = there are { $n }, and it takes { $least }
chart_too_few_hint = name another node with `--node`, or show more regions
chart_too_many = there are { $n } regions, and at most { $most } can be drawn
chart_too_many_hint = show fewer with `--top N`
chart_too_many_parts = there are { $n } parts, and at most { $most } can be drawn
chart_too_many_parts_hint = name a smaller node with `--node`
chart_too_many_to_count = there are too many regions to count the ranks of each
chart_too_many_to_count_hint = choose a smaller league with `--league`
chart_undominated = Nobody is ahead in every part of: { $regions }.
chart_unevaluated = one of the two results could not be evaluated
chart_unnamed = { $n } points have no name beside them, for want of room; the table has all.
chart_up_and_down = Solid blue: rises. Dashed orange: falls. Grey: neither.
chart_waterfall = The score of { $region } goes from { $before } to { $after } ({ $change }), its rank by { $places }.
chart_waterfall_marks = Blue adds, orange with hatching takes away. The scale does not begin at zero. Shares add up to the change, as printed too.
chart_winning = Of { $n } pairs, { $sure } have their order with a probability of 95% or more; in { $turned } the region with the worse rank is more often ahead.
chart_without_other = { $n } regions have no figure of { $other }.
chart_worst = worst
document_figures = Figures
document_marked = ⚠ illustrative data or placeholders: see page 1
document_tables = Tables
print_missing = { $count ->
    [one] no font has this character of the document: { $characters }
   *[other] no font has these { $count } characters of the document: { $characters }
  }
print_missing_hint = on Debian or Ubuntu install fonts-noto-cjk or fonts-wqy-microhei; on Windows, macOS or elsewhere name a font that has them with `--font FILE`, such as C:\Windows\Fonts\simsun.ttc or /System/Library/Fonts/Supplemental/Songti.ttc
print_missing_named_hint = only the fonts that `--font` names are used: name one more that has these characters, or leave `--font` out to use those of the system
print_no_font = there is no font in "{ $path }"
print_no_font_hint = name a file in TrueType or OpenType (.ttf, .otf, .ttc), or a folder of such files
print_no_fonts = the system has no fonts
print_not_built = this program was built without PDF and PNG, so it cannot write "{ $file }"
print_not_built_hint = build it with them: `cargo install --path . --features print` in the folder of the source. A report as .html can be printed by a browser, and a chart can be written as .svg
print_refused = "{ $file }" cannot be made { $reason }
print_refused_hint = this is most likely a mistake of this program: please report it, with the command
print_warned = "{ $file }" was written, but something in it may not look right { $reason }
label_chart = Chart
map_broken = { $file } is not a whole map: a place is not two numbers, or an arc is missing
map_hint = give a GeoJSON or TopoJSON file with areas (Polygon or MultiPolygon)
map_no_areas = { $file } has no areas
map_not_json = { $file } is not JSON: line { $line } cannot be read
map_too_long = { $file } has more than { $most } points

## Notes

change_head = Changed cells
change_head_after = After
change_head_before = Before
change_head_method = Method
note_absent_cells = cells of { $count ->
    [one] an indicator
   *[other] { $count } indicators
    } are missing and stay so: { $items }
note_absent_cells_hint = for these regions the other indicators have more weight; an imputation fills such cells
note_at_node = `{ $code }` of `{ $node }`, which has children
note_cells_by = { $cells } of { $all } by { $method }
note_cells_hint = the result files list each of these cells in changed_cells, with both values and the method
note_coders_apart = the totals of coders differ by more than is allowed in { $count ->
        [one] one region
        *[other] { $count } regions
    }: { $items }
note_coders_apart_hint = let the coders code these regions again; `quanheng describe --show agreement,disagreements` shows their totals and the cells on which they disagree
note_constant_indicator = { $count ->
    [one] an indicator has
   *[other] { $count } indicators have
    } the same value in every region: { $items }
note_constant_indicator_hint = such an indicator tells no region from another; check its data, or leave it out of the system
note_constant_left_out = { $about }, left out
note_constant_scored = { $about }, every region has the score { $score }
note_empty_tier = { $count ->
    [one] a tier has no region
   *[other] { $count } tiers have no region
    }: { $items }
note_empty_tier_hint = this can be right where the bounds are fixed; where they come from the scores, many equal scores are the usual cause
note_encoding_chosen = { $count ->
    [one] a file is
   *[other] { $count } files are
    } neither UTF-8 nor marked, and the encoding was judged by the content: { $items }
note_encoding_chosen_hint = look at some names in the result; `encoding` in [data] states the encoding
note_encodings_differ = files of the project were read in different encodings, which nobody states: { $items }
note_encodings_differ_hint = this is rare in files of one source, so that one of them may be read wrongly; state `encoding` for each
note_head = Notes
note_head_count = n
note_head_hint = What to do
note_head_level = Level
note_head_of = About
note_head_places = Places
note_head_silenced = Silenced because
note_head_what = Note
note_foreign = { $project } ({ $count ->
    [one] one region
   *[other] { $count } regions
    })
note_input_regions = { $count ->
    [one] a result of another project has regions
   *[other] { $count } results of other projects have regions
    } that are not in the table of regions: { $items }
note_input_regions_hint = they are left out; add them to the table of regions if they belong to this project
note_imputed_cells = cells of { $count ->
    [one] an indicator
   *[other] { $count } indicators
    } were filled in: { $items }
note_item = `{ $code }` ({ $about })
note_level_remark = remark
note_level_warning = warning
note_list = { $items }
note_list_more = { $items } and { $count } more
note_merged = `{ $file }` ({ $count } cells)
note_merged_cells = values stand in merged cells, and each cell was read with the value, in { $count ->
    [one] a file
   *[other] { $count } files
    }: { $items }
note_merged_cells_hint = if the value belongs to one of the rows only, take the cells apart in the workbook
note_names_without_match = `{ $key }` (the rows of every file are matched by codes; write match = "name")
note_near = `{ $code }` (did you mean `{ $near }`?)
note_near_in = `{ $code }` (only in { $file }; did you mean `{ $near }`?)
note_nowhere = { $count } of { $of } { $of ->
    [one] record names
   *[other] records name
    } no region
note_near_regions = { $count ->
    [one] two regions are
   *[other] { $count } pairs of regions are
    } called almost the same: { $items }
note_near_regions_hint = where they are one region, write it in one way everywhere, or write match = "name" in [data], with `regions` or `names`
note_near_tie = { $count ->
    [one] two regions have
   *[other] { $count } pairs of regions have
    } scores that agree to nine digits, and different ranks: { $items }
note_near_tie_hint = digits that nobody sees decide here: round the index, or state in `ranking` from which difference on scores are different
note_needless_silence = { $count ->
    [one] a silence in [notes] silences
   *[other] { $count } silences in [notes] silence
    } no note: { $items }
note_needless_silence_hint = the note is not there any more, or `of` names something else: remove or correct the silence
note_no_data = { $count ->
    [one] a region has
   *[other] { $count } regions have
    } no data in the period that is shown: { $items }
note_no_data_hint = add the data; if there are none, leave the region out with `exclude` in `screening`, or silence this note with the reason. A region that is ranked all the same has nothing but filled cells
note_no_effect = { $count ->
    [one] something is stated that changes nothing
   *[other] { $count } things are stated that change nothing
    }: { $items }
note_no_effect_hint = remove it, or correct what it should work with
note_no_such_file = `{ $key }` (no file of the project is of that kind)
note_no_such_row = `{ $key }` (no row of the files meets it)
note_nobody_left_out = `{ $key }` (it leaves out nobody, whatever the data)
note_node_by_node = { $count ->
    [one] an aggregation
   *[other] { $count } aggregations
    } for all indicators at once, as papers use it, { $count ->
    [one] works
   *[other] work
    } node by node: { $items }
note_node_by_node_hint = `across = "leaves"` puts all leaves together at once, and ranks can differ greatly; if this is intended, silence the note with the reason
note_official_above = `{ $first }` (rank { $first_rank }, { $first_score }) above `{ $second }` (rank { $second_rank }, { $second_score })
note_official_one_rank = `{ $first }` and `{ $second }` (one rank { $rank } for { $first_score } and { $second_score })
note_official_order = { $count ->
    [one] a published rank disagrees
   *[other] { $count } published ranks disagree
    } with the published scores: { $items }
note_official_order_hint = look at the publication again: one of the figures may be misprinted; if the table has them so, state in `except` of [official] which cells differ, or silence the note with the reason
note_unused_group = { $count ->
    [one] nothing names a group: { $items }
   *[other] nothing names { $count } groups: { $items }
}
note_unused_group_hint = a group describes the regions; methods, conditions and scripts can name it
note_nothing_names = `{ $key }` (nothing names it)
note_of_column = a column
note_of_file = a file
note_of_indicator = an indicator
note_of_key = a key
note_of_node = a node
note_of_period = a period
note_of_region = a region
note_of_tier = a tier
note_only_is = `{ $code }` (it works only where `{ $other }` is one of { $words })
note_only_stated = `{ $code }` (it works only where `{ $other }` is stated)
note_outside = { $count } of { $of } { $of ->
    [one] record lies
   *[other] records lie
    } in no window
note_outside_and_nowhere = of { $of } records, { $outside } lie in no window and { $nowhere } name no region
note_only_unstated = `{ $code }` (it works only where `{ $other }` is not stated)
note_other_choices = `{ $key }` (other choices go before it at every node that it is for)
note_pair = `{ $first }` and `{ $second }` ({ $about })
note_period_without_time = { $count ->
    [one] the label of a period says
   *[other] the labels of { $count } periods say
    } nothing about time, so that periods are in the order in which they first stand in the files: { $items }
note_period_without_time_hint = the last one is shown unless a period is named, and no change from one to the next is given; a form with a time is read as such ("Periods" in docs/project-file.md)
note_records_uncounted = records count nowhere in { $count ->
    [one] a table
   *[other] { $count } tables
    }: { $items }
note_records_uncounted_hint = check the windows and the columns of regions, if this is not intended; a condition `where` leaves such records out without this note
note_region_in_no_league = { $count ->
    [one] a region meets
   *[other] { $count } regions meet
    } the condition of no league, and { $count ->
    [one] is
   *[other] are
    } left out: { $items }
note_region_in_no_league_hint = check `where` of the leagues, if this is not intended
note_region_in_one_file = { $count ->
    [one] a region is
   *[other] { $count } regions are
    } missing in some files of values: { $items }
note_region_in_one_file_hint = check how the other files write these regions; whole columns are missing for them
note_region_left_out = { $count ->
    [one] a region is
   *[other] { $count } regions are
    } left out for want of data: { $items }
note_region_left_out_hint = `screening` states this rule; `include` keeps a region whatever its data
note_said = { $level } { $code }: { $what }
note_said_hint = {"  "}help: { $hint }
note_said_methodologies = {"  "}in methodology { $codes }
note_said_places = {"  "}at { $places }
note_sheet = { $file } (sheet `{ $sheet }` of { $of })
note_sheet_chosen = the first sheet of { $count ->
    [one] a workbook
   *[other] { $count } workbooks
    } was read: { $items }
note_sheet_chosen_hint = `sheet` in [data] states which sheet is read
note_sum = { $parts } = { $sum }
note_total_row = { $count ->
    [one] a row that is ranked seems
   *[other] { $count } rows that are ranked seem
    } to be a total or a mean of the others: { $items }
note_total_row_hint = leave it out: `screening` names regions in `exclude`, and a league takes those that meet its condition
note_treated_cells = cells of { $count ->
    [one] an indicator
   *[other] { $count } indicators
    } were changed by the treatment: { $items }
note_two = `{ $first }` and `{ $second }`
note_units = `{ $code }` ({ $tree } in the tree, { $data } in the data)
note_units_differ = the data state another unit than the tree for { $count ->
    [one] an indicator
   *[other] { $count } indicators
    }: { $items }
note_units_differ_hint = the values are not converted: correct the unit in the tree, or bring the data to it
note_unread_column = no system reads { $count ->
    [one] a column
   *[other] { $count } columns
    } of the data: { $items }
note_unread_column_hint = this is right for columns other than indicators; an indicator needs a line in the tree
note_unread_indicator = no system reads { $count ->
    [one] an indicator
   *[other] { $count } indicators
    } of the data: { $items }
note_unread_indicator_hint = their values are left out; `column` in the tree says where a leaf is read from
note_value_in = { $value } in { $period }
note_weights_by_level = weights are found in the data level by level, where papers usually weigh all leaves at once, at { $count ->
    [one] a node
   *[other] { $count } nodes
    }: { $items }
note_weights_by_level_hint = `across = "leaves"` weighs all leaves at once; if this is intended, silence the note with the reason
note_weights_in_points = the weights below { $count ->
    [one] a node are
   *[other] { $count } nodes are
    } stated in points or per cent, and were divided by their sum: { $items }
note_weights_in_points_hint = this changes no share; `weights_sum` of the system states what they must add up to
prose_and = {" "}and{" "}
prose_yes = yes
prose_no = no
prose_number = a number
prose_list = a list of codes
prose_count = a whole number from 1
prose_decimals = a whole number from 0 to 15
prose_syntax = an expression cannot be read: { $said }
prose_syntax_hint = { $list } says how expressions are written
prose_missing = `{ $function }` needs the argument `{ $argument }`
prose_argument_hint = { $list } says what it takes
prose_too_many = `{ $function }` has more arguments than it takes
prose_takes = `{ $function }` takes { $takes }
prose_argument = the argument `{ $argument }` of `{ $function }` must be { $must }
prose_not_called = `{ $function }` is a function
prose_not_called_hint = write its arguments in brackets: `{ $function }(…)`
prose_no_difference = there is no explanation of the moves between `{ $first }` and `{ $second }`
prose_no_difference_hint = the first must be the methodology of the report, and the two must differ
prose_no_table = the table `{ $table }` cannot be made: { $why }
prose_optional_hint = with `optional=true` it is left out where it cannot be made
prose_failed = an expression cannot be evaluated: { $said }
prose_endless = the expressions of the chapter take too many steps
prose_endless_hint = shorten its loops
prose_inside = `{ $name }` stands in a heading or in a table
prose_inside_hint = let figures and tables stand in lines of their own
prose_picture = a chapter cannot show a picture from a file
prose_picture_hint = draw a chart: `figure("ranking")`
prose_power = an expression uses `**`
prose_power_hint = write a product: `x * x`
prose_ending = a report cannot be written as "{ $file }"
prose_ending_hint = let the name of the file end in one of these: { $known }
prose_chapters = the document `{ $document }` must state either `template` or `chapters`
prose_chapters_hint = `quanheng report --list` shows the templates, and `--copy` makes chapters of one
prose_no_regions = the league has no regions in the period
prose_no_groups = the project has no groups of regions
prose_groups = Means by group
prose_spread = Ranks over all combinations of choices
prose_spread_least = Best rank
prose_spread_median = Median rank
prose_spread_greatest = Worst rank
prose_same_rank = { $region } keeps rank { $rank }
prose_moves = { $region } moves from rank { $before } to rank { $after }, most of all because of this: { $cause }
document_figure = Figure { $n }
document_table = Table { $n }
document_note = Note { $n }
document_notes = Notes
document_back = Back to the text
label_class = Class
label_group = Group
label_template = Template
template_research = Research report
template_research_summary = The research report in five parts: the index, the ranking, tiers, groups, and relations between figures and methodologies, with an appendix.
template_audit = Statistical audit
template_audit_summary = A statistical audit in the order of the JRC: concept, data, structure, and the effect of assumptions.
template_brief = Brief
template_brief_summary = Two pages for a director: who leads, who moved, and what is not sure.
template_profile = Profile of a region
template_profile_summary = One page for a region, or for each region.
template_copied =
    To use them, put this into quanheng.toml:
    { $entry }
thing_argument = argument of `{ $function }`
thing_chart = kind of chart
thing_table = table
thing_field = field
thing_filter = filter
thing_word = value or function
thing_document = document of the project
thing_template = template of reports
note_number_of = { $number } ({ $file }, line { $line })
note_number_in_prose = { $count ->
    [one] 1 number in a chapter was
   *[other] { $count } numbers in chapters were
    } written by hand: { $items }
note_number_in_prose_hint = write an expression, or say in the line why the number stays: `<!-- number: REASON -->`
note_weights_of_whole = only the leaves have weights, which add up to the whole tree, so that each node above them has the sum of its children's weights, in { $count ->
    [one] a tree
   *[other] { $count } trees
    }: { $items }
note_weights_of_whole_hint = if the weights are shares among siblings, state weights for the levels above too
note_weights_rescaled = the stated weights below { $count ->
    [one] a node do
   *[other] { $count } nodes do
    } not add up to 1, and were divided by their sum: { $items }
note_weights_rescaled_hint = correct the weights, or state the sum as `weights_sum` of the system and silence this note with the reason
notes_counted = { $count ->
    [one] 1 note
   *[other] { $count } notes
}
notes_counted_silenced = { $count ->
    [one] 1 note
   *[other] { $count } notes
    }, and { $silenced } silenced with a reason
notes_line = { $count ->
    [one] 1 note
   *[other] { $count } notes
    } ({ $codes }): quanheng check shows { $count ->
    [one] it
   *[other] them
}
notes_line_silenced = { $count ->
    [one] 1 note
   *[other] { $count } notes
    } ({ $codes }), and { $silenced } silenced: quanheng check shows { $count ->
    [one] it
   *[other] them
}
