package webhook

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

type Courier struct {
	client *http.Client
}

func NewCourier(internal []netip.Prefix) *Courier {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	// Called with the resolved address of every connection, so redirects and changing DNS answers are checked too.
	dialer.Control = func(_, address string, _ syscall.RawConn) error {
		target, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		for _, network := range internal {
			if network.Contains(target.Addr().Unmap().WithZone("")) {
				return fmt.Errorf("%s is internal", address)
			}
		}
		return nil
	}
	transport := &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second}
	return &Courier{&http.Client{Transport: transport, Timeout: 20 * time.Second}}
}

func (c *Courier) Deliver(hook string, payload []byte) (int, error) {
	answer, err := c.client.Post(hook, "application/json", bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}
