package retention

import (
	"fmt"
	"math"
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
	number, err := strconv.ParseInt(text[:last], 10, 64)
	if err != nil || number < 1 {
		return 0, fmt.Errorf("retention period %q: no positive number", text)
	}
	// A Duration counts nanoseconds in an int64: beyond 292 years the product would silently wrap around.
	if number > math.MaxInt64/int64(unit) {
		return 0, fmt.Errorf("retention period %q is too long", text)
	}
	return time.Duration(number) * unit, nil
}
