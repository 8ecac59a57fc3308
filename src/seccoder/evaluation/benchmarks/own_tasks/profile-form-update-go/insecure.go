package forum

import "encoding/json"

// Member is what the forum keeps of a member.
type Member struct {
	Name      string `json:"name"`
	City      string `json:"city"`
	Moderator bool   `json:"moderator"`
}

// Update changes name and city of a member to what the form says; what it does not name stays.
func Update(member *Member, form []byte) error {
	return json.Unmarshal(form, member)
}
