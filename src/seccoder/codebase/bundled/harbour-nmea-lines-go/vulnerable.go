package harbour

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

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
	lines := bufio.NewReader(connection)
	for {
		line, err := lines.ReadString('\n')
		if sentence := strings.TrimSpace(line); valid(sentence) {
			handle(sentence)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
