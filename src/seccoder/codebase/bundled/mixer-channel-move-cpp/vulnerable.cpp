#include <cstddef>
#include <utility>

float *acquire_buffer(std::size_t frames);
void release_buffer(float *buffer);

class Channel {
public:
    explicit Channel(std::size_t frames) : buffer_(acquire_buffer(frames)) {}
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;
    Channel(Channel &&other) noexcept : buffer_(other.buffer_) {}
    Channel &operator=(Channel &&other) noexcept {
        if (this != &other) {
            release();
            buffer_ = other.buffer_;
        }
        return *this;
    }
    ~Channel() { release(); }
    float *data() const { return buffer_; }

private:
    void release() {
        if (buffer_ != nullptr)
            release_buffer(buffer_);
    }
    float *buffer_;
};
