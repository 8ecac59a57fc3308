#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

using Rgb = std::array<std::uint8_t, 3>;

class ColourCube {
public:
    static std::optional<ColourCube> load(const std::vector<std::uint8_t> &file) {
        if (file.size() < 4) {
            return std::nullopt;
        }
        const std::uint32_t edge = file[0] | file[1] << 8 | file[2] << 16 | std::uint32_t{file[3]} << 24;
        if (edge < 2 || file.size() - 4 != edge * edge * edge * 3) {
            return std::nullopt;
        }
        return ColourCube(edge, {file.begin() + 4, file.end()});
    }

    Rgb map(const Rgb &colour) const {
        std::size_t entry = 0;
        for (const std::uint8_t channel : colour) {
            entry = entry * edge_ + (channel * (edge_ - 1) + 127) / 255;
        }
        return {entries_[3 * entry], entries_[3 * entry + 1], entries_[3 * entry + 2]};
    }

private:
    ColourCube(std::size_t edge, std::vector<std::uint8_t> entries) : edge_(edge), entries_(std::move(entries)) {}

    std::size_t edge_;
    std::vector<std::uint8_t> entries_;
};
