// The editor of pathways: a fault leads to its line, and the text says whether it has any.
"use strict";

function goTo(text, line, column) {
  const before = text.value.split("\n").slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  const end = text.value.indexOf("\n", start);
  text.focus();
  text.setSelectionRange(start, end < 0 ? text.value.length : end);
  const height = parseFloat(getComputedStyle(text).lineHeight);
  text.scrollTop = Math.max(0, (line - 4) * height);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const text = document.getElementById("field-text");
  if (!link || !text) return;
  event.preventDefault();
  goTo(text, Number(link.dataset.line), Number(link.dataset.column));
});

document.addEventListener("htmx:afterSettle", () => {
  const text = document.getElementById("field-text");
  const isWrong = document.querySelector("#findings .nl-fault") !== null;
  if (isWrong) text.setAttribute("aria-invalid", "true");
  else text.removeAttribute("aria-invalid");
});
