package meter

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
)

const head, start = 4, 4 + 12 // the number, then a nonce

func mode(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func Pack(key []byte, number uint32, values [48]byte) ([]byte, error) {
	gcm, err := mode(key)
	if err != nil {
		return nil, err
	}
	packet := make([]byte, start)
	binary.BigEndian.PutUint32(packet, number)
	if _, err := rand.Read(packet[head:]); err != nil {
		return nil, err
	}
	// The number stays readable, but the values count only together with it.
	return gcm.Seal(packet, packet[head:], values[:], packet[:head]), nil
}

func Unpack(key, packet []byte) (values [48]byte, err error) {
	gcm, err := mode(key)
	if err != nil {
		return values, err
	}
	if len(packet) != start+len(values)+gcm.Overhead() {
		return values, errors.New("no packet of a meter")
	}
	_, err = gcm.Open(values[:0], packet[head:start], packet[start:], packet[:head])
	return values, err
}
