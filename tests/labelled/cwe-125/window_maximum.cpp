// secure: the window ends where the values do
#include <algorithm>
#include <vector>

int highest(const std::vector<int> &values, std::size_t first, std::size_t width) {
    if (first >= values.size() || width == 0) return 0;
    std::size_t last = std::min(width, values.size() - first) + first;
    int most = values[first];
    for (std::size_t i = first; i < last; i++) most = std::max(most, values[i]);
    return most;
}
