package trails

import (
	"os"
	"path/filepath"
)

// Description returns the text of a trail, which is the file name.txt in a folder.
func Description(folder, name string) (string, error) {
	data, err := os.ReadFile(filepath.Join(folder, name+".txt"))
	if err != nil {
		return "", err
	}
	return string(data), nil
}
