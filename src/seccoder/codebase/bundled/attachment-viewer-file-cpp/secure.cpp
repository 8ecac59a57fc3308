#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

std::filesystem::path attachment_file(std::string_view content, const std::string &extension) {
    std::string path = std::filesystem::temp_directory_path() / ("attachment-XXXXXX" + extension);
    // The folder is everybody's: the name is drawn at random, and the file is made with O_EXCL and mode 0600.
    const int file = mkstemps(path.data(), static_cast<int>(extension.size()));
    int error = file < 0 ? errno : 0;

    while (error == 0 && !content.empty()) {
        const ssize_t written = write(file, content.data(), content.size());
        if (written >= 0) {
            content.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            error = errno;
        }
    }
    if (file >= 0 && close(file) != 0 && error == 0) {
        error = errno;
    }
    if (error != 0) {
        if (file >= 0) {
            unlink(path.c_str());
        }
        throw std::system_error(error, std::generic_category(), path);
    }
    return path;
}
