#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

struct CanFrame {
    std::uint32_t id = 0;
    std::uint8_t length = 0;
    std::array<std::uint8_t, 8> data{};
};

std::optional<CanFrame> decode_frame(const std::uint8_t *bytes, std::size_t size) {
    constexpr std::size_t header = 5;
    if (size < header) {
        return std::nullopt;
    }
    CanFrame frame;
    frame.id = std::uint32_t{bytes[0]} << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    frame.length = bytes[4] & 0x0f;
    if (size - header < frame.length) {
        return std::nullopt;
    }
    std::memcpy(frame.data.data(), bytes + header, frame.length);
    return frame;
}
