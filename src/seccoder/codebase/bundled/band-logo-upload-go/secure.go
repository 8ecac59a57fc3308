package logo

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/http"
	"os"
	"path/filepath"
)

var endings = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}

func SaveLogo(folder string, data []byte, name string) (string, error) {
	// What the file is called on our disk is decided by what it is, not by what it was called.
	ending, known := endings[http.DetectContentType(data)]
	if !known {
		return "", errors.New("a logo is a PNG, JPEG or WebP picture")
	}
	random := make([]byte, 12)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	saved := hex.EncodeToString(random) + ending
	return saved, os.WriteFile(filepath.Join(folder, saved), data, 0o644)
}
