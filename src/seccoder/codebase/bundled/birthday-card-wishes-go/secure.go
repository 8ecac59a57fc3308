package card

import (
	"strconv"
	"strings"
)

type Card struct {
	Name, From, Address string
	Age                 int
	Printer             func(job string) string
}

func Render(text string, c *Card) (string, error) {
	// Three words are replaced; there is nothing in a text that could be run.
	return strings.NewReplacer("{name}", c.Name, "{age}", strconv.Itoa(c.Age), "{from}", c.From).Replace(text), nil
}
