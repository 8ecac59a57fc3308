#include <charconv>
#include <string>

struct Smoker {
    int target = 60;
};

bool set_target(Smoker &smoker, const std::string &text) {
    int degrees = 0;
    const char *const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, degrees);
    // Errors are values here: no text can throw through a program that catches nothing.
    if (error != std::errc{} || stopped != end || degrees < 30 || degrees > 140)
        return false;
    smoker.target = degrees;
    return true;
}
