package catalogue

import (
	"net"
	"net/http"
)

func Serve(listener net.Listener, catalogue http.Handler) error {
	return http.Serve(listener, catalogue)
}
