package hub

import (
	"encoding/json"
	"net/http"
)

type Door interface {
	Unlock(resident string, seconds int) error
}

func UnlockHandler(origin string, residents map[string]string, door Door) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		cookie, err := r.Cookie("session")
		if err != nil || residents[cookie.Value] == "" {
			http.Error(w, "sign in first", http.StatusUnauthorized)
			return
		}
		var order struct{ Seconds int }
		err = json.NewDecoder(r.Body).Decode(&order)
		if err != nil || order.Seconds < 1 || order.Seconds > 30 {
			http.Error(w, "seconds must be 1 to 30", http.StatusBadRequest)
			return
		}
		w.Header().Set("Access-Control-Allow-Origin", origin)
		if err := door.Unlock(residents[cookie.Value], order.Seconds); err != nil {
			http.Error(w, "the door does not answer", http.StatusBadGateway)
		}
	}
}
