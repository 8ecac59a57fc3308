package language

import (
	"net/http"
	"strings"
)

var known = map[string]bool{"de": true, "en": true, "fr": true}

func localPage(target string) string {
	if !strings.HasPrefix(target, "/") {
		return "/"
	}
	return target
}

func Switch(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if !known[query.Get("lang")] {
		http.Error(w, "unknown language", http.StatusBadRequest)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: "lang", Value: query.Get("lang"), Path: "/"})
	http.Redirect(w, r, localPage(query.Get("return")), http.StatusSeeOther)
}
