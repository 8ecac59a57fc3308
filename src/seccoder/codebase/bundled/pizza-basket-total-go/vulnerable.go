package order

import (
	"errors"
	"fmt"
)

type Item struct {
	Dish     string `json:"dish"`
	Quantity int    `json:"quantity"`
}

func Total(items []Item, prices map[string]int) (int, error) {
	if len(items) == 0 || len(items) > 100 {
		return 0, errors.New("an order has 1 to 100 items")
	}
	total := 0
	for _, item := range items {
		price, known := prices[item.Dish]
		if !known {
			return 0, fmt.Errorf("cannot serve %d of %q", item.Quantity, item.Dish)
		}
		total += price * item.Quantity
	}
	if total < 3000 {
		total += 250
	}
	return total, nil
}
