#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
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
    // The four bits of a DLC count to 15, but in classic CAN everything above 8 means 8 bytes.
    const std::size_t length = std::min<std::size_t>(bytes[4] & 0x0f, frame.data.size());
    if (size - header < length) {
        return std::nullopt;
    }
    frame.length = static_cast<std::uint8_t>(length);
    std::copy_n(bytes + header, length, frame.data.begin());
    return frame;
}
