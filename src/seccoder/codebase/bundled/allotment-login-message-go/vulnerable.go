package login

import "errors"

var ErrLogin = errors.New("name or password is wrong")

type Members struct {
	Hashes map[string]string
	Dummy  string // the hash of some password that nobody has
	Verify func(password, stored string) bool
}

func (m *Members) Login(name, password string) (string, error) {
	stored, known := m.Hashes[name]
	if !known {
		return "", errors.New("there is no member " + name)
	}
	if !m.Verify(password, stored) {
		return "", ErrLogin
	}
	return name, nil
}
