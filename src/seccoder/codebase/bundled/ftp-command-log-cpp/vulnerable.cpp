#include <iomanip>
#include <ostream>
#include <string_view>

void log_command(std::ostream &log, std::string_view time, std::string_view user, std::string_view command) {
    log << time << " user=" << std::quoted(user) << " command=" << std::quoted(command) << '\n';
}
