#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

class Sprite {
public:
    Sprite(std::size_t width, std::size_t height, std::uint8_t *decoded)
        : width_(width), height_(height), pixels_(decoded) {}

    Sprite(const Sprite &other) : Sprite(other.width_, other.height_, allocate(other.width_ * other.height_)) {
        std::memcpy(pixels_.get(), other.pixels_.get(), width_ * height_);
    }

    // By value: what is assigned is a copy already, and the old pixels are freed with it, once.
    Sprite &operator=(Sprite other) noexcept {
        std::swap(width_, other.width_);
        std::swap(height_, other.height_);
        std::swap(pixels_, other.pixels_);
        return *this;
    }

    std::uint8_t &at(std::size_t x, std::size_t y) { return pixels_.get()[y * width_ + x]; }

private:
    struct Free {
        void operator()(std::uint8_t *pixels) const { std::free(pixels); }
    };

    static std::uint8_t *allocate(std::size_t size) {
        void *pixels = std::malloc(size);
        return pixels != nullptr ? static_cast<std::uint8_t *>(pixels) : throw std::bad_alloc();
    }

    std::size_t width_, height_;
    std::unique_ptr<std::uint8_t, Free> pixels_;
};
