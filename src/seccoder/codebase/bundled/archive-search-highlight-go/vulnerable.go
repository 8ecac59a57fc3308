package archive

import (
	"html/template"
	"regexp"
)

func Highlight(text, term string) template.HTML {
	pattern, err := regexp.Compile("(?i)" + regexp.QuoteMeta(term))
	if err != nil || term == "" {
		return template.HTML(text)
	}
	return template.HTML(pattern.ReplaceAllString(text, "<mark>$0</mark>"))
}
