package gen

import (
	"fmt"
	"strings"
)

type Unit struct{ Key, Label string }

func Source(units []Unit) string {
	var source strings.Builder
	source.WriteString("package units\n\nvar Labels = map[string]string{\n")
	for _, unit := range units {
		fmt.Fprintf(&source, "\t\"%s\": \"%s\",\n", unit.Key, unit.Label)
	}
	source.WriteString("}\n")
	return source.String()
}
