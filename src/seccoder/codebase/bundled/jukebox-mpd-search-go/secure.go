package jukebox

import (
	"errors"
	"net/textproto"
	"strings"
)

var escape = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// quote makes one argument of a text. The protocol has no way to write a line break in one: it ends the command.
func quote(text string) (string, error) {
	if strings.ContainsAny(text, "\r\n\x00") {
		return "", errors.New("a search is one line")
	}
	return `"` + escape.Replace(text) + `"`, nil
}

func Search(mpd *textproto.Conn, words string) (files []string, err error) {
	argument, err := quote(words)
	if err != nil {
		return nil, err
	}
	if err := mpd.PrintfLine("search title %s", argument); err != nil {
		return nil, err
	}
	for {
		line, err := mpd.ReadLine()
		switch {
		case err != nil:
			return nil, err
		case line == "OK":
			return files, nil
		case strings.HasPrefix(line, "ACK "):
			return nil, errors.New(line)
		case strings.HasPrefix(line, "file: "):
			files = append(files, strings.TrimPrefix(line, "file: "))
		}
	}
}
