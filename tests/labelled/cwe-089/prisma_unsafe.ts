// vulnerable: $queryRawUnsafe takes a text as it is
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export async function byTag(tag: string): Promise<unknown> {
  return prisma.$queryRawUnsafe(`SELECT id FROM articles WHERE tags LIKE '%${tag}%'`);
}
