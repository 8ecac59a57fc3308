#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct login {
    char user[64];
    char password[64];
};

static bool setting(const char *name, char *value, size_t size) {
    const char *set = getenv(name);
    if (set == NULL || *set == '\0')
        return false;
    int length = snprintf(value, size, "%s", set);
    return length >= 0 && (size_t)length < size;
}

bool broker_login(struct login *login) {
    /* Each installation has its own, set by the service manager; nothing secret is in the program. */
    return setting("MQTT_USER", login->user, sizeof login->user) &&
           setting("MQTT_PASSWORD", login->password, sizeof login->password);
}
