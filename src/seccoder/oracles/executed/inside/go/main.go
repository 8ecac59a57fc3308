// Package main makes the attempts of a plan on the source that lies beside it.
package main

import (
	"box/harness"

	_ "box/subject"
)

func main() {
	harness.Run("/box/plan.json")
}
