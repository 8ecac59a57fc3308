#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * Reads "HOST:PORT" as given with --listen, such as "127.0.0.1:8080". The host (not empty) is copied to host, which has
 * room for size characters, the terminating one included.
 *
 * Returns false if the text is not like that, the host does not fit, or there can be no such port.
 */
bool parse_listen(const char *text, char *host, size_t size, uint16_t *port)
{
    const char *colon = strrchr(text, ':');

    if (colon == NULL || colon == text || (size_t)(colon - text) >= size)
        return false;
    if (colon[1] < '0' || colon[1] > '9')
        return false; /* no sign and no blanks, which strtoul would take */
    char *end;
    unsigned long number = strtoul(colon + 1, &end, 10);
    if (*end != '\0' || number < 1 || number > UINT16_MAX)
        return false;
    memcpy(host, text, (size_t)(colon - text));
    host[colon - text] = '\0';
    *port = (uint16_t)number;
    return true;
}
