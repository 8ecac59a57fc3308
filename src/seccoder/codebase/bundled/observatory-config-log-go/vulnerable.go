package booking

import (
	"log"
	"net/url"
)

type Secret string

type Config struct {
	Address    string
	Database   *url.URL
	WeatherKey Secret
	Domes      int
}

func (c Config) Log(logger *log.Logger) {
	logger.Printf("configuration: %+v", c)
}
