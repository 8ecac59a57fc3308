package irrigation

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
)

const maxMinutes = 60

type watering struct {
	Zone    int `json:"zone"`
	Minutes int `json:"minutes"`
}

func Frame(body []byte, zones uint8) ([]byte, error) {
	var w watering
	if err := json.Unmarshal(body, &w); err != nil {
		return nil, fmt.Errorf("watering: %w", err)
	}
	if w.Zone > int(zones) {
		return nil, fmt.Errorf("watering: there is no zone %d", w.Zone)
	}
	if w.Minutes > maxMinutes {
		return nil, fmt.Errorf("watering: %d minutes are more than %d", w.Minutes, maxMinutes)
	}
	frame := []byte{byte(w.Zone), 0, 0}
	binary.BigEndian.PutUint16(frame[1:], uint16(w.Minutes*60))
	return frame, nil
}
