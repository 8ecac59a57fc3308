package export

import (
	"encoding/csv"
	"io"
	"strings"
)

func cell(text string) string {
	// Excel runs what begins with one of these, quoted or not.
	if start := strings.TrimLeft(text, " "); start != "" && strings.ContainsRune("=+-@\t\r", rune(start[0])) {
		return "'" + text
	}
	return text
}

func Members(w io.Writer, members [][3]string) error {
	out := csv.NewWriter(w)
	out.Write([]string{"Name", "Club", "Remark"})
	for _, m := range members {
		out.Write([]string{cell(m[0]), cell(m[1]), cell(m[2])})
	}
	out.Flush()
	return out.Error()
}
