export function onPayment(frame, paid) {
  function listener(event) {
    if (event.data?.type !== "paid" || typeof event.data.reference !== "string") return;
    window.removeEventListener("message", listener);
    paid(event.data.reference);
  }
  window.addEventListener("message", listener);
}
