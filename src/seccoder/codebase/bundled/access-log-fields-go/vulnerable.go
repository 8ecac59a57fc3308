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
	_, err := fmt.Fprintf(w, "%s user=\"%s\" \"%s\" \"%s\"\n", e.Time.UTC().Format(time.RFC3339), e.User, e.Method, e.Path)
	return err
}
