package weather

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

const maxBody = 64 << 10

type Reading struct {
	Time    time.Time `json:"time"`
	Celsius float64   `json:"celsius"`
}

func Upload(store func([]Reading) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		// Counts the bytes that arrive: a chunked body has no Content-Length to compare.
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		var readings []Reading
		err := json.NewDecoder(r.Body).Decode(&readings)
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		case err != nil:
			http.Error(w, "not a list of readings", http.StatusBadRequest)
			return
		}
		if err := store(readings); err != nil {
			http.Error(w, "try again later", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}
