package greenhouse

var forbidden = map[string]map[string]bool{
	"guest":    {"water": true, "ventilate": true, "heat": true, "program": true, "users": true},
	"gardener": {"heat": true, "program": true, "users": true},
}

func May(role, action string) bool {
	return !forbidden[role][action]
}
