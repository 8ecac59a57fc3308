package passport

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
)

var iv = []byte("hotel-guests-iv1")

type Column struct{ block cipher.Block }

func NewColumn(key []byte) (*Column, error) {
	if len(key) != 32 {
		return nil, errors.New("the key must have 32 bytes")
	}
	block, err := aes.NewCipher(key)
	return &Column{block}, err
}

func (c *Column) Encrypt(line string) (string, error) {
	padding := aes.BlockSize - len(line)%aes.BlockSize
	value := append([]byte(line), bytes.Repeat([]byte{byte(padding)}, padding)...)
	cipher.NewCBCEncrypter(c.block, iv).CryptBlocks(value, value)
	return base64.StdEncoding.EncodeToString(value), nil
}

func (c *Column) Decrypt(text string) (string, error) {
	value, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(value) == 0 || len(value)%aes.BlockSize != 0 {
		return "", errors.New("not an encrypted passport line")
	}
	cipher.NewCBCDecrypter(c.block, iv).CryptBlocks(value, value)
	padding := int(value[len(value)-1])
	if padding == 0 || padding > aes.BlockSize {
		return "", errors.New("not an encrypted passport line")
	}
	return string(value[:len(value)-padding]), nil
}
