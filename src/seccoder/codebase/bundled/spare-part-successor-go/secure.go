package parts

import "fmt"

func Current(supersededBy map[string]string, number string) (string, error) {
	passed := map[string]bool{}
	for {
		// The lists come from different makers: nothing keeps A -> B of one and B -> A of another apart.
		if passed[number] {
			return "", fmt.Errorf("part %s supersedes itself", number)
		}
		passed[number] = true
		next, found := supersededBy[number]
		if !found {
			return number, nil
		}
		number = next
	}
}
