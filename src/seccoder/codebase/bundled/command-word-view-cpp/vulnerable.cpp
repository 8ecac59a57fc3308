#include <cstddef>
#include <string_view>

std::string_view word(std::string_view line, std::size_t n) {
    const char *at = line.data();
    const char *end = at + line.size();
    for (;; n--) {
        while (*at == ' ')
            at++;
        const char *start = at;
        while (at < end && *at != ' ')
            at++;
        if (n == 0 || start == end)
            return std::string_view(start, at - start);
    }
}
