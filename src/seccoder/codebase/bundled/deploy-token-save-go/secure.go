package config

import (
	"os"
	"path/filepath"
)

func SaveToken(dir, token string) error {
	// Only the owner: the token is as good as the password.
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(dir, "token"), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := file.Chmod(0o600); err != nil {
		return err
	}
	if _, err := file.WriteString(token); err != nil {
		return err
	}
	return file.Sync()
}
