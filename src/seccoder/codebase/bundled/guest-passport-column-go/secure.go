package passport

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
)

type Column struct{ aead cipher.AEAD }

func NewColumn(key []byte) (*Column, error) {
	if len(key) != 32 {
		return nil, errors.New("the key must have 32 bytes")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	return &Column{aead}, err
}

func (c *Column) Encrypt(line string) (string, error) {
	// The nonce is drawn anew for every value and stored in front of it; GCM also notices any change.
	nonce := make([]byte, c.aead.NonceSize(), 64+len(line))
	if _, err := rand.Read(nonce); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(c.aead.Seal(nonce, nonce, []byte(line), nil)), nil
}

func (c *Column) Decrypt(text string) (string, error) {
	value, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(value) < c.aead.NonceSize() {
		return "", errors.New("not an encrypted passport line")
	}
	nonce, sealed := value[:c.aead.NonceSize()], value[c.aead.NonceSize():]
	line, err := c.aead.Open(nil, nonce, sealed, nil)
	return string(line), err
}
