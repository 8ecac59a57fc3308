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
	args := []any{user}
	for _, id := range ids {
		args = append(args, id)
	}
	// The statement depends on how many ids there are, not on what they say.
	placeholders := "?" + strings.Repeat(", ?", len(ids)-1)
	result, err := db.ExecContext(ctx,
		"UPDATE messages SET seen = 1 WHERE user_id = ? AND id IN ("+placeholders+")", args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
