#include <cstring>

void title_line(char (&line)[64], const char *artist, const char *song, const char *tuning) {
    std::strcpy(line, artist);
    std::strcat(line, " - ");
    std::strcat(line, song);
    if (*tuning != '\0') {
        std::strcat(line, " [");
        std::strcat(line, tuning);
        std::strcat(line, "]");
    }
}
