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
		// The cookie comes with requests from any site, but Origin names the site and no page can forge it.
		if r.Header.Get("Origin") != origin {
			http.Error(w, "not sent by our page", http.StatusForbidden)
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
		if err := door.Unlock(residents[cookie.Value], order.Seconds); err != nil {
			http.Error(w, "the door does not answer", http.StatusBadGateway)
		}
	}
}
