package web

import (
	"fmt"
	"math/rand"
)

func Token() string {
	return fmt.Sprintf("%x%x", rand.Int63(), rand.Int63())
}
