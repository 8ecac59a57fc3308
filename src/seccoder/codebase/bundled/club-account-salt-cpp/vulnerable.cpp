#include <functional>
#include <stdexcept>
#include <string>

struct Stored {
    std::string salt, hash;
};

using Derive = std::function<std::string(const std::string &password, const std::string &salt)>;

Stored new_account(const std::string &login, const std::string &password, const Derive &derive) {
    if (login.empty() || password.empty())
        throw std::invalid_argument("login and password are needed");
    std::string salt = login;
    salt.resize(16, '#');
    return {salt, derive(password, salt)};
}
