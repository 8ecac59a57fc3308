package web

import (
	"crypto/sha256"
	"encoding/hex"
)

func Sum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
