#include <algorithm>
#include <array>
#include <cstdio>

using Caption = std::array<char, 24>;

std::size_t caption(Caption &out, const char *name, int value, const char *unit) {
    const int wanted = std::snprintf(out.data(), out.size(), "%s: %d %s", name, value, unit);
    // What it would have been is no place in the array: the text ends before that.
    const std::size_t length = std::min<std::size_t>(wanted < 0 ? 0 : wanted, out.size() - 1);
    out[length] = '\0';
    return length;
}
