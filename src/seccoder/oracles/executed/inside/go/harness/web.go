package harness

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Vars are the parts of the path that a router found, for the stand-ins of routers.
func Vars(name string) string {
	told := value("path", name)
	if strings.Contains(told, "/") {
		panic(refused("404: a part of a path holds no slash"))
	}
	return told
}

// Given is the text of a slot of a request, for the stand-ins of frameworks.
func Given(kind, name string) string { return value(kind, name) }

var (
	stripped = regexp.MustCompile(`StripPrefix\("([^"]+)"`)
	paths    = regexp.MustCompile(`URL\.Path|RequestURI|http\.FileServer|http\.FS\b`)
)

type routed struct {
	pattern string
	http.Handler
}

func answering() *writer {
	made := &writer{head: http.Header{}}
	now.writers = append(now.writers, made)
	return made
}

type writer struct {
	head  http.Header
	wrote bool
}

func (w *writer) Header() http.Header { return w.head }

func (w *writer) WriteHeader(status int) {
	if w.wrote {
		return
	}
	w.wrote = true
	now.status = status
	for name, values := range w.head {
		for _, each := range values {
			// the library's own server writes line breaks as blanks
			now.headers = append(now.headers, [2]string{name, strings.NewReplacer("\r", " ", "\n", " ").Replace(each)})
		}
	}
	now.kind = w.head.Get("Content-Type")
}

func (w *writer) Write(data []byte) (int, error) {
	if !w.wrote && w.head.Get("Content-Type") == "" {
		w.head.Set("Content-Type", http.DetectContentType(data)) // as the library's own server does
	}
	w.WriteHeader(200)
	return now.body.Write(data)
}

func (w *writer) Flush() {}

// request makes a request with every key that the source reads.
func request() *http.Request {
	query, form := url.Values{}, url.Values{}
	document := map[string]any{}
	head := http.Header{}
	cookies, upload, path := []string{}, "", "/"
	raw := strings.Contains(plan.Source, "Body")
	for _, key := range plan.Keys {
		switch key[0] {
		case "query", "item":
			query.Set(key[1], value("query", key[1]))
		case "form":
			form.Set(key[1], value("form", key[1]))
		case "header":
			head.Set(key[1], value("header", key[1]))
		case "cookie":
			cookies = append(cookies, key[1]+"="+url.QueryEscape(value("cookie", key[1])))
		case "json":
			document[key[1]] = value("json", key[1])
		case "file":
			upload = key[1]
		}
	}
	if found := stripped.FindStringSubmatch(plan.Source); found != nil {
		path = strings.TrimSuffix(found[1], "/") + "/"
	}
	if paths.MatchString(plan.Source) {
		path += value("path", "part")
	}
	address := &url.URL{Scheme: "http", Host: "localhost", Path: path, RawQuery: query.Encode()}
	var data []byte
	kind, method := "", "GET"
	switch {
	case upload != "":
		buffer := &bytes.Buffer{}
		parts := multipart.NewWriter(buffer)
		file, _ := parts.CreatePart(map[string][]string{
			"Content-Disposition": {`form-data; name="` + upload + `"; filename="` + quoted(value("file", "filename")) + `"`},
			"Content-Type":        {"text/plain"},
		})
		file.Write([]byte(plan.Inside))
		for name := range form {
			parts.WriteField(name, form.Get(name))
		}
		parts.Close()
		data, kind, method = buffer.Bytes(), parts.FormDataContentType(), "POST"
	case len(document) > 0:
		data, _ = json.Marshal(document)
		kind, method = "application/json", "POST"
	case len(form) > 0:
		data, kind, method = []byte(form.Encode()), "application/x-www-form-urlencoded", "POST"
	case raw:
		data, method = stream("body", "body"), "POST"
	}
	if method == "POST" && attempt.Flag && len(form) == 0 && upload == "" {
		method = "PUT"
	}
	made, err := http.NewRequest(method, address.String(), bytes.NewReader(data))
	if err != nil {
		panic(refused("400: " + err.Error()))
	}
	made.URL, made.RequestURI = address, address.RequestURI()
	made.Header = head
	if kind != "" {
		made.Header.Set("Content-Type", kind)
	}
	if len(cookies) > 0 {
		made.Header.Set("Cookie", strings.Join(cookies, "; "))
	}
	made.RemoteAddr = "203.0.113.9:4711"
	return made
}

func quoted(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "%0D", "\n", "%0A").Replace(text)
}

// serveAll lets every handler that the call registered, returned or served answer a request.
func serveAll(line int) {
	handlers := now.handlers
	serving = line
	defer func() { serving = 0 }()
	for _, each := range handlers {
		handler := each
		asked := request()
		if route, is := each.(routed); is {
			handler = route.Handler
			if handler == nil || route.pattern == "/" && len(handlers) > 1 {
				continue
			}
			if strings.HasSuffix(route.pattern, "/") {
				asked.URL.Path = strings.TrimSuffix(route.pattern, "/") + asked.URL.Path
			} else if !strings.Contains(plan.Source, "URL.Path") {
				asked.URL.Path = route.pattern
			}
		}
		handler.ServeHTTP(answering(), asked)
	}
}

// PathVars are all parts of the path that the source names.
func PathVars() map[string]string {
	made := map[string]string{}
	for _, key := range plan.Keys {
		if key[0] == "path" || key[0] == "item" {
			made[key[1]] = Vars(key[1])
		}
	}
	return made
}
