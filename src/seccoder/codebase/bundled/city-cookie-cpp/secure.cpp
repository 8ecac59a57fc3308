#include <charconv>
#include <string>
#include <string_view>

// Percent-encoded: what ends a value, an attribute, a header or the head of the response cannot be in it.
std::string city_cookie(std::string_view city) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
    std::string value;

    for (const char c : city) {
        if (plain.find(c) != plain.npos) {
            value += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            value += {'%', hex[byte >> 4], hex[byte & 15]};
        }
    }
    return "Set-Cookie: city=" + value + "; Path=/; Max-Age=31536000; SameSite=Lax\r\n";
}

std::string city_of_cookie(std::string_view value) {
    std::string city;

    while (!value.empty()) {
        unsigned char byte = 0;
        const char *digits = value.data() + 1;
        if (value.size() >= 3 && value[0] == '%' && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            city += static_cast<char>(byte);
            value.remove_prefix(3);
        } else {
            city += value[0];
            value.remove_prefix(1);
        }
    }
    return city;
}
