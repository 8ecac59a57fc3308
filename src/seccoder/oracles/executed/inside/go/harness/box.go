// Package harness makes attempts: one call of one entry point each, with a text of the plan's in every slot.
package harness

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Entry is a function or a method of the source.
type Entry struct {
	Label string
	Call  any
	Names []string // of its parameters, the receiver's first
	Line  int
	// Make is a function that makes the receiver, or nil.
	Make      any
	MakeNames []string
}

// Entries is filled by the source's own package.
var Entries []Entry

// Globals are pointers to the variables of the source that have no value.
var Globals []any

// Plan is what is to be tried.
type Plan struct {
	Word, Mark, Inside, Dialect, Source string
	Guesses                             [][2]string
	Keys                                [][2]string // of requests: kind and name
	Files                               map[string][]byte
	Watch                               []string
	Seconds                             float64
	Attempts                            []Attempt
}

// Attempt is one call of one entry point, or of all.
type Attempt struct {
	N      int
	Entry  *string
	Base   *string
	Values map[string]string
	Files  map[string][]byte
	Flag   bool
}

type record struct {
	mutex    sync.Mutex
	slots    [][2]string
	events   [][]any
	sql      [][]any
	calls    [][]any
	body     bytes.Buffer
	printed  bytes.Buffer
	handlers []http.Handler
	writers  []*writer
	status   int
	kind     string
	headers  [][2]string
	error    string
}

type left struct{}

// logs is what names a function that writes a log into whatever it is given.
var logs = regexp.MustCompile(`(?i)log(ger|ging|s)?\b|Log[A-Z(.]|audit`)

const (
	enough = 2500 * time.Millisecond // of all benign calls of one entry point
	most   = 2 * time.Second         // of one attempt, of processor time
	wall   = 20 * time.Second        // then it waits for something that never comes
	app    = "/box/app"
)

var (
	plan    Plan
	attempt Attempt
	now     = &record{}
	report  = json.NewEncoder(os.Stdout)
)

// Run makes every attempt and tells what it did.
func Run(path string) {
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &plan)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "the plan:", err)
		os.Exit(1)
	}
	report.SetEscapeHTML(false)
	install()
	entries := [][]any{}
	for _, entry := range Entries {
		entries = append(entries, []any{entry.Label, label(entry), answers(entry), entry.Line})
	}
	report.Encode(map[string]any{"entries": entries, "sites": []string{}})
	lay(plan.Files)
	before = seen()
	began, finished, n, stuck := cpu(), true, 0, 0
	taken := map[string]time.Duration{}
	for _, each := range plan.Attempts {
		for _, entry := range Entries {
			if each.Entry != nil && *each.Entry != entry.Label {
				continue
			}
			if cpu()-began > time.Duration(plan.Seconds*float64(time.Second)) || stuck > 3 {
				finished = false
				continue
			}
			if each.Entry == nil && taken[entry.Label] > enough {
				continue // it is slow by its nature: the first benign calls have to do
			}
			start := cpu()
			number := each.N
			if each.Entry == nil {
				number = n
				n++
			}
			told := try(number, entry, each)
			if told["died"].(bool) {
				stuck++
			}
			report.Encode(map[string]any{"attempt": told})
			taken[entry.Label] += cpu() - start
		}
	}
	report.Encode(map[string]any{"finished": finished})
	syscall.Exit(0)
}

// label is a route for what answers requests.
func label(entry Entry) string {
	if answers(entry) {
		return "GET /" + entry.Label
	}
	return entry.Label + "()"
}

func answers(entry Entry) bool {
	t := reflect.TypeOf(entry.Call)
	for index := 0; index < t.NumIn(); index++ {
		if t.In(index) == reflect.TypeOf(&http.Request{}) || strings.Contains(t.In(index).String(), "gin.Context") {
			return true
		}
	}
	for index := 0; index < t.NumOut(); index++ {
		if t.Out(index) == handlerType || t.Out(index) == reflect.TypeOf(http.HandlerFunc(nil)) || t.Out(index) == serveType {
			return true
		}
	}
	return entry.Label == "main"
}

var (
	handlerType = reflect.TypeOf((*http.Handler)(nil)).Elem()
	serveType   = reflect.TypeOf(func(http.ResponseWriter, *http.Request) {})
)

func cpu() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func try(number int, entry Entry, each Attempt) map[string]any {
	attempt = each
	mine := &record{status: 200}
	now = mine
	http.DefaultServeMux = http.NewServeMux()
	lay(each.Files)
	if len(each.Files) > 0 {
		before = seen()
	}
	read, write, _ := os.Pipe()
	out, err, in := os.Stdout, os.Stderr, os.Stdin
	os.Stdout, os.Stderr = write, write
	given, giving, _ := os.Pipe()
	fmt.Fprintln(giving, benign("body", "stdin"))
	giving.Close()
	os.Stdin = given
	log.SetOutput(logged{})
	copied := make(chan bool)
	go func() {
		data := make([]byte, 1<<16)
		for {
			count, err := read.Read(data)
			mine.mutex.Lock()
			if mine.printed.Len() < 200_000 {
				mine.printed.Write(data[:count])
			}
			mine.mutex.Unlock()
			if err != nil {
				close(copied)
				return
			}
		}
	}()
	start := cpu()
	done := make(chan string, 1)
	go func() {
		defer func() {
			if thrown := recover(); thrown != nil {
				if _, is := thrown.(left); is {
					done <- "it ended the process"
				} else {
					done <- strings.ToValidUTF8(fmt.Sprint("panic: ", thrown), "?")
				}
			}
		}()
		done <- call(entry)
	}()
	died := false
	began := time.Now()
waiting:
	for {
		select {
		case mine.error = <-done:
			break waiting
		case <-time.After(20 * time.Millisecond):
			if cpu()-start > most || time.Since(began) > wall {
				died = true
				break waiting
			}
		}
	}
	took := cpu() - start
	for _, each := range mine.writers {
		if !each.wrote && len(each.head) > 0 {
			each.WriteHeader(200)
		}
	}
	if logs.MatchString(entry.Label+" "+strings.SplitN(plan.Source, "\n", 2)[0]) && mine.kind == "" && mine.body.Len() > 0 {
		told("log", map[string]any{"text": mine.body.String()}, entry.Line)
	}
	os.Stdout, os.Stderr, os.Stdin = out, err, in
	write.Close()
	<-copied
	read.Close()
	given.Close()
	if mine.error != "" && mine.status == 200 {
		mine.status = 500
		if strings.HasPrefix(mine.error, "400:") {
			mine.status = 400
		}
	}
	mine.mutex.Lock()
	defer mine.mutex.Unlock()
	slots := map[string]string{}
	order := []string{}
	for _, slot := range mine.slots {
		slots[slot[0]] = slot[1]
		order = append(order, slot[0])
	}
	changed, removed, modes := tell()
	return map[string]any{
		"n": number, "entry": entry.Label, "slots": slots, "order": order, "events": mine.events, "sql": mine.sql,
		"calls": mine.calls, "status": mine.status, "type": mine.kind, "headers": mine.headers, "error": shortened(mine.error, 300),
		"died": died, "cpu": took.Seconds(), "flag": each.Flag, "changed": changed, "removed": removed, "modes": modes,
		"body": []byte(shortened(mine.body.String(), 200_000)), "printed": mine.printed.Bytes(),
	}
}

func shortened(text string, most int) string {
	if len(text) > most {
		return text[:most]
	}
	return text
}

type logged struct{}

func (logged) Write(data []byte) (int, error) {
	at := line(0)
	told("log", map[string]any{"text": string(data)}, at)
	event("log", "log", at, []string{text(data)})
	return len(data), nil
}

// told records a use of something sensitive.
func told(kind string, what map[string]any, at int) {
	mine := now
	mine.mutex.Lock()
	defer mine.mutex.Unlock()
	if len(mine.calls) < 400 {
		mine.calls = append(mine.calls, []any{kind, what, at})
	}
}

// call makes the one call of an attempt. What it returns says what went wrong.
func call(entry Entry) string {
	for _, each := range Globals {
		place := reflect.ValueOf(each).Elem()
		kind := place.Kind()
		if (kind == reflect.Pointer || kind == reflect.Interface) && place.IsNil() && place.Type().PkgPath() != "sync" {
			place.Set(make_(place.Type(), "owner", "variable", 0))
		}
	}
	function := reflect.ValueOf(entry.Call)
	results := apply(function, entry, 0)
	failed := ""
	for _, result := range results {
		if err, is := result.Interface().(error); is && err != nil {
			failed = err.Error()
			continue
		}
		answer(result, 0)
	}
	serveAll(entry.Line)
	return failed
}

func apply(function reflect.Value, entry Entry, from int) []reflect.Value {
	t := function.Type()
	arguments := []reflect.Value{}
	for index := 0; index < t.NumIn(); index++ {
		name := fmt.Sprint("p", index)
		if index < len(entry.Names) {
			name = entry.Names[index]
		}
		if index == 0 && strings.HasPrefix(entry.Label, "(") {
			arguments = append(arguments, receiver(t.In(0), entry))
			continue
		}
		made := make_(t.In(index), "parameter", name, 0)
		if t.IsVariadic() && index == t.NumIn()-1 && made.Kind() == reflect.Slice {
			for item := 0; item < made.Len(); item++ {
				arguments = append(arguments, made.Index(item))
			}
			continue
		}
		arguments = append(arguments, made)
	}
	return function.Call(arguments)
}

// receiver makes the value that a method belongs to: by its own maker, if there is one.
func receiver(t reflect.Type, entry Entry) reflect.Value {
	if entry.Make != nil {
		maker := reflect.ValueOf(entry.Make)
		arguments := []reflect.Value{}
		for index := 0; index < maker.Type().NumIn(); index++ {
			if maker.Type().IsVariadic() && index == maker.Type().NumIn()-1 {
				break
			}
			arguments = append(arguments, make_(maker.Type().In(index), "owner", entry.MakeNames[index], 0))
		}
		for _, made := range maker.Call(arguments) {
			switch {
			case made.Type() == t:
				if t.Kind() != reflect.Pointer || !made.IsNil() {
					return made
				}
			case t.Kind() == reflect.Pointer && made.Type() == t.Elem():
				pointer := reflect.New(t.Elem())
				pointer.Elem().Set(made)
				return pointer
			case made.Kind() == reflect.Pointer && made.Type().Elem() == t && !made.IsNil():
				return made.Elem()
			}
		}
	}
	return make_(t, "owner", entry.Names[0], 0)
}

// answer adds what was given back to what the attempt says.
func answer(result reflect.Value, depth int) {
	if !result.IsValid() || depth > 4 || now.body.Len() > 200_000 {
		return
	}
	if result.CanInterface() {
		switch value := result.Interface().(type) {
		case nil, error:
			return
		case http.HandlerFunc:
			now.handlers = append(now.handlers, value)
			return
		case func(http.ResponseWriter, *http.Request):
			now.handlers = append(now.handlers, http.HandlerFunc(value))
			return
		case http.Handler:
			now.handlers = append(now.handlers, value)
			return
		case *os.File:
			if value != nil {
				io.Copy(&now.body, io.LimitReader(value, 100_000))
			}
			return
		case io.Reader:
			if !result.IsZero() {
				io.Copy(&now.body, io.LimitReader(value, 100_000))
			}
			return
		case fmt.Stringer:
			if result.Kind() != reflect.Pointer || !result.IsNil() {
				now.body.WriteString(value.String())
			}
			return
		}
	}
	switch result.Kind() {
	case reflect.String:
		now.body.WriteString(result.String())
	case reflect.Pointer, reflect.Interface:
		if !result.IsNil() {
			answer(result.Elem(), depth+1)
		}
	case reflect.Slice, reflect.Array:
		if result.Type().Elem().Kind() == reflect.Uint8 {
			for index := 0; index < result.Len() && index < 200_000; index++ {
				now.body.WriteByte(byte(result.Index(index).Uint()))
			}
			return
		}
		for index := 0; index < result.Len() && index < 1000; index++ {
			answer(result.Index(index), depth+1)
			now.body.WriteByte('\n')
		}
	case reflect.Map:
		for _, key := range result.MapKeys() {
			answer(key, depth+1)
			now.body.WriteByte(' ')
			answer(result.MapIndex(key), depth+1)
			now.body.WriteByte('\n')
		}
	case reflect.Struct:
		for index := 0; index < result.NumField(); index++ {
			answer(result.Field(index), depth+1)
			now.body.WriteByte('\n')
		}
	case reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64, reflect.Uint64, reflect.Uint32, reflect.Int32:
		fmt.Fprint(&now.body, result)
	}
}
