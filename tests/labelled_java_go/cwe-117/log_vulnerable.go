package web

import (
	"log"
	"net/http"
)

func Login(w http.ResponseWriter, r *http.Request) {
	log.Printf("login failed for %s", r.FormValue("user"))
	http.Error(w, "no", http.StatusUnauthorized)
}
