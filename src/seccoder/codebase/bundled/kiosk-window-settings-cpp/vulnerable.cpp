#include <sstream>
#include <string>

struct Window {
    int width;
    int height;
    bool fullscreen;
    std::string title = "Kiosk";
};

void configure(Window &window, const std::string &settings) {
    std::istringstream lines(settings);
    std::string name;
    while (lines >> name) {
        if (name == "width")
            lines >> window.width;
        else if (name == "height")
            lines >> window.height;
        else if (name == "fullscreen")
            window.fullscreen = true;
        else if (name == "title")
            std::getline(lines >> std::ws, window.title);
    }
}
