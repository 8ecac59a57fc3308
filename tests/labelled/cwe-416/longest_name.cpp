// vulnerable: the view outlives the text that was made for it
#include <string>
#include <string_view>
#include <vector>

std::size_t dots_in_longest(const std::vector<std::string> &names) {
    std::string_view longest;
    for (const auto &name : names) {
        std::string padded = name + "................................";
        if (padded.size() > longest.size()) longest = padded;
    }
    std::size_t dots = 0;
    for (char c : longest) dots += c == '.';
    return dots;
}
