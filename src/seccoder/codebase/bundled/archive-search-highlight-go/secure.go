package archive

import (
	"html/template"
	"regexp"
	"strings"
)

func Highlight(text, term string) template.HTML {
	pattern, err := regexp.Compile("(?i)" + regexp.QuoteMeta(term))
	if err != nil || term == "" {
		return template.HTML(template.HTMLEscapeString(text))
	}
	var marked strings.Builder
	rest := 0
	for _, match := range pattern.FindAllStringIndex(text, -1) {
		marked.WriteString(template.HTMLEscapeString(text[rest:match[0]]))
		marked.WriteString("<mark>" + template.HTMLEscapeString(text[match[0]:match[1]]) + "</mark>")
		rest = match[1]
	}
	marked.WriteString(template.HTMLEscapeString(text[rest:]))
	// template.HTML is a promise, not a conversion: everything but our own tags was escaped above.
	return template.HTML(marked.String())
}
