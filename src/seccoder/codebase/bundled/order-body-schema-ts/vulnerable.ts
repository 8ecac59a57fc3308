export interface Order {
  article: string;
  quantity: number;
  gift: boolean;
}

export function parseOrder(body: string): Order | null {
  try {
    const order = JSON.parse(body) as Order;
    return { article: order.article, quantity: order.quantity, gift: order.gift ?? false };
  } catch {
    return null;
  }
}
