package cellar

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

var sortable = map[string]string{"name": "w.name", "vintage": "w.vintage", "rating": "w.rating"}

func orderBy(param string) (string, error) {
	if param == "" {
		return "w.name", nil
	}
	var keys []string
	for _, part := range strings.Split(param, ",") {
		words := strings.Fields(strings.ToLower(part))
		if len(words) == 0 || len(words) > 2 || len(words) == 2 && words[1] != "asc" && words[1] != "desc" {
			return "", fmt.Errorf("cannot order by %q", part)
		}
		// Identifiers cannot be bound: the text comes from our map, never from the request.
		column, ok := sortable[words[0]]
		if !ok {
			return "", fmt.Errorf("cannot order by %q", part)
		}
		if words[len(words)-1] == "desc" {
			column += " DESC"
		}
		keys = append(keys, column)
	}
	return strings.Join(keys, ", "), nil
}

func Wines(ctx context.Context, db *sql.DB, owner int64, param string) (*sql.Rows, error) {
	order, err := orderBy(param)
	if err != nil {
		return nil, err
	}
	return db.QueryContext(ctx, "SELECT w.name, w.vintage FROM wines w WHERE w.owner = ? ORDER BY "+order, owner)
}
