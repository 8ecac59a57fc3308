package tape

// Field returns the bytes of a field of the record, or nil if the record has no such field.
func Field(record []byte, offset, length int) []byte {
