package web

import (
	"io"
	"net/http"
)

func Proxy(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get(r.URL.Query().Get("url"))
	if err != nil {
		http.Error(w, "failed", http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	io.Copy(w, answer.Body)
}
