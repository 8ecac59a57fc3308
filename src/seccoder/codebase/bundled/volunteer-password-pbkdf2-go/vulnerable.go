package roster

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

func digest(password string, salt []byte) []byte {
	sum := sha256.Sum256(append(append([]byte{}, salt...), password...))
	return sum[:]
}

func Hash(password string) (string, error) {
	salt := make([]byte, 16)
	_, err := rand.Read(salt)
	return fmt.Sprintf("sha256 %x %x", salt, digest(password, salt)), err
}

func Check(line, password string) bool {
	var salt, key []byte
	_, err := fmt.Sscanf(line, "sha256 %x %x", &salt, &key)
	return err == nil && hmac.Equal(key, digest(password, salt))
}
