#include <cstddef>
#include <cstdint>
#include <vector>

enum class Exception : std::uint8_t { none = 0, illegal_address = 2, illegal_value = 3 };

Exception write_registers(std::vector<std::uint16_t> &registers, const std::vector<std::uint8_t> &request) {
    if (request.size() < 6 || request[0] != 16) {
        return Exception::illegal_value;
    }
    const std::uint16_t start = request[1] << 8 | request[2];
    const std::uint16_t count = request[3] << 8 | request[4];
    if (count == 0 || count > 123 || request[5] != count * 2 || request.size() != 6u + request[5]) {
        return Exception::illegal_value;
    }
    const std::uint16_t end = start + count;
    if (end > registers.size()) {
        return Exception::illegal_address;
    }
    for (std::size_t i = 0; i < count; ++i) {
        registers[start + i] = request[6 + 2 * i] << 8 | request[7 + 2 * i];
    }
    return Exception::none;
}
