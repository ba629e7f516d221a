// The normal curve, by the C library's error function.
#ifndef SEGQ_NORMAL_H
#define SEGQ_NORMAL_H

#include <math.h>

/// How much of the curve lies farther from 0 than `z`, on both sides.
static inline double segq_two_sided_tail(double z) { return erfc(fabs(z) / 1.4142135623730951); }

#endif
