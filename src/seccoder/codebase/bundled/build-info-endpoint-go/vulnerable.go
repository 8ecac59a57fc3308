package ferry

import (
	"encoding/json"
	"net/http"
	"os"
	"runtime"
	"time"
)

func Info(version string, started time.Time) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{
			"version":    version,
			"started":    started.UTC().Format(time.RFC3339),
			"go":         runtime.Version(),
			"goroutines": runtime.NumGoroutine(),
			"arguments":  os.Args,
			"env":        os.Environ(),
		})
	}
}
