package booking

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
)

func Encrypt(key, booking []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	padding := aes.BlockSize - len(booking)%aes.BlockSize
	padded := append(append([]byte{}, booking...), bytes.Repeat([]byte{byte(padding)}, padding)...)
	out := make([]byte, aes.BlockSize+len(padded))
	copy(out, key[:aes.BlockSize])
	cipher.NewCBCEncrypter(block, out[:aes.BlockSize]).CryptBlocks(out[aes.BlockSize:], padded)
	return out, nil
}
