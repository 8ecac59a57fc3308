package invoice

import (
	"fmt"
	"os"
	"path/filepath"
)

func Render(number int, html string, convert func(path string) ([]byte, error)) ([]byte, error) {
	path := filepath.Join(os.TempDir(), fmt.Sprintf("invoice-%d.html", number))
	if err := os.WriteFile(path, []byte(html), 0o644); err != nil {
		return nil, err
	}
	defer os.Remove(path)
	return convert(path)
}
