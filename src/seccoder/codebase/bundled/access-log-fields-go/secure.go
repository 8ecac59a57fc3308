package accesslog

import (
	"fmt"
	"io"
	"time"
)

type Entry struct {
	Time               time.Time
	User, Method, Path string
}

func Write(w io.Writer, e Entry) error {
	// %q: one line per request is only true if no value can end the line.
	_, err := fmt.Fprintf(w, "%s user=%q %q %q\n", e.Time.UTC().Format(time.RFC3339), e.User, e.Method, e.Path)
	return err
}
