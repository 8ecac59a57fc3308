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
