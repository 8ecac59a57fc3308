package scanner

import "strconv"

// Quantity reads the number of boxes from what was typed.
func Quantity(typed string) (int16, error) {
	n, err := strconv.Atoi(typed)
	if err != nil {
		return 0, err
	}
	return int16(n), nil
}
