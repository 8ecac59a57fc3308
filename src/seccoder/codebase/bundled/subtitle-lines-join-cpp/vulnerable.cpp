#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

std::unique_ptr<char[]> joined(const std::vector<std::string> &lines) {
    std::size_t size = 1;
    for (const std::string &line : lines)
        size += line.size();
    auto text = std::make_unique<char[]>(size);
    char *at = text.get();
    for (const std::string &line : lines) {
        if (at != text.get())
            *at++ = '\n';
        at = std::copy(line.begin(), line.end(), at);
    }
    *at = '\0';
    return text;
}
