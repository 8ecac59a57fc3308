// vulnerable: what is not found has no value
#include <map>
#include <string>

class Registry {
public:
    void set(const std::string &key, int value) { values_[key] = value; }
    int get(const std::string &key) const {
        const int *found = lookup(key);
        return *found;
    }

private:
    const int *lookup(const std::string &key) const {
        auto at = values_.find(key);
        return at == values_.end() ? nullptr : &at->second;
    }
    std::map<std::string, int> values_;
};
