#include <cstddef>
#include <string_view>

bool is_melody(std::string_view text) {
    std::size_t at = 0;
    const auto take = [&](std::string_view any) {
        const bool there = at < text.size() && any.find(text[at]) != any.npos;
        at += there;
        return there;
    };
    const auto skip_blanks = [&] {
        while (take(" \t\r\n")) {
        }
    };

    // Never goes back: time grows with the length of the text only, and the stack not at all.
    do {
        if (!take("ABCDEFG")) {
            return false;
        }
        take("#b");
        if (!take("012345678")) {
            return false;
        }
        skip_blanks();
        take(",");
        skip_blanks();
    } while (at < text.size());
    return true;
}
