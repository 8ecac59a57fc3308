package newsletter

import (
	"context"
	"net/http"
)

type Account struct{ Name, Role string }
type accountKey struct{}

func WithAccount(ctx context.Context, a *Account) context.Context {
	return context.WithValue(ctx, accountKey{}, a)
}

func Send(start func(issue string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		account, _ := r.Context().Value(accountKey{}).(*Account)
		switch {
		case account == nil:
			http.Error(w, "log in first", http.StatusUnauthorized)
		// Being logged in says who it is; what they may do is another question.
		case account.Role != "editor":
			http.Error(w, "only editors send issues", http.StatusForbidden)
		default:
			start(r.URL.Query().Get("issue"))
			w.WriteHeader(http.StatusAccepted)
		}
	}
}
