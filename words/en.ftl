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
