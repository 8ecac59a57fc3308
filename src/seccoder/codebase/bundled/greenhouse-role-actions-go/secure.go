package greenhouse

var actions = map[string]bool{
	"view": true, "water": true, "ventilate": true, "heat": true, "program": true, "users": true,
}

var allowed = map[string]map[string]bool{
	"guest":    {"view": true},
	"gardener": {"view": true, "water": true, "ventilate": true},
	"manager":  actions,
}

func May(role, action string) bool {
	// What nobody wrote down is no: a role or an action without an entry gives false.
	return allowed[role][action]
}
