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
    if (message.type == 1)
        return static_cast<const Text &>(message).text;
    if (message.type == 2) {
        const auto &image = static_cast<const Image &>(message);
        return "[image " + std::to_string(image.width) + "x" + std::to_string(image.height) + "]";
    }
    return "";
}
