package laundry

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

func Verified(r *http.Request, body []byte, keys [][]byte) bool {
	for _, part := range strings.Split(r.Header.Get("Pay-Signature"), ",") {
		given, err := hex.DecodeString(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		for _, key := range keys {
			mac := hmac.New(sha256.New, key)
			mac.Write(body)
			if len(key) > 0 && hmac.Equal(given, mac.Sum(nil)) {
				return true
			}
		}
	}
	// Only a match verifies: no signature, or no key, is not "nothing wrong".
	return false
}
