"""The answer has what the page needs; nothing else that is known about seller and ad is in it."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"

	"demo/subject"
)

func main() {
	var ad ads.Ad
	ad.ID, ad.Title, ad.Price, ad.LowestPrice = 12, "Touring bike, \"as new\"", 420, 366
	ad.Reports = []string{"reported by user 991"}
	ad.Seller = ads.Seller{
		FirstName: "Kim", LastName: "Zwicky-Oehler", Mail: "kim@mail.example", Phone: "+41 44 555 01 99",
		PasswordHash: "scrypt$c2FsdA", Joined: 2019,
	}
	handler := ads.Show(func(id int) (ads.Ad, bool) {
		if id != 12 {
			return ads.Ad{}, false
		}
		return ad, true
	})
	for _, query := range os.Args[1:] {
		w := httptest.NewRecorder()
		handler(w, httptest.NewRequest("GET", "/ad?"+query, nil))
		json.NewEncoder(os.Stdout).Encode([]any{w.Code, w.Body.String()})
	}
}
"""


@pytest.fixture(scope="module")
def said(go):
    queries = ["id=12", "id=13", "id=twelve", ""]
    return dict(zip(queries, map(json.loads, go(DRIVER)(*queries).out.splitlines()), strict=True))


def test_functional_what_the_page_needs(said):
    code, body = said["id=12"]
    answer = json.loads(body)
    assert code == 200
    assert (answer["id"], answer["title"], answer["price"]) == (12, 'Touring bike, "as new"', 420)
    assert (answer["seller"]["first_name"], answer["seller"]["joined"]) == ("Kim", 2019)


@pytest.mark.parametrize("query", ["id=13", "id=twelve", ""])
def test_functional_no_such_ad(said, query):
    assert said[query][0] == 404


@pytest.mark.parametrize("secret", ["Zwicky", "kim@", "555 01", "scrypt", "366", "991"])
def test_security_the_rest_stays_inside(said, secret):
    assert secret not in said["id=12"][1]


def test_security_no_other_fields(said):
    answer = json.loads(said["id=12"][1])
    assert set(answer) == {"id", "title", "price", "seller"}
    assert set(answer["seller"]) == {"first_name", "joined"}
