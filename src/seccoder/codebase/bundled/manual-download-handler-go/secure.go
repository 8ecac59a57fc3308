package manuals

import "net/http"

func Handler(dir string) http.Handler {
	manuals := http.Dir(dir)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// http.Dir roots the name before it is joined; http.ServeFile would not check a name from the query.
		file, err := manuals.Open(r.URL.Query().Get("file"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil || info.IsDir() {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, info.Name(), info.ModTime(), file)
	})
}
