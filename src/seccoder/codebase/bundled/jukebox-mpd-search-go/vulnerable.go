package jukebox

import (
	"errors"
	"net/textproto"
	"strings"
)

func Search(mpd *textproto.Conn, words string) (files []string, err error) {
	if err := mpd.PrintfLine(`search title "%s"`, words); err != nil {
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
