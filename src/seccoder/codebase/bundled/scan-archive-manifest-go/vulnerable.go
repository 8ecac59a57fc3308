package archive

import (
	"crypto/md5"
	"encoding/hex"
	"io"
	"io/fs"
	"sort"
)

func checksum(scans fs.FS, path string) (string, error) {
	file, err := scans.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := md5.New()
	_, err = io.Copy(hash, file)
	return hex.EncodeToString(hash.Sum(nil)), err
}

func Manifest(scans fs.FS) (map[string]string, error) {
	sums := map[string]string{}
	return sums, fs.WalkDir(scans, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			sums[path], err = checksum(scans, path)
		}
		return err
	})
}

func Changed(manifest map[string]string, scans fs.FS) []string {
	changed := []string{}
	for path, sum := range manifest {
		if now, err := checksum(scans, path); err != nil || now != sum {
			changed = append(changed, path)
		}
	}
	sort.Strings(changed)
	return changed
}
