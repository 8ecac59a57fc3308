package harness

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

var (
	laid   = map[string][]byte{}
	before map[string]int64
)

func lay(files map[string][]byte) {
	for path, data := range files {
		if os.MkdirAll(filepath.Dir(path), 0o777) == nil && os.WriteFile(path, data, 0o666) == nil && len(plan.Files) > 0 {
			if _, of := plan.Files[path]; of {
				laid[path] = data
			}
		}
	}
}

func seen() map[string]int64 {
	found := map[string]int64{}
	for _, root := range plan.Watch {
		here := device(root)
		filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if entry.IsDir() {
				if device(path) != here { // what the box shows of the machine may lie below a watched folder
					return fs.SkipDir
				}
			} else {
				if info, err := entry.Info(); err == nil {
					found[path] = info.ModTime().UnixNano()*31 + info.Size()
				}
			}
			return nil
		})
	}
	return found
}

// device tells on which one a folder is; none that is gone is on any.
func device(path string) uint64 {
	var found syscall.Stat_t
	if syscall.Lstat(path, &found) != nil {
		return 0
	}
	return uint64(found.Dev)
}

// tell returns what an attempt left behind, and puts the files back.
func tell() (map[string][]byte, []string, map[string]int) {
	changed, removed, modes := map[string][]byte{}, []string{}, map[string]int{}
	after := seen()
	for path, stamp := range after {
		if before[path] != stamp {
			data := []byte{}
			if info, err := os.Lstat(path); err == nil {
				modes[path] = int(info.Mode().Perm())
				if info.Mode().IsRegular() && info.Size() < 200_000 {
					data, _ = os.ReadFile(path)
				}
			}
			changed[strings.ToValidUTF8(path, "?")] = data
			back(path)
		}
	}
	for path := range before {
		if _, there := after[path]; !there {
			removed = append(removed, path)
			back(path)
		}
	}
	if len(changed)+len(removed) > 0 {
		before = seen()
	}
	return changed, removed, modes
}

func back(path string) {
	os.Remove(path)
	if data, of := laid[path]; of {
		os.MkdirAll(filepath.Dir(path), 0o777)
		os.WriteFile(path, data, 0o666)
	}
}

// content is what a file holds, where a text names one and a stream is wanted.
func content(text string) []byte {
	if data, of := laid[text]; of {
		return data
	}
	return []byte(text)
}
