// The checksums of snapshots: XXH3 with 64 bits, at once and piece by piece.
#include <xxhash.h>
