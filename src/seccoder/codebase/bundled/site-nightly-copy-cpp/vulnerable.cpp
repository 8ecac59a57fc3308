#include <filesystem>
#include <stdexcept>

namespace fs = std::filesystem;

void copy_site(const fs::path &site, const fs::path &backup) {
    if (!fs::is_directory(site)) {
        throw std::runtime_error(site.string() + " is no folder");
    }
    if (!fs::create_directory(backup)) {
        throw std::runtime_error(backup.string() + " is there already");
    }
    fs::copy(site, backup, fs::copy_options::recursive);
}
