#include <regex>
#include <string_view>

bool is_melody(std::string_view text) {
    static const std::regex melody(R"(([A-G][#b]?[0-8][ \t\r\n]*,?[ \t\r\n]*)+)");

    return std::regex_match(text.begin(), text.end(), melody);
}
