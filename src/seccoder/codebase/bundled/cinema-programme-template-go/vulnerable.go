package programme

import (
	"io"
	"text/template"
)

type Film struct {
	Title, Trailer, Remark, Member string
}

var page = template.Must(template.New("programme").Parse(`<!DOCTYPE html>
<title>Programme</title>
{{range .}}
<article>
  <h2>{{.Title}}</h2>
  {{with .Trailer}}<a href="{{.}}">Trailer</a>{{end}}
  <p title="{{.Member}}">{{.Remark}}</p>
</article>
{{else}}
<p>No films this week.</p>
{{end}}`))

func Render(w io.Writer, films []Film) error {
	return page.Execute(w, films)
}
