#include <stdexcept>
#include <string>
#include <zlib.h>

std::string inflated(const std::string &message) {
    z_stream stream{};
    std::string readings;
    char part[4096];
    if (inflateInit(&stream) != Z_OK)
        throw std::runtime_error("no memory to inflate");
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(message.data()));
    stream.avail_in = static_cast<uInt>(message.size());
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef *>(part);
        stream.avail_out = sizeof part;
        state = inflate(&stream, Z_NO_FLUSH);
        readings.append(part, sizeof part - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END)
        throw std::runtime_error("damaged");
    return readings;
}
