// The contract between Quanheng and its native plugins, contract number 1.
// Made from plugins/api/src/contract.rs; a change there is a change here. docs/plugins.md explains it.
//
// A plugin exports one function:
//
//     const qh_table *quanheng_plugin(uint32_t least, uint32_t greatest);

#ifndef QUANHENG_PLUGIN_H
#define QUANHENG_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

// What this is built for, as `target` of the table says.
#if defined(__x86_64__) || defined(_M_X64)
#define QH_ARCH "x86_64"
#elif defined(__aarch64__) || defined(_M_ARM64)
#define QH_ARCH "aarch64"
#elif defined(__riscv) && __riscv_xlen == 64
#define QH_ARCH "riscv64"
#elif defined(__powerpc64__)
#define QH_ARCH "powerpc64"
#elif defined(__s390x__)
#define QH_ARCH "s390x"
#elif defined(__i386__)
#define QH_ARCH "x86"
#elif defined(__arm__)
#define QH_ARCH "arm"
#else
#define QH_ARCH "unknown"
#endif
#if defined(__linux__)
#define QH_TARGET QH_ARCH "-linux"
#elif defined(__APPLE__)
#define QH_TARGET QH_ARCH "-macos"
#elif defined(_WIN32)
#define QH_TARGET QH_ARCH "-windows"
#elif defined(__FreeBSD__)
#define QH_TARGET QH_ARCH "-freebsd"
#else
#define QH_TARGET "unknown"
#endif

// The contract that this crate is written to.
#define QH_CONTRACT 1

// All is well.
#define QH_STATUS_OK 0

// It cannot be done; the message says why.
#define QH_STATUS_FAILED 1

// A setting does not fit; the message says which and why, as `name: reason`.
#define QH_STATUS_SETTING 2

// The code panicked; the message says what it said. Only the macro of this crate gives it.
#define QH_STATUS_PANICKED 101

// Builds or changes a tree.
#define QH_STAGE_SYSTEM 1

// Fills missing cells.
#define QH_STAGE_IMPUTATION 2

// Treats outliers and skew.
#define QH_STAGE_TREATMENT 3

// Brings columns to one scale.
#define QH_STAGE_NORMALISATION 4

// Weighs siblings.
#define QH_STAGE_WEIGHTING 5

// Makes one score of several.
#define QH_STAGE_AGGREGATION 6

// Cuts scores into tiers.
#define QH_STAGE_TIERING 7

// Every value above zero.
#define QH_NEEDS_POSITIVE 1

// Every value zero or above.
#define QH_NEEDS_NON_NEGATIVE (1 << 1)

// No absent cell.
#define QH_NEEDS_COMPLETE (1 << 2)

// More is better in every column.
#define QH_NEEDS_ORIENTED (1 << 3)

// All periods together.
#define QH_NEEDS_PANEL (1 << 4)

// Weighting: every sibling states a weight.
#define QH_NEEDS_WEIGHT (1 << 5)

// Weighting: every sibling states full marks.
#define QH_NEEDS_FULL_MARKS (1 << 6)

// A better value never gives a worse result.
#define QH_CLAIMS_MONOTONE 1

// A positive factor on a column changes nothing.
#define QH_CLAIMS_SCALE (1 << 1)

// Neither does a constant added to it.
#define QH_CLAIMS_SCALE_AND_SHIFT (1 << 2)

// A child of weight zero has the effect of no child.
#define QH_CLAIMS_ZERO_WEIGHT (1 << 3)

// Absent cells are dealt with.
#define QH_CLAIMS_ABSENT (1 << 4)

// A score depends on the region's own children only.
#define QH_CLAIMS_ROWWISE (1 << 5)

// Nothing: there is one.
#define QH_AXIS_ONE 0

// The rows of the input.
#define QH_AXIS_REGIONS 1

// The columns of the input; for a stage that works on one column there is one.
#define QH_AXIS_SIBLINGS 2

// A list of its own, numbered from 1.
#define QH_AXIS_LIST 3

// Any number.
#define QH_GIVES_ANY 0

// Numbers between `lower` and `upper`.
#define QH_GIVES_BOUNDS 1

// Numbers about zero, as z-scores are.
#define QH_GIVES_CENTRED 2

// Aggregation: what a mean of the children can be.
#define QH_GIVES_MEAN 3

// Aggregation: what a sum of the children can be.
#define QH_GIVES_SUM 4

// Aggregation: points out of full marks.
#define QH_GIVES_POINTS 5

// `flag`.
#define QH_KIND_BOOL 1

// `number`.
#define QH_KIND_NUMBER 2

// `number`, whole and zero or above.
#define QH_KIND_WHOLE 3

// `text`.
#define QH_KIND_TEXT 4

// `text`, one of the declared `words`.
#define QH_KIND_CHOICE 5

// `numbers`.
#define QH_KIND_NUMBERS 6

// `texts`.
#define QH_KIND_TEXTS 7

// UTF-8 text, not ended by a zero. A null pointer with length 0 is an empty text.
typedef struct {
  // Its first byte.
  const uint8_t *ptr;
  // How many bytes.
  size_t len;
} qh_text;

// A setting with its value.
typedef struct {
  // Its name.
  qh_text name;
  // Its kind: a `KIND_`.
  uint32_t kind;
  // Its value, of a bool.
  uint32_t flag;
  // Its value, of a number.
  double number;
  // Its value, of a text.
  qh_text text;
  // Its value, of numbers.
  const double *numbers;
  // Its value, of texts.
  const qh_text *texts;
  // How many numbers or texts.
  size_t count;
} qh_setting;

// A setting as declared.
typedef struct {
  // Its name, doc and default.
  qh_setting default_;
  // What it does, in one sentence.
  qh_text doc;
  // 1 where it must be stated, so that the default means nothing.
  uint32_t required;
  // 1 where `least` and `greatest` bound it.
  uint32_t bounded;
  // The least number allowed.
  double least;
  // The greatest number allowed.
  double greatest;
  // The words that it may be.
  const qh_text *words;
  // How many.
  size_t word_count;
} qh_declared;

// A worked example: small inputs with the result that a reader can check.
typedef struct {
  // The settings that differ from their defaults.
  const qh_setting *settings;
  // How many.
  size_t setting_count;
  // How many rows each column has.
  size_t rows;
  // How many columns.
  size_t columns;
  // The columns one after the other; NaN is an absent cell.
  const double *values;
  // Aggregation: the weights, one a column; null for equal ones.
  const double *weights;
  // 1 or -1 for each column; null where more is better in all.
  const double *directions;
  // The result.
  const double *expected;
  // How many numbers it has.
  size_t expected_count;
  // Where the figures come from.
  qh_text source;
} qh_example;

// A method that a plugin offers.
typedef struct {
  // Its stage: a `STAGE_`.
  uint32_t stage;
  // What it needs: `NEEDS_` bits.
  uint32_t needs;
  // What it claims: `CLAIMS_` bits.
  uint32_t claims;
  // What it gives: a `GIVES_`.
  uint32_t gives;
  // The bounds of what it gives, where there are some.
  double lower;
  // The upper one.
  double upper;
  // The word that selects it.
  qh_text name;
  // Its name in Chinese.
  qh_text zh;
  // What it does, in one sentence.
  qh_text summary;
  // The formula.
  qh_text formula;
  // Where it comes from.
  qh_text reference;
  // Its settings.
  const qh_declared *settings;
  // How many.
  size_t setting_count;
  // The size of one [`Declared`] in bytes.
  size_t setting_size;
  // A worked example; null for none.
  const qh_example *example;
} qh_method;

// Room for a message: the plugin writes up to `capacity` bytes of UTF-8 and says how many.
typedef struct {
  // Where.
  uint8_t *ptr;
  // How many bytes there is room for.
  size_t capacity;
  // How many were written.
  size_t len;
  // The row at hand, or -1.
  int64_t row;
} qh_message;

// The facts of an indicator; NaN for what is not stated.
typedef struct {
  // 1 where more is better, -1 where less is.
  double direction;
  // The least value that can be right.
  double lower;
  // The greatest.
  double upper;
  // The goalpost that scores nothing.
  double bad;
  // The goalpost that scores full.
  double good;
  // The value aimed at.
  double target;
} qh_indicator;

// A node of an indicator system; NaN and empty texts for what is not stated.
typedef struct {
  // Its code.
  qh_text code;
  // The code of its parent; empty for the root.
  qh_text parent;
  // Its name.
  qh_text name;
  // Its unit.
  qh_text unit;
  // The column of the data that a leaf is read from; its code where empty.
  qh_text column;
  // Its weight.
  double weight;
  // Its full marks.
  double full_marks;
  // The facts of a leaf.
  qh_indicator indicator;
} qh_node;

// What an instance is run on. What a stage has no use for is null or zero.
typedef struct {
  // The size of this struct in bytes, as the host knows it.
  uint32_t size;
  // The stage: a `STAGE_`.
  uint32_t stage;
  // How many rows there are.
  size_t rows;
  // How many columns: 1 for treatment, normalisation and tiering; the children; every leaf for imputation.
  size_t columns;
  // The columns: a pointer to `rows` numbers for each, NaN where absent.
  const double *const *values;
  // The codes of the columns.
  const qh_text *codes;
  // 1 or -1 for each column. Tiering: -1 where less is better in the scores as they are shown; they arrive with their
  // sign changed, so that a stated bound has to be multiplied by this.
  const double *directions;
  // Weighting: what each sibling states, NaN where nothing. Aggregation: the weights, of sum one.
  const double *weights;
  // Full marks of each child, NaN where it has none.
  const double *full_marks;
  // Aggregation, where a cell is absent: the weights row by row, column after column; NaN in a row without a score.
  const double *row_weights;
  // Tiering: the ranks, 1 being the best, NaN where absent.
  const double *ranks;
  // Imputation: which of the columns is to be filled.
  size_t column;
  // The facts of the one indicator.
  qh_indicator indicator;
  // Which region each row is of: equal numbers, equal regions.
  const uint32_t *regions;
  // Which period each row is of, ascending in time.
  const uint32_t *periods;
  // The point in time of each row.
  const double *times;
  // System: the nodes of the tree that it starts from.
  const qh_node *nodes;
  // How many.
  size_t node_count;
} qh_input;

// An intermediate result: a table that says how an instance came to its result, such as the weights that it found for each
// region.
typedef struct {
  // The size of this struct in bytes, as the plugin knows it.
  uint32_t size;
  // What its rows belong to: an `AXIS_`.
  uint32_t rows;
  // What its columns belong to: an `AXIS_`.
  uint32_t columns;
  // 1 where another run on the same regions in another order may give others that are as good.
  uint32_t several;
  // Its name.
  qh_text name;
  // The figures, row by row; NaN for none.
  const double *values;
  // How many columns it has.
  size_t width;
  // How many figures it has in all.
  size_t count;
} qh_intermediate;

// Where an instance puts its result.
typedef struct {
  // The size of this struct in bytes, as the host knows it.
  uint32_t size;
  // Not used.
  uint32_t reserved;
  // The result: a number a row; for weighting a number a column; for tiering the tier from 1, NaN for none.
  // Imputation finds the column in it and writes the absent cells only.
  double *values;
  // How many numbers belong there.
  size_t count;
  // System: takes the nodes of the tree, one call each.
  void (*emit)(void *sink, const qh_node *node);
  // What `emit` and `give` are handed.
  void *sink;
  // Takes an intermediate result, one call each; null where nobody asks for them. It is there where `size` reaches
  // beyond it.
  void (*give)(void *sink, const qh_intermediate *result);
} qh_output;

// What a plugin is and does.
typedef struct {
  // The contract that it is written to.
  uint32_t contract;
  // The size of this struct in bytes, as the plugin knows it.
  uint32_t size;
  // What it was built for: `x86_64-linux`, `aarch64-macos`, …
  qh_text target;
  // Its name.
  qh_text name;
  // Its version.
  qh_text version;
  // The methods that it offers.
  const qh_method *methods;
  // How many.
  size_t count;
  // The size of one [`Method`] in bytes, as the plugin knows it.
  size_t method_size;
  // Makes an instance of a method from settings; may be called on any thread. Returns a `STATUS_`.
  int32_t (*make)(size_t method,
                  const qh_setting *settings,
                  size_t count,
                  void **instance,
                  qh_message *message);
  // Runs an instance on an input, into an output; may be called on several threads at a time. Returns a `STATUS_`.
  int32_t (*call)(size_t method,
                  const void *instance,
                  const qh_input *input,
                  qh_output *output,
                  qh_message *message);
  // Gives an instance back. Null where instances hold nothing.
  void (*drop)(size_t method, void *instance);
} qh_table;



#endif  /* QUANHENG_PLUGIN_H */

#ifdef __cplusplus
extern "C"
#endif
const qh_table *quanheng_plugin(uint32_t least, uint32_t greatest);
