#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>

namespace fs = std::filesystem;

std::optional<std::string> read_texture(const fs::path &mod, const std::string &name) {
    std::error_code missing;
    const fs::path root = fs::canonical(mod, missing);
    if (missing) {
        return std::nullopt;
    }
    const fs::path file = fs::canonical(root / name, missing);
    if (missing) {
        return std::nullopt;
    }
    // Compared when links and ".." are resolved; if the name is absolute, root / name is just the name.
    const bool inside = std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first == root.end();
    if (!inside || !fs::is_regular_file(file, missing)) {
        return std::nullopt;
    }
    std::ifstream texture(file, std::ios::binary);
    if (!texture) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(texture), {});
}
