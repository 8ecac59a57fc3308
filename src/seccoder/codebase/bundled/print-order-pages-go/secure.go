package order

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

func Pages(ctx context.Context, path string) (int, error) {
	// No shell: the path arrives as one argument, whatever it holds. After -- it is no option either.
	output, err := exec.CommandContext(ctx, "pdfinfo", "--", path).Output()
	if err != nil {
		return 0, fmt.Errorf("pdfinfo: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(output))
	for lines.Scan() {
		if name, value, _ := strings.Cut(lines.Text(), ":"); name == "Pages" {
			return strconv.Atoi(strings.TrimSpace(value))
		}
	}
	return 0, errors.New("pdfinfo: no number of pages")
}
