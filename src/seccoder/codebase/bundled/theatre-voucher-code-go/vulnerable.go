package voucher

import (
	"math/rand"
	"strings"
	"time"
)

const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

func NewCode() (string, error) {
	random := rand.New(rand.NewSource(time.Now().UnixNano()))
	var code strings.Builder
	for i := 0; i < 12; i++ {
		if i > 0 && i%4 == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(letters[random.Intn(len(letters))])
	}
	return code.String(), nil
}
