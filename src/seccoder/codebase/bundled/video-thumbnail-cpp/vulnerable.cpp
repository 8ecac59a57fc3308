#include <cstdlib>
#include <string>

bool make_thumbnail(const std::string &video, const std::string &image) {
    const std::string command = "ffmpegthumbnailer -i \"" + video + "\" -o \"" + image + "\"";

    return std::system(command.c_str()) == 0;
}
