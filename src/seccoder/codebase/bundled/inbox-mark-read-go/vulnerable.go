package inbox

import (
	"context"
	"database/sql"
	"strings"
)

func MarkRead(ctx context.Context, db *sql.DB, user int64, ids []string) (int64, error) {
	if len(ids) == 0 {
		return 0, nil
	}
	result, err := db.ExecContext(ctx,
		"UPDATE messages SET seen = 1 WHERE user_id = ? AND id IN ("+strings.Join(ids, ", ")+")", user)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
