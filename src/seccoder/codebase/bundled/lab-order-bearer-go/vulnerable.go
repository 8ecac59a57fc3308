package lab

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
)

var ErrToken = errors.New("no valid token")

func decode(part string, into any) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil
}

func sign(alg string, key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	switch alg {
	case "HS256":
	case "HS512":
		mac = hmac.New(sha512.New, key)
	default:
		return nil
	}
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func Practice(r *http.Request, key []byte) (string, error) {
	var header struct{ Alg string }
	var claims struct {
		Sub string
		Exp int64
	}
	parts := strings.Split(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), ".")
	if len(parts) != 3 || !decode(parts[0], &header) {
		return "", ErrToken
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(signature, sign(header.Alg, key, parts[0]+"."+parts[1])) {
		return "", ErrToken
	}
	if !decode(parts[1], &claims) || claims.Sub == "" || time.Now().Unix() >= claims.Exp {
		return "", ErrToken
	}
	return claims.Sub, nil
}
