#include <stdexcept>
#include <string>

std::string name_command(const std::string &name) {
    if (name.empty() || name.size() > 16)
        throw std::invalid_argument("a name has 1 to 16 characters");
    return "NAME " + name + "\n";
}
