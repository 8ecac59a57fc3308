#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <system_error>

using Clock = std::chrono::system_clock;

Clock::time_point fresh_until(Clock::time_point received, std::string_view max_age) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(max_age.data(), max_age.data() + max_age.size(), seconds);

    if (error != std::errc() || end != max_age.data() + max_age.size()) {
        return received;
    }
    return received + std::chrono::seconds(std::max<std::int64_t>(seconds, 0));
}
