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

list_more = { $names } 等，另有 { $count } 个
one_of = 可用：{ $names }
unreadable = 无法读取 { $file }：{ $reason }

## 问题：项目


## 问题：数据


## 问题：计算

column_constant = 所有值都是 { $value }，无法建立尺度
not_converged = 迭代 { $steps } 步仍未收敛
skewed = { -treatment }后偏度仍为 { $skewness }，超额峰度仍为 { $kurtosis }
too_few_values = 只有 { $found } 个值，至少需要 { $needed } 个
weights_zero = 权重合计为零

## 问题：快照


## 问题：锁定文件


## 问题：文件与名称


## 问题：参数


## 问题：步骤衔接


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
script_name_expected = 此处应为变量名
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
