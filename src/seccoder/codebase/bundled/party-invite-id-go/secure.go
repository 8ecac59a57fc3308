package party

import (
	"crypto/rand" // not math/rand: who has the link is the guest
	"encoding/base64"
)

const base = "https://party.example/i/"

func InviteLinks(guests []string) (map[string]string, error) {
	links := make(map[string]string, len(guests))
	for _, guest := range guests {
		id := make([]byte, 16)
		if _, err := rand.Read(id); err != nil {
			return nil, err
		}
		links[guest] = base + base64.RawURLEncoding.EncodeToString(id)
	}
	return links, nil
}
