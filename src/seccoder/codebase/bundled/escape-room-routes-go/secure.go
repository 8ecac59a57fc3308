package room

import (
	"crypto/subtle"
	"fmt"
	"net/http"
)

func guarded(key string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := r.Header.Get("X-Master-Key")
		if subtle.ConstantTimeCompare([]byte(given), []byte(key)) != 1 {
			http.Error(w, "game masters only", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func page(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, text) }
}

func Handler(key string, open, hint http.HandlerFunc) http.Handler {
	master := http.NewServeMux()
	master.HandleFunc("/master/open", open)
	master.HandleFunc("/master/hint", hint)
	public := http.NewServeMux()
	public.HandleFunc("/", page("Escape room"))
	public.HandleFunc("/prices", page("30 per person"))
	// All of the tree, also what is added to it next year.
	public.Handle("/master/", guarded(key, master))
	return public
}
