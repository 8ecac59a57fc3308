#include <stddef.h>
#include <stdint.h>

#define END_OF_FILE 0xFFFF

long count_blocks(const uint16_t *next, size_t entries, uint16_t start) {
    long blocks = 0;
    uint16_t block = start;
    while (block != END_OF_FILE) {
        /* More steps than blocks means that the image leads in a circle. */
        if (block >= entries || (size_t)blocks >= entries)
            return -1;
        block = next[block];
        blocks++;
    }
    return blocks;
}
