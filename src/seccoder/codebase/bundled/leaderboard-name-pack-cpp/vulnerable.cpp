#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

struct HighScore {
    char name[16];
    std::uint32_t score;
};

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

HighScore pack_score(std::string_view name, std::uint32_t score) {
    HighScore record{};
    std::size_t bytes = 0, characters = 0;

    while (bytes < name.size() && (characters < sizeof record.name || continues_character(name[bytes]))) {
        characters += !continues_character(name[bytes]);
        ++bytes;
    }
    std::copy_n(name.begin(), bytes, record.name);
    record.score = score;
    return record;
}
