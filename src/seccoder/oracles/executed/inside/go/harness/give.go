package harness

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	text_ "text/template"
	"time"
	"unsafe"
)

var folders = regexp.MustCompile(`(?i)(root|base|folder|directory|dir)$|^(root|base|folder|directory|dir)`)

type refused string

// value is the text of a slot. The first who asks decides about a slot that the attempt does not name.
func value(kind, name string) string {
	slot := kind + " " + name
	mine := now
	mine.mutex.Lock()
	defer mine.mutex.Unlock()
	for _, each := range mine.slots {
		if each[0] == slot {
			return each[1]
		}
	}
	found, given := attempt.Values[slot]
	if !given {
		found = benign(kind, name)
	}
	mine.slots = append(mine.slots, [2]string{slot, found})
	return found
}

// benign is a benign text: the attempt's own or, where it has none, what the slot's name asks for.
func benign(kind, name string) string {
	if attempt.Base != nil && kind != "owner" && !(folders.MatchString(name) && kind == "parameter") {
		return *attempt.Base
	}
	for _, guess := range plan.Guesses {
		if is, _ := regexp.MatchString(`^(?:`+guess[0]+`)$`, kind+" "+strings.ToLower(name)); is {
			return guess[1]
		}
	}
	return plan.Word
}

func stream(kind, name string) []byte {
	if _, given := attempt.Values[kind+" "+name]; attempt.Flag && !given {
		if told := benign(kind, name); !strings.HasPrefix(told, "<") && !strings.HasPrefix(told, app) {
			now.mutex.Lock()
			now.slots = append(now.slots, [2]string{kind + " " + name, plan.Inside})
			now.mutex.Unlock()
			return []byte(plan.Inside)
		}
	}
	return content(value(kind, name))
}

func number(kind, name string) int64 {
	slot := "number " + name
	if kind == "owner" {
		slot = "owner number " + name
	}
	told, given := attempt.Values[slot]
	if !given {
		told = "7"
		if attempt.Flag {
			told = "1000"
		}
	}
	now.mutex.Lock()
	now.slots = append(now.slots, [2]string{slot, told})
	now.mutex.Unlock()
	found, err := strconv.ParseInt(told, 10, 64)
	if err != nil {
		panic(refused("400: no number"))
	}
	return found
}

func unzipped(data []byte) []byte {
	if opened, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		if plain, err := io.ReadAll(opened); err == nil {
			return plain
		}
	}
	return data
}

// known makes values of the library's types.
func known(t reflect.Type, kind, name string) any {
	switch t.String() {
	case "context.Context":
		return context.Background()
	case "http.ResponseWriter":
		return answering()
	case "*http.Request":
		return request()
	case "*sql.DB":
		return database()
	case "*sql.Tx":
		made, _ := database().Begin()
		return made
	case "*sql.Conn":
		made, _ := database().Conn(context.Background())
		return made
	case "*log.Logger":
		return log.New(logged{}, "", 0)
	case "*http.Client":
		return &http.Client{}
	case "http.Handler":
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok") })
	case "http.RoundTripper":
		return http.DefaultTransport
	case "*http.ServeMux":
		return http.NewServeMux()
	case "*template.Template":
		if t == reflect.TypeOf(&text_.Template{}) {
			return text_.Must(text_.New("page").Parse("<p>{{.}}</p>"))
		}
		return template.Must(template.New("page").Parse("<p>{{.}}</p>"))
	case "io.Reader", "io.ReadSeeker", "io.ReaderAt", "*bytes.Reader":
		return bytes.NewReader(stream(kind, name))
	case "io.ReadCloser":
		return io.NopCloser(bytes.NewReader(stream(kind, name)))
	case "*bufio.Reader":
		return bufio.NewReader(bytes.NewReader(stream(kind, name)))
	case "*bufio.Scanner":
		return bufio.NewScanner(bytes.NewReader(stream(kind, name)))
	case "*strings.Reader":
		return strings.NewReader(string(stream(kind, name)))
	case "*tar.Reader":
		return tar.NewReader(bytes.NewReader(unzipped(stream(kind, name))))
	case "*zip.Reader":
		data := stream(kind, name)
		opened, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			panic(refused("400: " + err.Error()))
		}
		return opened
	case "io.Writer", "io.StringWriter", "*bytes.Buffer", "io.ByteWriter":
		return &now.body
	case "io.WriteCloser":
		return closing{&now.body}
	case "*bufio.Writer":
		return bufio.NewWriterSize(&now.body, 16)
	case "*strings.Builder":
		return &strings.Builder{}
	case "fs.FS":
		return os.DirFS(app + "/files")
	case "http.FileSystem":
		return http.Dir(app + "/files")
	case "fs.FileInfo", "fs.FileMode":
		return nil
	case "*url.URL":
		made, err := url.Parse(value(kind, name))
		if err != nil {
			panic(refused("400: no address"))
		}
		return made
	case "url.Values":
		made := url.Values{}
		for _, key := range plan.Keys {
			made.Set(key[1], value("query", key[1]))
		}
		return made
	case "time.Time":
		return time.Date(2024, 5, 7, 8, 9, 10, 0, time.UTC)
	case "time.Duration":
		return 5 * time.Second
	case "net.IP":
		return net.ParseIP(resolve(value(kind, name)))
	case "netip.Addr":
		return netip.MustParseAddr(resolve(value(kind, name)))
	case "netip.Prefix":
		return netip.MustParsePrefix("10.0.0.0/8")
	case "[]netip.Prefix":
		made := []netip.Prefix{}
		for _, each := range private {
			made = append(made, netip.MustParsePrefix(each))
		}
		return made
	case "[]*net.IPNet":
		made := []*net.IPNet{}
		for _, each := range private {
			_, network, _ := net.ParseCIDR(each)
			made = append(made, network)
		}
		return made
	case "*regexp.Regexp":
		return regexp.MustCompile(`^\w+$`)
	case "error":
		return fmt.Errorf("%s", value(kind, name))
	}
	return nil
}

var private = strings.Fields("0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7 fe80::/10")

type closing struct{ io.Writer }

func (closing) Close() error { return nil }

func make_(t reflect.Type, kind, name string, depth int) reflect.Value {
	if found := known(t, kind, name); found != nil {
		made := reflect.New(t).Elem()
		made.Set(reflect.ValueOf(found))
		return made
	}
	made := reflect.New(t).Elem()
	if depth > 5 {
		return made
	}
	switch t.Kind() {
	case reflect.String:
		made.SetString(value(kind, name))
	case reflect.Bool:
		made.SetBool(attempt.Flag)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		made.SetInt(number(kind, name))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		made.SetUint(uint64(number(kind, name)))
	case reflect.Float32, reflect.Float64:
		made.SetFloat(float64(number(kind, name)))
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			if kind == "owner" || strings.Contains(strings.ToLower(name), "key") {
				made.SetBytes([]byte("0123456789abcdef0123456789abcdef"))
			} else {
				made.SetBytes(stream(kind, name))
			}
			return made
		}
		return reflect.Append(made, make_(t.Elem(), kind, name, depth+1))
	case reflect.Array:
		for index := 0; index < t.Len() && index < 64; index++ {
			if t.Elem().Kind() == reflect.Uint8 {
				made.Index(index).SetUint(uint64('a' + index%16))
			} else {
				made.Index(index).Set(make_(t.Elem(), kind, name, depth+1))
			}
		}
	case reflect.Map:
		made = reflect.MakeMap(t)
		names := []string{}
		for _, key := range plan.Keys {
			if key[0] == "item" {
				names = append(names, key[1])
			}
		}
		if t.Key().Kind() == reflect.String && len(names) > 0 {
			for _, each := range names {
				key := reflect.New(t.Key()).Elem()
				key.SetString(each)
				made.SetMapIndex(key, make_(t.Elem(), kind, name+"."+each, depth+1))
			}
			return made
		}
		made.SetMapIndex(make_(t.Key(), kind, name+".key", depth+1), make_(t.Elem(), kind, name+".value", depth+1))
	case reflect.Pointer:
		pointer := reflect.New(t.Elem())
		pointer.Elem().Set(make_(t.Elem(), kind, name, depth+1))
		return pointer
	case reflect.Struct:
		foreign := t.PkgPath() != "" && t.PkgPath() != "box/subject"
		for index := 0; index < t.NumField(); index++ {
			field := t.Field(index)
			place := made.Field(index)
			if foreign && !field.IsExported() || field.Anonymous && field.Type.Kind() == reflect.Pointer {
				continue
			}
			if foreign && strings.HasPrefix(t.PkgPath(), "sync") {
				continue
			}
			if !place.CanSet() {
				place = reflect.NewAt(field.Type, unsafe.Pointer(place.UnsafeAddr())).Elem()
			}
			if foreign && field.Type.Kind() != reflect.String {
				continue
			}
			place.Set(make_(field.Type, kind, field.Name, depth+1))
		}
	case reflect.Func:
		return reflect.MakeFunc(t, func(given []reflect.Value) []reflect.Value {
			results := []reflect.Value{}
			for index := 0; index < t.NumOut(); index++ {
				if t.Out(index).String() == "error" {
					results = append(results, reflect.Zero(t.Out(index)))
				} else {
					results = append(results, make_(t.Out(index), "made", name, depth+2))
				}
			}
			return results
		})
	case reflect.Interface:
		if reflect.TypeOf("").Implements(t) {
			made.Set(reflect.ValueOf(value(kind, name)))
		} else if reflect.TypeOf(&anything{}).Implements(t) {
			made.Set(reflect.ValueOf(&anything{}))
		}
	case reflect.Chan:
		return reflect.MakeChan(reflect.ChanOf(reflect.BothDir, t.Elem()), 8).Convert(t)
	}
	return made
}

// anything answers what small interfaces of handlers and stores often ask.
type anything struct{}

func (*anything) Query(query string, given ...any) (*sql.Rows, error) {
	return database().Query(query, given...)
}
func (*anything) Exec(query string, given ...any) (sql.Result, error) {
	return database().Exec(query, given...)
}
func (*anything) QueryRow(query string, given ...any) *sql.Row {
	return database().QueryRow(query, given...)
}
func (*anything) Printf(format string, given ...any)             { fmt.Fprintf(logged{}, format, given...) }
func (*anything) Println(given ...any)                           { fmt.Fprintln(logged{}, given...) }
func (*anything) Close() error                                   { return nil }
func (*anything) Do(asked *http.Request) (*http.Response, error) { return http.DefaultClient.Do(asked) }
func (*anything) Open(name string) (fs.File, error)              { return os.DirFS(app + "/files").Open(name) }
func (*anything) QueryContext(c context.Context, query string, given ...any) (*sql.Rows, error) {
	return database().QueryContext(c, query, given...)
}
func (*anything) ExecContext(c context.Context, query string, given ...any) (sql.Result, error) {
	return database().ExecContext(c, query, given...)
}
func (*anything) QueryRowContext(c context.Context, query string, given ...any) *sql.Row {
	return database().QueryRowContext(c, query, given...)
}
func (*anything) LookupIPAddr(c context.Context, host string) ([]net.IPAddr, error) {
	return net.DefaultResolver.LookupIPAddr(c, host)
}
func (*anything) LookupNetIP(c context.Context, network, host string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(c, network, host)
}
