package web

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

const root = "/srv/reports"

func Report(w http.ResponseWriter, r *http.Request) {
	path := filepath.Join(root, filepath.Clean("/"+r.URL.Query().Get("name")))
	if !strings.HasPrefix(path, root+"/") {
		http.NotFound(w, r)
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Write(data)
}
