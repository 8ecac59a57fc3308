package tour

import (
	"errors"
	"fmt"
	"sort"
)

const maxCents, maxDays = 100_000_000, 366

func Shares(cents int64, days map[string]int64) (map[string]int64, error) {
	if cents < 0 || cents > maxCents || len(days) == 0 {
		return nil, errors.New("no costs, or nobody took part")
	}
	var names []string
	var sum int64
	for name, count := range days {
		if count < 0 || count > maxDays {
			return nil, fmt.Errorf("%s: %d days", name, count)
		}
		names = append(names, name)
		sum += count
	}
	sort.Strings(names)
	shares, left := map[string]int64{}, cents
	for _, name := range names {
		shares[name] = cents * days[name] / sum
		left -= shares[name]
	}
	shares[names[0]] += left
	return shares, nil
}
