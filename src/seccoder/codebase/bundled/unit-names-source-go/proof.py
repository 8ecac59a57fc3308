"""Parses the source with Go's own parser: one variable, whose map has the keys and labels that came."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"

	gen "demo/subject"
)

func read(source string) any {
	file, err := parser.ParseFile(token.NewFileSet(), "units.go", source, 0)
	if err != nil || len(file.Decls) != 1 {
		return "other code"
	}
	pairs := [][]string{}
	for _, one := range file.Decls[0].(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values[0].(*ast.CompositeLit).Elts {
		pair := []string{}
		for _, side := range []ast.Expr{one.(*ast.KeyValueExpr).Key, one.(*ast.KeyValueExpr).Value} {
			literal, is := side.(*ast.BasicLit)
			if !is {
				return "other code"
			}
			text, _ := strconv.Unquote(literal.Value)
			pair = append(pair, text)
		}
		pairs = append(pairs, pair)
	}
	return pairs
}

func main() {
	for _, label := range os.Args[1:] {
		json.NewEncoder(os.Stdout).Encode([]any{label, read(gen.Source([]gen.Unit{{"kwh", label}, {"m", "metre"}}))})
		json.NewEncoder(os.Stdout).Encode([]any{"key " + label, read(gen.Source([]gen.Unit{{label, "x"}}))})
	}
	json.NewEncoder(os.Stdout).Encode([]any{"none", read(gen.Source(nil))})
}
"""
FINE = ["Kilowattstunde", "", "m² / s", "it's"]
ATTACKS = [
    '"}\nfunc init() { panic(1) }\nvar _ = map[string]string{"',
    '" + os.Getenv("KEY") + "',
    "a\nb",
    "\\",
    'say "x"',
    "\\n",
]


@pytest.fixture(scope="module")
def said(go):
    ran = go(DRIVER)(*FINE, *ATTACKS)
    assert ran.code == 0, ran.err
    return dict(json.loads(line) for line in ran.out.splitlines())


@pytest.mark.parametrize("label", FINE)
def test_functional_labels(said, label):
    assert said[label] == [["kwh", label], ["m", "metre"]] and said["none"] == []


@pytest.mark.parametrize("label", ATTACKS)
def test_security_labels_are_literals(said, label):
    assert said[label] == [["kwh", label], ["m", "metre"]]
    assert said[f"key {label}"] == [[label, "x"]]
