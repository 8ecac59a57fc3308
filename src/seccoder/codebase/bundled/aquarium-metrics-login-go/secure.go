package metrics

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"
	"os"
)

func Protect(next http.Handler) (http.Handler, error) {
	user, password := os.Getenv("METRICS_USER"), os.Getenv("METRICS_PASSWORD")
	if user == "" || password == "" {
		// No default: it would be the same, and known, wherever nobody set one.
		return nil, errors.New("METRICS_USER and METRICS_PASSWORD must be set")
	}
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
