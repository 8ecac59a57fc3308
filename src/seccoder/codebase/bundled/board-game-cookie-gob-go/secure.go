package game

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/gob"
	"errors"
)

type State struct {
	Player string
	Score  int
	Moves  []int
}

func code(data, key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(data)
	return mac.Sum(nil)
}

func Pack(state State, key []byte) (string, error) {
	var out bytes.Buffer
	err := gob.NewEncoder(&out).Encode(state)
	return base64.RawURLEncoding.EncodeToString(append(code(out.Bytes(), key), out.Bytes()...)), err
}

func Unpack(text string, key []byte) (state State, err error) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	// Ours or not is decided before the decoder: what it would make of other bytes does not matter then.
	if err != nil || len(data) < 32 || len(data) > 4096 || !hmac.Equal(data[:32], code(data[32:], key)) {
		return State{}, errors.New("not a game of ours")
	}
	return state, gob.NewDecoder(bytes.NewReader(data[32:])).Decode(&state)
}
