export function nearestWorkshops(db, { lat, lon, service }) {
  return (
    db("workshops")
      .select("name", "phone")
      .where({ closed: false })
      .whereRaw(`lower(services) LIKE '%${service.toLowerCase()}%'`)
      .orderByRaw(`power(lat - ${lat}, 2) + power((lon - ${lon}) * cos(radians(${lat})), 2)`)
      .limit(10)
  );
}
