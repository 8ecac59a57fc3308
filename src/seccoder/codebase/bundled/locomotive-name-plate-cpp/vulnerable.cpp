#include <cstdint>
#include <cstring>

struct Message {
    std::uint16_t address;
    char name[12];
};

void set_name(Message &message, const char *name) {
    std::strcpy(message.name, name);
}
