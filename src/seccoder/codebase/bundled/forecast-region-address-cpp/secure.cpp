#include <algorithm>
#include <optional>
#include <string>

std::optional<std::string> forecast_address(const std::string &region) {
    const auto label = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    // One label: no dot, slash, hash, at or colon can move the request to another host.
    if (region.empty() || region.size() > 40 || !std::all_of(region.begin(), region.end(), label) ||
        region.front() == '-' || region.back() == '-')
        return std::nullopt;
    return "https://" + region + ".forecast.example/v1/today";
}
