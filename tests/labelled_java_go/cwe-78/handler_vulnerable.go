package web

import (
	"net/http"
	"os/exec"
)

func Ping(w http.ResponseWriter, r *http.Request) {
	out, _ := exec.Command("sh", "-c", "ping -c 1 "+r.URL.Query().Get("host")).CombinedOutput()
	w.Write(out)
}
