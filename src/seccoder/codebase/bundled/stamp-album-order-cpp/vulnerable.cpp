#include <stdexcept>
#include <string>
#include <string_view>

std::string album_query(std::string_view column, std::string_view direction) {
    std::string sql = "SELECT title, year, value FROM stamps WHERE album = ?1 ORDER BY ";
    if (column.empty())
        throw std::invalid_argument("unknown column");
    return sql.append(column).append(" ").append(direction).append(", title");
}
