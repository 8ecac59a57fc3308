package notes

import "net/http"

// Show answers with the text of a note, which load gets from the database.
func Show(w http.ResponseWriter, load func() (string, error)) {
	text, err := load()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write([]byte(text))
}
