#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

struct SaveHeader {
    int version;
    std::string player;
};

struct CloseFile {
    void operator()(std::FILE *file) const { std::fclose(file); }
};

SaveHeader read_save_header(const std::string &path) {
    // Owned from the start: closed whether the header is returned or any of the lines below throws.
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
    if (file == nullptr) {
        throw std::runtime_error("cannot open " + path);
    }
    SaveHeader header{};
    char player[64];
    if (std::fscanf(file.get(), "SAV2 %4d %63[^\n]", &header.version, player) != 2) {
        throw std::runtime_error(path + " is not a saved game");
    }
    if (header.version < 1 || header.version > 7) {
        throw std::runtime_error(path + " was saved by another version");
    }
    header.player = player;
    return header;
}
