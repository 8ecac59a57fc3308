// vulnerable: a line that ends with the separator leaves nothing to look at
#include <string_view>
#include <vector>

std::vector<char> initials(std::string_view line, char separator) {
    std::vector<char> found;
    std::size_t at = 0;
    while (true) {
        found.push_back(line[at]);
        std::size_t next = line.find(separator, at);
        if (next == std::string_view::npos) break;
        at = next + 1;
    }
    return found;
}
