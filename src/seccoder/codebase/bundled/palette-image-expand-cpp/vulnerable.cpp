#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>

using Palette = std::array<std::uint32_t, 16>;

std::unique_ptr<std::uint32_t[]> expand(std::span<const std::uint8_t> bytes, std::uint16_t width, std::uint16_t height,
                                        const Palette &palette) {
    const std::size_t stride = (std::size_t{width} + 1) / 2;
    if (bytes.size() < stride * height)
        throw std::runtime_error("image is cut off");
    auto pixels = std::make_unique<std::uint32_t[]>(std::size_t{width} * height);
    std::uint32_t *out = pixels.get();
    for (std::size_t y = 0; y < height; ++y) {
        out = pixels.get() + y * width;
        for (std::size_t x = 0; x < stride; ++x) {
            const std::uint8_t both = bytes[y * stride + x];
            *out++ = palette[both >> 4];
            *out++ = palette[both & 15];
        }
    }
    return pixels;
}
