/* Weights by the coefficient of variation: what regions differ in more, for its size, carries more weight.
 * A whole plugin in C: two functions, a worked example, and a table that says what there is. README.md builds it. */
#include "quanheng_plugin.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define TEXT(s) { (const uint8_t *)(s), sizeof(s) - 1 }

static int32_t make(size_t method, const qh_setting *settings, size_t count, void **instance, qh_message *message) {
    (void)method; (void)settings; (void)count; (void)message;
    *instance = NULL; /* nothing to remember */
    return QH_STATUS_OK;
}

/* Says of which column what is wrong with it. */
static int32_t fail(qh_message *message, const qh_input *input, size_t k, const char *words) {
    char text[256];
    int code = input->codes && input->codes[k].len < 128 ? (int)input->codes[k].len : 0;
    int len = snprintf(text, sizeof text, "`%.*s`: %s", code, code ? (const char *)input->codes[k].ptr : "", words);
    if (message && len > 0) {
        message->len = (size_t)len < message->capacity ? (size_t)len : message->capacity;
        memcpy(message->ptr, text, message->len);
    }
    return QH_STATUS_FAILED;
}

static int32_t call(size_t method, const void *instance, const qh_input *input, qh_output *output, qh_message *message) {
    (void)method; (void)instance;
    for (size_t k = 0; k < input->columns; k++) {
        const double *x = input->values[k];
        double sum = 0.0, squares = 0.0, least = INFINITY, greatest = -INFINITY;
        size_t n = 0;
        for (size_t row = 0; row < input->rows; row++) {
            if (isnan(x[row])) continue;
            sum += x[row];
            n++;
            if (x[row] < least) least = x[row];
            if (x[row] > greatest) greatest = x[row];
        }
        if (n < 2) return fail(message, input, k, "there are fewer than two values");
        double mean = sum / (double)n;
        if (mean == 0.0) return fail(message, input, k, "the mean is 0: there is no coefficient of variation");
        for (size_t row = 0; row < input->rows; row++)
            if (!isnan(x[row])) squares += (x[row] - mean) * (x[row] - mean);
        /* A constant column weighs nothing, whatever its mean was rounded to. */
        output->values[k] = least < greatest ? sqrt(squares / (double)(n - 1)) / fabs(mean) : 0.0;
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
