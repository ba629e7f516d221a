// PCRE2 names its functions by the width of a code unit; here it is a byte.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
