#include <string>
#include <string_view>

struct Feed {
    std::string title;
};

struct Item {
    std::string author;
    const Feed *feed;
};

std::string_view author(const Item &item) {
    if (!item.author.empty())
        return item.author;
    const std::string editors = item.feed->title + " (editors)";
    return editors;
}
