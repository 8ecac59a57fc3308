// secure: what does not fit is refused
#include <string.h>

struct buffer {
    char *data;
    size_t used;
    size_t capacity;
};

int buffer_append(struct buffer *buffer, const char *text) {
    size_t length = strlen(text);
    if (buffer->used > buffer->capacity || length > buffer->capacity - buffer->used) return -1;
    memcpy(buffer->data + buffer->used, text, length);
    buffer->used += length;
    return 0;
}
