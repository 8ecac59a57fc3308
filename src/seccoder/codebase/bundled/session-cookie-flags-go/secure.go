package session

import (
	"net/http"
	"time"
)

func SetSession(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{
		Name:   "session",
		Value:  token,
		Path:   "/",
		MaxAge: int((24 * time.Hour).Seconds()),
		// Out of reach for scripts, never sent in the clear, nor with other sites' requests.
		HttpOnly: true,
		Secure:   true,
		SameSite: http.SameSiteLaxMode,
	})
}
