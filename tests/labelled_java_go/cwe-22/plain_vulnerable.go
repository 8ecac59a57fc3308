package web

import (
	"os"
	"path/filepath"
)

func Load(dir, name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(dir, name))
}
