package plugin

import (
	"archive/tar"
	"io"
	"os"
	"path/filepath"
)

func Install(entries *tar.Reader, dir string) error {
	for {
		entry, err := entries.Next()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		target := filepath.Join(dir, filepath.Clean("/"+entry.Name))
		switch entry.Typeflag {
		case tar.TypeDir:
			err = os.MkdirAll(target, 0o755)
		case tar.TypeReg:
			err = write(target, entries, entry.FileInfo().Mode()&0o755)
		case tar.TypeSymlink:
			err = os.Symlink(entry.Linkname, target)
		case tar.TypeLink:
			err = os.Link(filepath.Join(dir, entry.Linkname), target)
		}
		if err != nil {
			return err
		}
	}
}

func write(target string, content io.Reader, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(file, content)
	return err
}
