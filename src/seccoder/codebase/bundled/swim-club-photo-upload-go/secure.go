package photos

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
)

var extensions = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}

func Save(folder string, header *multipart.FileHeader) (string, error) {
	upload, err := header.Open()
	if err != nil {
		return "", err
	}
	defer upload.Close()
	start := make([]byte, 512)
	n, err := io.ReadFull(upload, start)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return "", err
	}
	// Name and Content-Type are the sender's claims; the extension decides what the server makes of the file.
	extension, ok := extensions[http.DetectContentType(start[:n])]
	if !ok {
		return "", errors.New("only PNG, JPEG and GIF photos")
	}
	if _, err := upload.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	photo, err := os.CreateTemp(folder, "photo-*"+extension)
	if err != nil {
		return "", err
	}
	defer photo.Close()
	_, err = io.Copy(photo, upload)
	return filepath.Base(photo.Name()), err
}
