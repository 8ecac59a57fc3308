"""127.0.0.1 plays the internet, 127.0.0.2 the internal network: redirects and changing names do not get there."""

import json

import pytest

DRIVER = r"""
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"

	"demo/subject"
)

// A name server whose answer for rebind.example is public first and internal afterwards.
func names(server net.PacketConn) {
	asked := 0
	packet := make([]byte, 512)
	for {
		size, from, err := server.ReadFrom(packet)
		if err != nil {
			return
		}
		question := packet[12:size]
		end := 0
		for question[end] != 0 {
			end += int(question[end]) + 1
		}
		name, kind := string(question[:end]), binary.BigEndian.Uint16(question[end+1:])
		reply := append([]byte{packet[0], packet[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question[:end+5]...)
		if kind == 1 {
			last := byte(1)
			if strings.Contains(name, "intranet") || strings.Contains(name, "rebind") && asked > 0 {
				last = 2
			}
			if strings.Contains(name, "rebind") {
				asked++
			}
			reply[7] = 1
			reply = append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, last)
		}
		server.WriteTo(reply, from)
	}
}

func main() {
	server, _ := net.ListenPacket("udp4", "127.0.0.1:0")
	go names(server)
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp4", server.LocalAddr().String())
	}}
	public, _ := net.Listen("tcp4", "127.0.0.1:0")
	_, port, _ := net.SplitHostPort(public.Addr().String())
	internal, err := net.Listen("tcp4", "127.0.0.2:"+port)
	if err != nil {
		panic(err)
	}
	reached := ""
	go http.Serve(public, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			w.Header().Set("Location", strings.ReplaceAll(to, "PORT", port))
			w.WriteHeader(307)
			return
		}
		body, _ := io.ReadAll(r.Body)
		reached = "public " + string(body)
		w.WriteHeader(202)
	}))
	go http.Serve(internal, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { reached = "INTERNAL" }))

	for _, hook := range os.Args[1:] {
		reached = ""
		courier := webhook.NewCourier([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"),
			netip.MustParsePrefix("127.0.0.2/32"), netip.MustParsePrefix("::1/128")})
		status, _ := courier.Deliver(strings.ReplaceAll(hook, "PORT", port), []byte(`{"id":7}`))
		json.NewEncoder(os.Stdout).Encode([]any{hook, []any{status, reached}})
	}
}
"""

BENIGN = ["http://127.0.0.1:PORT/hook", "http://shop.example:PORT/", "http://127.0.0.1:PORT/?to=/hook"]
ATTACKS = [
    "http://127.0.0.2:PORT/",
    "http://intranet.example:PORT/",
    "http://[::ffff:127.0.0.2]:PORT/",
    "http://user@127.0.0.2:PORT/",
    "http://127.0.0.1:PORT/?to=http://127.0.0.2:PORT/",
    "http://shop.example:PORT/?to=http://intranet.example:PORT/",
    "http://shop.example:PORT/?to=//127.0.0.2:PORT/",
    "http://127.0.0.1:PORT/?to=http://[::ffff:7f00:2]:PORT/",
    "http://rebind.example:PORT/",
]
UNUSABLE = ["ftp://shop.example/", "http://", ""]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*BENIGN, *ATTACKS, *UNUSABLE)
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("hook", BENIGN)
def test_functional_delivery(said, hook):
    assert said[hook] == [202, 'public {"id":7}']


@pytest.mark.parametrize("hook", UNUSABLE)
def test_functional_no_web_address(said, hook):
    assert said[hook] == [0, ""]


@pytest.mark.parametrize("hook", ATTACKS)
def test_security_internal_network_is_not_reached(said, hook):
    assert said[hook][1] != "INTERNAL"
