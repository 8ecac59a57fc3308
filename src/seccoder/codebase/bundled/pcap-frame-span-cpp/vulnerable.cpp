#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

using Bytes = std::span<const std::byte>;

std::optional<Bytes> next_frame(Bytes &rest) {
    constexpr std::size_t header = 16;
    if (rest.empty())
        return std::nullopt;
    std::uint32_t captured;
    std::memcpy(&captured, rest.data() + 8, sizeof captured);
    const Bytes frame = rest.subspan(header, captured);
    rest = rest.subspan(header + captured);
    return frame;
}
