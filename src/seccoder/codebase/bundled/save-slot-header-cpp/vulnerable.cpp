#include <cstdio>
#include <stdexcept>
#include <string>

struct SaveHeader {
    int version;
    std::string player;
};

SaveHeader read_save_header(const std::string &path) {
    std::FILE *file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) {
        throw std::runtime_error("cannot open " + path);
    }
    SaveHeader header{};
    char player[64];
    if (std::fscanf(file, "SAV2 %4d %63[^\n]", &header.version, player) != 2) {
        throw std::runtime_error(path + " is not a saved game");
    }
    if (header.version < 1 || header.version > 7) {
        throw std::runtime_error(path + " was saved by another version");
    }
    header.player = player;
    std::fclose(file);
    return header;
}
