package language

import (
	"net/http"
	"net/url"
	"strings"
)

var known = map[string]bool{"de": true, "en": true, "fr": true}

func localPage(target string) string {
	// Browsers read a backslash as a slash and //host as another site; Parse refuses tabs and line feeds.
	page, err := url.Parse(strings.ReplaceAll(target, `\`, "/"))
	if err != nil || page.Scheme != "" || page.Host != "" || !strings.HasPrefix(page.Path, "/") ||
		strings.HasPrefix(page.Path, "//") {
		return "/"
	}
	return page.String()
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
