#include <ostream>
#include <string_view>

namespace {

void write_value(std::ostream &log, std::string_view value) {
    constexpr char hex[] = "0123456789abcdef";

    log << '"';
    for (const unsigned char c : value) {
        if (c == '"' || c == '\\') {
            log << '\\' << c;
        } else if (c >= ' ' && c <= '~') {
            log << c;
        } else { // line ends, escape sequences, and whatever else a terminal may act on
            log << "\\x" << hex[c >> 4] << hex[c & 15];
        }
    }
    log << '"';
}

} // namespace

void log_command(std::ostream &log, std::string_view time, std::string_view user, std::string_view command) {
    log << time << " user=";
    write_value(log, user);
    log << " command=";
    write_value(log, command);
    log << '\n';
}
