#include <cstddef>
#include <string_view>

struct Line {
    char text[17];
};

std::size_t show_station(Line &line, std::string_view name) {
    const std::size_t length = name.substr(0, name.find('\0')).copy(line.text, sizeof line.text - 1);
    // The driver reads on until it finds this.
    line.text[length] = '\0';
    return length;
}
