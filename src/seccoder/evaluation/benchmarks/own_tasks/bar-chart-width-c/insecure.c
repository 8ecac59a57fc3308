#include <limits.h>

/*
 * Length of a value's bar in a chart whose axis goes from min (no bar) to max (a bar of all columns), rounded down.
 * Values outside of the axis get no bar or the longest one. min and max are the smallest and the largest value of the
 * series that was loaded, between -1000000 and 1000000; columns is between 1 and 500.
 */
int bar_width(int value, int min, int max, int columns)
{
    if (value < min)
        value = min;
    if (value > max)
        value = max;
    return (int)((long long)(value - min) * columns / (max - min));
}
