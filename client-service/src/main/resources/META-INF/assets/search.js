// Below the search field while a person types: what the word may become, and what is found. Without it the field asks for the
// page of what was found.
const field = document.querySelector("[data-search]");
const list = document.getElementById("search-list");
if (field && list) {
  const options = () => Array.from(list.children);
  let at = -1;
  let wait = null;
  let asking = new AbortController();

  function close() {
    clearTimeout(wait);
    asking.abort();
    list.hidden = true;
    list.replaceChildren();
    mark(-1);
    field.setAttribute("aria-expanded", "false");
  }

  // -1: none; then Enter searches for what is typed.
  function mark(next) {
    at = next;
    options().forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
    const chosen = list.children[at];
    if (chosen) { field.setAttribute("aria-activedescendant", chosen.id); chosen.scrollIntoView({ block: "nearest" }); } else field.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    if (option.dataset.path) { location.assign(option.dataset.path); close(); return; }
    if (!option.dataset.fill) { field.form.requestSubmit(); return; }
    field.value = option.dataset.fill;
    ask();
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    try {
      const answer = await fetch("/search/typed?q=" + encodeURIComponent(field.value.trimStart()), { signal: asking.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok) { close(); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (document.activeElement !== field) return;
      list.replaceChildren(...page.querySelectorAll("[role=option]"));
      options().forEach((one, i) => { one.id = "search-list-" + i; });
      mark(-1);
      list.hidden = !options().length;
      field.setAttribute("aria-expanded", String(!list.hidden));
    } catch (failure) { if (failure.name !== "AbortError") close(); }
  }

  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(ask, 120); });
  field.addEventListener("focus", () => { if (!field.value) ask(); });
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const count = options().length;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1 < count ? at + 1 : -1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? count - 1 : at - 1); }
    if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(list.children[at]); }
    if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option && event.button === 0) take(option);
  });
}
