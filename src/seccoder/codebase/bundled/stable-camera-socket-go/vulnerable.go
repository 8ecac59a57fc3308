package camera

import (
	"net/http"
	"strings"
)

func AllowedOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	return strings.HasPrefix(origin, "https://") && strings.HasSuffix(origin, "stable.example")
}
