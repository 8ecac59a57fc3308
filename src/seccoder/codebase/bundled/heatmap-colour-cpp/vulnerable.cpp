#include <algorithm>
#include <array>
#include <cstdint>

constexpr std::uint32_t no_reading = 0x808080;
constexpr std::array<std::uint32_t, 5> palette{0x2040c0, 0x20a0c0, 0x40c040, 0xe0c020, 0xd02020};

std::uint32_t heat_colour(double celsius, double coldest, double hottest) {
    const double position = (celsius - coldest) / (hottest - coldest);
    return palette[static_cast<int>(std::clamp(position, 0.0, 1.0) * (palette.size() - 1) + 0.5)];
}
