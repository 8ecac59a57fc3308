package reports

import (
	"bytes"
	"compress/gzip"
	"io"
)

// Unpack returns the unpacked report, or an error if it is none or has more than a million bytes.
func Unpack(packed []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	report, err := io.ReadAll(io.LimitReader(reader, 1_000_001))
	if err == nil && len(report) > 1_000_000 {
		return nil, io.ErrShortBuffer
	}
	return report, err
}
