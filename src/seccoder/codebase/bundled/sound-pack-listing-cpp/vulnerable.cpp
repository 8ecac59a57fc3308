#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

std::vector<std::string> listing(const std::string &archive) {
    const std::string command = "tar --list --force-local --file=\"" + archive + "\"";
    std::FILE *out = popen(command.c_str(), "r");
    if (out == nullptr)
        throw std::runtime_error("no pipe");
    std::vector<std::string> names(1);
    for (int c; (c = std::getc(out)) != EOF;)
        c == '\n' ? names.emplace_back() : names.back() += static_cast<char>(c);
    if (pclose(out) != 0)
        throw std::runtime_error("tar failed");
    names.pop_back();
    return names;
}
