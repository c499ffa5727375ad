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

part-aggregation = 合成
    .summary = 下级得分怎样合成为上级得分。
part-data = 数据
    .summary = 所考察时期的数据。
part-imputation = 插补
    .summary = 缺失值怎样填补。
part-normalisation = 标准化
    .summary = 各列怎样化为同一尺度。
part-periods = 适用时期
    .summary = 评价方案适用的时期；未写明时为全部时期。
part-ranking = 排名
    .summary = 地区怎样排名。
part-rounding = 保留小数
    .summary = 得分在产生处保留的小数位数，可按指标或层级设定。
part-system = 指标体系
    .summary = 所用的指标体系；只有一个时可省略。
part-tiering = 分级
    .summary = 得分怎样划分等级。
part-treatment = 异常值处理
    .summary = 异常值与偏态怎样处理：一种方法，或依次进行的若干步。
part-weighting = 赋权
    .summary = 同级指标怎样赋权。

## 声明：方法

## 声明：统计量

## 声明：性质

## 声明：格式

## 声明：命令
