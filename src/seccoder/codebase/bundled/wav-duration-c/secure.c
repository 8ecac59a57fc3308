#include <stdbool.h>
#include <stdint.h>

static uint32_t little_endian(const uint8_t *bytes, int count) {
    uint32_t value = 0;

    while (count-- > 0) {
        value = value << 8 | bytes[count];
    }
    return value;
}

bool wav_duration(const uint8_t fmt[16], uint32_t data_size, uint64_t *milliseconds) {
    uint32_t channels = little_endian(fmt + 2, 2);
    uint32_t rate = little_endian(fmt + 4, 4);
    uint32_t bits = little_endian(fmt + 14, 2);
    uint64_t bytes_per_second = (uint64_t)rate * channels * (bits / 8);

    /* The divisor itself, not its factors: fewer than 8 bits make 0 bytes. */
    if (bytes_per_second == 0) {
        return false;
    }
    *milliseconds = (uint64_t)data_size * 1000 / bytes_per_second;
    return true;
}
