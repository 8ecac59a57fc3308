#include <algorithm>
#include <istream>
#include <string>
#include <string_view>

class ServiceMenu {
public:
    explicit ServiceMenu(std::istream &settings) {
        constexpr std::string_view name = "service_pin=";
        for (std::string line; std::getline(settings, line);) {
            if (line.compare(0, name.size(), name) == 0) {
                pin_ = line.substr(name.size());
            }
        }
        // Set when the machine is installed. There is no default: one PIN for all machines is soon known to all.
        const bool digits = std::all_of(pin_.begin(), pin_.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (pin_.size() < 6 || !digits) {
            pin_.clear();
        }
    }

    bool opens(std::string_view typed) const { return !pin_.empty() && typed == pin_; }

private:
    std::string pin_;
};
