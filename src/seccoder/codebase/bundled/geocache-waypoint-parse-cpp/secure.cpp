#include <charconv>
#include <optional>
#include <string_view>

struct Waypoint {
    double latitude, longitude;
};

std::optional<Waypoint> parse_waypoint(std::string_view text) {
    Waypoint point{};
    const char *const end = text.data() + text.size();
    const auto [comma, wrong] = std::from_chars(text.data(), end, point.latitude);
    if (wrong != std::errc{} || comma == end || *comma != ',')
        return std::nullopt;
    const auto [rest, also_wrong] = std::from_chars(comma + 1, end, point.longitude);
    if (also_wrong != std::errc{} || rest != end)
        return std::nullopt;
    // "Is inside" and not "is outside": with NaN every comparison is false.
    if (!(point.latitude >= -90 && point.latitude <= 90 && point.longitude >= -180 && point.longitude <= 180))
        return std::nullopt;
    return point;
}
