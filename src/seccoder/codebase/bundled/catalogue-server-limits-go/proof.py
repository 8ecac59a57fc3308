"""A listener of the proof's own hands out connections whose deadlines are noted: what has none may last for ever."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"demo/subject"
)

// noting is the server's end of a connection. It keeps the latest limits that the server set.
type noting struct {
	net.Conn
	lock        sync.Mutex
	read, write time.Time
}

func (n *noting) SetReadDeadline(t time.Time) error {
	n.lock.Lock()
	n.read = t
	n.lock.Unlock()
	return n.Conn.SetReadDeadline(t)
}

func (n *noting) SetWriteDeadline(t time.Time) error {
	n.lock.Lock()
	n.write = t
	n.lock.Unlock()
	return n.Conn.SetWriteDeadline(t)
}

func (n *noting) SetDeadline(t time.Time) error {
	n.SetReadDeadline(t)
	return n.SetWriteDeadline(t)
}

func (n *noting) limits() (read, write float64) {
	seconds := func(t time.Time) float64 {
		if t.IsZero() {
			return -1
		}
		return time.Until(t).Seconds()
	}
	n.lock.Lock()
	defer n.lock.Unlock()
	return seconds(n.read), seconds(n.write)
}

type listener struct{ connections chan net.Conn }

func (l listener) Accept() (net.Conn, error) {
	if connection, open := <-l.connections; open {
		return connection, nil
	}
	return nil, errors.New("closed")
}
func (l listener) Close() error   { return nil }
func (l listener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

func say(name string, values ...any) { json.NewEncoder(os.Stdout).Encode([]any{name, values}) }

func main() {
	accept := listener{make(chan net.Conn)}
	read := make(chan int64, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- catalogue.Serve(accept, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n, err := io.Copy(io.Discard, r.Body)
			if r.URL.Path == "/count" {
				read <- n
			}
			fmt.Fprint(w, "found ", r.URL.Query().Get("q"), " ", n, err == nil)
		}))
	}()
	connect := func() (net.Conn, *noting) {
		ours, theirs := net.Pipe()
		ours.SetDeadline(time.Now().Add(8 * time.Second))
		server := &noting{Conn: theirs}
		accept.connections <- server
		return ours, server
	}
	limits := func(server *noting) (read, write float64) {
		for i := 0; i < 20; i++ { // the server does its part in a goroutine of its own
			time.Sleep(100 * time.Millisecond)
			if read, write = server.limits(); i > 1 && read > 0 && write > 0 {
				break
			}
		}
		return read, write
	}

	ours, server := connect()
	answers := bufio.NewReader(ours)
	for _, request := range []string{
		"GET /?q=owls HTTP/1.1\r\nHost: l\r\n\r\n",
		"POST /?q=bats HTTP/1.1\r\nHost: l\r\nContent-Length: 3000\r\n\r\n" + strings.Repeat("x", 3000),
	} {
		go io.WriteString(ours, request)
		response, err := http.ReadResponse(answers, nil)
		if err != nil {
			say("answer", err.Error())
			continue
		}
		body, _ := io.ReadAll(response.Body)
		say("answer", response.StatusCode, string(body))
	}
	idle, _ := limits(server)
	say("idle", idle)
	ours.Close()

	ours, server = connect()
	io.WriteString(ours, "GET / HTTP/1.1\r\nHo")
	header, _ := limits(server)
	say("header", header)
	ours.Close()

	ours, server = connect()
	io.WriteString(ours, "POST /count HTTP/1.1\r\nHost: l\r\nContent-Length: 100\r\n\r\nx")
	body, write := limits(server)
	say("body", body)
	say("answering", write)
	ours.Close()
	<-read

	ours, _ = connect()
	go io.Copy(io.Discard, ours)
	go func() {
		io.WriteString(ours, "POST /count HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\n")
		for i := 0; i < 512; i++ {
			if _, err := fmt.Fprintf(ours, "4000\r\n%s\r\n", strings.Repeat("x", 0x4000)); err != nil {
				return
			}
		}
		io.WriteString(ours, "0\r\n\r\n")
	}()
	say("large body", <-read)
	close(accept.connections)
	say("ended", (<-ended).Error())
}
"""


@pytest.fixture(scope="module")
def said(go):
    found = {}
    for line in go(DRIVER)().out.splitlines():
        name, values = json.loads(line)
        found.setdefault(name, []).append(values)
    return found


def test_functional_pages(said):
    assert said["answer"] == [[200, "found owls 0 true"], [200, "found bats 3000 true"]]


def test_functional_it_ends_with_the_listener(said):
    assert said["ended"] == [["closed"]]


@pytest.mark.parametrize(("phase", "most"), [("header", 30), ("body", 120), ("answering", 300), ("idle", 600)])
def test_security_no_phase_lasts_for_ever(said, phase, most):
    ((seconds,),) = said[phase]
    assert 0 < seconds <= most


def test_security_bodies_are_bounded(said):
    ((size,),) = said["large body"]
    assert size <= 1 << 20
