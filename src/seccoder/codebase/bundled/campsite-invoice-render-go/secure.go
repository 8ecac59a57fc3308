package invoice

import (
	"fmt"
	"os"
)

func Render(number int, html string, convert func(path string) ([]byte, error)) ([]byte, error) {
	// A file that did not exist before, with mode 0600: in a shared folder nobody can have prepared it.
	file, err := os.CreateTemp("", fmt.Sprintf("invoice-%d-*.html", number))
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	if _, err := file.WriteString(html); err != nil {
		file.Close()
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	return convert(file.Name())
}
