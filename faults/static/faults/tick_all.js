// One box that ticks all of a name. Without the script it isn't shown.
"use strict";

for (const all of document.querySelectorAll("[data-tick-all]")) {
  const boxes = [...document.getElementsByName(all.dataset.tickAll)];
  const look = () => {
    all.checked = boxes.every((box) => box.checked);
    all.indeterminate = !all.checked && boxes.some((box) => box.checked);
  };
  all.parentElement.hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", look));
  look();
}
