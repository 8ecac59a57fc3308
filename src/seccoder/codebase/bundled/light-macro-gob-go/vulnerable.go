package macro

import (
	"encoding/gob"
	"fmt"
	"io"
)

type Step interface{ Apply(levels map[int]int) }

type Fade struct{ Channel, Level int }
type Swap struct{ A, B int }

func (f Fade) Apply(levels map[int]int) { levels[f.Channel] = f.Level }
func (s Swap) Apply(levels map[int]int) { levels[s.A], levels[s.B] = levels[s.B], levels[s.A] }

func init() {
	gob.Register(Fade{})
	gob.Register(Swap{})
}

func Save(w io.Writer, steps []Step) error {
	return gob.NewEncoder(w).Encode(steps)
}

func Load(r io.Reader) (steps []Step, err error) {
	if err := gob.NewDecoder(io.LimitReader(r, 1<<20)).Decode(&steps); err != nil {
		return nil, fmt.Errorf("macro: %w", err)
	}
	return steps, nil
}
