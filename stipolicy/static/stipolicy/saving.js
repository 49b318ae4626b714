"use strict";

// A save that waits for somebody else's write says so after two seconds.
document.addEventListener("submit", (event) => {
  const status = document.querySelector(".still-saving");
  if (!status || event.target.method !== "post") return;
  setTimeout(() => {
    if (!event.defaultPrevented) status.textContent = status.dataset.words;
  }, 2000);
});

// A long form that is shown again begins where something is wrong.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".errorlist")?.scrollIntoView({ block: "center" });
});

// Back from another page: nothing is being saved.
window.addEventListener("pageshow", () => {
  const status = document.querySelector(".still-saving");
  if (status) status.textContent = "";
});
