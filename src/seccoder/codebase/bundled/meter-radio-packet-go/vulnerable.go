package meter

import (
	"crypto/aes"
	"encoding/binary"
	"errors"
)

const head = 4 // the number

func Pack(key []byte, number uint32, values [48]byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	packet := make([]byte, head+len(values))
	binary.BigEndian.PutUint32(packet, number)
	for i := 0; i < len(values); i += aes.BlockSize {
		block.Encrypt(packet[head+i:], values[i:])
	}
	return packet, nil
}

func Unpack(key, packet []byte) (values [48]byte, err error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return values, err
	}
	if len(packet) != head+len(values) {
		return values, errors.New("no packet of a meter")
	}
	for i := 0; i < len(values); i += aes.BlockSize {
		block.Decrypt(values[i:], packet[head+i:])
	}
	return values, nil
}
