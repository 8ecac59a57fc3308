package lostproperty

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

type Item struct {
	ID          int64
	Description string
}

func Search(ctx context.Context, db *sql.DB, text, line string, since time.Time) ([]Item, error) {
	query := fmt.Sprintf("SELECT id, description FROM items WHERE found_on >= ? AND description LIKE '%%%s%%'", text)
	args := []any{since.Format("2006-01-02")}
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
