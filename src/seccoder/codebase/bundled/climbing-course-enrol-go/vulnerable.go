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

func (c *Course) check(member string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.members[member] {
		return errors.New("already enrolled")
	}
	if len(c.members) >= c.places {
		return errors.New("the course is full")
	}
	return nil
}

func (c *Course) Enrol(member string, pay func() error) error {
	if err := c.check(member); err != nil {
		return err
	}
	if err := pay(); err != nil {
		return err
	}
	c.mu.Lock()
	c.members[member] = true
	c.mu.Unlock()
	return nil
}
