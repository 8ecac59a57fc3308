package gen

import (
	"strconv"
	"strings"
)

type Unit struct{ Key, Label string }

func Source(units []Unit) string {
	var source strings.Builder
	source.WriteString("package units\n\nvar Labels = map[string]string{\n")
	for _, unit := range units {
		// A literal for whatever the text holds: quotes, backslashes and line breaks are escaped.
		source.WriteString("\t" + strconv.Quote(unit.Key) + ": " + strconv.Quote(unit.Label) + ",\n")
	}
	source.WriteString("}\n")
	return source.String()
}
