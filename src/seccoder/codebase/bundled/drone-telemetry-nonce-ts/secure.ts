import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

export class Sender {
  // A restart knows nothing of earlier packets under this key: what it counts in must be its own.
  private readonly start = randomBytes(4);
  private count = 0n;

  constructor(private readonly key: Buffer) {}

  seal(packet: Buffer): Buffer {
    const nonce = Buffer.alloc(12);
    this.start.copy(nonce);
    nonce.writeBigUInt64BE(this.count++, 4);
    const cipher = createCipheriv("aes-256-gcm", this.key, nonce);
    const body = Buffer.concat([cipher.update(packet), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }
}

export function open(key: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < 28) throw new Error("Too short for a packet");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
