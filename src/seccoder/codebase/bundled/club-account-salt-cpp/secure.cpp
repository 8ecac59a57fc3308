#include <functional>
#include <stdexcept>
#include <string>
#include <sys/random.h>

struct Stored {
    std::string salt, hash;
};

using Derive = std::function<std::string(const std::string &password, const std::string &salt)>;

Stored new_account(const std::string &login, const std::string &password, const Derive &derive) {
    if (login.empty() || password.empty())
        throw std::invalid_argument("login and password are needed");
    std::string salt(16, '\0');
    // Nobody can compute hashes before this is stolen: it cannot be told from anything known.
    if (getrandom(salt.data(), salt.size(), 0) != static_cast<ssize_t>(salt.size()))
        throw std::runtime_error("no randomness");
    return {salt, derive(password, salt)};
}
