package weather

import (
	"encoding/json"
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
		if r.ContentLength > maxBody {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		var readings []Reading
		if err := json.NewDecoder(r.Body).Decode(&readings); err != nil {
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
