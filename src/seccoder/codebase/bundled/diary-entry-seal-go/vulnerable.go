package diary

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"
)

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func Seal(key []byte, id string, text []byte) ([]byte, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256([]byte(id)) // ids are unique
	nonce := digest[:gcm.NonceSize():gcm.NonceSize()]
	return gcm.Seal(nonce, nonce, text, []byte(id)), nil
}

func Open(key []byte, id string, sealed []byte) ([]byte, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < gcm.NonceSize() {
		return nil, errors.New("sealed entry is too short")
	}
	return gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], []byte(id))
}
