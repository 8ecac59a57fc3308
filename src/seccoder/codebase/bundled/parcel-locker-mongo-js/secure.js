async function pickUp(parcels, body, now = new Date()) {
  const { number, code } = body ?? {};
  // JSON may bring {"$ne": ""} where a text is expected, which the driver would read as an operator.
  if (typeof number !== "string" || typeof code !== "string") {
    return null;
  }
  const parcel = await parcels.findOneAndUpdate(
    { number: number.trim().toUpperCase(), code, pickedUpAt: null },
    { $set: { pickedUpAt: now } },
  );
  return parcel?.compartment ?? null;
}

module.exports = { pickUp };
