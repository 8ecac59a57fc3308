#include <charconv>
#include <stdexcept>
#include <string_view>

static bool take(std::string_view &text, char c) {
    const bool there = !text.empty() && text.front() == c;
    text.remove_prefix(there);
    return there;
}

static double sum(std::string_view &text);

static double factor(std::string_view &text) {
    double value = 0;
    if (take(text, '-'))
        return -factor(text);
    if (take(text, '(')) {
        value = sum(text);
        return take(text, ')') ? value : throw std::invalid_argument("a parenthesis is not closed");
    }
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || text.front() > '9') // inf and nan are none of our numbers
        throw std::invalid_argument("a number is missing");
    text.remove_prefix(rest - text.data());
    return value;
}

static double sum(std::string_view &text) {
    double total = 0;
    for (int sign = 1; sign != 0; sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0) {
        double product = factor(text);
        while (take(text, '*'))
            product *= factor(text);
        total += sign * product;
    }
    return total;
}

double formula_value(std::string_view text) {
    const double value = sum(text);
    return text.empty() ? value : throw std::invalid_argument("unexpected character");
}
