// The public view names what goes out: a field that the database gets later stays inside until it is listed here.
function publicRide(ride) {
  return {
    id: ride.id,
    from: ride.from,
    to: ride.to,
    departure: ride.departure,
    seatsLeft: ride.seats - ride.passengers.length,
    price: ride.price,
    driver: {
      firstName: ride.driver.firstName,
      rating: ride.driver.rating,
      rides: ride.driver.rides,
    },
  };
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
