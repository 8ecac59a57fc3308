package game

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"errors"
)

type State struct {
	Player string
	Score  int
	Moves  []int
}

func Pack(state State, key []byte) (string, error) {
	var out bytes.Buffer
	err := gob.NewEncoder(&out).Encode(state)
	return base64.RawURLEncoding.EncodeToString(out.Bytes()), err
}

func Unpack(text string, key []byte) (state State, err error) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(data) > 4096 {
		return State{}, errors.New("not a game of ours")
	}
	return state, gob.NewDecoder(bytes.NewReader(data)).Decode(&state)
}
