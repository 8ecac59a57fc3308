"""Payments are held until all requests have come as far as they get: there are never more of them than places."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"errors"
	"os"
	"sync"
	"time"

	courses "demo/subject"
)

func say(name string, value ...any) { json.NewEncoder(os.Stdout).Encode(append([]any{name}, value...)) }

func word(err error) string {
	if err == nil {
		return "ok"
	}
	return err.Error()
}

// All members enrol at once; each payment waits until as many as possible have begun, or for a moment.
func rush(course *courses.Course, members ...string) (enrolled, paid int) {
	var mu sync.Mutex
	var done sync.WaitGroup
	all := make(chan struct{})
	for _, member := range members {
		done.Add(1)
		go func(member string) {
			defer done.Done()
			err := course.Enrol(member, func() error {
				mu.Lock()
				if paid++; paid == len(members) {
					close(all)
				}
				mu.Unlock()
				select {
				case <-all:
				case <-time.After(200 * time.Millisecond):
				}
				return nil
			})
			if err == nil {
				mu.Lock()
				enrolled++
				mu.Unlock()
			}
		}(member)
	}
	done.Wait()
	return enrolled, paid
}

func main() {
	free, broke := func() error { return nil }, func() error { return errors.New("card refused") }
	course := courses.NewCourse(2)
	for _, member := range []string{"ann", "ann", "bob", "kim", "ann"} {
		say("turn", word(course.Enrol(member, free)))
	}
	course = courses.NewCourse(1)
	say("refund", word(course.Enrol("ann", broke)), word(course.Enrol("ann", free)), word(course.Enrol("bob", free)))
	say("none", word(courses.NewCourse(0).Enrol("ann", free)))

	enrolled, paid := rush(courses.NewCourse(3), "ann", "bob", "kim")
	say("enough", enrolled, paid)
	enrolled, paid = rush(courses.NewCourse(1), "ann", "bob")
	say("last place", enrolled, paid)
	enrolled, paid = rush(courses.NewCourse(3), "a", "b", "c", "d", "e", "f", "g", "h")
	say("many", enrolled, paid)
	enrolled, paid = rush(courses.NewCourse(5), "ann", "ann")
	say("twice", enrolled, paid)

	// Ann's payment is under way when Bob comes, and fails afterwards.
	course = courses.NewCourse(1)
	var meanwhile string
	failed := course.Enrol("ann", func() error {
		meanwhile = word(course.Enrol("bob", free))
		return errors.New("card refused")
	})
	say("meanwhile", word(failed), meanwhile, word(course.Enrol("kim", free)))
}
"""


@pytest.fixture(scope="module")
def said(go):
    said = {}
    for line in go(DRIVER)().out.splitlines():
        name, *value = json.loads(line)
        said.setdefault(name, []).append(value)
    return said


def test_functional_one_after_another(said):
    full, again = "the course is full", "already enrolled"
    assert [turn for (turn,) in said["turn"]] == ["ok", again, "ok", full, again]
    assert said["none"] == [[full]]


def test_functional_failed_payment_gives_the_place_back(said):
    assert said["refund"] == [["card refused", "ok", "the course is full"]]


def test_functional_places_for_all(said):
    assert said["enough"] == [[3, 3]]


def test_security_last_place_is_sold_once(said):
    assert said["last place"] == [[1, 1]]


def test_security_no_more_payments_than_places(said):
    assert said["many"] == [[3, 3]]


def test_security_nobody_pays_twice(said):
    assert said["twice"] == [[1, 1]]


def test_security_place_is_kept_while_paying(said):
    assert said["meanwhile"] == [["card refused", "the course is full", "ok"]]
