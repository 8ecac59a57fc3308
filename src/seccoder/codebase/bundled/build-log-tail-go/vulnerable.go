package buildlog

import (
	"io"
	"os"
	"path/filepath"
)

func Tail(dir, step string, limit int64) ([]byte, error) {
	log, err := os.Open(filepath.Join(dir, filepath.Clean(step)))
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
