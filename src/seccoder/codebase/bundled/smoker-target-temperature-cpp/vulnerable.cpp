#include <string>

struct Smoker {
    int target = 60;
};

bool set_target(Smoker &smoker, const std::string &text) {
    std::size_t stopped = 0;
    const int degrees = std::stoi(text, &stopped);
    if (stopped != text.size() || degrees < 30 || degrees > 140)
        return false;
    smoker.target = degrees;
    return true;
}
