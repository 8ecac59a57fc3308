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
        if (at < line.size() && line[at] == '[') {
            ++at;
            // Output may be cut anywhere, and behind a string_view there is no zero byte to stop at.
            while (at < line.size() && (line[at] < '@' || line[at] > '~')) {
                ++at;
            }
            ++at;
        }
    }
    return plain;
}
