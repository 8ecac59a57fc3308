#include <fstream>
#include <string>

bool save(const std::string &path, const std::string &progress) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << "progress 1\n" << progress << '\n';
    // Most of it was only buffered so far; a full disk shows when the buffer is written.
    file.close();
    return file.good();
}
