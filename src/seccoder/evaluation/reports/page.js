"use strict";
// The filter of the examples. Without it the page shows them all.
const filter = document.querySelector(".filter");
if (filter) {
  const controls = [...filter.querySelectorAll("select")];
  const text = filter.querySelector("input");
  const count = filter.querySelector("output");
  const apply = () => {
    const word = text.value.toLowerCase();
    let shown = 0;
    for (const arm of document.querySelectorAll(".arm")) {
      for (const example of arm.querySelectorAll(".example")) {
        const data = { ...arm.dataset, ...example.dataset };
        const fits = controls.every((control) => !control.value || data[control.name] === control.value);
        example.hidden = !fits || (word !== "" && !example.textContent.toLowerCase().includes(word));
        shown += example.hidden ? 0 : 1;
      }
      arm.hidden = !arm.querySelector(".example:not([hidden])");
    }
    for (const task of document.querySelectorAll(".task")) {
      task.hidden = !task.querySelector(".arm:not([hidden])");
      if (word || controls.some((control) => control.value)) task.open = !task.hidden;
    }
    count.textContent = `${shown} shown`;
  };
  filter.addEventListener("input", apply);
  filter.hidden = false;
  apply();
}
