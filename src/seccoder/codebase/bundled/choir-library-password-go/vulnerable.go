package accounts

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

func stretch(password, salt string) string {
	mac := hmac.New(sha256.New, []byte(password))
	mac.Write([]byte(salt + "\x00\x00\x00\x01"))
	last := mac.Sum(nil)
	sum := append([]byte{}, last...)
	for round := 1; round < 200_000; round++ {
		mac.Reset()
		mac.Write(last)
		last = mac.Sum(last[:0])
		for i := range sum {
			sum[i] ^= last[i]
		}
	}
	return hex.EncodeToString(sum)
}

func HashPassword(user, password string) (string, error) {
	return user + "$" + stretch(password, user), nil
}

func CheckPassword(user, password, stored string) bool {
	salt, sum, found := strings.Cut(stored, "$")
	return found && subtle.ConstantTimeCompare([]byte(sum), []byte(stretch(password, salt))) == 1
}
