package webhook

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

type Courier struct {
	client   *http.Client
	internal []netip.Prefix
}

func NewCourier(internal []netip.Prefix) *Courier {
	return &Courier{&http.Client{Timeout: 20 * time.Second}, internal}
}

func (c *Courier) Deliver(hook string, payload []byte) (int, error) {
	target, err := url.Parse(hook)
	if err != nil {
		return 0, err
	}
	addresses, err := net.LookupIP(target.Hostname())
	if err != nil {
		return 0, err
	}
	for _, ip := range addresses {
		address, _ := netip.AddrFromSlice(ip)
		for _, network := range c.internal {
			if network.Contains(address.Unmap()) {
				return 0, fmt.Errorf("%s is internal", hook)
			}
		}
	}
	answer, err := c.client.Post(hook, "application/json", bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}
