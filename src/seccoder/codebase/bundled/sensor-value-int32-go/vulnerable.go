package gateway

import (
	"math"
	"strconv"
)

func Tenths(text string) (int16, error) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, err
	}
	tenths := math.Round(value * 10)
	return int16(tenths), nil
}
