package photos

import (
	"errors"
	"io"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
)

func Save(folder string, header *multipart.FileHeader) (string, error) {
	if !strings.HasPrefix(header.Header.Get("Content-Type"), "image/") {
		return "", errors.New("only PNG, JPEG and GIF photos")
	}
	upload, err := header.Open()
	if err != nil {
		return "", err
	}
	defer upload.Close()
	photo, err := os.CreateTemp(folder, "photo-*"+filepath.Ext(header.Filename))
	if err != nil {
		return "", err
	}
	defer photo.Close()
	_, err = io.Copy(photo, upload)
	return filepath.Base(photo.Name()), err
}
