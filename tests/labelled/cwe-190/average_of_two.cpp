// vulnerable: the sum of two large values does not fit
#include <vector>

int middle(const std::vector<int> &values, std::size_t i) {
    if (i + 1 >= values.size()) return 0;
    return (values[i] + values[i + 1]) / 2;
}
