package poster

import (
	"fmt"
	"os/exec"
)

func Make(film, second, picture string) error {
	// No shell: each argument arrives as it is, and "file:" keeps a name from being an option or a protocol.
	cmd := exec.Command("ffmpeg", "-nostdin", "-y", "-ss", second, "-i", "file:"+film,
		"-frames:v", "1", "file:"+picture)
	if messages, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("ffmpeg: %w: %s", err, messages)
	}
	return nil
}
