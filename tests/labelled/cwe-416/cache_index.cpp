// secure: an index stays good when the vector grows
#include <string>
#include <vector>

class Labels {
public:
    std::size_t add_twice(const std::string &text) {
        texts_.push_back(text);
        std::size_t first = texts_.size() - 1;
        texts_.reserve(texts_.size() + 100);
        return texts_[first].size();
    }

private:
    std::vector<std::string> texts_;
};
