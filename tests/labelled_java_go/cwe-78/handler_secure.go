package web

import (
	"net/http"
	"os/exec"
	"regexp"
)

var host = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*$`)

func Ping(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("host")
	if !host.MatchString(name) {
		http.Error(w, "bad host", http.StatusBadRequest)
		return
	}
	out, _ := exec.CommandContext(r.Context(), "ping", "-c", "1", name).CombinedOutput()
	w.Write(out)
}
