package scene

import (
	"fmt"
	"strings"
)

const maxDepth = 50 // more than anybody writes; without a limit the text decides how much stack is used

func plain(r rune) bool { return !strings.ContainsRune("(),", r) }

func parse(text string, states map[string]bool, depth int) (value bool, rest string, err error) {
	rest = strings.TrimLeftFunc(text, plain)
	name := strings.TrimSpace(strings.TrimSuffix(text, rest))
	if !strings.HasPrefix(rest, "(") {
		value, known := states[name]
		if !known {
			err = fmt.Errorf("unknown name %q", name)
		}
		return value, rest, err
	}
	if depth == maxDepth {
		return false, "", fmt.Errorf("more than %d levels", maxDepth)
	}
	every, some := true, false
	for more := true; more; more = strings.HasPrefix(rest, ",") {
		if value, rest, err = parse(rest[1:], states, depth+1); err != nil {
			return false, "", err
		}
		every, some = every && value, some || value
	}
	value, known := map[string]bool{"all": every, "any": some, "none": !some}[name]
	if !known || !strings.HasPrefix(rest, ")") {
		return false, "", fmt.Errorf("%q is unknown or not closed", name)
	}
	return value, strings.TrimLeft(rest[1:], " "), nil
}

func Holds(condition string, states map[string]bool) (bool, error) {
	value, rest, err := parse(condition, states, 0)
	if err == nil && rest != "" {
		err = fmt.Errorf("not understood: %q", rest)
	}
	return value, err
}
