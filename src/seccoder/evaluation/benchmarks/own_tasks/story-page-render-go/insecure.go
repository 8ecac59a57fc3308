package story

import "fmt"

func Page(title, text string) string {
	return fmt.Sprintf("<html><body><h1>%s</h1><p>%s</p></body></html>", title, text)
}
