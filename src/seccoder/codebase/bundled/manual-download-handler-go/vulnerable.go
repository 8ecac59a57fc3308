package manuals

import (
	"net/http"
	"path/filepath"
)

func Handler(dir string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(dir, r.URL.Query().Get("file")))
	})
}
