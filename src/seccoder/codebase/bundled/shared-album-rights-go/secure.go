package album

type Visibility int

const (
	Private Visibility = iota
	Shared
	Public
)

type Album struct {
	Owner      string
	Visibility Visibility
	SharedWith map[string]bool
	Blocked    map[string]bool
}

func MayView(a Album, user string) bool {
	if user != "" && user == a.Owner {
		return true
	}
	// What forbids comes before what allows: a block must hold for public albums, too.
	if a.Blocked[user] {
		return false
	}
	switch a.Visibility {
	case Public:
		return true
	case Shared:
		return a.SharedWith[user]
	}
	return false
}
