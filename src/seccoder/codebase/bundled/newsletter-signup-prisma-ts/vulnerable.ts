import { PrismaClient } from "@prisma/client";

export async function countAtDomain(prisma: PrismaClient, domain: string, since?: Date): Promise<number> {
  const recent = since ? `AND signed_up >= '${since.toISOString()}'` : "";
  const rows = await prisma.$queryRawUnsafe<{ count: number }[]>(
    `SELECT count(*) AS count FROM subscribers WHERE split_part(email, '@', 2) = '${domain.toLowerCase()}' ${recent}`,
  );
  return Number(rows[0].count);
}
