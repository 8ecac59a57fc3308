export function nearestWorkshops(db, { lat, lon, service }) {
  return (
    db("workshops")
      .select("name", "phone")
      .where({ closed: false })
      // Raw SQL is not quoted by knex: the values go beside it, each for one "?".
      .whereRaw("lower(services) LIKE '%' || ? || '%'", [service.toLowerCase()])
      .orderByRaw("power(lat - ?, 2) + power((lon - ?) * cos(radians(?)), 2)", [lat, lon, lat])
      .limit(10)
  );
}
