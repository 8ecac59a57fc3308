#include <memory>
#include <string>

struct Message {
    int type = 0; // as the sender gave it
    virtual ~Message() = default;
};
struct Text : Message {
    std::string text;
};
struct Image : Message {
    int width = 0, height = 0;
};
struct Ping : Message {};

std::string line(const Message &message) {
    // The object knows its class; the number in it only says what somebody claimed.
    if (const auto *text = dynamic_cast<const Text *>(&message))
        return text->text;
    if (const auto *image = dynamic_cast<const Image *>(&message))
        return "[image " + std::to_string(image->width) + "x" + std::to_string(image->height) + "]";
    return "";
}
