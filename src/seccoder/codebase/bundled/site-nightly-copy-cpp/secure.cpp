#include <filesystem>
#include <stdexcept>

namespace fs = std::filesystem;

void copy_site(const fs::path &site, const fs::path &backup) {
    if (!fs::is_directory(fs::symlink_status(site))) { // the site's folder itself is no link either
        throw std::runtime_error(site.string() + " is no folder");
    }
    if (!fs::create_directory(backup)) {
        throw std::runtime_error(backup.string() + " is there already");
    }
    // Customers make the links, root reads through them: a link is copied as a link, never as what it points to.
    fs::copy(site, backup, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
}
