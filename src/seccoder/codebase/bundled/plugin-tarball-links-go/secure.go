package plugin

import (
	"archive/tar"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func Install(entries *tar.Reader, dir string) error {
	for {
		entry, err := entries.Next()
		if err == io.EOF {
			return nil
		} else if err == nil {
			err = unpack(entry, entries, filepath.Join(dir, filepath.Clean("/"+entry.Name)))
		}
		if err != nil {
			return err
		}
	}
}

func unpack(entry *tar.Header, content io.Reader, target string) error {
	if entry.Typeflag == tar.TypeDir {
		return os.MkdirAll(target, 0o755)
	} else if entry.Typeflag != tar.TypeReg {
		// No links: a later entry such as link/x would be written to wherever the link points.
		return fmt.Errorf("%s is neither a file nor a directory", entry.Name)
	} else if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, entry.FileInfo().Mode()&0o755)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(file, content)
	return err
}
