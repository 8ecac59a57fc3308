#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace fs = std::filesystem;

std::optional<std::string> read_lesson(const fs::path &folder, const std::string &link) {
    std::error_code error;
    const fs::path file = folder / link;
    std::ifstream in(file, std::ios::binary);
    if (!in || !fs::is_regular_file(file, error))
        return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}
