package metrics

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"os"
)

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func Protect(next http.Handler) (http.Handler, error) {
	user, password := setting("METRICS_USER", "prometheus"), setting("METRICS_PASSWORD", "jellyfish-2023")
	want := sha256.Sum256([]byte(user + "\x00" + password))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		got := sha256.Sum256([]byte(user + "\x00" + password))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="metrics"`)
			http.Error(w, "sign in", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	}), nil
}
