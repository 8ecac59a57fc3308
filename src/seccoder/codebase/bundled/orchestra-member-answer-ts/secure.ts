export interface Member {
  name: string;
  instrument: string;
  desk: number;
  joined: Date;
  mail: string;
  phone: string;
  birthday: string;
  feesPaid: boolean;
}

export interface Seat {
  name: string;
  instrument: string;
  desk: number;
  since: number;
}

export function membersRoute(all: () => Promise<Member[]>) {
  return async function GET(request: Request): Promise<Response> {
    const wanted = new URL(request.url).searchParams.get("instrument");
    const members = (await all()).filter(({ instrument }) => !wanted || instrument === wanted);
    // A new object with these fields: a type would not take the others away.
    const seats: Seat[] = members.map(({ name, instrument, desk, joined }) => ({ name, instrument, desk, since: joined.getUTCFullYear() }));
    return Response.json(seats);
  };
}
