package web

import (
	"crypto/md5"
	"encoding/hex"
)

func Sum(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}
