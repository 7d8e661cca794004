// Tables that gzip has compressed.
#pragma once

#include <zlib.h>

// A macro of zlib, which Swift doesn't see; only what gzip writes is taken.
static inline int tiltas_inflateInit(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
