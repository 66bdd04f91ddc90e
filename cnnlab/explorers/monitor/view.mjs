// The page of the training monitor: two charts, a slider over the epochs, words.
import { numberField, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { bestEpoch, code, fields, first, marks, said, seen, stoppingEpoch } from "./arithmetic.mjs";

const KIND = "monitor";
const LINES = { "": ["fit", "●"], val_: ["validation", "▲"] };
const WIDTH = 400;
const HEIGHT = 246;
// Room around the curves.
const LEFT = 44;
const RIGHT = 12;
const TOP = 30;
const BOTTOM = 36;
const ALL = fields.epoch.high;

const svg = (tag, attributes, ...children) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Training monitor" });
  const { make, state: s } = v;
  let now = {};
  const compute = () => {
    const data = model.get("data");
    const length = (data.history.loss ?? []).length;
    const count = Math.min(s.epoch, length);
    const history = first(data.history, count);
    const validation = history.val_loss ?? [];
    now = { data, length, count, history, total: Math.max(data.planned, length, 2), best: bestEpoch(validation), stop: stoppingEpoch(validation, s.patience) };
  };
  v.onDraw(compute);
  const go = (epoch) => v.set({ epoch: epoch >= now.length ? ALL : Math.max(epoch, 1) });

  // --- a chart
  const chart = (measure) => {
    const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "cl-chart" });
    const node = make("div", { class: "panel", onpointerdown: (event) => pick(event), onpointermove: (event) => event.buttons && pick(event) },
      make("p", { class: "name" }, measure), picture);
    const across = () => (WIDTH - LEFT - RIGHT) / (now.total - 1);
    const pick = (event) => {
      const box = picture.getBoundingClientRect();
      go(Math.round((((event.clientX - box.left) / box.width) * WIDTH - LEFT) / across()) + 1);
    };
    const draw = (open) => {
      const names = Object.keys(LINES).filter((prefix) => now.data.history[prefix + measure] && (open || !prefix));
      node.hidden = !names.length;
      if (node.hidden) return;
      // From all epochs there are, so that the axis stays while the epochs are gone through.
      const every = names.flatMap((prefix) => now.data.history[prefix + measure]).filter(Number.isFinite);
      const lowest = measure === "loss" ? 0 : Math.min(...every, 1);
      const steps = marks(lowest, Math.max(...every, measure === "loss" ? 0 : 1), 4);
      const [low, high] = [steps[0], steps.at(-1)];
      const x = (epoch) => LEFT + (epoch - 1) * across();
      const y = (value) => TOP + ((high - value) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
      const text = (place, words, anchor = "middle") => svg("text", { x: place[0], y: place[1], "text-anchor": anchor }, words);
      const rule = (epoch, words, kind, row) => [
        svg("line", { x1: x(epoch), x2: x(epoch), y1: 14 + 14 * row, y2: HEIGHT - BOTTOM, class: kind }),
        text([x(epoch) + (epoch * 2 > now.total ? 3 : -3), 11 + 14 * row], words, epoch * 2 > now.total ? "end" : "start"),
      ];
      const curve = (prefix) => {
        const values = now.history[prefix + measure] ?? [];
        const path = values.map((value, at) => (Number.isFinite(value) ? `${Number.isFinite(values[at - 1]) ? "L" : "M"}${x(at + 1)} ${y(value)}` : "")).join("");
        const every = Math.ceil(values.length / 30);
        const [, sign] = LINES[prefix];
        return svg("g", { class: `cl-curve${prefix ? " cl-val" : ""}` }, svg("path", { d: path }),
          ...values.flatMap((value, at) => (Number.isFinite(value) && at % every === 0 ? [text([x(at + 1), y(value) + 3.5], sign)] : [])));
      };
      picture.replaceChildren(
        ...steps.flatMap((step) => [svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(step), y2: y(step), class: "cl-rule" }), text([LEFT - 6, y(step) + 4], String(step), "end")]),
        ...marks(1, now.total, 6).filter((epoch) => Number.isInteger(epoch) && epoch > 0 && epoch <= now.total).map((epoch) => text([x(epoch), HEIGHT - BOTTOM + 16], String(epoch))),
        text([(LEFT + WIDTH) / 2, HEIGHT - 4], "epoch"),
        ...names.map(curve),
        ...(open && now.best ? rule(now.best, `best: ${now.best}`, "cl-best", 0) : []),
        ...(open && now.stop ? rule(now.stop, `stop: ${now.stop}`, "cl-stop", 1) : []));
      const spoken = names.map((prefix) => `${LINES[prefix][0]} ${(now.history[prefix + measure] ?? []).map((value) => (Number.isFinite(value) ? said(value) : "not a number")).slice(-12).join(", ")}`);
      picture.setAttribute("aria-label", `${measure} by epoch, up to 12 last: ${spoken.join("; ")}`);
    };
    return { node, draw };
  };
  const charts = ["loss", "accuracy"].map(chart);

  // --- controls
  const title = make("p", { class: "name" });
  const where = make("span", {});
  const range = make("input", { type: "range", min: 1, oninput: () => go(Number(range.value)) });
  const slider = make("label", { class: "number" }, where, range);
  const key = make("p", { class: "key" }, ...Object.values(LINES).map(([words, sign]) => `${sign} ${words}   `), "Drag in a chart, or use the slider, to go back in time.");

  // --- words
  const facts = make("ul", { class: "facts" });
  const factLines = () => {
    const at = (name) => now.history[name]?.at(-1);
    const measured = Object.keys(LINES).flatMap((prefix) => ["loss", "accuracy"].map((measure) => [`${LINES[prefix][0]} ${measure}`, at(prefix + measure)]));
    const lines = [`epoch ${now.count}: ${measured.filter(([, value]) => value !== undefined).map(([name, value]) => `${name} ${Number.isFinite(value) ? said(value) : "not a number"}`).join(", ")}`];
    if (now.best) {
      lines.push(`lowest validation loss: ${said(now.history.val_loss[now.best - 1])}, at epoch ${now.best}`);
      lines.push(`early stopping with patience ${s.patience}: ${now.stop ? `stops after epoch ${now.stop}` : "has not stopped yet"}`);
    }
    return lines;
  };
  const predict = gate(v, model, {
    question: () => {
      const validation = now.data.history.val_loss ?? [];
      const best = bestEpoch(validation);
      return {
        words: "You see the training curves alone. After which epoch does the validation loss begin to rise: at which is it lowest?",
        inputs: ["epoch"],
        answer: [best || "none"],
        explain: seen(now.data.history),
      };
    },
    onChange: () => {
      compute();
      draw();
    },
  });
  function draw() {
    const open = predict.isOpen();
    const { data, length, count } = now;
    // The question is about all epochs.
    if (!open) now = { ...now, history: data.history };
    title.textContent = `${data.title}${data.ended ? "" : ` – training, epoch ${length + 1}${data.planned ? ` of ${data.planned}` : ""}`}`;
    range.max = Math.max(length, 1);
    range.value = count;
    slider.hidden = length < 2;
    where.textContent = `epochs shown: ${count} of ${length}`;
    predict.draw();
    charts.forEach((chart) => chart.draw(open));
    facts.replaceChildren(...(open && count ? factLines() : []).map((line) => make("li", {}, line)));
    v.say(open ? seen(now.history) : "");
  }

  // The focus stays where it is: the form is not on the page yet.
  if (now.data.ask) predict.node.firstChild.click();
  v.root.append(title, make("div", { class: "controls" }, slider, numberField(v, "patience", "patience", fields.patience)),
    predict.node, make("div", { class: "panels" }, ...charts.map(({ node }) => node)), key, v.live, facts,
    codeTab(v, (state) => code(state, model.get("data"))), stateField(v, KIND, fields));
  v.onDraw(draw);
  // Python sends new data after each epoch.
  const redraw = () => v.set({});
  model.on("change:data", redraw);
  return () => {
    model.off("change:data", redraw);
    v.stop();
  };
}

export default { render };
