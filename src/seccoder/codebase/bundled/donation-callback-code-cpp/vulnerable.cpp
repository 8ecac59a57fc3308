#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

bool genuine(std::string_view body, std::string_view code, const std::function<std::string(std::string_view)> &hmac) {
    const std::string right = hmac(body);
    for (std::size_t i = 0; i < code.size(); ++i)
        if (i >= right.size() || code[i] != right[i])
            return false;
    return true;
}
