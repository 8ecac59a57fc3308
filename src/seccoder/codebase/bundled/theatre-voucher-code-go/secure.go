package voucher

import (
	"crypto/rand"
	"strings"
)

const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

func NewCode() (string, error) {
	// A code is money: math/rand would follow from its seed. 32 letters divide 256, so none is likelier.
	random := make([]byte, 12)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	var code strings.Builder
	for i, value := range random {
		if i > 0 && i%4 == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(letters[int(value)%len(letters)])
	}
	return code.String(), nil
}
