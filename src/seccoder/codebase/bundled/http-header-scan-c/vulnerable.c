#include <stdbool.h>
#include <stdio.h>

struct header {
    char name[32];
    char value[128];
};

bool parse_header(const char *line, struct header *header) {
    int end = 0;

    if (sscanf(line, "%[^: \r\n]: %[^\r\n]%n", header->name, header->value, &end) != 2) {
        return false;
    }
    return line[end] == '\0' || line[end] == '\r' || line[end] == '\n';
}
