async function pickUp(parcels, body, now = new Date()) {
  const { number, code } = body ?? {};
  if (!number || !code) {
    return null;
  }
  const parcel = await parcels.findOneAndUpdate(
    { number: String(number).trim().toUpperCase(), code, pickedUpAt: null },
    { $set: { pickedUpAt: now } },
  );
  return parcel?.compartment ?? null;
}

module.exports = { pickUp };
