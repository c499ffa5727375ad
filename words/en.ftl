### Every text of Quanheng in English. The build checks that zh.ftl has the same messages with the same slots.
###
### A message:           key = There is no region `{ $code }`.
### A plural form:       key = { $count -> [one] one cell *[other] { $count } cells }
### A term:              -weighting = weighting      used as { -weighting }
###
### Each concept is a term, so that it has one word. Messages stand in the section of their area, in alphabetical order.
### What is declared in the code in English (methods, commands, statistics) is not repeated here; zh.ftl translates it.

## Terms

-methodology = methodology

## General

list_more = { $names } and { $count } more
one_of = one of { $names }
unreadable = { $file } cannot be read: { $reason }

## Problems: projects

accepts_above_zero = a number above 0
accepts_any = a value
accepts_bool = true or false
accepts_character = a text of one character
accepts_date = a date
accepts_either = { $first }, or { $second }
accepts_fraction = a number, or a fraction such as 1/3
accepts_list = a list
accepts_matrix = a list of lists of numbers
accepts_matrix_table = a table of lists of numbers
accepts_method = the name of a method, or a table with `method`, `script` or `plugin`
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

## Problems: data

## Problems: evaluation

## Problems: snapshots

## Problems: locks

## Problems: scripts

## Problems: plugins

## Commands

## Reports: heads and labels

## Reports: sentences

## Notes
