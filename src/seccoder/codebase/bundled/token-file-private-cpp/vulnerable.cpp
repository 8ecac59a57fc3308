#include <fstream>
#include <string>

bool save_token(const std::string &path, const std::string &token) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << token;
    file.close();
    return file.good();
}
