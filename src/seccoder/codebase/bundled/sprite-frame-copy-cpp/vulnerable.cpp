#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

class Sprite {
public:
    Sprite(std::size_t width, std::size_t height, std::uint8_t *decoded)
        : width_(width), height_(height), pixels_(decoded) {}

    Sprite(const Sprite &other) : Sprite(other.width_, other.height_, allocate(other.width_ * other.height_)) {
        std::memcpy(pixels_, other.pixels_, width_ * height_);
    }

    ~Sprite() { std::free(pixels_); }

    std::uint8_t &at(std::size_t x, std::size_t y) { return pixels_[y * width_ + x]; }

private:
    static std::uint8_t *allocate(std::size_t size) {
        void *pixels = std::malloc(size);
        return pixels != nullptr ? static_cast<std::uint8_t *>(pixels) : throw std::bad_alloc();
    }

    std::size_t width_, height_;
    std::uint8_t *pixels_;
};
