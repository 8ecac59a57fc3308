// secure: the host is one of ours or one below it, compared with its dot
export async function partnerLogo(link) {
  const { protocol, hostname } = new URL(link);
  if (protocol !== "https:" || !(hostname === "partner.example" || hostname.endsWith(".partner.example"))) {
    throw new Error("not a partner");
  }
  const answer = await fetch(link, { redirect: "error" });
  return Buffer.from(await answer.arrayBuffer());
}
