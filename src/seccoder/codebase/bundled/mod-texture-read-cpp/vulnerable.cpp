#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>

namespace fs = std::filesystem;

std::optional<std::string> read_texture(const fs::path &mod, const std::string &name) {
    for (const fs::path &part : fs::path(name)) {
        if (part == "..") {
            return std::nullopt;
        }
    }
    std::error_code missing;
    const fs::path file = mod / name;
    if (!fs::is_regular_file(file, missing)) {
        return std::nullopt;
    }
    std::ifstream texture(file, std::ios::binary);
    if (!texture) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(texture), {});
}
