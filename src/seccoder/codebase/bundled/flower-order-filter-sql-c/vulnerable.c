#include <stdio.h>

struct filter {
    const char *colour, *country, *text;
};

int flower_query(const struct filter *filter, char *sql, size_t size, const char *values[3]) {
    const struct {
        const char *condition, *value;
    } parts[] = {{"colour = '%s'", filter->colour},
                 {"country = '%s'", filter->country},
                 {"instr(name, '%s')", filter->text}};
    int length = snprintf(sql, size, "SELECT name FROM flowers WHERE 1");
    for (int i = 0; i < 3; i++) {
        if (parts[i].value == NULL)
            continue;
        char piece[400];
        snprintf(piece, sizeof piece, parts[i].condition, parts[i].value);
        if (length < (int)size)
            length += snprintf(sql + length, size - (size_t)length, " AND %s", piece);
    }
    if (length < (int)size)
        length += snprintf(sql + length, size - (size_t)length, " ORDER BY name");
    return length < (int)size ? 0 : -1;
}
