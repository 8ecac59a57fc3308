package carsharing

import (
	"context"
	"encoding/json"
	"net/http"
)

type memberKey struct{}

func WithMember(ctx context.Context, id int64) context.Context {
	return context.WithValue(ctx, memberKey{}, id)
}

type Trips interface {
	CancelIfBookedBy(ctx context.Context, trip, member int64) (found bool, err error)
}

func CancelHandler(trips Trips) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Context().Value(memberKey{}) == nil {
			http.Error(w, "sign in first", http.StatusUnauthorized)
			return
		}
		var order struct{ Trip, Member int64 }
		if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
			http.Error(w, "which trip?", http.StatusBadRequest)
			return
		}
		if cancelled, err := trips.CancelIfBookedBy(r.Context(), order.Trip, order.Member); err != nil {
			http.Error(w, "try again later", http.StatusServiceUnavailable)
		} else if !cancelled {
			http.NotFound(w, r)
		}
	}
}
