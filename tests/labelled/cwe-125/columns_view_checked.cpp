// secure: an empty column has no initial
#include <string_view>
#include <vector>

std::vector<char> initials(std::string_view line, char separator) {
    std::vector<char> found;
    std::size_t at = 0;
    while (at < line.size()) {
        if (line[at] != separator) found.push_back(line[at]);
        std::size_t next = line.find(separator, at);
        if (next == std::string_view::npos) break;
        at = next + 1;
    }
    return found;
}
