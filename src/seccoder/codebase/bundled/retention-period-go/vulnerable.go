package retention

import (
	"fmt"
	"strconv"
	"time"
)

var units = map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}

func Parse(text string) (time.Duration, error) {
	if text == "" {
		return 0, fmt.Errorf("the retention period is empty")
	}
	last := len(text) - 1
	unit, ok := units[text[last]]
	if !ok {
		return 0, fmt.Errorf("retention period %q: the unit must be h, d or w", text)
	}
	number, err := strconv.Atoi(text[:last])
	if err != nil || number < 1 {
		return 0, fmt.Errorf("retention period %q: no positive number", text)
	}
	return time.Duration(number) * unit, nil
}
