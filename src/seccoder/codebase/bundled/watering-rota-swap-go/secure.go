package rota

import (
	"net/http"
	"strconv"
	"sync"
)

type contextKey string

const MemberKey contextKey = "member"

type Rota struct {
	mutex  sync.Mutex
	Duties map[int]string
}

func (r *Rota) Give(w http.ResponseWriter, request *http.Request) {
	member, _ := request.Context().Value(MemberKey).(string)
	duty, err := strconv.Atoi(request.PostFormValue("duty"))
	to := request.PostFormValue("to")
	if err != nil || to == "" {
		http.Error(w, "which duty, and to whom?", http.StatusBadRequest)
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	// Whose duty it is comes from our records, who asks from the session, neither from the form.
	if has, found := r.Duties[duty]; !found || member == "" || has != member {
		http.Error(w, "not your duty", http.StatusNotFound)
		return
	}
	r.Duties[duty] = to
	w.WriteHeader(http.StatusNoContent)
}
