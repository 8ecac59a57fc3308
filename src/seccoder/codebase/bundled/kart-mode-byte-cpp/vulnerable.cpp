#include <array>
#include <cstdint>
#include <optional>

enum class Mode : std::uint8_t { eco, normal, sport, reverse };

std::optional<Mode> mode_from(std::uint8_t byte) {
    return static_cast<Mode>(byte);
}

const char *mode_name(std::uint8_t byte) {
    static const std::array<const char *, 4> names{"eco", "normal", "sport", "reverse"};
    const auto mode = mode_from(byte);
    return mode ? names[static_cast<std::size_t>(*mode)] : "?";
}
