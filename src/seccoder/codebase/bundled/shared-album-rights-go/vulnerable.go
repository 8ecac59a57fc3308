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
	switch a.Visibility {
	case Public:
		return true
	case Shared:
		if a.SharedWith[user] {
			return true
		}
	}
	return !a.Blocked[user] && user == a.Owner && user != ""
}
