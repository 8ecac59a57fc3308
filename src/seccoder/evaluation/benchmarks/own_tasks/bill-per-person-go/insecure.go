package bill

// PerPerson returns what each guest pays of a bill in cents.
func PerPerson(cents, guests int) int {
	return cents / guests
}
