#include <algorithm>
#include <stdexcept>
#include <string>

std::string name_command(const std::string &name) {
    const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
    // A line break is where the lamp's next command begins.
    if (name.empty() || name.size() > 16 || !std::all_of(name.begin(), name.end(), printable))
        throw std::invalid_argument("a name has 1 to 16 printable characters");
    return "NAME " + name + "\n";
}
