package web

import (
	"database/sql"
	"fmt"
	"net/http"
)

type Shop struct{ db *sql.DB }

func (s *Shop) Find(w http.ResponseWriter, r *http.Request) {
	query := fmt.Sprintf("SELECT name FROM goods WHERE kind = '%s'", r.FormValue("kind"))
	rows, err := s.db.QueryContext(r.Context(), query)
	if err != nil {
		http.Error(w, "no", http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		rows.Scan(&name)
		fmt.Fprintln(w, name)
	}
}
