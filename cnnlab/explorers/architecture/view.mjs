// The page of the architecture builder: the layers as a grid, an editor for one of them.
import { grid, numberField, toggle, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { call, code, fields, parse, trace, written } from "./arithmetic.mjs";

const KIND = "architecture";
const HEADS = { layer: "layer", values: "output", parameters: "parameters", multiply_adds: "multiply-adds", bytes: "memory, bytes", field: "a unit sees", jump: "jump" };
const KEYS = Object.keys(HEADS);
const big = (n) => n.toLocaleString("en");

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Architecture builder" });
  const { make, state: s } = v;
  const data = model.get("data");
  const wrong = make("p", { class: "wrong", role: "alert" });

  // --- what is computed once a change; a stack that cannot be read is taken back
  let { layers } = parse(fields.stack.start, data);
  let lines = [];
  let last = {}; // the sums, or the layer that Keras refuses
  const compute = () => {
    const read = parse(s.stack, data);
    if (read.error) {
      wrong.textContent = read.error;
      v.set({ stack: written(layers, data) });
    } else layers = read.layers;
    lines = trace(s, layers);
    last = lines.at(-1);
  };
  v.onDraw(compute);
  const at = () => Math.min(s.row, layers.length + 1);
  const chosen = () => layers[at() - 1];

  // --- changes
  const edit = (changed, row) => {
    wrong.textContent = "";
    v.set({ stack: written(changed, data), row });
    compute();
  };
  const drop = () => chosen() && layers[1] && edit(layers.toSpliced(at() - 1, 1), at());
  const shift = (from, to) => {
    if (layers[from - 1] && layers[to - 1]) edit(layers.toSpliced(from - 1, 1).toSpliced(to - 1, 0, layers[from - 1]), to);
  };
  const add = (text) => edit(layers.toSpliced(at(), 0, ...parse(text, data).layers), at() + 1);

  // --- the grid
  const textOf = (i, key) => {
    const [line, layer] = [lines[i], layers[i - 1]];
    if (key === "layer") return layer ? `↕ ${i}. ${call(layer, data)}` : i ? "in all" : "image";
    if (!predict.isOpen()) return "?";
    if (line?.refused && key === "values") return `✗ Keras refuses it: ${line.refused}.`;
    if (!line?.[key]) return "–";
    const [n, how] = line[key];
    if (key === "values") return line.shape.join(" × ");
    if (key === "field") return how ? `${n} × ${n}` : "all inputs";
    return how ? big(n) : "–";
  };
  let held = 0;
  const table = grid(v, {
    label: "Layers",
    // A layer follows the pointer that holds it.
    choose: (row, column) => {
      if (!held) return v.set({ row, column });
      shift(held, row);
      held = at();
    },
    describe: (i, j) => {
      const [key, line] = [KEYS[j], predict.isOpen() && lines[i]];
      const text = textOf(i, key);
      const here = i === at();
      const mark = line?.refused ? (text === "–" ? "none" : j ? "refused" : "") :
        line && layers[i - 1] && last[key] ? `share-${Math.round((10 * line[key][0]) / (last[key][0] || 1))}` : "";
      const kinds = `${mark} ${here ? "chosen" : ""} ${here && j === s.column ? "window" : ""} ${j ? "" : "handle"}`;
      return { text, kinds, label: `${HEADS[key]} ${text}` };
    },
  });
  const stack = make("div", { class: "stack" },
    make("div", { class: "heads", "aria-hidden": "true" }, ...KEYS.map((key) => make("span", {}, HEADS[key]))), table.node);
  const early = (type, listener) => stack.addEventListener(type, listener, { capture: true, signal: v.signal });
  early("pointerdown", (event) => (held = Number(event.target.closest(".cl-handle")?.dataset.row)));
  early("keydown", (event) => {
    held = 0;
    const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) shift(at(), at() + step);
    else if (event.key === "Delete" || event.key === "Backspace") drop();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // --- the editor of the chosen layer
  const one = {
    ...v,
    get state() {
      return chosen() ?? {};
    },
    set: (change) => edit(layers.with(at() - 1, { ...chosen(), ...change }), at()),
  };
  const parts = Object.entries(data.legal).map(([name, legal]) => [name, numberField(one, name, name, legal)]);
  parts.push(["same", toggle(one, "same", 'padding "same"')]);
  const title = make("legend", {});
  const act = (text, onclick) => make("button", { type: "button", onclick }, text);
  const editor = make("fieldset", { class: "edit" }, title, make("div", { class: "controls" }, ...parts.map(([, node]) => node),
    act("Move up", () => shift(at(), at() - 1)), act("Move down", () => shift(at(), at() + 1)), act("Delete", drop)),
  make("p", { class: "controls" }, "Add below:", ...data.added.map((text) => act(data.kinds[text[0]][0], () => add(text)))));

  // --- words and the picture
  const budget = make("p", { class: "name", role: "status" });
  const image = make("div", { class: "image", "aria-hidden": "true" });
  const predict = gate(v, model, {
    question: () => {
      const each = lines.slice(0, layers.length + 1).map((line) => line.multiply_adds?.[0] ?? 0);
      const most = Math.max(...each);
      return {
        words: last.refused ? "Which layer does Keras refuse?" : "Which layer does most multiply-adds?",
        inputs: ["its number"],
        answer: [last.refused ? lines.length - 1 : each.indexOf(most)],
        explain: last.refused ?? `It does ${big(most)}.`,
      };
    },
    onChange: () => draw(),
  });
  const limit = () => {
    if (last.refused) return "✗ Keras refuses this model.";
    const [n] = last.parameters;
    return s.budget ? `${n > s.budget ? "✗ Over" : "✓ Within"} the budget: ${big(n)} of ${big(s.budget)} parameters.` : "";
  };
  function draw() {
    const open = predict.isOpen();
    predict.draw();
    const focused = table.node.contains(document.activeElement);
    table.update(layers.length + 2, KEYS.length, [at(), s.column]);
    if (focused) table.node.querySelector("[tabindex='0']").focus({ preventScroll: true });
    title.textContent = textOf(at(), "layer").replace("↕", "layer");
    parts.forEach(([name, node]) => (node.hidden = !data.kinds[chosen()?.kind]?.includes(name)));
    const line = lines[at()];
    const noted = lines.findIndex(({ note }) => note);
    budget.textContent = open ? limit() + (noted > 0 ? ` Layer ${noted}: ${lines[noted].note}` : "") : "";
    const [n, how] = line?.field ?? [];
    image.hidden = !open || !how;
    image.style = `aspect-ratio: ${s.columns} / ${s.rows}; --rows: ${n / s.rows}; --columns: ${n / s.columns}`;
    const key = line?.refused ? "values" : KEYS[s.column];
    const [formula, text] = [open && line?.[key]?.[1], textOf(at(), key)];
    v.say(`${title.textContent}: ${HEADS[key]} ${formula && formula !== text ? `${formula} = ` : ""}${text}`);
  }

  v.root.append(
    make("div", { class: "controls" }, ...["rows", "columns", "channels", "budget"].map((name) => numberField(v, name, name, fields[name]))),
    predict.node, wrong, budget, stack, v.live,
    make("p", {}, "Alt+↑, Alt+↓ or dragging ↕ moves a layer, Delete removes it. Bars are shares of the sum."),
    make("div", { class: "panels" }, editor, image), codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(draw);
  return v.stop;
}

export default { render };
