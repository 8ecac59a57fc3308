#include <stdbool.h>
#include <string.h>

struct setting {
    const char *key;
    const char *value;
};

bool parse_setting(char *line, struct setting *setting) {
    line[strcspn(line, "\r\n")] = '\0';

    char *equals = strchr(line, '=');
    /* A blank line or a forgotten "=" is everyday input, and strchr answers it with NULL. */
    if (equals == NULL) {
        return false;
    }
    *equals = '\0';
    setting->key = line;
    setting->value = equals + 1;
    return setting->key[0] != '\0';
}
