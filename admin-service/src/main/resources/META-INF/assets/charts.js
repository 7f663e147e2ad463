// Charts from the tables beside them, which screen readers read; and the stream that says when there is something new.
(() => {
  "use strict";
  const plots = new Map();

  function colour(name) {
    const probe = document.createElement("span");
    probe.style.color = "var(" + name + ")";
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function draw() {
    const table = document.getElementById("flow");
    if (!table || !window.uPlot) return;
    const heads = Array.from(table.querySelectorAll("thead th"));
    const rows = Array.from(table.querySelectorAll("tbody tr"));
    const times = rows.map((row) => Number(row.dataset.minute) * 60);
    rows.forEach((row, i) => {
      const at = row.querySelector("time");
      at.dateTime = new Date(times[i] * 1000).toISOString();
      at.textContent = new Date(times[i] * 1000).toLocaleString(document.documentElement.lang);
    });
    const strokes = { flow: ["--accent", "--good", "--bad"], queue: ["--soon"] };
    for (const box of document.querySelectorAll("[data-chart]")) {
      const kind = box.dataset.chart;
      const columns = heads.map((head, i) => ({ head, i })).filter((one) => one.head.dataset.series === kind);
      const data = [times, ...columns.map((one) => rows.map((row) => Number(row.children[one.i].textContent)))];
      const known = plots.get(box);
      if (known) {
        known.setData(data);
        continue;
      }
      const quiet = colour("--quiet");
      const line = colour("--line");
      const axis = { stroke: quiet, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: "12px system-ui" };
      const plot = new window.uPlot({
        width: box.clientWidth || 400,
        height: 210,
        cursor: { drag: { x: false, y: false } },
        scales: { y: { range: (self, least, most) => [0, Math.max(4, Math.ceil(most * 1.1))] } },
        series: [{}, ...columns.map((one, i) => ({
          label: one.head.textContent,
          stroke: colour(strokes[kind][i]),
          width: 2,
          dash: i === 1 ? [6, 3] : i === 2 ? [2, 3] : undefined,
          points: { show: false },
        }))],
        axes: [axis, { ...axis, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] }],
      }, data, box);
      plots.set(box, plot);
      new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: 210 })).observe(box);
    }
  }

  let stream = null;
  function follow() {
    const place = document.querySelector("[data-live]");
    if (document.hidden || !place) {
      if (stream) stream.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(place.dataset.live);
      stream.addEventListener("tick", () => window.htmx.trigger(document.querySelector("[data-live]"), "tick"));
    }
  }
  document.addEventListener("visibilitychange", follow);
  document.addEventListener("htmx:afterSettle", draw);
  window.addEventListener("pagehide", () => { if (stream) stream.close(); });
  draw();
  follow();
})();
