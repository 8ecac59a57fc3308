#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

struct Line {
    char text[17];
};

std::size_t show_station(Line &line, std::string_view name) {
    std::strncpy(line.text, std::string(name).c_str(), sizeof line.text);
    return std::strlen(line.text);
}
