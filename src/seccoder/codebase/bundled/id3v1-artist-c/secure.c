#include <stddef.h>
#include <string.h>

struct id3v1 {
    char magic[3];
    char title[30];
    char artist[30];
    char album[30];
    char year[4];
    char comment[30];
    unsigned char genre;
};

char *id3v1_artist(const struct id3v1 *tag) {
    if (memcmp(tag->magic, "TAG", sizeof tag->magic) != 0) {
        return NULL;
    }
    /* An artist of 30 characters fills the field and has no terminator: the size ends it, too. */
    return strndup(tag->artist, sizeof tag->artist);
}
