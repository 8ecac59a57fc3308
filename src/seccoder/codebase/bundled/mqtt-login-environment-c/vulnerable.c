#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct login {
    char user[64];
    char password[64];
};

bool broker_login(struct login *login) {
    const char *user = getenv("MQTT_USER");
    snprintf(login->user, sizeof login->user, "%s", user ? user : "greenhouse");
    snprintf(login->password, sizeof login->password, "%s", "tomato-2024");
    return true;
}
