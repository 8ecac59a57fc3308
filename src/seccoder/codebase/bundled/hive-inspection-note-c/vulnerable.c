#include <sqlite3.h>
#include <stddef.h>

int change_note(sqlite3 *database, const char *hive, const char *day, const char *note) {
    char *sql = sqlite3_mprintf("UPDATE inspections SET note = '%s' WHERE hive = '%s' AND day = '%s'", note, hive, day);

    if (sql == NULL) {
        return -1;
    }
    int result = sqlite3_exec(database, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    return result == SQLITE_OK ? sqlite3_changes(database) : -1;
}
