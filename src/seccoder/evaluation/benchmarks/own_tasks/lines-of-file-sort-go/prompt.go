package list

import "os/exec"

// Sorted runs sort -u on a file and returns what it prints.
func Sorted(file string) (string, error) {
