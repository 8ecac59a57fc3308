import { AndFilter, EqualityFilter } from "ldapts";

const READERS = "ou=readers,dc=library,dc=example";

export async function readerByCard(client, card) {
  const number = card.trim();
  if (number === "") return null;
  // Filter objects take values: an asterisk or a parenthesis from the keypad stays a character of the number.
  const filter = new AndFilter({
    filters: [
      new EqualityFilter({ attribute: "objectClass", value: "libraryReader" }),
      new EqualityFilter({ attribute: "readerStatus", value: "active" }),
      new EqualityFilter({ attribute: "cardNumber", value: number }),
    ],
  });
  const attributes = ["cn", "maxLoans"];
  const { searchEntries } = await client.search(READERS, { scope: "one", filter, attributes });
  if (searchEntries.length !== 1) return null;
  const [{ dn, cn, maxLoans }] = searchEntries;
  return { dn, cn, maxLoans: Number(maxLoans) };
}
