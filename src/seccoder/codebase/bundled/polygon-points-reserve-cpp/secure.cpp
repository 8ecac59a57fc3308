#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

struct Point {
    std::uint16_t x, y;
};

static std::uint32_t number(std::string_view bytes, std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = size - 1; i >= 0; i--)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

std::optional<std::vector<Point>> polygon(std::string_view bytes) {
    if (bytes.size() < 4)
        return std::nullopt;
    const std::uint32_t count = number(bytes, 0, 4);
    // Whoever wrote the file wrote the number; the size of the buffer is a fact.
    if (count > (bytes.size() - 4) / 4)
        return std::nullopt;
    std::vector<Point> points(count);
    for (std::size_t i = 0; i < count; i++)
        points[i] = {static_cast<std::uint16_t>(number(bytes, 4 + i * 4, 2)),
                     static_cast<std::uint16_t>(number(bytes, 6 + i * 4, 2))};
    return points;
}
