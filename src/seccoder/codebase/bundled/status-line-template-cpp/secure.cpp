#include <array>
#include <cstddef>
#include <string>

std::string status_line(const std::string &format, int line, int column) {
    const std::array<int, 2> numbers{line, column};
    std::size_t used = 0;
    std::string text;

    for (std::size_t i = 0; i < format.size(); ++i) {
        const char next = format[i] == '%' && i + 1 < format.size() ? format[i + 1] : '\0';
        // Only what stands for something here; printf would go by the format and look for arguments that are not there.
        if (next == 'd' && used < numbers.size()) {
            text += std::to_string(numbers[used++]);
            ++i;
        } else if (next == '%') {
            text += '%';
            ++i;
        } else {
            text += format[i];
        }
    }
    return text;
}
