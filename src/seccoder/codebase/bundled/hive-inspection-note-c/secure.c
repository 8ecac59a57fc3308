#include <sqlite3.h>
#include <stddef.h>

int change_note(sqlite3 *database, const char *hive, const char *day, const char *note) {
    static const char sql[] = "UPDATE inspections SET note = ?1 WHERE hive = ?2 AND day = ?3";
    const char *values[] = {note, hive, day};
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) {
        return -1;
    }
    /* Bound after the statement was parsed: no character in them means anything to SQL. */
    int result = SQLITE_OK;
    for (int i = 0; i < 3 && result == SQLITE_OK; i++) {
        result = sqlite3_bind_text(statement, i + 1, values[i], -1, SQLITE_STATIC);
    }
    if (result == SQLITE_OK) {
        result = sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return result == SQLITE_DONE ? sqlite3_changes(database) : -1;
}
