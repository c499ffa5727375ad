/* Weights by the coefficient of variation: what regions differ in more, for its size, carries more weight. */
#include "quanheng_plugin.h"
#include <math.h>
#include <string.h>

#define TEXT(s) { (const uint8_t *)(s), sizeof(s) - 1 }

static int32_t make(size_t method, const qh_setting *settings, size_t count, void **instance, qh_message *message) {
    (void)method; (void)settings; (void)count; (void)message;
    *instance = NULL; /* nothing to remember */
    return QH_STATUS_OK;
}

static int32_t fail(qh_message *message, const char *words) {
    size_t len = strlen(words);
    if (message) {
        if (len > message->capacity) len = message->capacity;
        memcpy(message->ptr, words, len);
        message->len = len;
    }
    return QH_STATUS_FAILED;
}

/* Sums run over eight lanes, as the built-in methods' do: the same bits, and no waiting for one addition to end. */
#define LANES 8

static double folded(const double lanes[LANES]) {
    return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

/* The sum of the values that are there, and how many they are. */
static double sum(const double *x, size_t rows, size_t *count) {
    double lanes[LANES] = { 0 };
    uint64_t there[LANES] = { 0 };
    size_t row = 0;
    for (; row + LANES <= rows; row += LANES)
        for (size_t k = 0; k < LANES; k++) {
            double value = x[row + k];
            lanes[k] += value == value ? value : 0.0;
            there[k] += value == value;
        }
    for (size_t k = 0; row < rows; row++, k++) {
        lanes[k] += x[row] == x[row] ? x[row] : 0.0;
        there[k] += x[row] == x[row];
    }
    *count = 0;
    for (size_t k = 0; k < LANES; k++) *count += there[k];
    return folded(lanes);
}

static double squares(const double *x, size_t rows, double mean) {
    double lanes[LANES] = { 0 };
    size_t row = 0;
    for (; row + LANES <= rows; row += LANES)
        for (size_t k = 0; k < LANES; k++) {
            double distance = x[row + k] - mean;
            lanes[k] += distance == distance ? distance * distance : 0.0;
        }
    for (size_t k = 0; row < rows; row++, k++) {
        double distance = x[row] - mean;
        lanes[k] += distance == distance ? distance * distance : 0.0;
    }
    return folded(lanes);
}

static int constant(const double *x, size_t rows) {
    double first = NAN;
    for (size_t row = 0; row < rows; row++) {
        if (x[row] != x[row]) continue;
        if (first != first) first = x[row];
        else if (x[row] != first) return 0;
    }
    return 1;
}

static int32_t call(size_t method, const void *instance, const qh_input *input, qh_output *output, qh_message *message) {
    (void)method;
    (void)instance;
    for (size_t k = 0; k < input->columns; k++) {
        const double *x = input->values[k];
        size_t n;
        double mean = sum(x, input->rows, &n) / (double)n;
        if (n < 2) return fail(message, "there are fewer than two values");
        if (constant(x, input->rows)) {
            output->values[k] = 0.0;
            continue;
        }
        if (mean == 0.0) return fail(message, "the mean is 0: there is no coefficient of variation");
        output->values[k] = sqrt(squares(x, input->rows, mean) / (double)(n - 1)) / fabs(mean);
    }
    return QH_STATUS_OK;
}

/* (0, 2): mean 1, sd sqrt 2; (1, 3): mean 2, sd sqrt 2: coefficients in the ratio 2 to 1. */
static const double values[] = { 0, 2, 1, 3 };
static const double expected[] = { 2.0 / 3.0, 1.0 / 3.0 };
static const qh_example example = {
    .rows = 2, .columns = 2, .values = values, .expected = expected, .expected_count = 2, .source = TEXT("by hand"),
};

static const qh_method methods[] = { {
    .stage = QH_STAGE_WEIGHTING,
    .claims = QH_CLAIMS_SCALE | QH_CLAIMS_ABSENT,
    .name = TEXT("variation"),
    .zh = TEXT("\xe5\x8f\x98\xe5\xbc\x82\xe7\xb3\xbb\xe6\x95\xb0\xe6\xb3\x95"),
    .summary = TEXT("Weighs each sibling by the coefficient of variation of its scores."),
    .formula = TEXT("w \xe2\x88\x9d s / |mean|"),
    .reference = TEXT("OECD/JRC Handbook (2008), step 6"),
    .setting_size = sizeof(qh_declared),
    .example = &example,
} };

static const qh_table table = {
    .contract = QH_CONTRACT,
    .size = sizeof(qh_table),
    .target = TEXT(QH_TARGET),
    .name = TEXT("variation"),
    .version = TEXT("0.1.0"),
    .methods = methods,
    .count = 1,
    .method_size = sizeof(qh_method),
    .make = make,
    .call = call,
};

const qh_table *quanheng_plugin(uint32_t least, uint32_t greatest) {
    return least <= QH_CONTRACT && QH_CONTRACT <= greatest ? &table : NULL;
}
