// The page of the pixel shuffle: pictures, a dense layer, a convolution, before and after.
import { choice, grid, numberField, show, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { KERNEL, code, compared, fields, rearranged } from "./arithmetic.mjs";

const KIND = "shuffle";
const HOW = { none: "not at all", blocks: "whole blocks", within: "within blocks", all: "all pixels" };

// Light is high, as in photos.
function paint(canvas, x, most) {
  canvas.width = x[0].length;
  canvas.height = x.length;
  const context = canvas.getContext("2d");
  x.forEach((line, i) => line.forEach((value, j) => {
    context.fillStyle = `hsl(0 0% ${(100 * value) / most}%)`;
    context.fillRect(j, i, 1, 1);
  }));
}

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Pixel shuffle" });
  const { make, state: s } = v;
  const { images, names, most } = model.get("data");
  const data = { images };
  const number = (name, label) => numberField(v, name, label, fields[name]);

  // --- what is computed once a change
  let now = {};
  const compute = () => (now = compared(s, data));
  v.onDraw(compute);

  // --- pictures: all in the same order, and each can be picked
  const picks = names.map((name, pick) => {
    const canvases = [0, 1].map(() => make("canvas", {}));
    const node = make("button", { type: "button", class: "sample", onclick: () => v.set({ pick }) }, ...canvases, make("span", {}, name));
    return { canvases, node };
  });
  let painted = "";
  const repaint = () => {
    const key = [s.how, s.block, s.seed].join();
    picks.forEach(({ node, canvases }, pick) => {
      node.setAttribute("aria-pressed", images[pick] === now.x);
      if (key !== painted) [images[pick], rearranged(images[pick], now.places)].forEach((x, at) => paint(canvases[at], x, most));
    });
    painted = key;
  };

  // --- grids: each cell belongs to a pixel, its `source`; marks are names and words
  const here = (i, j) => [i, j];
  const from = (i, j) => {
    const place = now.places[i * now.columns + j];
    return [Math.floor(place / now.columns), place % now.columns];
  };
  const cells = (label, value, source, kinds, say = tell) => {
    const go = (i, j) => {
      const [row, column] = source(i, j);
      v.set({ row, column });
      compute();
      say(i, j);
    };
    return grid(v, {
      label,
      choose: go,
      enter: go,
      describe: (i, j) => {
        const [text, [row, column]] = [show(value()[i][j]), source(i, j)];
        const [colour, ...marks] = kinds(value()[i][j], i, j, row - now.window[0], column - now.window[1]);
        if (row === now.at[0] && column === now.at[1]) marks.push("here");
        return { text, kinds: [colour, ...marks].join(" "), label: [text, ...marks].join(", ") };
      },
    });
  };
  const times = (value, weight) => `${show(value)}·${show(weight)}`;
  function tell() {
    const [[row, column], [toRow, toColumn]] = [now.at, now.there];
    const [value, weight] = [now.x[row][column], now.neurons[s.unit].w[row][column]];
    const product = predict.isOpen() ? `, with its weight: ${times(value, weight)} = ${show(value * weight)} as before` : "";
    v.say(`Pixel ${value} at row ${row}, column ${column} moves to row ${toRow}, column ${toColumn}${product}`);
  }
  const seen = (colour) => (value, i, j, row, column) => [colour(value), ...(row >= 0 && row < 3 && column >= 0 && column < 3 ? ["window"] : [])];
  const sign = (value) => (value > 0 ? "positive" : value < 0 ? "negative" : "");
  const grey = (value) => `grey${Math.round((9 * value) / most)}`;
  const image = cells("Image", () => now.x, here, seen(grey));
  const mixed = cells("Shuffled image", () => now.mixed, from, seen(grey));
  const weights = cells("Weights", () => now.neurons[s.unit].w, here, seen(sign));
  const moved = cells("Weights, moved too", () => now.neurons[s.unit].moved, from, seen(sign));
  const outputs = (label, x, y, source, whole) =>
    cells(label, y, (i, j) => source(i + 1, j + 1), (value, i, j) => [sign(value), ...(whole(i, j) ? ["neighbours"] : [])], (i, j) => {
      const terms = KERNEL.flatMap((line, a) => line.map((weight, b) => times(x()[i + a][j + b], weight)));
      v.say(`${label}, row ${i}, column ${j}: ${terms.join(" + ")} = ${show(y()[i][j])}`);
    });
  const conv = outputs("Convolution", () => now.x, () => now.y, here, () => false);
  const after = outputs("Convolution, shuffled", () => now.mixed, () => now.after, from, (i, j) => now.whole[i][j]);

  // --- words
  const facts = make("ul", { class: "facts" });
  const added = ({ terms: all, bias, value }) => {
    const some = all.filter(([pixel, weight]) => pixel * weight).slice(0, 4).map(([pixel, weight]) => times(pixel, weight));
    return `${[...some, "…"].join(" + ")} + ${show(bias)} = ${show(value)}`;
  };
  // 0 / 0, where all neighbours are equal, is shown as "?".
  const alike = ({ r, above, squares }) => `${show(above)} / √(${squares.map(show).join(" · ")}) = ${show(r)}`;
  const factLines = () => {
    const { before, after: moved } = now.neurons[s.unit];
    const all = (name) => now.neurons.map((neuron) => show(neuron[name].value)).join(", ");
    return [
      `neighbours' correlation, Σ(a − ā)(b − b̄) / √(Σ(a − ā)² · Σ(b − b̄)²) over ${now.alike[0].pairs} pairs: ${alike(now.alike[0])}; shuffled ${alike(now.alike[1])}`,
      `dense layer, y = Σ w·x + b: ${all("before")}`,
      `shuffled, weights moved too: ${all("after")}: equal`,
      `shuffled, weights not moved: ${all("same")}`,
      `neuron ${s.unit}: ${added(before)}; weights moved too: ${added(moved)}`,
      `convolution, y = Σ w·x over 3 × 3 pixels, w = −1 0 1 in each row: ${now.windows - now.lost} of ${now.windows} windows hold nine neighbours as before (framed)`,
    ];
  };
  const predict = gate(v, model, {
    question: () => ({
      words: `Which layer loses? Each weight of the dense layer moves with its pixel: how many of its 3 outputs change? How many of the ${now.windows} windows of the convolution lose a neighbour?`,
      inputs: ["of 3", `of ${now.windows}`],
      answer: [0, now.lost],
      between: " and ",
      explain: "The dense layer adds the same products in another order; a kernel needs neighbours.",
    }),
    onChange: () => draw(),
  });
  const panel = (above, below) => make("div", { class: "panel" }, titled(above), below);
  const titled = ({ node }) => make("div", {}, make("p", { class: "name" }, node.getAttribute("aria-label")), make("div", { class: "scroll" }, node));
  const hidden = [titled(moved), titled(after), facts];
  function draw() {
    const open = predict.isOpen();
    const size = [now.rows, now.columns];
    predict.draw();
    repaint();
    image.update(...size, now.at);
    mixed.update(...size, now.there);
    weights.update(...size, now.at);
    conv.update(now.rows - 2, now.columns - 2, now.window);
    for (const node of hidden) node.hidden = !open;
    if (!open) {
      v.say("");
      return;
    }
    moved.update(...size, now.there);
    after.update(now.rows - 2, now.columns - 2, now.there.map((place) => place - 1));
    facts.replaceChildren(...factLines().map((line) => make("li", {}, line)));
  }

  const block = number("block", "block size");
  v.root.append(
    choice(v, "how", "pixels move", HOW),
    make("div", { class: "controls" }, block, number("seed", "seed"), number("unit", "neuron")),
    make("div", { class: "samples" }, ...picks.map(({ node }) => node)),
    predict.node,
    make("div", { class: "panels shuffle" },
      panel(image, titled(mixed)), panel(weights, hidden[0]), panel(conv, hidden[1])),
    v.live, facts,
    codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(() => {
    block.hidden = s.how === "none" || s.how === "all";
    draw();
  });
  return v.stop;
}

export default { render };
