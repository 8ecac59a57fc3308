#include <stdbool.h>
#include <string.h>

struct setting {
    const char *key;
    const char *value;
};

bool parse_setting(char *line, struct setting *setting) {
    line[strcspn(line, "\r\n")] = '\0';

    char *equals = strchr(line, '=');
    *equals = '\0';
    setting->key = line;
    setting->value = equals + 1;
    return setting->key[0] != '\0';
}
