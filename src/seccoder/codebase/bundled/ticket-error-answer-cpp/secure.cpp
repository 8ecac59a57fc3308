#include <exception>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>

struct TicketError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::pair<int, std::string> answer(const std::exception &error, std::ostream &log) {
    if (dynamic_cast<const TicketError *>(&error) != nullptr)
        return {400, error.what()};
    log << "request failed: " << error.what() << '\n';
    // Details are for us: they tell a stranger how the server is built.
    return {500, "This did not work. Please try again later."};
}
