package tape

// Field returns the bytes of a field of the record, or nil if the record has no such field.
func Field(record []byte, offset, length int) []byte {
	if offset < 0 || length < 0 || offset > len(record) || length > len(record)-offset {
		return nil
	}
	return record[offset : offset+length]
}
