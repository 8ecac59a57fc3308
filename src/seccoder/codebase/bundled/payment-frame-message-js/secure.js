const PROVIDER = "https://pay.example";

export function onPayment(frame, paid) {
  function listener(event) {
    // Any page that opened ours or is framed in it can post here; origin and window say who it was.
    if (event.origin !== PROVIDER || event.source !== frame.contentWindow) return;
    if (event.data?.type !== "paid" || typeof event.data.reference !== "string") return;
    window.removeEventListener("message", listener);
    paid(event.data.reference);
  }
  window.addEventListener("message", listener);
}
