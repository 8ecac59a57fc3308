"""A stand-in for the player splits what it receives into commands and arguments, by the rules of MPD's protocol."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/textproto"
	"os"
	"strings"
	"time"

	"demo/subject"
)

// split reads a command line as MPD does: words, or texts in double quotes with backslash before any character.
func split(line string) (words []string, whole bool) {
	for line = strings.TrimLeft(line, " \t"); line != ""; line = strings.TrimLeft(line, " \t") {
		if line[0] != '"' {
			word, rest, _ := strings.Cut(line, " ")
			words, line = append(words, word), rest
			continue
		}
		word, i := "", 1
		for ; i < len(line) && line[i] != '"'; i++ {
			if line[i] == '\\' && i+1 < len(line) {
				i++
			}
			word += line[i : i+1]
		}
		if i >= len(line) || i+1 < len(line) && line[i+1] != ' ' {
			return append(words, word), false
		}
		words, line = append(words, word), line[i+1:]
	}
	return words, true
}

func main() {
	var searches []string
	json.NewDecoder(os.Stdin).Decode(&searches)
	for _, words := range searches {
		ours, theirs := net.Pipe()
		ours.SetDeadline(time.Now().Add(2 * time.Second))
		commands := [][]string{}
		done := make(chan bool)
		go func() {
			lines := bufio.NewReader(theirs)
			for {
				line, err := lines.ReadString('\n')
				if err != nil {
					break
				}
				command, whole := split(strings.TrimRight(line, "\r\n"))
				commands = append(commands, command)
				answer := "file: pop/a b.ogg\nTitle: A: b\nfile: jazz/c.mp3\nOK\n"
				if !whole || len(command) != 3 || command[2] == "refuse this" {
					answer = "ACK [2@0] {search} Invalid unquoted character\n"
				}
				go io.WriteString(theirs, answer)
			}
			close(done)
		}()
		mpd := textproto.NewConn(ours)
		files, err := jukebox.Search(mpd, words)
		mpd.Close()
		<-done
		json.NewEncoder(os.Stdout).Encode(map[string]any{"files": files, "ok": err == nil, "commands": commands})
	}
}
"""


@pytest.fixture(scope="module")
def search(go):
    program = go(DRIVER)
    return lambda *words: [json.loads(line) for line in program(stdin=json.dumps(words).encode()).out.splitlines()]


FILES = ["pop/a b.ogg", "jazz/c.mp3"]


def test_functional_songs(search):
    words = ["blue", "blue in green", "l'été", "Grüezi, 100 %s", "a; b && c", ""]
    for word, said in zip(words, search(*words), strict=True):
        assert said == {"files": FILES, "ok": True, "commands": [["search", "title", word]]}


def test_functional_the_player_refuses(search):
    (said,) = search("refuse this")
    assert not said["ok"] and len(said["commands"]) == 1


QUOTES = ['12" mix', '"Heroes"', "AC\\DC", "\\", '\\"', 'x" artist "y', '" "']
BREAKS = ["x\nclear", "x\r\nclear\r\n", 'x"\nkill\n', '"\ndelete 0\nsearch title "x', "x\rclear"]


@pytest.mark.parametrize("words", QUOTES)
def test_security_words_stay_one_argument(search, words):
    (said,) = search(words)
    assert said == {"files": FILES, "ok": True, "commands": [["search", "title", words]]}


@pytest.mark.parametrize("words", BREAKS)
def test_security_no_second_command(search, words):
    (said,) = search(words)
    assert len(said["commands"]) <= 1
    assert all(command[0] == "search" and len(command) == 3 for command in said["commands"])
