export interface SupplierError extends Error {
  status?: number;
  body?: string;
  request?: { url: string; headers: Record<string, string> };
}

// The words are ours. The supplier's are for us: they name our account, our prices and the address with our key.
const KNOWN = new Map<number | undefined, string>([
  [409, "out of stock"],
  [422, "sheet size not available"],
]);

export function toCustomer(error: SupplierError): { status: number; message: string } {
  const message = KNOWN.get(error.status);
  return message ? { status: error.status as number, message } : { status: 502, message: "The supplier cannot be reached" };
}
