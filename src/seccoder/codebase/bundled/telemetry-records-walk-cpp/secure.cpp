#include <cstddef>
#include <cstdint>

long count_records(const std::uint8_t *buffer, std::size_t size) {
    long records = 0;
    std::size_t at = 0;
    while (at < size) {
        const std::size_t length = buffer[at];
        // Without progress the loop would not end, and beyond the rest it would read elsewhere.
        if (length == 0 || length > size - at)
            return -1;
        at += length;
        records++;
    }
    return records;
}
