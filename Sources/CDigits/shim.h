// Swift has no word for taking a bit of each byte of a vector.
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

// Which of 64 bytes are no digits of ASCII: a bit for each, that of the first byte the lowest.
static inline __attribute__((always_inline)) uint64_t bytesWithoutDigits(const uint8_t *bytes) {
  uint64_t others = 0;
#ifdef __SSE2__
  const __m128i zeros = _mm_set1_epi8('0'), nines = _mm_set1_epi8(9);
  for (int part = 0; part < 4; part++) {
    __m128i digits = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)bytes + part), zeros);
    __m128i areDigits = _mm_cmpeq_epi8(_mm_min_epu8(digits, nines), digits);
    others |= (uint64_t)(uint16_t)~_mm_movemask_epi8(areDigits) << (16 * part);
  }
#else
  for (int index = 0; index < 64; index++) others |= (uint64_t)((uint8_t)(bytes[index] - '0') > 9) << index;
#endif
  return others;
}
