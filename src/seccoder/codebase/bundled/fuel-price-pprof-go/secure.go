package fuel

import (
	"encoding/json"
	"net/http"
	_ "net/http/pprof"
	"time"
)

func Servers(price func() float64) (public, debug *http.Server) {
	// A mux of its own: pprof puts itself on http.DefaultServeMux, which only the local server serves.
	mux := http.NewServeMux()
	mux.HandleFunc("/price", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]float64{"price": price()})
	})
	public = &http.Server{Addr: ":8080", Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	debug = &http.Server{Addr: "127.0.0.1:6060", Handler: http.DefaultServeMux, ReadHeaderTimeout: 5 * time.Second}
	return public, debug
}
