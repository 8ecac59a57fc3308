"""The program has further types registered with gob, for files of its own: no macro file brings one of them to life."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	macro "demo/subject"
)

var log []string

// Firmware is a step of the desk's own maintenance job.
type Firmware struct{ Path string }

func (f Firmware) Apply(map[int]int) { log = append(log, "flash "+f.Path) }

// Journal does something while it is being decoded.
type Journal struct{ Path string }

func (*Journal) Apply(map[int]int) {}
func (j *Journal) GobEncode() ([]byte, error)     { return []byte(j.Path), nil }
func (j *Journal) GobDecode(data []byte) error {
	log = append(log, "open "+string(data))
	return nil
}

type Group struct{ Steps []macro.Step }

func (g Group) Apply(levels map[int]int) {
	for _, step := range g.Steps {
		step.Apply(levels)
	}
}

func file(value any) []byte {
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(value); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func play(name string, data []byte) {
	log = nil
	steps, err := macro.Load(bytes.NewReader(data))
	kinds, levels := []string{}, map[int]int{1: 10, 2: 20}
	for _, step := range steps {
		kinds = append(kinds, strings.TrimPrefix(fmt.Sprintf("%T", step), "macro."))
		if err == nil && step != nil {
			step.Apply(levels)
		}
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{"name": name, "kinds": kinds, "log": log, "levels": levels,
		"failed": err != nil})
}

func main() {
	gob.Register(Firmware{})
	gob.Register(&Journal{})
	gob.Register(Group{})

	var saved bytes.Buffer
	steps := []macro.Step{macro.Fade{Channel: 3, Level: 80}, macro.Swap{A: 1, B: 2}, macro.Fade{}, macro.Swap{}}
	err := macro.Save(&saved, steps)
	play("saved", saved.Bytes())
	play("cut", saved.Bytes()[:saved.Len()/2])
	play("text", []byte("[{\"Fade\": {}}]"))
	play("nothing", nil)
	var empty bytes.Buffer
	if err != nil || macro.Save(&empty, nil) != nil {
		panic("not saved")
	}
	play("empty", empty.Bytes())

	firmware := Firmware{"/media/usb/evil.bin"}
	play("firmware", file([]macro.Step{firmware}))
	play("journal", file([]macro.Step{&Journal{"/etc/shadow"}}))
	play("group", file([]macro.Step{Group{[]macro.Step{firmware}}}))
	play("any", file([]any{firmware}))
	play("record field", file([]struct{ Kind, First any }{{Kind: firmware}}))
	play("ignored field", file([]struct{ Other any }{{Other: &Journal{"/etc/shadow"}}}))
	play("ignored step", file([]struct{ Other macro.Step }{{Other: firmware}}))
	play("unknown kind", file([]struct{ Kind, First, Second int }{{-1, 1, 1}}))
}
"""


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)()
    assert ran.code == 0, ran.err
    return {line["name"]: line for line in map(json.loads, ran.out.splitlines())}


def test_functional_what_was_saved_is_loaded(said):
    assert said["saved"]["kinds"] == ["Fade", "Swap", "Fade", "Swap"]
    assert said["saved"]["levels"] == {"0": 0, "1": 20, "2": 10, "3": 80}
    assert not said["saved"]["failed"]


def test_functional_empty_macro(said):
    assert (said["empty"]["kinds"], said["empty"]["failed"]) == ([], False)


@pytest.mark.parametrize("name", ["cut", "text", "nothing"])
def test_functional_damaged_files(said, name):
    assert (said[name]["kinds"], said[name]["failed"]) == ([], True)


@pytest.mark.parametrize(
    "name", ["firmware", "journal", "group", "any", "record field", "ignored field", "ignored step", "unknown kind"]
)
def test_security_no_other_type_comes_to_life(said, name):
    assert said[name]["log"] is None
    assert said[name]["failed"] and said[name]["kinds"] == []
