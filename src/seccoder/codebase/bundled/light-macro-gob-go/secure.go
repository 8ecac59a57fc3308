package macro

import (
	"encoding/gob"
	"fmt"
	"io"
)

type Step interface{ Apply(levels map[int]int) }

type Fade struct{ Channel, Level int }
type Swap struct{ A, B int }
type record struct{ Kind, First, Second int }

func (f Fade) Apply(levels map[int]int) { levels[f.Channel] = f.Level }
func (s Swap) Apply(levels map[int]int) { levels[s.A], levels[s.B] = levels[s.B], levels[s.A] }

func Save(w io.Writer, steps []Step) error {
	var records []record
	for _, step := range steps {
		if fade, ok := step.(Fade); ok {
			records = append(records, record{'F', fade.Channel, fade.Level})
		} else if swap, ok := step.(Swap); ok {
			records = append(records, record{'S', swap.A, swap.B})
		}
	}
	return gob.NewEncoder(w).Encode(records)
}

func Load(r io.Reader) (steps []Step, err error) {
	// Concrete types only: for an interface, the file would name any type that this program has registered.
	var records []record
	if err := gob.NewDecoder(io.LimitReader(r, 1<<20)).Decode(&records); err != nil {
		return nil, fmt.Errorf("macro: %w", err)
	}
	for _, rec := range records {
		if rec.Kind == 'F' {
			steps = append(steps, Fade{rec.First, rec.Second})
		} else if rec.Kind == 'S' {
			steps = append(steps, Swap{rec.First, rec.Second})
		} else {
			return nil, fmt.Errorf("macro: unknown kind of step %d", rec.Kind)
		}
	}
	return steps, nil
}
