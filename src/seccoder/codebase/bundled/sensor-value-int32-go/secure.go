package gateway

import (
	"fmt"
	"math"
	"strconv"
)

func Tenths(text string) (int16, error) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, err
	}
	tenths := math.Round(value * 10)
	// Written so that NaN fails as well; the conversion itself never complains.
	if !(tenths >= math.MinInt16 && tenths <= math.MaxInt16) {
		return 0, fmt.Errorf("%s does not fit into the register", text)
	}
	return int16(tenths), nil
}
