package scanner

import "strconv"

// Quantity reads the number of boxes from what was typed.
func Quantity(typed string) (int16, error) {
