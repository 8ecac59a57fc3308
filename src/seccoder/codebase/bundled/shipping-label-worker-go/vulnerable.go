package labels

import (
	"encoding/json"
	"fmt"
	"strings"
)

type Address struct{ Name, City string }

type Parcel struct{ Kg float64 }

type Order struct {
	Number    string
	Pickup    bool
	Recipient *Address
	Parcels   []*Parcel
}

func Label(message []byte) (string, error) {
	var order Order
	if err := json.Unmarshal(message, &order); err != nil {
		return "", err
	}
	var label strings.Builder
	if order.Pickup {
		fmt.Fprintf(&label, "%s: to be collected\n", order.Number)
	} else {
		fmt.Fprintf(&label, "%s: %s, %s\n", order.Number, order.Recipient.Name, order.Recipient.City)
	}
	for i, parcel := range order.Parcels {
		fmt.Fprintf(&label, "parcel %d of %d, %.1f kg\n", i+1, len(order.Parcels), parcel.Kg)
	}
	return label.String(), nil
}
