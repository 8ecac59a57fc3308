package story

import "html"

func Page(title, text string) string {
	return "<h1>" + html.EscapeString(title) + "</h1><p>" + html.EscapeString(text) + "</p>"
}
