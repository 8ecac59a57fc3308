#include <stdio.h>

struct filter {
    const char *colour, *country, *text;
};

int flower_query(const struct filter *filter, char *sql, size_t size, const char *values[3]) {
    const struct {
        const char *condition, *value;
    } parts[] = {{"colour = ?%d", filter->colour}, {"country = ?%d", filter->country}, {"instr(name, ?%d)", filter->text}};
    int count = 0, length = snprintf(sql, size, "SELECT name FROM flowers WHERE 1");
    for (int i = 0; i < 3; i++) {
        if (parts[i].value == NULL)
            continue;
        /* The statement gets a placeholder; the typed text itself is only bound to it. */
        values[count++] = parts[i].value;
        char piece[40];
        snprintf(piece, sizeof piece, parts[i].condition, count);
        if (length < (int)size)
            length += snprintf(sql + length, size - (size_t)length, " AND %s", piece);
    }
    if (length < (int)size)
        length += snprintf(sql + length, size - (size_t)length, " ORDER BY name");
    return length < (int)size ? count : -1;
}
