package catalogue

import (
	"net"
	"net/http"
	"time"
)

func Serve(listener net.Listener, catalogue http.Handler) error {
	server := http.Server{
		Handler: http.MaxBytesHandler(catalogue, 64<<10),
		// All of them are unlimited unless they are set: a client may be slow, but not for ever.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	return server.Serve(listener)
}
