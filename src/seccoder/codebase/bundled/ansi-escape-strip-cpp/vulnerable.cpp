#include <cstddef>
#include <string>
#include <string_view>

std::string strip_colours(std::string_view line) {
    std::string plain;
    std::size_t at = 0;

    plain.reserve(line.size());
    while (at < line.size()) {
        if (line[at] != '\x1b') {
            plain += line[at++];
            continue;
        }
        ++at;
        if (line[at] == '[') {
            ++at;
            while (line[at] < '@' || line[at] > '~') {
                ++at;
            }
            ++at;
        }
    }
    return plain;
}
