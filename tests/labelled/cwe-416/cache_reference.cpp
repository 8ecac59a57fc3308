// vulnerable: the reference is held over the growth of the vector
#include <string>
#include <vector>

class Labels {
public:
    std::size_t add_twice(const std::string &text) {
        texts_.push_back(text);
        const std::string &first = texts_.back();
        texts_.reserve(texts_.size() + 100);
        return first.size();
    }

private:
    std::vector<std::string> texts_;
};
