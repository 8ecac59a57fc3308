#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

using Bytes = std::span<const std::byte>;

std::optional<Bytes> next_frame(Bytes &rest) {
    constexpr std::size_t header = 16;
    if (rest.size() < header)
        return std::nullopt;
    std::uint32_t captured;
    std::memcpy(&captured, rest.data() + 8, sizeof captured);
    // subspan() checks nothing: a length that is not there would reach behind the file.
    if (captured > rest.size() - header)
        return std::nullopt;
    const Bytes frame = rest.subspan(header, captured);
    rest = rest.subspan(header + captured);
    return frame;
}
