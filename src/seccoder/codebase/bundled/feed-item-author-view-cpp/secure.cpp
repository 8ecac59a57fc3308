#include <string>

struct Feed {
    std::string title;
};

struct Item {
    std::string author;
    const Feed *feed;
};

// By value: a view of what is put together here would outlive it.
std::string author(const Item &item) {
    if (!item.author.empty())
        return item.author;
    return item.feed->title + " (editors)";
}
