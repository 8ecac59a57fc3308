#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct Node {
    virtual ~Node() = default;
};

struct Value : Node {
    std::string text;
};

struct Section : Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> children;
};

std::optional<std::string> find_setting(const Section &root, std::string_view path) {
    const Node *node = &root;
    bool more = true;

    while (more) {
        const auto *section = dynamic_cast<const Section *>(node);
        // Not every step of a path leads to a section: "editor/font/size" may go through a value.
        if (section == nullptr) {
            return std::nullopt;
        }
        const auto slash = path.find('/');
        const auto child = section->children.find(path.substr(0, slash));
        if (child == section->children.end()) {
            return std::nullopt;
        }
        node = child->second.get();
        more = slash != std::string_view::npos;
        path.remove_prefix(more ? slash + 1 : path.size());
    }
    const auto *value = dynamic_cast<const Value *>(node);
    return value != nullptr ? std::optional(value->text) : std::nullopt;
}
