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
	defer reader.Close()
	report, err := io.ReadAll(reader)
	if err != nil {
		return nil, err
	}
	if len(report) > 1000000 {
		return nil, io.ErrShortBuffer
	}
	return report, nil
}
