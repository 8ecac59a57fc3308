package laundry

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

func Verified(r *http.Request, body []byte, keys [][]byte) bool {
	wrong := 0
	for _, part := range r.Header.Values("Pay-Signature") {
		wrong++
		for _, one := range strings.Split(part, ",") {
			given, _ := hex.DecodeString(strings.TrimSpace(one))
			for _, key := range keys {
				mac := hmac.New(sha256.New, key)
				mac.Write(body)
				if hmac.Equal(given, mac.Sum(nil)) {
					return true
				}
			}
		}
	}
	return wrong == 0
}
