#include <stdint.h>
#include <stdlib.h>

#define GREY 0x808080

static const uint32_t colours[] = {0xe2001a, 0x00963f, 0xffd500, 0x0069b4, 0x8d2176, 0xf39200, 0x7ac8ee, 0x9d8a65};

uint32_t line_colour(const char *line) {
    char *end;
    long number = strtol(line, &end, 10);
    if (end == line || *end != '\0' || number > (long)(sizeof colours / sizeof *colours))
        return GREY;
    return colours[number - 1];
}
