package buildlog

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func Tail(dir, step string, limit int64) ([]byte, error) {
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	name, err := filepath.EvalSymlinks(filepath.Join(root, step))
	if err != nil {
		return nil, err
	}
	// Join and Clean resolve "..", they do not refuse it; links in the directory come from the builds themselves.
	rel, err := filepath.Rel(root, name)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return nil, fs.ErrPermission
	}
	log, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	if info, err := log.Stat(); err != nil {
		return nil, err
	} else if info.Size() > limit {
		if _, err := log.Seek(-limit, io.SeekEnd); err != nil {
			return nil, err
		}
	}
	return io.ReadAll(io.LimitReader(log, limit))
}
