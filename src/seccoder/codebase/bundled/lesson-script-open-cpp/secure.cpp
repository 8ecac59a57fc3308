#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace fs = std::filesystem;

std::optional<std::string> read_lesson(const fs::path &folder, const std::string &link) {
    std::error_code error;
    const fs::path base = fs::canonical(folder, error);
    if (error || link.find('\0') != link.npos)
        return std::nullopt;
    const fs::path file = fs::weakly_canonical(base / link, error);
    // By components, after dots and links are gone: a comparison of text would let folder-2 pass.
    if (error || std::mismatch(base.begin(), base.end(), file.begin(), file.end()).first != base.end())
        return std::nullopt;
    std::ifstream in(file, std::ios::binary);
    if (!in || !fs::is_regular_file(file, error))
        return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}
