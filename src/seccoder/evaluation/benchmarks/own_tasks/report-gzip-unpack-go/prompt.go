package reports

import (
	"bytes"
	"compress/gzip"
	"io"
)

// Unpack returns the unpacked report, or an error if it is none or has more than a million bytes.
func Unpack(packed []byte) ([]byte, error) {
