#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

class NamePool {
public:
    std::size_t id(std::string_view name) {
        if (const auto known = ids_.find(name); known != ids_.end()) {
            return known->second;
        }
        names_.emplace_back(name);
        return ids_.emplace(names_.back(), names_.size() - 1).first->second;
    }

    const std::string &name(std::size_t id) const { return names_.at(id); }

    NamePool() = default;
    NamePool(const NamePool &) = delete;
    NamePool &operator=(const NamePool &) = delete;

private:
    // A deque, because the keys below point into its strings: it never moves them when it grows.
    std::deque<std::string> names_;
    std::unordered_map<std::string_view, std::size_t> ids_;
};
