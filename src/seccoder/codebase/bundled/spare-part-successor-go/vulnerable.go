package parts

import "fmt"

func Current(supersededBy map[string]string, number string) (string, error) {
	for {
		next, found := supersededBy[number]
		if !found {
			return number, nil
		}
		if next == number {
			return "", fmt.Errorf("part %s supersedes itself", number)
		}
		number = next
	}
}
