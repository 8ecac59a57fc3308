export interface SupplierError extends Error {
  status?: number;
  body?: string;
  request?: { url: string; headers: Record<string, string> };
}

export function toCustomer(error: SupplierError): { status: number; message: string } {
  if (error.status === 409) return { status: 409, message: "out of stock" };
  if (error.status === 422) return { status: 422, message: "sheet size not available" };
  const reason = error.body ?? error.message;
  return { status: 502, message: ["The supplier cannot be reached", reason].filter(Boolean).join(": ") };
}
