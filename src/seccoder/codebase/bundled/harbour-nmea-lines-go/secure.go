package harbour

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

const maxLine = 256 // the standard allows 82 characters, some receivers send a little more

func valid(sentence string) bool {
	body, sum, found := strings.Cut(strings.TrimPrefix(sentence, "$"), "*")
	want, err := strconv.ParseUint(sum, 16, 8)
	if !found || err != nil || !strings.HasPrefix(sentence, "$") {
		return false
	}
	var got byte
	for i := 0; i < len(body); i++ {
		got ^= body[i]
	}
	return got == byte(want)
}

func Receive(connection io.Reader, handle func(sentence string)) error {
	lines := bufio.NewScanner(connection)
	// No more than this is kept, however long the sender waits with the newline: then it is bufio.ErrTooLong.
	lines.Buffer(make([]byte, maxLine), maxLine)
	for lines.Scan() {
		if sentence := strings.TrimSpace(lines.Text()); valid(sentence) {
			handle(sentence)
		}
	}
	return lines.Err()
}
