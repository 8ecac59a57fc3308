package ads

import (
	"encoding/json"
	"net/http"
	"strconv"
)

type Seller struct {
	FirstName, LastName, Mail, Phone, PasswordHash string
	Joined                                         int
}

type Ad struct {
	ID, Price, LowestPrice int
	Title                  string
	Seller                 Seller
	Reports                []string
}

// What everybody may see; a field added to Ad or Seller does not get here by itself.
type publicSeller struct {
	FirstName string `json:"first_name"`
	Joined    int    `json:"joined"`
}
type publicAd struct {
	ID     int          `json:"id"`
	Title  string       `json:"title"`
	Price  int          `json:"price"`
	Seller publicSeller `json:"seller"`
}

func Show(find func(id int) (Ad, bool)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.URL.Query().Get("id"))
		ad, found := find(id)
		if err != nil || !found {
			http.Error(w, "no such ad", http.StatusNotFound)
			return
		}
		seller := publicSeller{ad.Seller.FirstName, ad.Seller.Joined}
		json.NewEncoder(w).Encode(publicAd{ad.ID, ad.Title, ad.Price, seller})
	}
}
