package booking

import (
	"fmt"
	"log"
	"net/url"
)

// Secret can be used, but not printed: Format answers every verb of fmt, also where it is a field of a struct.
type Secret string

func (s Secret) Format(f fmt.State, verb rune) {
	if s == "" {
		fmt.Fprint(f, "(not set)")
		return
	}
	fmt.Fprint(f, "***")
}

type Config struct {
	Address    string
	Database   *url.URL
	WeatherKey Secret
	Domes      int
}

func (c Config) Log(logger *log.Logger) {
	database := "(not set)"
	if c.Database != nil {
		database = c.Database.Redacted()
	}
	logger.Printf("address=%s database=%s weather key=%v domes=%d", c.Address, database, c.WeatherKey, c.Domes)
}
