package trails

import (
	"os"
	"path/filepath"
)

// Description returns the text of a trail, which is the file name.txt in a folder.
func Description(folder, name string) (string, error) {
