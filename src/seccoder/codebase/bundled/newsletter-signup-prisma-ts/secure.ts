import { Prisma, PrismaClient } from "@prisma/client";

export async function countAtDomain(prisma: PrismaClient, domain: string, since?: Date): Promise<number> {
  // The tag sends each ${...} as a parameter; an optional part is a piece of SQL of its own.
  const recent = since ? Prisma.sql`AND signed_up >= ${since.toISOString()}` : Prisma.empty;
  const rows = await prisma.$queryRaw<{ count: number }[]>(
    Prisma.sql`SELECT count(*) AS count FROM subscribers WHERE split_part(email, '@', 2) = ${domain.toLowerCase()} ${recent}`,
  );
  return Number(rows[0].count);
}
