// Changes made elsewhere, by one stream for each page that is looked at. Where the person wants notices of new mail, one of the
// pages that are not looked at keeps its stream, and tells when none is.
const folders = () => document.getElementById("folders");
const listens = Boolean(document.querySelector(".mail[data-folder]"));
const LOOKED_AT = "digidig-looked-at";
const QUIET = 10000;
let stream = null;
let leads = false;

function listen() {
  const wanted = document.hidden ? leads : listens;
  if (wanted && !stream) {
    stream = new EventSource("/live");
    stream.addEventListener("message", changed);
    // What changed since the page was made, or while it was not connected, is heard of by nobody.
    stream.addEventListener("open", changed);
  } else if (!wanted && stream) {
    stream.close();
    stream = null;
  }
}

function changed() {
  document.dispatchEvent(new Event("changed"));
  if (document.hidden && leads) tell();
}

// Since when, by UIDs of the inbox: null until it is known.
let since = null;
let told = 0;
let toldAt = 0;
let notice = null;
let asking = false;
let again = false;
async function tell() {
  again = asking;
  if (asking) return;
  asking = true;
  try {
    do {
      again = false;
      const answer = await fetch("/live/news?after=" + (since ?? -1));
      if (!answer.ok) return;
      const news = await answer.json();
      const looked = (await navigator.locks.query()).held.some(({ name }) => name === LOOKED_AT);
      if (looked || since === null) since = news.last;
      else if (news.title && news.last > told) { told = news.last; show(news); }
    } while (again);
  } catch { /* The next change asks again. */ } finally { asking = false; }
}

// One notice for all that came since the person looked: a later one takes the place of the one before.
function show(news) {
  notice = new Notification(news.title, { body: news.body, tag: "digidig", renotify: Date.now() - toldAt > QUIET, icon: "/assets/logo.svg" });
  toldAt = Date.now();
  notice.onclick = () => {
    notice.close();
    focus();
    if (document.getElementById("compose")) window.open(news.path); else location.assign(news.path);
  };
}

// A lock that every page has while it is looked at; it goes with the page.
function look() {
  if (!navigator.locks || document.hidden) return;
  navigator.locks.request(LOOKED_AT, { mode: "shared" }, () => document.hidden || new Promise((away) => document.addEventListener("visibilitychange", away, { once: true })));
}

const allowed = () => "Notification" in window && Notification.permission === "granted" && Boolean(navigator.locks);
if (folders()?.dataset.notify === "true" && allowed()) {
  navigator.locks.request("digidig-notices", () => { leads = true; listen(); return new Promise(() => {}); });
}
document.addEventListener("visibilitychange", () => {
  since = null;
  if (notice && !document.hidden) notice.close();
  look();
  listen();
  if (document.hidden && leads) tell();
});
addEventListener("pagehide", () => { if (stream) stream.close(); stream = null; });
addEventListener("pageshow", listen);
look();

// The switch in the settings: the browser is asked at once, and what it says is told.
const wish = document.getElementById("notifications");
if (wish) {
  const state = document.getElementById("notifications-state");
  const say = () => { state.textContent = !wish.checked || allowed() ? "" : !window.isSecureContext || !("Notification" in window) ? state.dataset.impossible : Notification.permission === "denied" ? state.dataset.refused : state.dataset.ask; };
  wish.addEventListener("change", async () => {
    if (wish.checked && window.isSecureContext && "Notification" in window && Notification.permission === "default") await Notification.requestPermission();
    say();
    if (wish.checked && !allowed()) wish.checked = false;
  });
  say();
}
