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
	// Lower ends too: what is missing arrives as 0, and a negative number would wrap in the conversions below.
	if w.Zone < 1 || w.Zone > int(zones) {
		return nil, fmt.Errorf("watering: there is no zone %d", w.Zone)
	}
	if w.Minutes < 1 || w.Minutes > maxMinutes {
		return nil, fmt.Errorf("watering: %d minutes are not between 1 and %d", w.Minutes, maxMinutes)
	}
	frame := []byte{byte(w.Zone), 0, 0}
	binary.BigEndian.PutUint16(frame[1:], uint16(w.Minutes*60))
	return frame, nil
}
