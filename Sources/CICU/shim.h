// ICU's headers rename each function to one that ends in ICU's version (`ucol_open_72`) by macros, which Swift doesn't
// see. These wrappers keep one name for every version.
#pragma once

#include <stdbool.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ures.h>
#include <unicode/uregex.h>

static inline UCollator *tiltas_ucol_open(const char *locale, UErrorCode *status) {
  return ucol_open(locale, status);
}

static inline int32_t tiltas_ucol_strcollUTF8(
    const UCollator *collator, const char *left, int32_t leftLength, const char *right, int32_t rightLength,
    UErrorCode *status) {
  return ucol_strcollUTF8(collator, left, leftLength, right, rightLength, status);
}

static inline int32_t tiltas_ucol_getSortKey(
    const UCollator *collator, const UChar *text, int32_t length, uint8_t *key, int32_t capacity) {
  return ucol_getSortKey(collator, text, length, key, capacity);
}

static inline const UNormalizer2 *tiltas_unorm2_getNFCInstance(UErrorCode *status) {
  return unorm2_getNFCInstance(status);
}

static inline const UNormalizer2 *tiltas_unorm2_getNFKDInstance(UErrorCode *status) {
  return unorm2_getNFKDInstance(status);
}

static inline int32_t tiltas_unorm2_normalize(
    const UNormalizer2 *normalizer, const UChar *text, int32_t length, UChar *result, int32_t capacity,
    UErrorCode *status) {
  return unorm2_normalize(normalizer, text, length, result, capacity, status);
}

static inline bool tiltas_unorm2_hasBoundaryBefore(const UNormalizer2 *normalizer, UChar32 scalar) {
  return unorm2_hasBoundaryBefore(normalizer, scalar);
}

static inline int32_t tiltas_unorm2_getDecomposition(
    const UNormalizer2 *normalizer, UChar32 scalar, UChar *result, int32_t capacity, UErrorCode *status) {
  return unorm2_getDecomposition(normalizer, scalar, result, capacity, status);
}

static inline UChar32 tiltas_u_foldCase(UChar32 scalar) { return u_foldCase(scalar, U_FOLD_CASE_DEFAULT); }

// What each byte stands for in an encoding of single bytes, 0xFFFF for one that stands for nothing; whether it is such an encoding.
static inline bool tiltas_ucnv_table(const char *name, UChar table[256]) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  bool is_known = U_SUCCESS(status) && converter && ucnv_getMaxCharSize(converter) == 1;
  if (is_known) {
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    for (int byte = 0; byte < 256; byte++) {
      char source = (char)byte;
      status = U_ZERO_ERROR;
      ucnv_reset(converter);
      int32_t length = ucnv_toUChars(converter, table + byte, 1, &source, 1, &status);
      if (U_FAILURE(status) || length != 1) table[byte] = 0xFFFF;
    }
  }
  if (converter) ucnv_close(converter);
  return is_known;
}

static inline int8_t tiltas_u_charType(UChar32 scalar) { return u_charType(scalar); }

static inline uint8_t tiltas_u_getCombiningClass(UChar32 scalar) { return u_getCombiningClass(scalar); }

static inline int32_t tiltas_u_getIntPropertyValue(UChar32 scalar, UProperty property) {
  return u_getIntPropertyValue(scalar, property);
}

static inline bool tiltas_u_hasBinaryProperty(UChar32 scalar, UProperty property) {
  return u_hasBinaryProperty(scalar, property);
}

static inline URegularExpression *tiltas_uregex_open(
    const UChar *pattern, int32_t length, UParseError *place, UErrorCode *status) {
  return uregex_open(pattern, length, UREGEX_ERROR_ON_UNKNOWN_ESCAPES, place, status);
}

static inline void tiltas_uregex_close(URegularExpression *expression) { uregex_close(expression); }

static inline void tiltas_uregex_setTimeLimit(URegularExpression *expression, int32_t limit, UErrorCode *status) {
  uregex_setTimeLimit(expression, limit, status);
}

static inline void tiltas_uregex_setStackLimit(URegularExpression *expression, int32_t limit, UErrorCode *status) {
  uregex_setStackLimit(expression, limit, status);
}

static inline void tiltas_uregex_setText(
    URegularExpression *expression, const UChar *text, int32_t length, UErrorCode *status) {
  uregex_setText(expression, text, length, status);
}

static inline bool tiltas_uregex_find(URegularExpression *expression, int32_t start, UErrorCode *status) {
  return uregex_find(expression, start, status);
}

static inline void tiltas_uregex_setMatchCallback(
    URegularExpression *expression, URegexMatchCallback *callback, const void *context, UErrorCode *status) {
  uregex_setMatchCallback(expression, callback, context, status);
}

static inline void tiltas_uregex_setFindProgressCallback(
    URegularExpression *expression, URegexFindProgressCallback *callback, const void *context, UErrorCode *status) {
  uregex_setFindProgressCallback(expression, callback, context, status);
}

static inline UResourceBundle *tiltas_ures_open(const char *locale, UErrorCode *status) {
  return ures_open(NULL, locale, status);
}

static inline void tiltas_ures_close(UResourceBundle *bundle) { ures_close(bundle); }

static inline UResourceBundle *tiltas_ures_getByKey(
    const UResourceBundle *bundle, const char *key, UErrorCode *status) {
  return ures_getByKey(bundle, key, NULL, status);
}

static inline int32_t tiltas_ures_getSize(const UResourceBundle *bundle) { return ures_getSize(bundle); }

static inline const UChar *tiltas_ures_getStringByIndex(
    const UResourceBundle *bundle, int32_t index, int32_t *length, UErrorCode *status) {
  return ures_getStringByIndex(bundle, index, length, status);
}
