// Takes an incident off the page when its time is over: a page may lie open for hours, and a copy for offline may be older still.
{
  const lines = document.querySelectorAll(".incident[data-until]"), LOOKED = 10_000; // milliseconds
  const tidy = () => lines.forEach(line => { line.hidden = Date.now() >= line.dataset.until * 1_000; });
  setInterval(tidy, LOOKED);
  addEventListener("pageshow", tidy); // also of a page that "Back" brings as it was
  tidy();
}
