package harness

import (
	"boxwatch"
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"os"
	"regexp"
	"runtime"
	"strings"
	"time"
)

const (
	outside = "93.184.216.34"
	inside  = "10.1.2.3"
	body    = `{"ok": true, "name": "placeholder", "url": "http://placeholder.example.com/", "items": [], "data": {}}`
)

var spelled = regexp.MustCompile(`(\d+\.\d+\.\d+\.\d+)\.nip\.io$`)

// line is the line of the source from which something was called; 0 if it was called by nobody of the source. With
// `near`, only what the source calls itself counts, not what a library does for it.
func line(near int) int {
	places := make([]uintptr, 64)
	frames := runtime.CallersFrames(places[:runtime.Callers(2, places)])
	package_ := ""
	for {
		frame, more := frames.Next()
		if strings.HasSuffix(frame.File, "/subject/subject.go") {
			return frame.Line
		}
		mine := strings.HasPrefix(frame.Function, "box/harness.")
		if near > 0 && !mine {
			of := frame.Function
			if at := strings.IndexByte(of[strings.LastIndexByte(of, '/')+1:], '.'); at >= 0 {
				of = of[:strings.LastIndexByte(of, '/')+1+at]
			}
			if package_ != "" && of != package_ && of != "io" && of != "bufio" && of != "math/big" && of != "crypto/rand" {
				return 0
			}
			package_ = of
		}
		if !more {
			return 0
		}
	}
}

func text(value any) string {
	switch of := value.(type) {
	case []byte:
		return strings.ToValidUTF8(shortened(string(of), 4000), "?")
	case []string:
		return encoded(of)
	}
	return strings.ToValidUTF8(shortened(fmt.Sprint(value), 4000), "?")
}

func encoded(words []string) string {
	quoted := []string{}
	for _, word := range words {
		quoted = append(quoted, fmt.Sprintf("%q", strings.ToValidUTF8(word, "?")))
	}
	data := "[" + strings.Join(quoted, ",") + "]"
	return regexp.MustCompile(`\\x([0-9a-f]{2})|\\a|\\v`).ReplaceAllString(data, `\u00$1`)
}

// serving is the line of what made the handler that is answering; 0 while none is.
var serving int

var busy = map[string]bool{"digest": true, "random": true}

func install() {
	boxwatch.Hook = func(kind, name string, given ...any) {
		if kind == "handle" {
			if line(0) > 0 || name == "/" {
				handler, _ := given[0].(http.Handler)
				if handler == nil {
					handler = http.DefaultServeMux
				}
				now.mutex.Lock()
				now.handlers = append(now.handlers, routed{name, handler})
				now.mutex.Unlock()
			}
			return
		}
		mine := now
		if busy[kind] && len(mine.events) > 300 {
			return
		}
		near := 0
		if kind == "random" || kind == "cipher" || kind == "block" {
			near = 1
		}
		at := line(near)
		if at == 0 && kind == "file" {
			at = serving // the library's own handler, which the source made
		}
		if at == 0 {
			return
		}
		if kind == "exit" {
			panic(left{})
		}
		if kind == "cipher" {
			iv, _ := given[1].([]byte)
			told("cipher", map[string]any{"algorithm": name + "/" + text(given[0]), "iv": fmt.Sprintf("%x", iv)}, at)
		}
		texts := []string{}
		if kind == "digest" {
			texts = append(texts, name)
		}
		for _, each := range given {
			texts = append(texts, text(each))
		}
		if flag, is := lastInt(given); is && kind == "file" {
			texts = texts[:len(texts)-1]
			if flag&os.O_CREATE != 0 {
				name += " create"
			}
			if flag&os.O_EXCL != 0 {
				name += " O_EXCL"
			}
		}
		event(kind, name, at, texts)
	}
	boxwatch.Resolve = resolve
	boxwatch.Dial = dial
	authority()
}

func event(kind, name string, at int, texts []string) {
	mine := now
	mine.mutex.Lock()
	defer mine.mutex.Unlock()
	if len(mine.events) < 400 {
		mine.events = append(mine.events, []any{kind, name, at, texts})
	}
}

func lastInt(given []any) (int, bool) {
	if len(given) == 0 {
		return 0, false
	}
	flag, is := given[len(given)-1].(int)
	return flag, is
}

// --- the network ---

func resolve(host string) string {
	plain := strings.TrimSuffix(strings.Trim(host, "[]"), ".")
	if address, err := netip.ParseAddr(plain); err == nil {
		return address.Unmap().String()
	}
	if of := spelled.FindStringSubmatch(plain); of != nil {
		return of[1]
	}
	lowered := strings.ToLower(plain)
	switch {
	case lowered == "localhost":
		return "127.0.0.1"
	case strings.HasSuffix(lowered, ".internal"), strings.HasSuffix(lowered, ".local"), !strings.Contains(lowered, "."):
		return inside
	}
	return outside
}

var asked string

func dial(address, ip string) (any, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	where, _, _ := net.SplitHostPort(ip)
	redirected := asked != "" && host == "127.0.0.1"
	if host != "127.0.0.1" {
		asked = ""
	}
	url := host
	for _, slot := range now.slots {
		if strings.Contains(slot[1], host) {
			url = slot[1]
		}
	}
	at := line(0)
	if at == 0 {
		at = lastRequest()
	}
	told("request", map[string]any{"client": "net", "method": "", "url": url, "host": host, "address": where, "redirected": redirected}, at)
	event("request", "dial", at, []string{address, url})
	ours, theirs := net.Pipe()
	go serve(theirs, host, port)
	return ours, nil
}

// lastRequest is the line on which the library was last asked for something: it connects on its own.
func lastRequest() int {
	now.mutex.Lock()
	defer now.mutex.Unlock()
	for index := len(now.events) - 1; index >= 0; index-- {
		if now.events[index][0] == "request" {
			return now.events[index][2].(int)
		}
	}
	return 0
}

func serve(connection net.Conn, host, port string) {
	defer connection.Close()
	if port == "443" || port == "8443" || port == "465" || port == "993" {
		secured := tls.Server(connection, &tls.Config{GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			return certificate(host)
		}})
		if secured.Handshake() != nil {
			return
		}
		connection = secured
	}
	request, err := http.ReadRequest(bufio.NewReader(connection))
	if err != nil {
		return
	}
	if strings.HasPrefix(host, "redirect") {
		asked = host
		fmt.Fprintf(connection, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", plan.Mark)
		return
	}
	_ = request
	fmt.Fprintf(connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body)
}

var (
	signer    *ecdsa.PrivateKey
	signing   *x509.Certificate
	made      = map[string]*tls.Certificate{}
	errSilent = errors.New("no certificate")
)

// authority makes a certificate authority that this process trusts, so that an encrypted request gets its answer.
func authority() {
	signer, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	signing = &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "box"}, NotBefore: time.Unix(0, 0),
		NotAfter: time.Now().AddDate(10, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	data, err := x509.CreateCertificate(rand.Reader, signing, signing, &signer.PublicKey, signer)
	if err != nil {
		return
	}
	os.WriteFile("/box/authority.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: data}), 0o644)
	os.Setenv("SSL_CERT_FILE", "/box/authority.pem")
}

func certificate(host string) (*tls.Certificate, error) {
	if found := made[host]; found != nil {
		return found, nil
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: time.Unix(0, 0), NotAfter: time.Now().AddDate(5, 0, 0)}
	if ip := net.ParseIP(host); ip != nil {
		leaf.IPAddresses = []net.IP{ip}
	} else {
		leaf.DNSNames = []string{host}
	}
	data, err := x509.CreateCertificate(rand.Reader, leaf, signing, &signer.PublicKey, signer)
	if err != nil {
		return nil, errSilent
	}
	made[host] = &tls.Certificate{Certificate: [][]byte{data}, PrivateKey: signer}
	return made[host], nil
}
