package lostproperty

import (
	"context"
	"database/sql"
	"strings"
	"time"
)

type Item struct {
	ID          int64
	Description string
}

var escapeLike = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

func Search(ctx context.Context, db *sql.DB, text, line string, since time.Time) ([]Item, error) {
	query := "SELECT id, description FROM items WHERE found_on >= ? AND description LIKE ? ESCAPE '!'"
	// The percent signs belong to the bound value: a placeholder inside quotes would be text.
	args := []any{since.Format("2006-01-02"), "%" + escapeLike.Replace(text) + "%"}
	if line != "" {
		query += " AND line = ?"
		args = append(args, line)
	}
	rows, err := db.QueryContext(ctx, query+" ORDER BY found_on DESC", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var items []Item
	for rows.Next() {
		var item Item
		if err := rows.Scan(&item.ID, &item.Description); err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, rows.Err()
}
