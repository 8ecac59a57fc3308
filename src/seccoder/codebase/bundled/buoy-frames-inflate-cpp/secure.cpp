#include <stdexcept>
#include <string>
#include <zlib.h>

constexpr std::size_t max_readings = 256 * 1024;

std::string inflated(const std::string &message) {
    z_stream stream{};
    std::string readings;
    char part[4096];
    if (inflateInit(&stream) != Z_OK)
        throw std::runtime_error("no memory to inflate");
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(message.data()));
    stream.avail_in = static_cast<uInt>(message.size());
    int state = Z_OK;
    // The message does not say how large it will be: stop as soon as it is too much.
    while (state == Z_OK && readings.size() <= max_readings) {
        stream.next_out = reinterpret_cast<Bytef *>(part);
        stream.avail_out = sizeof part;
        state = inflate(&stream, Z_NO_FLUSH);
        readings.append(part, sizeof part - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || readings.size() > max_readings)
        throw std::runtime_error("damaged or too large");
    return readings;
}
