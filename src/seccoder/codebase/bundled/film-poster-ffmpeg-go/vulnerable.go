package poster

import (
	"fmt"
	"os/exec"
)

func Make(film, second, picture string) error {
	cmd := exec.Command("sh", "-c", fmt.Sprintf("ffmpeg -nostdin -y -ss %q -i %q -frames:v 1 %q",
		second, "file:"+film, "file:"+picture))
	if messages, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("ffmpeg: %w: %s", err, messages)
	}
	return nil
}
