#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

std::string album_query(std::string_view column, std::string_view direction) {
    static constexpr std::array<std::string_view, 3> columns{"title", "year", "value"};
    std::string sql = "SELECT title, year, value FROM stamps WHERE album = ?1 ORDER BY ";
    for (const std::string_view known : columns) {
        // What is appended is ours; what was picked only selects it.
        if (known == column)
            return sql.append(known).append(direction == "desc" ? " DESC" : " ASC").append(", title");
    }
    throw std::invalid_argument("unknown column");
}
