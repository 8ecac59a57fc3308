#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

using Bytes = std::vector<std::uint8_t>;

enum class Slot : std::uint8_t { application = 0, bootloader = 1 };

constexpr std::array<std::size_t, 2> slot_capacity{64 * 1024, 8 * 1024};

struct Update {
    Slot slot;
    std::uint16_t version;
    Bytes image;
};

std::optional<Update> decode_update(const Bytes &message) {
    constexpr std::array<std::uint8_t, 4> magic{'F', 'W', 'U', '1'};
    constexpr std::size_t header = 11;

    if (message.size() < header || !std::equal(magic.begin(), magic.end(), message.begin())) {
        return std::nullopt;
    }
    const std::uint8_t slot = message[4];
    const std::uint16_t version = message[5] | message[6] << 8;
    const std::size_t size = message[7] | message[8] << 8 | message[9] << 16 | std::uint32_t{message[10]} << 24;
    if (size == 0 || size != message.size() - header) {
        return std::nullopt;
    }
    return Update{static_cast<Slot>(slot), version, Bytes(message.begin() + header, message.end())};
}
