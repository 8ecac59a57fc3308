// secure: what is not found counts as zero
#include <map>
#include <string>

class Registry {
public:
    void set(const std::string &key, int value) { values_[key] = value; }
    int get(const std::string &key) const {
        const int *found = lookup(key);
        return found != nullptr ? *found : 0;
    }

private:
    const int *lookup(const std::string &key) const {
        auto at = values_.find(key);
        return at == values_.end() ? nullptr : &at->second;
    }
    std::map<std::string, int> values_;
};
