#include <stdint.h>

struct rates {
    uint64_t packet_size;
    uint64_t per_second;
};

struct rates interval_rates(uint64_t packets, uint64_t bytes, uint64_t from_ms, uint64_t to_ms) {
    struct rates rates;
    rates.packet_size = bytes / packets;
    rates.per_second = packets * 1000 / (to_ms - from_ms);
    return rates;
}
