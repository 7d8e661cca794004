#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/uchar.h>
#include <unicode/ucasemap.h>
