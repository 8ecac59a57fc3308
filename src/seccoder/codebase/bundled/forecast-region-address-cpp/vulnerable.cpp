#include <optional>
#include <string>

std::optional<std::string> forecast_address(const std::string &region) {
    if (region.empty() || region.size() > 40)
        return std::nullopt;
    return "https://" + region + ".forecast.example/v1/today";
}
