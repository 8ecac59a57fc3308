package exhibits

import (
	"crypto/sha256"
	"net/http"
)

type Access int

const (
	Nothing Access = iota
	Read
	ReadWrite
)

// Keys maps the SHA-256 of each key to what it allows; what is not in it allows nothing.
type Keys map[[sha256.Size]byte]Access

func needed(method string) Access {
	switch method {
	case http.MethodGet, http.MethodHead:
		return Read
	default: // whatever else a handler may understand, now or later
		return ReadWrite
	}
}

func (k Keys) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		access := k[sha256.Sum256([]byte(r.Header.Get("X-Api-Key")))]
		switch {
		case access == Nothing:
			http.Error(w, "unknown key", http.StatusUnauthorized)
		case access < needed(r.Method):
			http.Error(w, "this key is for reading", http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}
