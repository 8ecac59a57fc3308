#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

struct Transition {
    std::int64_t moment;
    std::int32_t offset;
};

struct TimeZone {
    std::int32_t first_offset;
    std::vector<Transition> transitions;
};

std::int32_t offset_at(const TimeZone &zone, std::int64_t moment) {
    if (zone.transitions.empty()) {
        return zone.first_offset;
    }
    const auto next = std::upper_bound(
        zone.transitions.begin(), zone.transitions.end(), moment,
        [](std::int64_t wanted, const Transition &transition) { return wanted < transition.moment; });

    return std::prev(next)->offset;
}
