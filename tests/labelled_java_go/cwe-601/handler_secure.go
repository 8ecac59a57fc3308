package web

import (
	"net/http"
)

var places = map[string]string{"cart": "/cart", "account": "/account"}

func Login(w http.ResponseWriter, r *http.Request) {
	place, ok := places[r.URL.Query().Get("next")]
	if !ok {
		place = "/"
	}
	http.Redirect(w, r, place, http.StatusFound)
}
