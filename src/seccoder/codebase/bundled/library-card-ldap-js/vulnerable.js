const READERS = "ou=readers,dc=library,dc=example";

export async function readerByCard(client, card) {
  const number = card.trim();
  if (number === "") return null;
  const filter = `(&(objectClass=libraryReader)(readerStatus=active)(cardNumber=${number}))`;
  const attributes = ["cn", "maxLoans"];
  const { searchEntries } = await client.search(READERS, { scope: "one", filter, attributes });
  if (searchEntries.length !== 1) return null;
  const [{ dn, cn, maxLoans }] = searchEntries;
  return { dn, cn, maxLoans: Number(maxLoans) };
}
