#include <string>
#include <string_view>

std::string city_cookie(std::string_view city) {
    return "Set-Cookie: city=" + std::string(city) + "; Path=/; Max-Age=31536000; SameSite=Lax\r\n";
}

std::string city_of_cookie(std::string_view value) {
    return std::string(value);
}
