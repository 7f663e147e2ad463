// What a row offers under the hand: under the pointer buttons for what is done most, under a finger a push to either side. Keys
// and the bar over the list do the same.
const mail = document.querySelector(".mail[data-folder]");
const rows = document.getElementById("rows");
if (mail && rows) {
  const FAR = 0.3;
  const offered = (action) => document.querySelector(`#chosen .bulk-actions button[value="${action}"]`);
  const kept = offered("archive") || offered("inbox");
  // What is deleted from the trash does not come back.
  const away = mail.dataset.kind === "trash" ? null : offered("delete");
  const act = (row, action) => row.dispatchEvent(new CustomEvent("act", { bubbles: true, detail: action }));
  const at = (event) => event.target.closest(".row-message");

  const beside = document.createElement("div");
  beside.className = "beside";
  beside.setAttribute("aria-hidden", "true");
  function copy(button) {
    const one = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet btn-icon", value: button.value, title: button.title, tabIndex: -1 });
    one.append(...Array.from(button.childNodes, (node) => node.cloneNode(true)));
    return one;
  }
  rows.addEventListener("pointerover", (event) => {
    const row = event.pointerType === "mouse" ? at(event) : null;
    if (!row || beside.parentElement === row) return;
    const mark = offered(row.classList.contains("unread") ? "read" : "unread");
    beside.replaceChildren(...[kept, away, mark].filter(Boolean).map(copy));
    row.append(beside);
  });
  rows.addEventListener("pointerleave", () => beside.remove());
  beside.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = at(event);
    if (!button) return;
    beside.remove();
    act(row, button.value);
  });

  // To the right it is kept, to the left it goes away.
  const beneath = document.createElement("div");
  beneath.className = "beneath";
  beneath.setAttribute("aria-hidden", "true");
  let push = null;
  const meant = (by) => (by > 0 ? kept : away);
  function settle() {
    const { row } = push;
    push = null;
    delete row.dataset.pushed;
    row.style.removeProperty("--by");
    beneath.remove();
  }
  rows.addEventListener("pointerdown", (event) => {
    const row = at(event);
    if (push) settle();
    if (row && event.pointerType === "touch" && event.isPrimary) push = { row, x: event.clientX, y: event.clientY, by: 0, begun: false };
  });
  rows.addEventListener("pointermove", (event) => {
    if (!push || event.pointerType !== "touch") return;
    const by = event.clientX - push.x;
    if (!push.begun) {
      if (Math.abs(event.clientY - push.y) > 12) { push = null; return; }
      if (Math.abs(by) < 12 || !meant(by)) return;
      push.begun = true;
      push.row.setPointerCapture(event.pointerId);
      push.row.dataset.pushed = "";
      push.row.prepend(beneath);
    }
    const button = meant(by);
    push.by = button ? by : 0;
    push.row.style.setProperty("--by", push.by + "px");
    if (button && beneath.dataset.does !== button.value) {
      beneath.dataset.does = button.value;
      beneath.replaceChildren(...Array.from(button.childNodes, (node) => node.cloneNode(true)));
    }
    beneath.classList.toggle("far", Math.abs(push.by) > push.row.clientWidth * FAR);
  });
  rows.addEventListener("pointerup", () => {
    if (!push) return;
    const { row, by } = push;
    settle();
    if (Math.abs(by) > row.clientWidth * FAR) act(row, meant(by).value);
  });
  rows.addEventListener("pointercancel", () => { if (push) settle(); });
}
