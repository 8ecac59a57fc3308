package firmware

import (
	"crypto/md5"
	"fmt"
)

func Digest(content []byte) string {
	return fmt.Sprintf("%x", md5.Sum(content))
}
