package config

import (
	"os"
	"path/filepath"
)

func SaveToken(dir, token string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "token"), []byte(token), 0o644)
}
