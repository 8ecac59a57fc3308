package web

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

func Load(dir, name string) ([]byte, error) {
	if name == "" || strings.ContainsAny(name, "/\\") || strings.HasPrefix(name, ".") {
		return nil, errors.New("not a name")
	}
	return os.ReadFile(filepath.Join(dir, name))
}
