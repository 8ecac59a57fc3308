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

    if (channels == 0 || rate == 0 || bits == 0) {
        return false;
    }
    uint32_t bytes_per_second = rate * channels * (bits / 8);
    *milliseconds = (uint64_t)data_size * 1000 / bytes_per_second;
    return true;
}
