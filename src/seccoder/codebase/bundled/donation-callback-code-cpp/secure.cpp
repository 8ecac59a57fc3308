#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

bool genuine(std::string_view body, std::string_view code, const std::function<std::string(std::string_view)> &hmac) {
    const std::string right = hmac(body);
    // All of it: an empty or short code would be right as far as it goes.
    if (right.empty() || code.size() != right.size())
        return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < right.size(); ++i)
        difference |= static_cast<unsigned char>(code[i] ^ right[i]);
    return difference == 0;
}
