package card

import (
	"strings"
	"text/template"
)

type Card struct {
	Name, From, Address string
	Age                 int
	Printer             func(job string) string
}

func Render(text string, c *Card) (string, error) {
	for place, field := range map[string]string{"{name}": "{{.Name}}", "{age}": "{{.Age}}", "{from}": "{{.From}}"} {
		text = strings.ReplaceAll(text, place, field)
	}
	parsed, err := template.New("card").Parse(text)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = parsed.Execute(&out, c)
	return out.String(), err
}
