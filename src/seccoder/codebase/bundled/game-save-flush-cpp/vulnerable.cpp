#include <fstream>
#include <string>

bool save(const std::string &path, const std::string &progress) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (!file.is_open())
        return false;
    file << "progress 1\n" << progress << '\n';
    return true;
}
