#include <memory>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

std::vector<std::string> find_subjects(sqlite3 *archive, const std::string &mailbox, const std::string &phrase) {
    constexpr const char *sql =
        "SELECT subject FROM messages WHERE mailbox = ?1 AND instr(body, ?2) > 0 ORDER BY received";
    sqlite3_stmt *prepared = nullptr;

    if (sqlite3_prepare_v2(archive, sql, -1, &prepared, nullptr) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(archive));
    }
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared, sqlite3_finalize);
    // Bound as values: whatever they contain, they are never parsed as SQL.
    if (sqlite3_bind_text(prepared, 1, mailbox.c_str(), -1, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_bind_text(prepared, 2, phrase.c_str(), -1, SQLITE_STATIC) != SQLITE_OK) {
        throw std::runtime_error(sqlite3_errmsg(archive));
    }
    std::vector<std::string> subjects;
    int result;
    while ((result = sqlite3_step(prepared)) == SQLITE_ROW) {
        const unsigned char *subject = sqlite3_column_text(prepared, 0);
        subjects.emplace_back(subject != nullptr ? reinterpret_cast<const char *>(subject) : "");
    }
    if (result != SQLITE_DONE) {
        throw std::runtime_error(sqlite3_errmsg(archive));
    }
    return subjects;
}
