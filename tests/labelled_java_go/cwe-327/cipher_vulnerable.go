package web

import (
	"crypto/rc4"
)

func Seal(key, text []byte) ([]byte, error) {
	stream, err := rc4.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(text))
	stream.XORKeyStream(out, text)
	return out, nil
}
