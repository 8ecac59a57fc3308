#include <string>
#include <string_view>

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string figure(const std::string &file, const std::string &caption) {
    const std::string text = escaped(caption);
    return "<figure><img src=\"" + file + "\" alt=\"" + text + "\"><figcaption>" + text + "</figcaption></figure>";
}
