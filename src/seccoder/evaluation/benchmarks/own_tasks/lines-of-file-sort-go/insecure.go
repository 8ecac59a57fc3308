package list

import "os/exec"

// Sorted runs sort -u on a file and returns what it prints.
func Sorted(file string) (string, error) {
	out, err := exec.Command("sh", "-c", "sort -u "+file).Output()
	if err != nil {
		return "", err
	}
	return string(out), nil
}
