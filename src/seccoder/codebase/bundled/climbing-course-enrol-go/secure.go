package courses

import (
	"errors"
	"sync"
)

type Course struct {
	mu      sync.Mutex
	places  int
	members map[string]bool
}

func NewCourse(places int) *Course {
	return &Course{places: places, members: map[string]bool{}}
}

func (c *Course) reserve(member string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.members[member] {
		return errors.New("already enrolled")
	}
	if len(c.members) >= c.places {
		return errors.New("the course is full")
	}
	// Taken under the lock of the check, before the payment: nobody else can get this place meanwhile.
	c.members[member] = true
	return nil
}

func (c *Course) Enrol(member string, pay func() error) error {
	if err := c.reserve(member); err != nil {
		return err
	}
	err := pay()
	if err != nil {
		c.mu.Lock()
		delete(c.members, member)
		c.mu.Unlock()
	}
	return err
}
