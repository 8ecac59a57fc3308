#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <system_error>

using Clock = std::chrono::system_clock;

Clock::time_point fresh_until(Clock::time_point received, std::string_view max_age) {
    constexpr std::int64_t year = 365 * 24 * 60 * 60;
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(max_age.data(), max_age.data() + max_age.size(), seconds);

    if (error == std::errc::result_out_of_range && max_age.front() != '-') {
        seconds = year;
    } else if (error != std::errc() || end != max_age.data() + max_age.size()) {
        return received;
    }
    // Capped while they are seconds: the clock counts nanoseconds, of which 64 bits hold just 292 years.
    return received + std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, year));
}
