// The page of the kernel painter: picture, kernel, feature map in three views.
import { choice, grid, numberField, picker, show, view, within } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { coloured, diverging, painted, picture, response, rgb } from "../kit/paint.mjs";
import { chosen, code, fields, impossible, kernel, meaning, resized, seen, step, summary } from "./arithmetic.mjs";

const KIND = "painter";
const SCALES = {
  signed: "dark: below 0; grey: 0; light: above 0",
  absolute: "black: 0; white: farthest from 0",
  clipped: "black: 0 and below; white: 255 and above",
};

const grey = (value) => rgb(value, value, value);

const percent = (share) => `${Math.round(100 * share)} %`;

// How a view colours numbers; `most` is the largest of them.
const COLOURS = {
  signed: (most) => (value) => diverging(value / most),
  absolute: (most) => (value) => grey((255 * Math.abs(value)) / most),
  clipped: () => (value) => grey(within(value, 0, 255)),
};

const LOSSES = {
  signed: () => "keeps all numbers",
  absolute: ({ below }) => `hides the signs: ${percent(below)} are below 0`,
  clipped: ({ below, over }) => `is a screen's: it shows ${percent(below)} as 0, as ReLU does, and ${percent(over)} as 255`,
};

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Kernel painter" });
  const { make, state: s } = v;
  const data = model.get("data");
  const panel = (title, ...nodes) => make("div", { class: "panel" }, make("p", { class: "name" }, title), ...nodes);

  // --- what is computed once a change
  let now = {};
  v.onDraw(() => {
    const used = kernel(s, data);
    const key = [s.picture, s.view, used.divide, used.weights].join();
    if (key !== now.key) {
      const image = chosen(s, data);
      const map = response(image, used);
      const about = summary(map, s.view);
      now = { key, used, image, map, about, greys: coloured(image.pixels, grey), colours: coloured(map.values, COLOURS[s.view](Math.max(-about.low, about.high, 1e-9))) };
    }
    now.at = [Math.min(s.row, now.map.rows - 1), Math.min(s.column, now.map.columns - 1)];
    Object.assign(now, step(now.image, used, ...now.at));
  });

  // --- the kernel
  const custom = (weights, divide) => v.set({ kernel: "custom", cells: weights.join(","), divide });
  const weights = painted(v, {
    label: "Kernel: digits, + and − change a weight, Enter paints",
    value: (row, column) => kernel(s, data).weights[row * Number(s.size) + column],
    brush: () => s.brush,
    write: (row, column, number) => {
      const { side, weights: old, divide } = kernel(s, data);
      custom(old.map((weight, n) => (n === row * side + column ? number : weight)), divide);
    },
  });
  const names = picker({ ...v, set: ({ kernel: name }) => (name === "custom" ? custom(kernel(s, data).weights, kernel(s, data).divide) : v.set({ kernel: name })) }, "kernel", "kernel", Object.fromEntries(fields.kernel.options.map((name) => [name, /al$/.test(name) ? `${name} edges` : name])));
  const sizes = choice({ ...v, set: ({ size }) => v.set({ size, cells: s.kernel === "custom" ? resized(kernel(s, data), Number(size)) : s.cells }) }, "size", "size", { 3: "3 × 3", 5: "5 × 5" });
  const divided = {
    get divide() {
      return kernel(s, data).divide;
    },
  };
  const divider = numberField({ ...v, state: divided, set: ({ divide }) => custom(kernel(s, data).weights, divide) }, "divide", "divide by", fields.divide);

  // --- pictures and the window
  const move = (row, column) => v.set({ row, column });
  const photo = picture(v, { label: "Picture", choose: move });
  const result = picture(v, { label: "Feature map", choose: move });
  const window = grid(v, {
    label: "Pixels below the kernel",
    describe: (row, column) => ({ text: show(now.window[row * now.used.side + column]) }),
  });
  const worked = () => {
    const { at, used, window: pixels, total, value } = now;
    const terms = used.weights.flatMap((weight, n) => (weight ? `${pixels[n]}·${show(weight)}` : []));
    const last = seen(s.view, value);
    return `row ${at[0]}, column ${at[1]}: ${terms.join(" + ") || 0} = ${show(total)}${used.divide > 1 ? `, divided by ${used.divide}: ${show(value)}` : ""}${last === value ? "" : `, shown as ${show(last)}`}`;
  };

  // --- words
  const why = make("p", { class: "wrong", role: "alert" });
  const sum = make("p", {});
  const words = make("p", {});
  const scale = make("p", {});
  const regions = make("p", {});
  const predict = gate(v, model, {
    question: () => ({
      words: "On a flat area each pixel is 100. What does this kernel give there?",
      inputs: ["number"],
      answer: [Math.round(10000 * meaning(now.used)[0]) / 100],
      explain: sum.textContent,
    }),
    onChange: () => draw(),
  });
  const box = panel("Feature map", choice(v, "view", "view", { signed: "signed", absolute: "absolute", clipped: "clipped" }), result.node, scale);
  const hidden = [box, v.live, sum, words, regions];
  function draw() {
    const open = predict.isOpen();
    const { image, map, used, at, about } = now;
    why.textContent = impossible(s);
    photo.update(image.rows, image.columns, now.greys, at, used.side);
    weights.update(used.side, used.side);
    window.update(used.side, used.side);
    const [total, flat] = meaning(used);
    sum.textContent = `The weights add up to ${show(total)}: ${flat}.`;
    predict.draw();
    for (const node of hidden) node.hidden = !open;
    if (!open) return;
    result.update(map.rows, map.columns, now.colours, at);
    scale.className = `cl-scale cl-${s.view}`;
    scale.textContent = SCALES[s.view];
    words.textContent = `Feature map ${map.rows} × ${map.columns}: from ${show(about.low)} to ${show(about.high)}. This view ${LOSSES[s.view](about)}.`;
    v.say(worked());
    regions.textContent = `Means of nine parts, row by row: ${about.means.map((mean) => show(Math.round(mean))).join(", ")}.`;
  }

  v.root.append(
    make("div", { class: "controls" }, names, sizes, divider, numberField(v, "brush", "paint with", fields.brush),
      data.images.own ? undefined : choice(v, "picture", "picture", { photo: "still life", house: "house" })),
    predict.node, why,
    make("div", { class: "panels" }, panel("Picture", photo.node), panel("Kernel: paint it", weights.node), panel("Pixels below it", window.node), box),
    v.live, sum, words, regions,
    codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(draw);
  return v.stop;
}

export default { render };
