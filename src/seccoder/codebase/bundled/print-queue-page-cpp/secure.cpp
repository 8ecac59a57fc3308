#include <sstream>
#include <string>
#include <string_view>
#include <vector>

struct Job {
    int number;
    std::string document, owner;
    int pages;
};

// Safe in the text of an element and in an attribute's value between quotes of either kind.
static std::string html(std::string_view text) {
    std::string escaped;

    for (const char c : text) {
        switch (c) {
        case '&': escaped += "&amp;"; break;
        case '<': escaped += "&lt;"; break;
        case '>': escaped += "&gt;"; break;
        case '"': escaped += "&quot;"; break;
        case '\'': escaped += "&#39;"; break;
        default: escaped += c;
        }
    }
    return escaped;
}

std::string queue_table(const std::vector<Job> &jobs) {
    std::ostringstream page;

    page << "<table>\n<tr><th>Document</th><th>Pages</th></tr>\n";
    for (const Job &job : jobs) {
        page << "<tr><td><a href=\"/jobs/" << job.number << "\" title=\"" << html(job.owner) << "\">"
             << html(job.document) << "</a></td><td>" << job.pages << "</td></tr>\n";
    }
    page << "</table>\n";
    return page.str();
}
