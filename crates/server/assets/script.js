// What is nicer with a script; every page works without it.
"use strict";

// Answers while one types: the same address is asked, and its answer shown in place.
for (const form of document.querySelectorAll("form[data-live]")) {
  const place = document.getElementById(form.dataset.live);
  let timer = 0;
  let asking = null;
  const ask = async () => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    const address = form.action.split("?")[0] + "?" + new URLSearchParams(pairs);
    if (asking) asking.abort();
    asking = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { signal: asking.signal, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const answer = page.getElementById(form.dataset.live) || page.getElementById("main");
      place.replaceChildren(...answer.childNodes);
      document.title = page.title;
      history.replaceState(null, "", address);
      place.setAttribute("aria-busy", "false");
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  };
  const soon = (event) => {
    // Nothing is asked while a word is still put together.
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, event.type === "change" ? 0 : 220);
  };
  form.addEventListener("input", soon);
  form.addEventListener("compositionend", soon);
  form.addEventListener("change", (event) => { if (event.target.type !== "search") soon(event); });
}

// A file that is dropped anywhere on the page.
const drop = document.querySelector("form.drop");
if (drop) {
  const field = drop.querySelector("input[type=file]");
  const status = drop.querySelector(".status");
  const over = (is) => drop.classList.toggle("over", is);
  const sending = () => {
    status.textContent = drop.dataset.busy;
    drop.classList.add("busy");
  };
  drop.addEventListener("submit", sending);
  field.addEventListener("change", () => { if (field.files.length) { sending(); drop.submit(); } });
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (event.dataTransfer && [...event.dataTransfer.types].includes("Files")) {
        event.preventDefault();
        over(true);
      }
    });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    event.preventDefault();
    over(false);
    field.files = event.dataTransfer.files;
    sending();
    drop.submit();
  });
}

// The outline is closed where it would stand before the text, and shows where one reads.
const outline = document.querySelector(".outline");
if (outline) {
  const narrow = matchMedia("(max-width: 63.99rem)");
  const details = outline.querySelector("details");
  const fit = () => { details.open = !narrow.matches; };
  fit();
  narrow.addEventListener("change", fit);
  const links = new Map([...outline.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const link = links.get(entry.target.id);
      if (!link || !entry.isIntersecting) continue;
      for (const other of links.values()) other.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) watch.observe(section);
  }
}

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const box = document.getElementById("q");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});
