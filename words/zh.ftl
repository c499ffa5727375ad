### 权衡的全部中文文字。构建时检查与 en.ftl 的消息和占位符是否一一对应。
###
### 消息：      key = 没有代码为 `{ $code }` 的地区。
### 术语：      -weighting = 赋权      用法 { -weighting }
###
### 一个概念只有一个词，写成术语。消息按领域分节，节内按字母顺序排列。
### 带连字符的条目翻译程序里用英文声明的内容（方法、命令、统计量），例如 method-normalisation-min_max。

## 术语

-aggregation = 合成
-branch = 情景
-imputation = 插补
-league = 组别
-methodology = 评价方案
-normalisation = 标准化
-rounding = 保留小数
-system = 指标体系
-tiering = 分级
-treatment = 异常值处理
-weighting = 赋权

## 通用

did_you_mean = 是不是 `{ $name }`？
list_more = { $names } 等，另有 { $count } 个
one_of = 可用：{ $names }
unreadable = 无法读取 { $file }：{ $reason }

## 问题：项目

accepts_above_zero = 大于 0 的数
accepts_any = 任意值
accepts_bool = true 或 false
accepts_character = 单个字符的文本
accepts_date = 日期
accepts_either = { $first }，或{ $second }
accepts_fraction = 数，或 1/3 这样的分数
accepts_list = 列表
accepts_matrix = 由数的列表组成的列表
accepts_matrix_table = 由数的列表组成的表
accepts_method = 方法名，或带有 `method`、`script` 或 `plugin` 的表
accepts_number = 数
accepts_number_between = { $least } 到 { $greatest } 之间的数
accepts_number_from = 不小于 { $least } 的数
accepts_number_table = 由数组成的表
accepts_numbers = 由数组成的列表
accepts_one_method = 带有 `method`、`script`、`plugin` 三者之一的表
accepts_options = 至少有一个选项的列表：评价方案中某个键的值，或带有标签（label）和所改键的表
accepts_settings_table = 由参数组成的表
accepts_table = 表
accepts_text = 文本
accepts_text_table = 由文本组成的表
accepts_texts = 由文本组成的列表
accepts_whole = { $least } 到 { $greatest } 之间的整数
accepts_words = { $words } 之一
accepts_words_or_bool = { $words } 之一，或 true、false
base_circle = { -system }互为基础，形成循环：{ $codes }
base_circle_hint = 其中一个须有 `tree`，或用不需要 `base` 的脚本
condition_unreadable = 条件无法识别：此处应为{ $expected }
condition_unreadable_hint = 例如：`level == 'city' and not group('capital')`
constraint_unreadable = 约束条件无法识别：此处应为{ $expected }
constraint_unreadable_hint = 例如：`not (normalisation == 'z_score' and aggregation == 'geometric')`
empty_tree = { -system }中没有指标
empty_tree_hint = 须有一个根节点和至少一个末级指标
expected_attribute = 属性、`group(…)`、`not` 或 `(`
expected_choice = 选择、`not` 或 `(`
expected_choice_not_group = 选择的名称（分组是地区的分组）
expected_closing_quote = 右引号
expected_comma_or_bracket = `,` 或 `]`
expected_conjunction_or_end = `and`、`or` 或结尾
expected_operator = `==`、`!=` 或 `in`
expected_sign = {" "}`{ $sign }`
expected_text = 引号中的文本
expected_word = 名称、引号中的文本、`==`、`!=`、`in`、`and`、`or` 或 `not`
extends_circle = { -methodology }相互继承，形成循环：{ $codes }
extends_circle_hint = 去掉其中一个的 `extends`
full_marks_sum = `{ $code }` 的满分为 { $stated }，而下级指标的满分合计为 { $sum }
full_marks_sum_hint = 将其满分留空即取合计值，或更正其中的数
key_beside = `{ $key }` 和 `{ $other }` 不能同时写
key_beside_hint = 请保留其中一个
league_empty = { -league } `{ $code }` 中没有地区
league_empty_hint = 请检查它的条件，以及地区表中的属性
leagues_overlap = { -league } `{ $first }` 和 `{ $second }` 有 { $count } 个共同的地区，例如 { $region }
leagues_overlap_hint = 一个地区只能在一个{ -league }中排名；分组可以重叠
leagues_stated_twice = { -league }规定了不止一次：{ $systems } 的脚本也划分地区
leagues_stated_twice_hint = 去掉 `[league.…]`，或去掉脚本中的函数 `leagues`
limit_exceeded = `{ $leaf }` 在 { $region } { $period } 的值为 { $value }，超出范围 { $lower } 至 { $upper }
limit_exceeded_hint = 请更正该值，或更正{ -system }中的范围（`lower`、`upper`）
limit_exceeded_too = `{ $leaf }` 在 { $region } { $period } 的值为 { $value }，超出范围 { $lower } 至 { $upper }；另有 { $others } 个值也超出
marks_alike = `thousands` 与小数点是同一个字符
marks_alike_hint = 请同时写明 `decimal`：`decimal = ","`，`thousands = "."`
marks_of_many = `{ $code }` 对应多个指标，却写明了满分
marks_of_many_hint = 请按代码分别写明每个指标的满分
methodology_contract = { -methodology } `{ $methodology }`：{ $what }
missing_key = { $table } 缺少 `{ $key }`
missing_key_choices_hint = 例如：`choices = {"{"} normalisation = ["min_max", "z_score"] {"}"}`
missing_key_data_hint = 请添加表 `[data]`，用 `regions` 和 `values` 指明数据文件
missing_key_hint = 请添加 `{ $key } = …`
missing_key_label_hint = 例如：`{"{"} label = "short", normalisation = "rank" {"}"}`
missing_key_normalisation_hint = 例如：`normalisation = "min_max"`
missing_key_regions_hint = 例如：`regions = "regions.csv"`
missing_key_tree_hint = 例如：`tree = "tree.csv"`，或 `script = "system/my.rhai"`
missing_key_values_hint = 例如：`values = "values.csv"`
must_be = 应为{ $accepts }
no_key = { $table } 没有键 `{ $key }`
no_methodology = 项目中没有{ -methodology }
no_methodology_hint = 请添加表 `[methodology.official]`，至少写明 `normalisation`
no_plugin = 项目中没有插件 `{ $name }`
no_plugin_hint = 用 `quanheng plugin trust PATH` 添加插件
no_rows = 没有可以计算的数据行
no_rows_hint = 请填写数据表：每个地区（每个时期）一行，或每个值一行
node_number = `{ $code }` 的 `{ $column }` 无法使用
option_label_repeated = `{ $choice }` 有两个选项都叫 `{ $label }`
option_label_repeated_hint = 请给其中一个改名：`{"{"} label = "…", … {"}"}`
out_of_range = `{ $key }` 应为{ $range }
out_of_range_default_hint = 省略时为 { $default }
out_of_range_hint = 请更正此数
parent_circle = 上级关系形成循环：{ $codes }
parent_circle_hint = 根节点没有上级，其他指标逐级归到根节点
parent_unknown = `{ $code }` 的上级 `{ $parent }` 不存在
range_above_zero = 大于 0 的数
range_between = { $least } 至 { $greatest } 的数
range_finite = 有限的数
range_from = 不小于 { $least } 的数
range_whole = { $least } 至 { $greatest } 的整数
repeated_node = 有两个指标的代码都是 `{ $code }`
repeated_node_hint = 每个指标的代码须各不相同
same_key = `{ $first }` 和 `{ $second }` 都替换 `{ $key }`，只能有一个生效
same_key_hint = 请合成一个选择，或让其中一个只改参数：`{"{"} { $key }.SETTING = … {"}"}`
script_not_there = 没有脚本 `{ $name }`
script_not_there_hint = 请检查名称；`quanheng script list` 列出自带脚本
script_outside = 脚本 `{ $name }` 在项目文件夹之外
script_outside_hint = 脚本须在项目文件夹内，名称从项目文件夹算起，用 `/` 分隔
script_too_long = 脚本 `{ $name }` 超过 { $limit } 字节
script_too_long_hint = 请把部分内容移到模块中，把数值移到表中
script_unreadable = 脚本 `{ $name }` 无法读取：{ $reason }
setting_whole = 不小于 0 的整数
several_roots = 有 { $count } 个指标没有上级：{ $codes }
several_roots_hint = 只能有一个根节点：请写明其他指标的上级
system_refused = { $script }：{ $what }
table_choice_in_at = `at` 中的选择
table_choice_of = 此处的{ $stage }
table_node = 指标
table_option = `{ $choice }` 的选项 `{ $label }`
table_option_of = `{ $choice }` 的选项
table_this_node = 此指标
table_this_tree = 此{ -system }
table_tree = { -system }
toml_comma_missing = 两个值之间缺少逗号
toml_comma_missing_hint = 列表的值之间、单行表的键之间用 `,` 分隔
toml_dotted = 此键已有取值，不能再当作表
toml_dotted_hint = 请把有关内容写在同一个表中
toml_duplicate_key = 此键重复出现
toml_duplicate_key_hint = 请删去其中一个，或改名
toml_extra = 此处多了一个符号
toml_extra_hint = 请删去多余的逗号或等号
toml_invalid = 不是有效的 TOML：{ $what }
toml_key = 键名无法识别
toml_key_hint = 键名由字母、数字、`-` 和 `_` 组成；其他名称须放在引号中
toml_newline = 此处应另起一行
toml_newline_hint = 一行只写一个键和它的值
toml_not_closed = 缺少 { $sign }
toml_not_closed_hint = 列表以 `]` 结束，单行的表以 `{"}"}` 结束，表名以 `]` 结束
toml_number = 数值或日期无法识别
toml_number_hint = 写成 `1.5`、`1_000` 或 `2020-12-31`；文本须放在引号中
toml_other = （{ $message }）
toml_other_hint = 请检查此处的引号、括号和等号
toml_quotes = 文本须放在引号中
toml_quotes_hint = 例如：`key = "text"`
toml_text = 文本中有不允许的字符或转义
toml_text_hint = 反斜杠写作 `\\`，或将文本放在单引号中
toml_text_open = 文本没有结束
toml_text_open_hint = 请补上与开头相同的引号
toml_value_missing = 此键没有取值
toml_value_missing_hint = 写成 `key = "text"`、`key = 3`、`key = [1, 2]` 或 `key = {"{"} a = 1 {"}"}`
too_many_branches = 共有 { $count } 个{ -branch }，最多能计算 { $limit } 个
too_many_branches_hint = 请减少选项，或写 `sample = 10000` 随机抽取这么多{ -branch }
too_many_branches_to_count = { -branch }多得无法计数，最多能计算 { $limit } 个
weights_sum = `{ $code }` 下级指标的权重合计为 { $sum }，而{ -system }规定为 { $stated }
weights_sum_hint = 请更正权重，或去掉 `weights_sum`：权重总会换算为合计等于 1
wrong_kind = `{ $key }` 是{ $found }
wrong_stage = `{ $name }` 是{ $has }方法，此处需要{ $asked }方法
wrong_stage_hint = `quanheng methods --stage { $code }` 列出可用的方法
wrong_word = `{ $key }` 没有取值 `{ $found }`

## 问题：数据

data_bad_cell = 单元格中不是文本
data_bad_text = 第 { $line } 行第 { $column } 个字符不是 { $encoding } 文本
data_bad_text_hint = 文件不全是 UTF-8，也不全是 GB18030：请另存为 UTF-8，或在 `[data]` 中写明 `encoding`
data_bad_text_stated_hint = `[data]` 中的 `encoding` 规定编码：`utf-8`、`gb18030` 或 `utf-16`；不写则自动识别
data_bad_text_zero_hint = 其中有零字节：如果是 UTF-16 文件，请在 `[data]` 中写 `encoding = "utf-16"`
data_blank = "{ $column }" 为空
data_blank_hint = 请填写，或删去这一行
data_delimiter_tab = 制表符
data_delimiters = 表头可以用 { $found } 分列
data_delimiters_hint = 请写明用哪一个，例如在 `[data]` 中写 `delimiter = ","`
data_empty = 文件中没有表格
data_empty_hint = 第一行须为列名
data_mapped_twice = { $code } 有两个对应项
data_mapped_twice_hint = 每个代码在两侧各只有一行；请删去其余各行
data_mapping_columns = 对应表需要 "from" 和 "to" 两列
data_mapping_columns_hint = 这里的列有 { $columns }
data_more = 类似的问题另有 { $count } 个：{ $what }
data_no_column = 没有列 "{ $name }"（应为{ $role }）
data_no_column_hint = 现有的列：{ $columns }
data_no_column_near_hint = 如果是 "{ $near }"，请写 `{ $role } = "{ $near }"`
data_no_parquet = 此程序编译时未包含 Parquet 支持
data_no_parquet_hint = 请将表格另存为 CSV，或用 `--features parquet` 编译程序
data_no_period = 其他表有时期列 "{ $name }"，此表没有
data_no_period_hint = 请补上此列，或去掉此表
data_no_sheet = 没有工作表 "{ $sheet }"
data_no_sheet_hint = 现有的工作表：{ $sheets }
data_not_a_number = 地区 { $at } 的 { $indicator } 不是数值："{ $shows }"
data_number_blank = 地区 { $at } 的 { $indicator } 为空
data_parquet = Parquet 文件无法读取：{ $reason }
data_parquet_hint = 请重新生成该文件，或将表格另存为 CSV
data_ragged = 此行有 { $found } 个单元格，而表头有 { $expected } 个
data_ragged_few_hint = 空单元格也须保留分隔符
data_ragged_many_hint = 含分隔符的单元格须放在引号中
data_ragged_open_hint = 这一行跨了 { $lines } 行文字：是否缺少右引号？
data_region_in_period = { $region }（{ $period }）
data_repeated_cell = 地区 { $at } 的 { $indicator } 有两个值
data_repeated_column = 有两列都叫 "{ $name }"
data_repeated_column_hint = 各列的名称须不同
data_repeated_hint = 请删去其中一个
data_repeated_region = 地区 { $code } 列出了两次
data_repeated_row = 地区 { $at } 有两行
data_repeated_row_hint = 每个地区在每个时期只有一行；如果时期列是别的名称，请写 `period = "…"`
data_role_code = 代码
data_role_indicator = 指标
data_role_period = 时期
data_role_region = 地区
data_role_value = 值
data_spreadsheet_error = 单元格是电子表格的错误值：{ $shows }
data_spreadsheet_error_hint = 请更正公式
data_unknown_codes_mangled_hint = 电子表格把代码当成了数值（如 1E+05、110000.0）：请把该列设为文本格式
data_unknown_near = { $code }（是不是 { $near }？）
data_unknown_regions = { $rows } 行中的 { $count } 个地区代码不在地区表中：{ $codes }
data_unknown_regions_hint = 请补充到地区表，或删去这些行；代码开头的零不能省略
data_unknown_regions_more = { $codes } 等，另有 { $more } 个
data_unnamed_column = 第 { $column } 列没有名称
data_unnamed_column_hint = 请在第一行写上名称，或删去此列
data_unread_blank_hint = 如果空白表示缺失，请在 `[data]` 的 `states.missing` 中写上 `""`
data_unread_date_hint = 这是日期或时间：请把单元格设为数值或文本格式
data_unread_formula_hint = 工作簿中有公式而没有计算结果：请用电子表格软件打开并重新保存
data_unread_not_finite_hint = 数值须为有限数；如果表示没有值，请在 `[data]` 的 `states.missing` 中添加 `"{ $shows }"`
data_unread_percent_hint = 如果 12% 表示 0.12，请在 `[data]` 中写 `percent = "fraction"`；如果表示 12，请写 `percent = "points"`
data_unread_separator_both_hint = 如果它是千位分隔符，请在 `[data]` 中写 `thousands = "{ $mark }"`；如果是小数点，请写 `decimal = "{ $mark }"`
data_unread_separator_decimal_hint = 请在 `[data]` 中写 `decimal = "{ $mark }"`
data_unread_separator_hint = 数字须三位一组
data_unread_separator_thousands_hint = 请在 `[data]` 中写 `thousands = "{ $mark }"`
data_unread_spreadsheet_hint = 这是电子表格的错误值：请更正公式，或在 `[data]` 的 `states.missing` 中添加 `"{ $shows }"`
data_unread_text_hint = 如果表示没有值，请在 `[data]` 的 `states.missing`、`not_applicable` 或 `withheld` 中添加 `"{ $shows }"`
data_unread_truth_hint = 请写 1 或 0
data_workbook = 工作簿无法读取：{ $reason }
data_workbook_format = 无法识别为工作簿
data_workbook_hint = 请用电子表格软件打开，另存为 .xlsx 或 .csv
reason_original = （{ $message }）

## 问题：计算

absent_cells = { $column } 有 { $count } 个单元格没有数值：{ $regions }
absent_cells_hint = 请先插补，或换用允许空缺的方法
absent_cells_imputation_hint = 请插补（`imputation = "mean"`、`"carry"` 等），或由其他指标分担其权重（`imputation = "renormalise"`）
category_missing = 没有类别或区间包含 { $regions } 的值 { $value }
category_missing_hint = 请在参数中补充类别或区间
code_not_found = 同级指标和数据列中没有 `{ $code }`
code_not_found_hint = 请核对参数中的代码与{ -system }、数据列是否一致
column_constant = 所有值都是 { $value }，无法建立尺度
column_constant_hint = 请去掉该指标，改用 `goalposts`，或写 `over = "panel"`
evaluation_failed = { -methodology } `{ $methodology }`，{ $node } 的{ $stage }方法 `{ $method }`{ $place }：{ $what }
evaluation_failed_also = { $node }（以及 { $also }）
evaluation_failed_also_more = { $node }（以及 { $also } 等 { $count } 个）
evaluation_failed_at = { $what }（{ $regions }）
evaluation_in_league = （{ -league } { $league }）
evaluation_in_period = （{ $period }）
evaluation_in_period_league = （{ $period }，{ -league } { $league }）
evaluation_regions_more = { $regions } 等，另有 { $count } 个
fact_missing = { -system }中没有写明它的 `{ $fact }`
fact_missing_hint = 请在{ -system }中填写 `{ $fact }`，或写成参数
fact_unstated = { -system }中没有写明 { $column } 的 `{ $fact }`
fact_unstated_hint = 请在{ -system }中填写 `{ $fact }`
linear_program_infeasible = { $regions } 的线性规划无解
linear_program_infeasible_hint = 请放宽参数中的上下限
method_hint = `quanheng methods show { $method }` 说明了它的要求
not_converged = 迭代 { $steps } 步仍未收敛
not_converged_hint = 请换用其他方法
region_not_found = 参与比较的地区中没有 `{ $code }`
region_not_found_hint = 该地区在每个参与比较的时期都须有一行数据
skewed = { -treatment }后偏度仍为 { $skewness }，超额峰度仍为 { $kurtosis }
skewed_hint = 请允许处理更多的值（`max`、`max_share`），或写明 `fallback`
too_few_values = 只有 { $found } 个值，至少需要 { $needed } 个
too_few_values_hint = 请使用更多地区或时期（`among = "all"`、`over = "panel"`），或换用其他方法
value_out_of_domain = { $column } 在 { $regions } 的值为 { $value }，应为{ $needed }
value_out_of_domain_hint = 请更正该值，或用 `at` 为这部分指标换用其他方法
weights_zero = 权重合计为零
weights_zero_hint = 至少一个权重须大于 0，且不能有负值

## 问题：快照

snapshot_accept_nothing_hint = 没有待定的内容：`quanheng test` 将项目与快照比较
snapshot_accept_what = 没有指明要接受什么
snapshot_accept_what_hint = 请指明{ -methodology }，或写 `--all`；待定的有 { $pending }
snapshot_damaged_cells = 快照已损坏：一行有 { $found } 个单元格，应为 { $expected } 个
snapshot_damaged_count_regions = 快照已损坏：写明有 { $stated } 个地区，实有 { $found } 个
snapshot_damaged_count_tables = 快照已损坏：写明有 { $stated } 个表，实有 { $found } 个
snapshot_damaged_expected = 快照已损坏：此处应为{ $what }
snapshot_damaged_hint = 请从版本库恢复该文件，或重新生成：先 `quanheng test`，再 `quanheng accept`
snapshot_damaged_number = 快照已损坏：`{ $found }` 不是数值
snapshot_damaged_region = 快照已损坏：`{ $code }` 在此表中出现两次
snapshot_damaged_table = 快照已损坏：此{ -league }和时期有第二个表
snapshot_form = 快照的格式为 `{ $form }`，此程序无法识别
snapshot_form_hint = 请使用写出它的 quanheng 版本，或重新生成：先 `quanheng test`，再 `quanheng accept`
snapshot_line_begin = 开头的 `---`
snapshot_line_end = 文件头结尾的 `---`
snapshot_line_first = {" "}`quanheng snapshot 1 | methodology CODE | tables N`
snapshot_line_heads = `rank | code | name | score | tier`，后接第一个表的指标
snapshot_line_title = {" "}`# league CODE | period LABEL | regions N`
snapshot_merge = 快照中有未完成的合并标记
snapshot_merge_hint = 请任取一方的文件，再用 `quanheng test` 查看差异
snapshot_no_terminal = `review` 需要回答提问，而标准输入不是终端
snapshot_no_terminal_hint = 用 `quanheng accept` 可不经提问直接接受
snapshot_nothing = { -methodology } `{ $methodology }` 没有可写入快照的内容：它不含所列时期
snapshot_nothing_hint = 请在 `[snapshot]` 的 `periods` 或 `[snapshot.methodology]` 中写上它的某个时期
snapshot_other = 这是{ -methodology } `{ $of }` 的快照，不是 `{ $expected }` 的
snapshot_other_hint = 如果{ -methodology }改了代码，请重新生成快照：先 `quanheng test`，再 `quanheng accept`
snapshot_unmet = { $of } 个{ -methodology }中，{ $parts }
snapshot_unmet_differ = { $count } 个与快照不同
snapshot_unmet_failed = { $count } 个无法与快照比较
snapshot_unmet_failed_hint = 原因见上面的问题
snapshot_unmet_first_hint = 尚无任何快照：`quanheng review{ $project }` 逐个查看新结果，`quanheng accept{ $project } --all` 全部接受；以后的结果与接受的内容比较
snapshot_unmet_hint = `quanheng review{ $project }` 逐个查看新结果，`quanheng accept{ $project } --all` 全部接受
snapshot_unmet_new = { $count } 个尚无快照
snapshot_unmet_read_only_hint = 不加 `--read-only` 时，新结果会写在旧快照旁边，等待接受
snapshot_unreferenced = 项目中没有对应{ -methodology }的快照：{ $files }
snapshot_unreferenced_hint = 请删除它们，或用 `quanheng test --unreferenced delete` 删除

## 问题：锁定文件

lock_accept_hint = 如果这是有意的改动，请用 `quanheng lock` 重新锁定
lock_change_bytes = 字节内容
lock_change_cell = { $key } 的列 `{ $column }`
lock_change_cell_column = 列 `{ $column }`
lock_change_cells = { $rows } 行中 { $columns } 列的单元格
lock_change_cells_blocks = { $rows } 段（每段 { $block } 行）中 { $columns } 列的单元格
lock_change_column_order = 列的顺序
lock_change_columns_gone = 少了列 { $gone }
lock_change_columns_gone_and_new = 少了列 { $gone }，多了列 { $new }
lock_change_columns_new = 多了列 { $new }
lock_change_lines = { $lines } 行文字
lock_change_lines_gone = 第 { $line } 行处少了 { $gone } 行
lock_change_lines_new = 从第 { $line } 行起多了 { $new } 行
lock_change_lines_replaced = 从第 { $line } 行起，{ $gone } 行换成了 { $new } 行
lock_change_more = 另有 { $cells } 个单元格
lock_change_row_order = 行的顺序
lock_change_rows_beside = 另有至多 { $rows } 行
lock_change_rows_gone = 少了 { $rows } 行
lock_change_rows_gone_after = 在 { $row } 之后少了 { $rows } 行
lock_change_rows_new = 多了 { $rows } 行
lock_change_spelling = 只是写法（空格、引号、换行或编码），内容相同
lock_damaged = { $file } 无法识别：{ $reason }
lock_damaged_form = 其格式版本为 { $found }，此程序只认版本 { $known }
lock_damaged_part = 内容不完整
lock_engine = 锁定时用的是 { $part } { $locked }，现在是 { $part } { $now }
lock_engine_hint = 不同版本的结果可能不同：请使用 { $locked }，或重新锁定
lock_file = { $file } 在锁定后有改动：{ $change }
lock_file_gone = { $file } 已锁定，但文件不存在了
lock_file_new = 现在读取 { $file }，而锁定时没有读取它
lock_made_from = 文件都没有变，但{ -methodology } `{ $methodology }` 的 { $stages } 变了
lock_made_from_hint = 程序的不同版本之间，默认值或自带脚本有差别：`quanheng diff` 可查看各步骤现在的内容
lock_methodology_gone = { -methodology } `{ $code }` 已锁定，但现在没有了
lock_methodology_new = 锁定时还没有{ -methodology } `{ $code }`
lock_no_result = { -methodology } `{ $methodology }` 没有结果，无法锁定
lock_no_result_hint = 锁定文件包含项目的所有{ -methodology }：请更正或去掉它
lock_not_there = 没有 { $file }
lock_not_there_hint = 用 `quanheng lock` 生成：记录结果由什么算出，以及结果本身
lock_restore_hint = 请从存放处恢复，或用 `quanheng lock` 重新生成
lock_results = 结果在锁定后有变化：{ $others }
lock_results_from = `{ $methodology }`（从{ $stage }开始）
lock_results_in = `{ $methodology }`（{ $stage }；总得分、排名和等级未变）
lock_seal = { $file } 在 `quanheng lock` 写出之后被改动过
lock_setting = `{ $path }` 锁定时为 { $before }，现在为 { $after }
lock_setting_differs = `{ $path }` 不同
lock_setting_gone = `{ $path }` 锁定时为 { $before }，现在没有了
lock_setting_new = `{ $path }` 现在为 { $after }，锁定时没有

## 问题：文件与名称

audit_not_passed = { -methodology } `{ $methodology }` 的 { $of } 项性质中有 { $broken_count } 项不通过：{ $broken }
audit_not_passed_hint = 反例的读法见 docs/audit.md
crate_name = `{ $name }` 不能用作 crate 的名称
crate_name_hint = 名称由小写字母、数字和 `-` 组成，以字母开头
file_exists = { $file } 已经存在
file_exists_hint = 请换一个名称，或先移走该文件
folder_occupied = { $folder } 不是空文件夹
folder_occupied_hint = 请选择空文件夹，或尚不存在的文件夹
ledger_busy = 另一个进程正在写入 { $file }
ledger_busy_hint = 请等它结束，或用 `--out DIR` 写到别处
ledger_damaged = { $file } 的文件头无法读取，不知道这份记录由什么算出
ledger_damaged_hint = `--fresh` 重新开始；`--out DIR` 保留它，另写一份
ledger_of_other = { $file } 由不同的内容算出，已改变：{ $changed }
ledger_part_choices = 选择或其标签
ledger_part_constraints = 约束条件
ledger_part_data = 数据
ledger_part_methods = 评价方案的内容
ledger_part_multiverse = 多情景分析的代码
ledger_part_program = 程序版本
ledger_part_rows = 地区或时期
ledger_part_sample = 抽样方式
no_project = { $folder } 中没有 quanheng.toml
no_project_hint = `quanheng new { $folder }` 可写出一个小项目作为起点
no_score = { $region } 在 `{ $side }` 下没有得分
no_score_hint = 两方都有得分时才能解释变化；`quanheng show` 可查看其中一方的计算过程
no_score_in = { $region } 在 `{ $side }` 下 { $period } 没有得分
nothing_to_map = `--map` 没有可对应的内容：比较的都是同一项目、同一时期
nothing_to_map_hint = 去掉 `--map`
one_subject = 比较至少需要两个对象
one_subject_hint = 每个对象写成 `[PROJECT:]METHODOLOGY[@PERIOD]`；这里的{ -methodology }有 { $known }
other_data = `{ $first }` 和 `{ $second }` 的数据不同
other_data_hint = 解释是在同一份数据上逐个替换步骤，因此两方须是同一项目的{ -methodology }或时期；不同项目请用 `quanheng compare`
output_pipe = 与主程序之间的管道
output_standard = 标准输出
period_stated = `{ $subject }` 写了时期，而{ -methodology }没有时期之分
period_stated_hint = 去掉 `@` 及其后的内容；比较时期请用 `quanheng compare`
problem_error = 错误
problem_help = 提示
problems_found = 共发现 { $count } 个问题
reason_cut_short = 文件不完整
reason_denied = 没有权限
reason_denied_hint = 请修改该文件或所在文件夹的权限
reason_exists = 已经存在
reason_full = 磁盘空间不足
reason_full_hint = 请腾出空间后重新运行
reason_is_folder = 这是文件夹，不是文件
reason_is_folder_hint = 请写出其中的文件名
reason_no_home = `XDG_CONFIG_HOME` 和 `HOME` 都没有设置
reason_not_folder = 这不是文件夹
reason_not_folder_hint = 请检查名称；这里需要文件夹
reason_not_found = 没有这个文件或文件夹
reason_not_found_hint = 请检查名称；项目文件中的文件名从项目文件夹算起
reason_not_utf8 = 不是 UTF-8 文本（第 { $byte } 字节起）
reason_not_utf8_hint = 请将文件另存为 UTF-8 编码
reason_read_only = 磁盘是只读的
reason_read_only_hint = 请写到别的文件夹
reason_system = 操作系统报错（{ $message }）
several_texts = { $texts }
stage_aggregation = { -aggregation }
stage_imputation = { -imputation }
stage_normalisation = { -normalisation }
stage_system = { -system }
stage_tiering = { -tiering }
stage_treatment = { -treatment }
stage_weighting = { -weighting }
thing_attribute = 地区属性
thing_bundled_script = 项目脚本或自带脚本
thing_choice = 选择
thing_data_variant = 数据版本
thing_group = 分组
thing_league = 组别
thing_leave_out_set = 可逐个去掉的指标集合
thing_method = 方法
thing_method_of = { $stage }方法
thing_methodology = { -methodology }
thing_multiverse = 多情景分析
thing_node = 指标
thing_node_anywhere = 指标或层级
thing_node_left_out = 可以去掉的指标
thing_node_of_tree = 指标
thing_option_of = `{ $choice }` 的选项
thing_pending = { -methodology }的待定快照
thing_period = 时期
thing_period_of_data = 数据时期
thing_period_of_methodology = 适用时期
thing_plugin_method = 插件 `{ $plugin }` 提供的{ $stage }方法
thing_property = 性质
thing_region = 地区
thing_region_first = 第一方的地区
thing_region_others = 其他方的地区
thing_stage = 步骤
thing_stage_with_methods = 带内置方法的步骤
thing_system = 指标体系
thing_tier_first = 第一方的等级
thing_tier_others = 其他方的等级
two_sides = 解释需要两方，这里给出了 { $found } 方
two_sides_all_hint = 写成 `quanheng explain --all [PROJECT] A B`，其中 A 和 B 的形式为 `METHODOLOGY[@PERIOD]`
two_sides_hint = 写成 `quanheng explain [PROJECT] REGION A B`，其中 A 和 B 的形式为 `METHODOLOGY[@PERIOD]`
unknown_name = 没有{ $what } `{ $name }`
unknown_none = 没有{ $what }
unwritable = 无法写入 { $file }：{ $reason }
which_multiverse = 项目有多个多情景分析，没有指明是哪一个
which_multiverse_hint = 请指明其中一个：{ $known }

## 问题：参数

setting_expected = `{ $method }` 的参数 `{ $name }` 不合要求
setting_no_such = `{ $method }` 没有参数 `{ $name }`
setting_none_hint = 此方法没有参数
setting_out_of_range = `{ $method }` 的参数 `{ $name }` 超出范围
setting_unstated = `{ $method }` 需要参数 `{ $name }`
setting_unstated_hint = `quanheng methods show { $method }` 有说明
setting_unstated_script_hint = `quanheng script show { $method }` 有说明
setting_wrong_type = `{ $method }` 的参数 `{ $name }` 类型不对

## 问题：步骤衔接

contract_absent = { $node } 的{ $stage }方法 `{ $method }` 要求数据完整，而 { $child } 有 { $cells } 个空缺单元格
contract_absent_hint = 请先插补，或换用允许空缺的方法
contract_needs_panel = { $stage }方法 `{ $method }` 要比较各时期，而 { $node } 是逐个时期处理的
contract_needs_panel_hint = 请写 `over = "panel"`
contract_no_column = 数据中没有 { $node } 要读取的列 `{ $column }`
contract_no_column_hint = 用 `column` 写明末级指标读取的列
contract_no_column_near_hint = 是不是 `{ $near }`？用 `column` 写明末级指标读取的列
contract_no_fact = { -weighting }方法 `{ $method }` 需要 { $node } 的 `{ $fact }`，而{ -system }中没有写明
contract_no_fact_given_hint = 请在{ -system }中填写 `{ $fact }`，或改用 `weighting = "equal"`
contract_no_fact_hint = 请在{ -system }中填写 `{ $fact }`，或换用其他{ -weighting }方法
contract_orientation = { $node } 的{ $stage }方法 `{ $method }` 要求数值越大越好，而 { $child } 经 `{ $given_by }` 后仍是越小越好
contract_orientation_hint = 请换用能使负向指标正向化的{ -normalisation }方法（`min_max`、`z_score`、`goalposts` 等）
contract_sign_hint = 请将 { $child } 化到大于 0 的范围（例如 `min_max`，`lower = 1`，`upper = 100`），或为 { $node } 换用其他方法
contract_sign_not_negative = { $node } 的{ $stage }方法 `{ $method }` 要求数值不小于 0，而 { $child } 经 `{ $given_by }` 后有负值
contract_sign_positive = { $node } 的{ $stage }方法 `{ $method }` 要求数值大于 0，而 { $child } 经 `{ $given_by }` 后有 0 或负值

## 问题：方法

alike_all = 所有地区都相同
bounds_one_value = 截尾后只剩一个值 { $value }
column_mean_zero = 第 { $column } 列的均值为 0
column_norm = 第 { $column } 列的范数为 { $norm }，不能作除数
combination_part = `{ $method }`：{ $what }
comparisons_contradict = 判断互相矛盾：偏差为 { $deviation }，最多允许 { $most }
comparisons_no_one = `{ $setting }` 中没有取值为 1 的同级指标，必须有一个
counts_do_not_fit = 各等级数量合计为 { $stated }，而有得分的地区有 { $there } 个
expect_above_zero = 大于 0
expect_ascending = 升序的数
expect_ascending_or_descending = 升序或降序的数
expect_at_least_one_number = 至少一个数
expect_at_most_upper = 不大于 `upper`
expect_bands = 值与分数组成的数对
expect_below_p = 小于 `p`
expect_below_upper = 小于 `upper`
expect_box_cox_beside = 省略，除非同时写 `fallback = "box_cox"`
expect_counts = 至少一个整数，每个不小于 1
expect_cuts_only = 只含 `cuts` 中的数，而 { $x } 不在其中
expect_max_beside = 省略，除非同时写 `max` 或 `max_share`
expect_multiples = 至少一个数，且不重复
expect_n_names = { $n } 个名称，每个等级一个
expect_n_shares = { $n } 个不小于 0 的数，且不全为 0
expect_no_shares = 省略，除非 `by` 为 `linear`
expect_number_above_zero = 大于 0 的数
expect_order_weights = 不小于 0 的数，且不全为 0
expect_parts_of = `of` 中列出的{ -weighting }方法，而 `{ $name }` 不在其中
expect_region = 地区代码
expect_shares = 大于 0 且合计为 1 的数
expect_weighting_built_in = 内置的{ -weighting }方法，而 `{ $name }` 不是：可用 { $known }
expect_weighting_once = 每种{ -weighting }方法只列一次，而 `{ $name }` 重复
expect_weightings = 要组合的{ -weighting }方法名
experts_disagree = 专家对 `{ $parent }` 的意见不一致：Kendall 协调系数为 { $agreement }，至少要求 { $least }
experts_scores = `{ $parent }` 的评分中，每位专家须给出 { $n } 个不小于 0 的数
factors_explain_too_little = 保留的 { $kept } 个因子解释了方差的 { $explained }%，要求达到 { $asked }%：请降低 `least_total`，或写明 `factors`
goalposts_equal = 上下限都是 { $value }
goalposts_logarithm = 上下限 { $bad } 和 { $good } 无法取对数：两者都须大于 0
importance_negative = 要求 `{ $node }` 的重要性小于 0
importance_undetermined = 同级指标之间线性相关，权重不唯一
importance_unreachable = 要达到所要求的重要性，`{ $node }` 的权重须为负：它通过其他指标已有更高的重要性，请提高要求，或去掉它
judgements_contradict = `{ $parent }` 下的判断互相矛盾：一致性比率为 { $ratio }，最多允许 { $most }
loading_negative = `{ $node }` 在第一主成分上的载荷为 { $loading }，与其他指标方向相反，而权重不能为负：请去掉它，或使用规则 `squared`
losses_undetermined = 损失矩阵不能确定权重：有些同级指标在同一地区最优
matrix_not_reciprocal = `{ $parent }` 的判断矩阵中，第 { $row } 行第 { $column } 列为 { $there }，对称位置为 { $back }：两者须互为倒数
matrix_size = `{ $parent }` 的判断矩阵须为 { $n } 行 { $n } 列
mean_not_positive = 有一行下级指标的均值为 { $mean }，应大于 0
method_absent = 第 { $column } 列有 { $cells } 个单元格没有数值
method_category_missing = 没有类别或区间包含第 { $row } 行的值 { $value }
method_code_not_found = 此处没有 `{ $code }`
method_fact_missing = 没有写明 `{ $fact }`
method_linear_program_infeasible = 第 { $row } 行的线性规划无解
method_region_not_found = 此处没有地区 `{ $code }`
method_unstated = 第 { $child } 个下级指标没有写明 `{ $fact }`
method_value_out_of_domain = 第 { $column } 列第 { $row } 行的值 { $value } 应为{ $needed }
mixture_negative = 没有与各权重都最接近的组合：`{ $method }` 的系数会小于 0；请用 `product` 或 `linear` 组合，或取系数的绝对值（`negative` = `absolute`）
needed_above_one_greatest = 大于 1 的数（它是最大值）
needed_above_zero = 大于 0 的数
needed_above_zero_after_add = 加上 `add` 后大于 0 的数
needed_computable = 能够算出结果的数
needed_denominator = 非零的分母
needed_denominator_above_zero = 大于 0 的数（用作分母）
needed_finite_score = 能得出有限得分的值
needed_formula = 能使公式得出数值的值
needed_not_negative = 不小于 0 的数
no_likely_power = 似然函数没有最大值：数值太少、太接近或相差太大
no_value_above_zero = 没有地区的值大于 0，无从比较
random_index_unknown = 没有 { $n } 个同级指标的随机一致性指标：请拆分 `{ $parent }`
reference_count = `reference` 有 { $found } 个值，而下级指标有 { $needed } 个
reference_is_worst = 地区 { $code } 本身就是最差的
reference_without_value = 参照地区 { $code } 在其他地区有值的某个时期没有值
score_infinite = 得分为 { $score }，不是有限的数
score_missing = 数据完整，但没有得出得分
score_too_large = 第 { $row } 行的得分超出数值范围
shares_impossible = { $n } 个下级指标的份额不可能都在 { $lower } 和 { $upper } 之间且合计为 1
target_not_better = 目标值 { $target } 不优于最差值 { $worst }
tier_names = 等级有 { $tiers } 个，名称有 { $names } 个
values_too_large_for_mean = 数值过大，无法计算均值
values_too_large_for_moments = 数值过大或过小，无法计算偏度和峰度
values_too_large_to_weigh = 数值过大或过小，无法计算权重
weight_below_zero = `{ $node }` 的权重小于 0
weights_differ = 同时计算的各时期或各{ -league }权重不同：请为{ -weighting }写明相同的 `over` 和 `among`

## 问题：脚本

example_claim = { $script } 声明了不具备的性质：{ $property }
example_claim_hint = 数据列为 { $columns }：{ $found }
example_fails = { $script } 的第 { $number } 个示例没有结果：{ $what }
example_given_node = 有此指标
example_given_nothing = 没有此指标
example_nothing = { $script } 的第 { $number } 个示例不符
example_setting = 参数 `{ $setting }` 不合要求
example_tree = 结果不是{ -system }：有 { $count } 个问题
example_unlike = { $script } 的第 { $number } 个示例不符：应为 { $expected }，实为 { $found }
example_unlike_cells_hint = 第 { $cells } 个单元格不同
example_unlike_node = { $script } 的第 { $number } 个示例在指标 `{ $node }` 处不符：应为 { $expected }，实为 { $found }
script_argument_kind = `{ $function }` 的参数 `{ $argument }` 是{ $kind }
script_argument_value = `{ $function }` 的参数 `{ $argument }`：{ $what }
script_arguments = `{ $name }` 有 { $count } 个参数
script_arguments_hint = 它应有的参数个数：{ $counts }
script_attribute_no_number = `{ $attribute }` 为 `{ $found }`，不是数值
script_bad_number = `{ $found }` 不是数值
script_beyond_numbers = { $what }超出数值的范围
script_beyond_numbers_hint = 数据的值过大或过小
script_bounds_swapped = 下限大于上限
script_bounds_swapped_hint = 写法：clamp(lower, upper)
script_break_outside = `break` 和 `continue` 只能用在循环之内
script_breaks_few = 组数不能多于不同取值的个数
script_breaks_long = 该列过长，无法求自然断点
script_breaks_long_hint = 请减少行数或组数
script_by_zero = 除数为零：{ $of }
script_bytes = 脚本中的列和矩阵占用将超过 { $limit } MB
script_bytes_hint = 请减少同时保留的数量；上限由 `[scripts] megabytes` 设定
script_called_here = 此处的写法是 `{ $here }`
script_calls_deep = 函数调用的层数过多
script_calls_deep_hint = 检查是否有函数无止境地调用自身
script_cell_absent = 第 { $column } 列第 { $row } 个单元格为空
script_cell_absent_hint = 先填补空单元格：.or(0)
script_cells_from_0 = 单元格从 0 开始计数
script_changed_value = `{ $function }` 修改了已有的值：{ $before } 变成 { $after }
script_changed_value_hint = 只能填补空单元格：column.or(…)
script_column_belongs = 应为一列
script_columns = 列
script_columns_by_name = 按名称给出各列
script_columns_from_0 = 列从 0 开始计数
script_compare_first = 先作比较：x > 0；再用 .any() 或 .all()
script_constant_assigned = 常量 `{ $name }` 不能修改
script_constant_changed = `{ $name }` 会修改常量
script_constant_changed_hint = 先写 let copy = CONSTANT;，再修改副本
script_constant_column = 所有值都是 { $x }，无法标准化
script_constant_column_hint = 先用 .is_constant() 检查
script_count_from_0 = 请从 0 开始计数
script_counted_from_0 = 元素从 0 开始计数
script_data_race = 同一变量在使用的同时被修改
script_data_race_hint = 如果函数要用到传给它的列表本身，先给列表另取一个名字：let all = list;
script_deep = 表达式嵌套过深
script_deep_hint = 用 `let` 给其中各部分命名
script_default_deep = `{ $name }` 的默认值嵌套过深
script_default_not_a_word = 默认值 `{ $value }` 不在可选值之中
script_did_you_mean = 是不是要写 `{ $near }`？
script_direction = 方向为 { $found }
script_direction_hint = 1 表示越大越好，-1 表示越小越好
script_divide = 请拆成几个文件
script_divisor_hint = 先检查除数是否为 0
script_element_set = 不能给{ $kind }的元素赋值
script_element_set_hint = 请生成新的列：x.replace(mask, value)、mask.choose(yes, no)、x.map(f)
script_elsewhere = 其他各处
script_ends_early = 脚本没有写完
script_ends_early_hint = 有括号或引号没有闭合
script_example = 例如：{ $code }
script_example_columns = 算例没有列，或各列长度不一
script_example_count = 算例有 { $found } 个 `{ $key }`，却有 { $columns } 列
script_example_fails = 算例没有结果：{ $reason }
script_example_groups = 算例的 `groups` 不是映射表的映射表
script_example_indicator = 算例中有一个指标不是映射表
script_example_key = 算例没有 `{ $key }` 这一项
script_example_list = 算例的 `{ $key }` 不是列表
script_example_list_hint = 应为列表，每列一个元素
script_example_map = 算例的 `{ $key }` 不是映射表
script_example_numbers = 算例的 `{ $key }` 不是数值列表
script_example_periods = 算例的行数不能按时期均分
script_example_raw = 算例的原始数据列长度不一，或不能按时期均分
script_example_setting = 算例的参数 `{ $setting }` 不合要求：{ $fault }
script_example_setting_hint = 请查看脚本开头的参数
script_example_tree = 算例的 `tree` 不是指标树
script_example_weights = 算例的 `weights` 之和不大于 0
script_fewer_modules = 请减少导入的模块
script_fewer_nodes = 请减少节点
script_fewer_tiers = 请减少等级
script_forms = 可用的写法：{ $forms }
script_forms_max = 可用的写法：{ $forms }；两个值取大用 `greater(x, y)`，列与数值取大用 `x.at_least(lower)`
script_forms_min = 可用的写法：{ $forms }；两个值取小用 `lesser(x, y)`，列与数值取小用 `x.at_most(upper)`
script_from_0 = 应为不小于 0 的数值
script_from_hint = from: ["a", "b"] 列出它读取的原始数据列
script_function_belongs = 此处应为函数：{ $code }
script_function_inside = 函数要在脚本的最外层定义，不能写在别的函数之内
script_function_nameless = `fn` 之后要写函数名
script_function_no_body = 函数 `{ $name }` 没有函数体
script_function_no_brackets = 函数 `{ $name }` 缺少参数表
script_function_twice = 带 { $count } 个参数的函数 `{ $name }` 定义了两次
script_gave = `{ $function }` 返回了{ $kind }
script_gave_cells = `{ $function }` 返回了 { $found } 个单元格，应为 { $wanted } 个
script_gave_cells_hint = filter() 和 sort() 会改变单元格的个数，where() 不会
script_gave_deep = `{ $name }` 返回的列表、映射表或函数嵌套过深
script_gave_deep_hint = 请返回简单的数值列表或一列
script_gave_maps = 应为映射表，或映射表的列表
script_header_word = `{ $word }` 不是这一行可用的词
script_host_failed = 脚本的运行环境出错：{ $reason }
script_host_failed_hint = 这是程序的缺陷：请连同脚本一起报告
script_import_computed = 该模块的名称要在脚本运行时才算出
script_in_aggregation = 合成
script_in_call = 在此处调用 `{ $name }` 时
script_in_column = 第 { $column } 列中，{ $what }
script_in_imputation = 插补
script_in_nameless_call = 在此处调用匿名函数时
script_in_tiering = 分级
script_in_treatment = 异常值处理和标准化
script_indicator_facts = 指标信息
script_is_function = 它是函数，要带括号：`{ $name }()`
script_is_percent = 这里已经是百分数
script_is_plain = 这里是没有单位的列
script_is_points = 这里是分数
script_is_property = 它是属性，不带括号：`.{ $name }`
script_is_rate = 这里已经是比率
script_kendall_long = { $rows } 行过多，不能用 `kendall`
script_kendall_long_hint = 最多 { $most } 行，或改用 `spearman`
script_key_kind = `{ $key }` 是{ $kind }
script_kind_bool = 真假值
script_kind_children = 下级指标（Children）
script_kind_classes = 分类（Classes）
script_kind_column = 列（Column）
script_kind_facts = 附加信息（Facts）
script_kind_function = 函数
script_kind_indicator = 指标信息（Indicator）
script_kind_list = 列表
script_kind_map = 映射表
script_kind_mask = 掩码（Mask）
script_kind_matrix = 矩阵（Matrix）
script_kind_nothing = 空值
script_kind_number = 数值
script_kind_other = { $name } 类型的值
script_kind_raw = 原始数据列（Raw）
script_kind_regions = 地区表（Regions）
script_kind_text = 文本
script_kind_tiers = 等级（Tiers）
script_kind_tree = 指标树（Tree）
script_leaf_became = `{ $code }` 成了{ $kind }
script_leaf_beyond = `{ $code }` 为 { $value }，超出界限 { $lower } 至 { $upper }
script_leaf_beyond_hint = 请检查原始数据列，以及指标树中的界限
script_leaf_cells = `{ $code }` 有 { $found } 个单元格，应为 { $wanted } 个
script_leaf_cells_hint = where() 略去单元格而保留其位置
script_leaf_unit = `{ $code }` 的单位是 { $unit }，脚本给出的却是{ $found }
script_leaf_unit_hint = 用 .percent()、.rate()、.points(full_marks) 转换单位
script_league_key = 组别没有 `{ $key }` 这一项
script_league_marks = `{ $code }` 的 `full_marks` 是{ $kind }
script_league_mask = 组别 `{ $code }` 没有地区的掩码
script_leagues_belong = 应为映射表：#{"{"} cities: regions.has("level", "city") {"}"}，或 #{"{"} cities: #{"{"} where: …, name: "…", full_marks: #{"{"} x: 30 {"}"} {"}"} {"}"}
script_leave_out = 请去掉 `{ $code }`
script_leave_out_change = 请去掉这次转换
script_lengths = 一列有 { $a } 个单元格，另一列有 { $b } 个
script_lengths_hint = 一起使用的列，行数必须相同
script_lines_end = 每行以 `;` 结尾；条件用 `&&`、`||` 连接，用 `!` 取反
script_logarithm_hint = 只能对大于 0 的数取对数
script_long = 脚本超过 { $limit } 字节
script_long_hint = 把其中一部分移到模块里，数值放到数据表里
script_look_at_file = 请检查该文件
script_look_at_matrix = 请检查该矩阵
script_look_at_regions = 请检查地区表
script_look_at_row = 请检查这一行
script_many_counts = 个数多于 { $most } 项
script_many_cuts = 分界点多于 { $most } 个
script_many_functions = 脚本中的函数过多
script_many_modules = 脚本导入的模块过多
script_many_nodes = 指标树的节点多于 { $most } 个
script_many_settings = 脚本声明的参数多于 { $most } 个
script_many_settings_hint = 一个列表或映射表可以存放多个值
script_many_variables = 一个函数中的变量过多
script_many_variables_hint = 请拆成几个函数
script_map_belongs = 此处应为映射表：{ $code }
script_map_mixed = 该函数对一列返回{ $one }，对另一列返回{ $other }
script_map_mixed_hint = 它对每一列都应返回同一类型
script_mark_unit = 先说明数值的单位：.as_{ $mark }()
script_mask_choose = `mask.choose(yes, no)` 逐个单元格选择，`.any()`、`.all()` 对全部作一次判断；掩码之间用 `&`、`|` 连接
script_mask_of = 掩码由 true 和 false 组成
script_masks = 掩码
script_matrices = 矩阵
script_memory = 脚本执行期间，程序占用的内存增加了 { $limit } MB 以上
script_memory_hint = 数值请放在列中，并减少同时保留的列表、映射表和文本
script_mismatch = 这里是{ $found }，应为{ $wanted }
script_missing_token = { $why ->
   *[other] 缺少 `{ $token }`
    }
script_module_circle = `{ $path }` 直接或经由其他模块导入了自身
script_module_circle_hint = 把双方都要用的内容放进第三个模块
script_module_long = `{ $path }` 超过 { $limit } 字节
script_module_outside = `{ $path }` 指向项目文件夹之外
script_module_outside_hint = 模块须在项目文件夹之内，并从那里写起
script_module_undefined = 此处没有模块 `{ $name }`
script_modules = 脚本导入的模块多于 { $limit } 个
script_modules_hint = 检查模块之间是否互相导入
script_modules_nested = 互相导入的模块多于 { $most } 个
script_name_character = 名称 `{ $name }` 中有 `{ $character }`
script_name_empty = 脚本需要名称
script_name_expected = 此处应为变量名
script_name_hint = 名称由各种文字的字母、数字、`_` 和 `-` 组成，不带后缀 `.rhai`
script_name_long = 名称 `{ $name }` 超过 { $most } 个字符
script_name_reserved = 有些操作系统保留名称 `{ $name }`
script_name_start = 名称 `{ $name }` 以 `{ $character }` 开头
script_no_attribute = 没有属性列 `{ $attribute }`
script_no_cell = 该列共 { $cells } 个单元格，没有第 { $row } 号
script_no_cell_of_mask = 该掩码共 { $cells } 个单元格，没有第 { $row } 号
script_no_child = 没有下级指标 `{ $code }`
script_no_class = 没有类别 `{ $name }`
script_no_column_of_matrix = 该矩阵共 { $columns } 列，没有第 { $k } 列
script_no_corners = 这不是折线的转折点
script_no_corners_hint = 写法：[[值, 分数], [值, 分数], …]，值从小到大
script_no_correlation = 没有名为 `{ $word }` 的相关系数
script_no_eigenvalues = 特征值计算不收敛
script_no_element = 列表共 { $count } 个元素，没有第 { $place } 号元素
script_no_eval = 脚本只能执行自身的内容，不能把文本当作脚本执行
script_no_function = 没有函数 `{ $name }`
script_no_group = 没有分组 `{ $code }`
script_no_groups = 项目没有 [group.…]
script_no_kind = 没有名为 `{ $kind }` 的指标类型
script_no_module = 没有可导入的模块 `{ $name }`
script_no_module_hint = 模块名从项目文件夹写起，不带 `.rhai`；模块须在项目文件夹之内
script_no_node = 没有指标 `{ $code }`
script_no_node_key = 指标没有 `{ $key }` 这一项
script_no_operator = 没有运算符 `{ $sign }`
script_no_order = 列表元素的类型不一，无法排序
script_no_order_hint = 请用数值列表或文本列表
script_no_power_assignment = 请写 x = x ** y
script_no_print = 脚本只返回结果，不打印内容；用 `throw` 报告错误
script_no_property = { $kind }没有属性 `{ $name }`
script_no_property_here = 此处没有属性 `{ $name }`
script_no_raw = 没有原始数据列 `{ $name }`
script_no_reason = 未说明原因
script_no_result = { $what }无法计算：该列只有 { $count } 个值
script_no_result_hint = 先用 .count() 查看有多少个值
script_no_result_of_column = 第 { $k } 列的{ $what }无法计算
script_no_result_of_column_hint = 该列的值过少或过大
script_no_root = 指标树没有根
script_no_row = 该矩阵共 { $rows } 行，没有第 { $row } 行
script_no_setting_kind = 没有名为 `{ $kind }` 的参数类型
script_no_stage = 脚本没有任何阶段的函数
script_no_state = 没有名为 `{ $word }` 的状态
script_no_ties = 没有名为 `{ $word }` 的排名方式
script_no_variable = 没有变量 `{ $name }`
script_node_below = `{ $parent }` 在 `{ $code }` 之下
script_node_below_hint = 指标不能移到自身之下
script_node_kind = 有一个指标写成了{ $kind }
script_node_no_code = 有一个指标没有 `code`
script_node_set = 用 set() 修改已有的指标
script_node_twice = 已经有指标 `{ $code }`
script_not_a_count = { $x } 不是不小于 0 的整数
script_not_a_file = 它不是文件
script_not_a_setting = { $kind }不能作参数
script_not_a_share = { $x } 不是比例
script_not_a_tier = { $x } 不能作等级的序号
script_not_assigned = 不能对此赋值
script_not_called = `{ $name }` 不能这样调用
script_not_called_with = `{ $name }` 的参数不能是{ $kinds }
script_not_in_stage = 本阶段没有{ $what }
script_not_in_stage_hint = 只在{ $stage }中提供
script_not_indexed = 不能用{ $by }作{ $kind }的下标
script_not_regions = { $x } 不能作地区数
script_not_square = 该矩阵为 { $rows }×{ $columns }
script_not_square_hint = 此处应为方阵
script_not_symmetric = 该矩阵不对称
script_not_symmetric_hint = eigen() 只用于对称矩阵
script_not_utf8 = 它不是 UTF-8 编码（第 { $byte } 字节）
script_not_whole = 这里是带小数的数值，应为整数
script_not_whole_hint = `.whole()` 把 2.0 变成整数 2
script_number_belongs = 此处应为数值
script_number_not_whole = { $x } 不是整数
script_number_or_nothing = 此处应为数值或 ()
script_numbers_belong = 此处应为数值列表
script_one_a_column = 每列一个
script_one_goalpost = `{ $code }` 只有一个目标界值
script_one_goalpost_hint = `bad` 与 `good` 要同时给出
script_one_of_two = `{ $code }` 有 `{ $there }` 而没有 `{ $missing }`
script_only_percent_to_rate = 只有百分数能转换成比率
script_only_rate_to_percent = 只有比率能转换成百分数
script_only_shares_to_points = 只有比率或百分数能转换成分数
script_operator_kinds = `{ $name }` 不能用于{ $kinds }
script_order = { $order } 阶矩阵过大，无法计算
script_other_leaves = 其他末级指标的列
script_other_name = 请换一个名字
script_other_unit = { $found }，{ $only }
script_overflow = 结果超出整数的范围：{ $of }
script_own_code = 每个指标的代码都不能重复
script_parameter_twice = 函数 `{ $name }` 有两个参数都叫 `{ $parameter }`
script_percent_by_100 = 百分数除以 100 就是比率
script_percent_times_100 = 百分数又乘以 100：此前已乘过 100
script_percents = 百分数
script_plain_first = 先写 .plain()，表明确有此意
script_plain_numbers = 无单位的数值
script_points = 分数
script_points_by_100 = 分数乘以或除以 100
script_power_hint = 结果过大，或是对负数开方
script_property_set = 不能给{ $kind }的 `{ $name }` 赋值
script_property_set_hint = 每个函数都返回新值：x.replace(mask, value)、tree.set(code, facts)
script_property_unread = 无法读取该属性：{ $said }
script_ranks = 排名
script_rate_by_100 = 比率又除以 100：它本来就是以 1 为整体的比例
script_rate_times_100 = 比率乘以 100 就是百分数
script_rates = 比率
script_regions = 地区表
script_removed_value = `{ $function }` 删去了已有的值：{ $before }
script_result_hint = 检查是否有除以 0 或对 0 取对数
script_result_infinite = 结果为无穷大
script_result_kind = 结果是{ $found }，应为{ $wanted }
script_result_undefined = 结果没有定义
script_root_hint = 只能对不小于 0 的数开平方
script_round_first = 先取整：x.round(0).whole()
script_row_a_region = 每个时期每个地区一行
script_row_weights = 逐行权重
script_rows_from_0 = 行从 0 开始计数
script_see_codes = 用 tree.codes 查看有哪些
script_see_names = 用 .names 查看有哪些
script_see_settings = 请查看脚本对参数的说明
script_set_code = set() 不能修改代码
script_set_code_hint = 请用 rename(from, to)
script_setting_inside = 参数要在脚本的最外层声明
script_setting_inside_hint = 先写 const NAME = setting("name", default);，再在函数中使用 NAME
script_setting_twice = 参数 `{ $name }` 声明了两次
script_setting_twice_hint = 每个参数只声明一次
script_setting_values = 应为数值、文本、true 或 false，或由它们组成的列表、映射表
script_setting_words = 参数的可选值应为文本
script_several_stages = 脚本含有几个阶段的函数：{ $names }
script_shapes = 一个矩阵为 { $rows }×{ $columns }，另一个为 { $other_rows }×{ $other_columns }
script_shapes_hint = 一起使用的矩阵，行数和列数必须相同
script_share_belongs = 比例应在 0 到 1 之间
script_silent = 脚本中止，未说明原因
script_singular = 该矩阵奇异，没有逆矩阵
script_singular_hint = 检查是否有一列是其他列的线性组合
script_size_list = 列表长度
script_size_list_or_map = 列表或映射表的大小
script_size_map = 映射表大小
script_size_text = 文本长度
script_sort_gave = 排序所用的函数返回了{ $kind }
script_sort_gave_hint = 它应返回 -1、0 或 1，或者返回前者是否排在后者之前
script_steps = 脚本执行的步数过多
script_steps_hint = 请对整列运算，不要逐个单元格运算；上限由 `[scripts] operations` 设定
script_stopped = 脚本已被中止
script_text_belongs = 此处应为文本
script_text_open = 文本的引号没有闭合
script_texts_added = { $several }与文本不能相加
script_texts_added_hint = 请加上数值或另一列
script_the_correlation = 相关系数
script_the_count = 计数
script_the_greatest = 最大值
script_the_kurtosis = 峰度
script_the_least = 最小值
script_the_mean = 均值
script_the_median = 中位数
script_the_norm = 范数
script_the_product = 乘积
script_the_quantile = 分位数
script_the_range = 极差
script_the_sample_sd = 样本标准差
script_the_sample_variance = 样本方差
script_the_sd = 标准差
script_the_skewness = 偏度
script_the_sum = 总和
script_the_variance = 方差
script_threw_kind = 脚本抛出了{ $kind }，而不是说明文字
script_tier_labels = 等级在此处称为 { $here }，在别处称为 { $elsewhere }
script_tier_labels_hint = 对所有地区，label() 的名称应相同
script_tier_name = 等级的名称不是文本
script_tier_names = 有 { $tiers } 个等级，却有 { $names } 个名称
script_tier_names_hint = 每个等级一个名称，最好的在前
script_tiers_belong = 应为等级：scores.cut([80, 60])、ranks.cut_by_counts([3, 6])、numbers.as_tiers()
script_tiers_from_1 = 此处应为从 1 起的整数，1 为最好
script_time = 脚本执行时间过长
script_time_hint = 检查是否有不会结束的循环；上限由 `[scripts] seconds` 设定
script_too_large = { $what }超过限制
script_too_large_hint = 数值请放在列中：column([…])，不要放在列表里
script_tree_belongs = 应为指标树：tree("index").add(#{"{"} code: "x", parent: "index" {"}"})
script_two_alike = `{ $function }` 的参数须是两个数值或两列
script_two_alike_hint = 列与数值之间用 x.at_most(upper)、x.at_least(lower)
script_undefined = 对 { $x } 作 { $function } 得不到数值
script_undefined_hint = 略去这样的单元格（x.where(x > 0)），或先把整列平移（x + 1）
script_undefined_of_matrix_hint = 略去这样的单元格，或先把各列平移
script_undefined_of_two = { $x } { $sign } { $y } 得不到数值
script_unexpected = 此处不应出现 `{ $found }`
script_units_added = { $a }与{ $b }不能相加或比较
script_units_divided = { $a }除以{ $b }没有意义
script_units_hint = 先统一单位：.percent()、.rate()、.points(full_marks)，或用 .plain() 表明确有此意
script_units_multiplied = { $a }乘以{ $b }会差一百倍，或没有意义
script_units_multiplied_hint = 用 .rate() 把其中之一变成比率，或写 .plain()
script_up_to = 最多 { $most }
script_use_let = 用 `let` 给值命名
script_use_unit = 空单元格写作 `()`
script_value_deep = `{ $name }` 中的列表、映射表或函数嵌套过深
script_value_deep_hint = 请用简单的列表和映射表，以及有名字的函数
script_value_expected = 此处应为一个值
script_weight_absent = `{ $code }` 的权重为空
script_weight_hint = 权重不能小于 0
script_weight_is = `{ $code }` 的权重为 { $weight }
script_weights_no_sum = 权重之和无法计算
script_weights_no_sum_hint = 权重过大
script_weights_of_one = 和为 1 的权重
script_whole_from_1 = 此处应为不小于 1 的整数
script_word_kept = `{ $word }` 是脚本语言的保留字
script_word_off = 此处不能使用 `{ $word }`
script_write = 请写 { $code }
script_wrong_kind = 这里是{ $kind }

## 问题：插件

plugin_ambiguous = 插件 `{ $code }` 提供的{ $stage }方法不是恰好一个
plugin_ambiguous_hint = 它提供 { $offered }；请用 `method` 指明
plugin_build_hint = 请用 `cargo build --release` 编译，或用编译器加 `-shared`
plugin_contract = 它按 { $found } 编写，此程序支持 { $supported }
plugin_contract_hint = 请用此版本的 quanheng-plugin 编译
plugin_contract_number = 第 { $number } 版接口
plugin_contract_other = 其他接口
plugin_contract_range = 第 { $least } 至第 { $greatest } 版接口
plugin_died = 无法打开：{ $how }
plugin_died_hint = 其他内容不受影响；这是插件的错误，请告诉其作者
plugin_docs_hint = 接口说明见 docs/plugins.md
plugin_examined = { $plugin } 的 `{ $method }` 与其声明不符
plugin_examined_finding = { $property }：{ $found }（数据列为 { $columns }）
plugin_examined_unsaid = 没有写明 { $what }
plugin_failed = 插件 `{ $code }` 的{ $stage }方法 `{ $method }` 无法建立：{ $what }
plugin_method_unusable = 它对方法 `{ $method }` 的声明无法使用：{ $what }
plugin_no_entry = 它没有导出函数 `quanheng_plugin`
plugin_no_entry_hint = 它不是插件，或缺少 `export!`
plugin_no_isolation = 无法为它启动独立的进程：{ $reason }
plugin_no_isolation_hint = 如果足够信任，`isolation = "none"` 让它在主程序中运行
plugin_not_library = 操作系统不认为它是动态库：{ $reason }
plugin_not_text = 其 { $what } 不是 UTF-8
plugin_not_text_hint = 文本须为 UTF-8，并给出字节长度
plugin_not_trusted = 插件 { $path } 未受信任：没有运行其中任何内容
plugin_pin_hint = 如果清楚它的来源：`{ $command }`
plugin_pinned_not_trusted = 项目固定了插件 { $path }，但你尚未信任它：没有运行其中任何内容
plugin_refused = 插件 { $path } 无法使用：{ $what }
plugin_refused_otherwise = 被拒绝（{ $what }）
plugin_stale = 它不是受信任的那个文件：哈希值为 { $found }，而固定的是 { $pinned }
plugin_stale_hint = 如果清楚它为何改变：`{ $command }`
plugin_target = 它是为 { $found } 编译的，此程序运行在 { $needed } 上
plugin_target_hint = 请为这台机器编译
plugin_truncated = 其函数表有 { $found } 字节，应为 { $needed } 字节
plugin_truncated_hint = `size` 须为 `sizeof(qh_table)`，并填写 `make` 和 `call`
plugin_unreadable = 无法读取：{ $reason }
plugin_unusable = 它的声明无法使用：{ $what }

## 命令


## 报告：表头与标签


## 报告：语句


## 提示


## 声明：评价方案的组成部分


## 声明：方法


## 声明：统计量


## 声明：性质


## 声明：格式


## 声明：命令
