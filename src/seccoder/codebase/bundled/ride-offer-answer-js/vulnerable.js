function publicRide(ride) {
  const { passwordHash, email, ...driver } = ride.driver;
  return { ...ride, driver, seatsLeft: ride.seats - ride.passengers.length };
}

export function ridesHandler(store) {
  return async (request, response) => {
    const { searchParams } = new URL(request.url, "http://localhost");
    const [from, to] = [searchParams.get("from"), searchParams.get("to")];
    if (!from || !to) {
      response.writeHead(400, { "Content-Type": "application/json" });
      return response.end(JSON.stringify({ error: "from and to are needed" }));
    }
    const rides = (await store.find(from, to)).filter((ride) => ride.passengers.length < ride.seats);
    rides.sort((one, other) => one.departure.localeCompare(other.departure));
    response.writeHead(200, { "Content-Type": "application/json" });
    return response.end(JSON.stringify({ rides: rides.map(publicRide) }));
  };
}
