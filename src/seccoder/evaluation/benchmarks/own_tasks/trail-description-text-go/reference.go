package trails

import (
	"os"
	"path/filepath"
)

// Description returns the text of a trail, which is the file name.txt in a folder.
func Description(folder, name string) (string, error) {
	if filepath.Base(name) != name {
		return "", os.ErrNotExist
	}
	text, err := os.ReadFile(filepath.Join(folder, name+".txt"))
	return string(text), err
}
