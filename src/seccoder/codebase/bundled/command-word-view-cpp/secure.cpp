#include <cstddef>
#include <string_view>

std::string_view word(std::string_view line, std::size_t n) {
    std::size_t at = 0;
    for (;;) {
        // A view has no terminator: its size is the only thing that ends a loop over it.
        while (at < line.size() && line[at] == ' ')
            at++;
        const std::size_t start = at;
        while (at < line.size() && line[at] != ' ')
            at++;
        if (n == 0 || start == line.size())
            return line.substr(start, at - start);
        n--;
    }
}
