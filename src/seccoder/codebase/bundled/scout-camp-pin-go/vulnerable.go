package pocket

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

func SealPIN(pin string) (string, error) {
	sum := sha256.Sum256([]byte(pin))
	return base64.StdEncoding.EncodeToString(sum[:]), nil
}

func PINMatches(pin, stored string) bool {
	sum := sha256.Sum256([]byte(pin))
	data, err := base64.StdEncoding.DecodeString(stored)
	return err == nil && subtle.ConstantTimeCompare(data, sum[:]) == 1
}
