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
	})
}
