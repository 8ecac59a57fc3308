package podcast

import "net/http"

// IsAdmin tells whether a request carries the administrator's token.
func IsAdmin(r *http.Request, token string) bool {
	return r.Header.Get("X-Admin-Token") == token
}
