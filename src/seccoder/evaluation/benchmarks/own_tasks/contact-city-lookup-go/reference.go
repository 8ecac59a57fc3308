package contacts

// Contact is an entry of the address book.
type Contact struct {
	Name string
	City string
}

// CityOf returns the city of the contact with this name.
func CityOf(book map[string]*Contact, name string) string {
	contact := book[name]
	if contact == nil {
		return ""
	}
	return contact.City
}
