#include <optional>
#include <vector>

std::optional<std::vector<long>> split(long cents, int guests) {
    // The number comes from a form: zero guests end a program that divides by them.
    if (guests <= 0 || cents < 0)
        return std::nullopt;
    const long share = cents / guests, left = cents % guests;
    std::vector<long> shares(static_cast<std::size_t>(guests), share);
    for (long i = 0; i < left; i++)
        shares[static_cast<std::size_t>(i)]++;
    return shares;
}
