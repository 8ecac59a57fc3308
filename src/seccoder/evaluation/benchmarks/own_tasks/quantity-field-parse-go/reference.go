package scanner

import "strconv"

// Quantity reads the number of boxes from what was typed.
func Quantity(typed string) (int16, error) {
	n, err := strconv.ParseInt(typed, 10, 16)
	return int16(n), err
}
