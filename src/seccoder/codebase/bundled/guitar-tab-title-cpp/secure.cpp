#include <cstddef>
#include <string_view>

void title_line(char (&line)[64], const char *artist, const char *song, const char *tuning) {
    std::size_t used = 0;
    const auto append = [&](std::string_view part) {
        // What is left of the array, less the zero byte, is all that a part may take.
        used += part.copy(line + used, sizeof line - 1 - used);
    };
    append(artist);
    append(" - ");
    append(song);
    if (*tuning != '\0') {
        append(" [");
        append(tuning);
        append("]");
    }
    line[used] = '\0';
}
