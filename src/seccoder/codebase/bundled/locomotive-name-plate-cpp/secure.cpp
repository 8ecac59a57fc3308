#include <cstdint>
#include <iterator>
#include <string_view>

struct Message {
    std::uint16_t address;
    char name[12];
};

void set_name(Message &message, const char *name) {
    // copy() writes no more than it is told, and no zero byte: that one is ours to keep room for.
    const auto length = std::string_view(name).copy(message.name, std::size(message.name) - 1);
    message.name[length] = '\0';
}
