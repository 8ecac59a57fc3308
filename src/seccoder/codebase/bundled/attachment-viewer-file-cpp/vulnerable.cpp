#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

std::filesystem::path attachment_file(std::string_view content, const std::string &extension) {
    static int number = 0;
    const std::string name = "attachment-" + std::to_string(++number) + extension;
    const std::filesystem::path path = std::filesystem::temp_directory_path() / name;
    std::ofstream file(path, std::ios::binary);

    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    if (!file) {
        throw std::system_error(errno, std::generic_category(), path.string());
    }
    return path;
}
