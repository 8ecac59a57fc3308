package lift

import (
	"encoding/json"
	"errors"
	"fmt"
)

type report struct {
	Lift  string `json:"lift"`
	Queue int    `json:"queue"`
	Wind  *struct {
		Speed float64 `json:"speed"`
		Gust  float64 `json:"gust"`
	} `json:"wind"`
}

func Line(message []byte) (string, error) {
	var got *report
	if err := json.Unmarshal(message, &got); err != nil {
		return "", err
	}
	if got.Lift == "" {
		return "", errors.New("no report of a lift")
	}
	line := fmt.Sprintf("%s: queue %d", got.Lift, got.Queue)
	return line + fmt.Sprintf(", wind %g (%g)", got.Wind.Speed, got.Wind.Gust), nil
}
