package pocket

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

func slow(pin string, salt []byte) []byte {
	sum := append([]byte{}, salt...)
	for round := 0; round < 150_000; round++ {
		mac := hmac.New(sha256.New, []byte(pin))
		mac.Write(sum)
		sum = mac.Sum(sum[:0])
	}
	return sum
}

func SealPIN(pin string) (string, error) {
	salt := make([]byte, 16)
	// No table fits all salts, and two children with one PIN cannot be seen to have it.
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(append(salt, slow(pin, salt)...)), nil
}

func PINMatches(pin, stored string) bool {
	data, err := base64.StdEncoding.DecodeString(stored)
	return err == nil && len(data) == 48 && subtle.ConstantTimeCompare(data[16:], slow(pin, data[:16])) == 1
}
