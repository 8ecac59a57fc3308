package cellar

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
)

var orderBy = regexp.MustCompile(`^\w[\w ,]*$`)

func Wines(ctx context.Context, db *sql.DB, owner int64, param string) (*sql.Rows, error) {
	if param == "" {
		param = "name"
	}
	if !orderBy.MatchString(param) {
		return nil, fmt.Errorf("cannot order by %q", param)
	}
	return db.QueryContext(ctx, "SELECT w.name, w.vintage FROM wines w WHERE w.owner = ? ORDER BY "+param, owner)
}
