#include <cstdio>
#include <string>

std::string status_line(const std::string &format, int line, int column) {
    char text[256];

    std::snprintf(text, sizeof text, format.c_str(), line, column);
    return text;
}
