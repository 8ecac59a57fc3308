#include <string>
#include <string_view>

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        // One of the two places is an attribute, which a quote would end.
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string figure(const std::string &file, const std::string &caption) {
    const std::string text = escaped(caption);
    return "<figure><img src=\"" + file + "\" alt=\"" + text + "\"><figcaption>" + text + "</figcaption></figure>";
}
