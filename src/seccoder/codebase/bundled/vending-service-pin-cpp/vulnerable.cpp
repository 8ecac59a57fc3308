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
    }

    bool opens(std::string_view typed) const { return typed == pin_; }

private:
    std::string pin_ = "739205";
};
