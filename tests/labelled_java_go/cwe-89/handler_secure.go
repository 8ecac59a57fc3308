package web

import (
	"database/sql"
	"fmt"
	"net/http"
)

type Shop struct{ db *sql.DB }

func (s *Shop) Find(w http.ResponseWriter, r *http.Request) {
	rows, err := s.db.QueryContext(r.Context(), "SELECT name FROM goods WHERE kind = $1", r.FormValue("kind"))
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
