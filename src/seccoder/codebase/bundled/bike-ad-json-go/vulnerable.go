package ads

import (
	"encoding/json"
	"net/http"
	"strconv"
)

type Seller struct {
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name"`
	Mail         string `json:"mail"`
	Phone        string `json:"phone"`
	PasswordHash string `json:"-"`
	Joined       int    `json:"joined"`
}

type Ad struct {
	ID          int      `json:"id"`
	Title       string   `json:"title"`
	Price       int      `json:"price"`
	LowestPrice int      `json:"lowest_price"`
	Seller      Seller   `json:"seller"`
	Reports     []string `json:"-"`
}

func Show(find func(id int) (Ad, bool)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.URL.Query().Get("id"))
		ad, found := find(id)
		if err != nil || !found {
			http.Error(w, "no such ad", http.StatusNotFound)
			return
		}
		json.NewEncoder(w).Encode(ad)
	}
}
