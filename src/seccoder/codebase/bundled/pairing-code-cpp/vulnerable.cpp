#include <cstddef>
#include <ctime>
#include <random>
#include <string>
#include <string_view>

std::string pairing_code() {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static std::mt19937 engine(static_cast<unsigned>(std::time(nullptr)));
    std::uniform_int_distribution<std::size_t> any(0, alphabet.size() - 1);
    std::string code;

    for (int i = 0; i < 10; ++i) {
        code += alphabet[any(engine)];
    }
    return code;
}
