package export

import (
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
)

func Archive(dir string, names []string, w io.Writer) error {
	for _, name := range names {
		if name != filepath.Base(name) || name == ".." {
			return fmt.Errorf("%q is not a file of the project", name)
		}
	}
	// Everything after "--" is a name to tar, also one that begins with a dash.
	cmd := exec.Command("tar", append([]string{"--create", "--file=-", "--"}, names...)...)
	cmd.Dir = dir
	cmd.Stdout = w
	return cmd.Run()
}
