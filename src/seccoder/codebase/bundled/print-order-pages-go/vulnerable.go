package order

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

func Pages(ctx context.Context, path string) (int, error) {
	command := fmt.Sprintf(`pdfinfo -- "%s" | grep "^Pages:" | cut -d: -f2`, path)
	output, err := exec.CommandContext(ctx, "sh", "-c", command).Output()
	if err != nil {
		return 0, fmt.Errorf("pdfinfo: %w", err)
	}
	return strconv.Atoi(strings.TrimSpace(string(output)))
}
