// The code table: rows are left out as one types, and sorted in place. Without this file the form and the links in the heads do the same.
{
  const field = document.querySelector(".table-filters [name=q]"), body = document.querySelector(".quick tbody");
  const none = body.querySelector(".none"), left = document.querySelector("#left");
  const others = [...none.querySelectorAll("[data-codes]")], tables = [...document.querySelectorAll(".picks a"), ...others];
  const rows = [...body.querySelectorAll("tr:not(.none)")];

  // ---------- the field: the server folded each row's words to half-width small letters, and so is what is typed ----------
  const sift = () => {
    const said = field.value.normalize("NFKC").trim().toLowerCase();
    rows.forEach(row => { row.hidden = !row.dataset.words.includes(said); });
    const count = rows.filter(row => !row.hidden).length;
    left.textContent = count;
    none.hidden = count > 0;
    others.forEach(link => { link.hidden = !link.dataset.codes.split(" ").includes(said); });
    tables.forEach(link => { const address = new URL(link.href); address.searchParams.set("q", field.value); link.href = address; }); // typed once
  };
  field.addEventListener("input", sift);

  // ---------- the other filters act at once ----------
  const form = field.form;
  form.addEventListener("change", event => { if (event.target !== field) form.requestSubmit(); });
  // "Back" keeps what was typed. Chips that the browser puts back as they were chosen go back to what the rows are.
  addEventListener("pageshow", () => {
    const typed = field.value;
    form.reset();
    field.value = typed;
    if (typed !== field.defaultValue) sift();
  });

  // ---------- the heads: links become buttons, because nothing is left for ----------
  const key = (row, name) => `${row.dataset[name] || "~"} ${row.dataset.code}`; // without a class: last
  const sort = (head, name) => {
    const isDown = head.getAttribute("aria-sort") === "ascending";
    document.querySelectorAll(".quick [aria-sort]").forEach(other => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    rows.sort((one, other) => (key(one, name) < key(other, name) ? -1 : 1) * (isDown ? -1 : 1));
    body.prepend(...rows);
  };
  document.querySelectorAll(".quick [data-sort]").forEach(link => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sort", textContent: link.textContent });
    button.addEventListener("click", () => sort(button.closest("th"), link.dataset.sort));
    link.replaceWith(button);
  });
}
