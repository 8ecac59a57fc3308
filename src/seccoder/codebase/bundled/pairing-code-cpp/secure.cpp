#include <cstddef>
#include <random>
#include <string>
#include <string_view>

std::string pairing_code() {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    // The system's generator for each character; seeding an engine with its 32 bits would leave only 2^32 codes.
    std::random_device system;
    std::uniform_int_distribution<std::size_t> any(0, alphabet.size() - 1);
    std::string code;

    for (int i = 0; i < 10; ++i) {
        code += alphabet[any(system)];
    }
    return code;
}
