### 权衡的全部中文文字。构建时检查与 en.ftl 的消息和占位符是否一一对应。
###
### 消息：      key = 没有代码为 `{ $code }` 的地区。
### 术语：      -weighting = 赋权      用法 { -weighting }
###
### 一个概念只有一个词，写成术语。消息按领域分节，节内按字母顺序排列。
### 带连字符的条目翻译程序里用英文声明的内容（方法、命令、统计量），例如 method-normalisation-min_max。

## 术语

-methodology = 评价方案

## 通用

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

## 问题：数据

## 问题：计算

## 问题：快照

## 问题：锁定文件

## 问题：脚本

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
