package roster

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

const rounds, maxRounds = 600_000, 10_000_000 // more can be asked for later: each line has its own number

// pbkdf2 is the first block of PBKDF2-HMAC-SHA256 (RFC 8018), which has 32 bytes.
func pbkdf2(password string, salt []byte, rounds int) []byte {
	mac := hmac.New(sha256.New, []byte(password))
	mac.Write(salt)
	mac.Write([]byte{0, 0, 0, 1})
	last := mac.Sum(nil)
	key := append([]byte{}, last...)
	for i := 1; i < rounds; i++ {
		mac.Reset()
		mac.Write(last)
		last = mac.Sum(last[:0])
		for j := range key {
			key[j] ^= last[j]
		}
	}
	return key
}

func Hash(password string) (string, error) {
	salt := make([]byte, 16)
	_, err := rand.Read(salt)
	return fmt.Sprintf("pbkdf2-sha256 %d %x %x", rounds, salt, pbkdf2(password, salt, rounds)), err
}

func Check(line, password string) bool {
	var rounds int
	var salt, key []byte
	_, err := fmt.Sscanf(line, "pbkdf2-sha256 %d %x %x", &rounds, &salt, &key)
	return err == nil && rounds > 0 && rounds <= maxRounds && hmac.Equal(key, pbkdf2(password, salt, rounds))
}
