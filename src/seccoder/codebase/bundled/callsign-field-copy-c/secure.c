#include <string.h>

#define CALL_SIZE 12

int copy_call(char call[CALL_SIZE], const char *message) {
    size_t length = strcspn(message, " ");
    /* Not "greater": the zero byte needs the last place. */
    if (length >= CALL_SIZE)
        return -1;
    memcpy(call, message, length);
    call[length] = '\0';
    return (int)length;
}
