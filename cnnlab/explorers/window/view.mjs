// The page of the sliding window: image, kernel, products, their sum, output.
import { grid, numberField, show, toggle, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { changed, code, fields, image, impossible, kernels, laid, output, reads, shape, step } from "./arithmetic.mjs";

const KIND = "window";
const PAUSE = 700;

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Sliding window" });
  const { make, state: s } = v;
  const number = (name, label) => numberField(v, name, label, fields[name]);
  const panel = (title, ...nodes) =>
    make("div", { class: "panel" }, make("p", { class: "name" }, title), ...nodes.map((node) => make("div", { class: "scroll" }, node)));

  let now = {};
  v.onDraw(() => {
    const [rows, columns] = shape(s);
    const why = impossible(s);
    const f = Math.min(s.filter, s.filters - 1);
    const at = [Math.min(s.row, rows - 1), Math.min(s.column, columns - 1)].map((n) => Math.max(n, 0));
    const [x, slices] = [image(s), kernels(s)[f]];
    now = { rows, columns, why, f, at, x, slices };
    if (!why) Object.assign(now, { y: output(s)[f] }, step(s, x, slices, ...at));
  });

  // --- a changed value: the cell where the reader is, and a box for its number
  const value = make("input", { type: "text", inputmode: "decimal", "aria-label": "Value of the chosen cell", disabled: true, onchange: () => put(Number(value.value)) });
  const wrong = make("span", { class: "wrong", role: "alert" });
  let chosen = "";
  const pick = (key, held) => {
    chosen = key;
    value.disabled = false;
    value.value = held;
  };
  const put = (given) => {
    const ok = value.value.trim() !== "" && Number.isFinite(given) && Math.abs(given) <= 99;
    wrong.textContent = ok ? "" : `${value.value} is not a number from −99 to 99`;
    const edits = ok ? changed(s.edits, chosen, given) : "";
    if (edits.length > fields.edits.longest) wrong.textContent = "Too many cells were changed: start over.";
    else if (ok) v.set({ edits });
  };

  // --- grids, one for each channel
  const inputs = [0, 1, 2].map((c) => grid(v, {
    label: `Image, channel ${c}`,
    choose: (i, j) => choosePixel(c, i - s.around, j - s.around),
    enter: (i, j) => choosePixel(c, i - s.around, j - s.around),
    describe: (i, j) => {
      const [row, column] = [i - s.around, j - s.around];
      const real = now.x[c]?.[row]?.[column];
      const inside = !now.why && reads(s, ...now.at, row, column);
      const picked = s.backwards && row === s.pixelRow && column === s.pixelColumn;
      const kinds = `${real === undefined ? "pad " : ""}${(s.backwards ? picked : inside) ? "window" : ""}`;
      return { text: show(real ?? 0), kinds, label: (real === undefined ? "padding, 0" : show(real)) + (inside ? ", in the window" : "") };
    },
  }));
  const choosePixel = (c, row, column) => {
    if (now.x[c][row]?.[column] === undefined) return;
    pick(`x,${c},${row},${column}`, now.x[c][row][column]);
    v.set({ pixelRow: row, pixelColumn: column });
  };
  const weights = [0, 1, 2].map((c) => {
    const choose = (a, b) => {
      const at = s.flip ? [s.kernelRows - 1 - a, s.kernelColumns - 1 - b] : [a, b];
      pick(`k,${now.f},${c},${at.join()}`, now.slices[c][at[0]][at[1]]);
    };
    return grid(v, {
      label: `Kernel, channel ${c}`,
      choose,
      enter: choose,
      describe: (a, b) => ({ text: show(laid(now.slices[c], s.flip)[a][b]), kinds: "window" }),
    });
  });
  const products = [0, 1, 2].map((c) => grid(v, {
    label: `Products, channel ${c}`,
    describe: (a, b) => ({ text: show(now.products[c][a][b]) }),
  }));
  const move = (row, column) => {
    v.set({ row, column, backwards: false });
    tell(row, column);
  };
  const tell = (row, column) => {
    const { products: parts, sums, value: sum } = step(s, now.x, now.slices, row, column);
    const terms = parts[0].flatMap((line, a) => line.map((_, b) => {
      const weight = laid(now.slices[0], s.flip)[a][b];
      return `${show(now.x[0][row * s.stride - s.around + a]?.[column * s.stride - s.around + b] ?? 0)}·${show(weight)}`;
    }));
    const long = s.channels > 1 || terms.length > 12;
    const words = long ? sums.map((part, c) => `channel ${c}: ${show(part)}`).join(" + ") : terms.join(" + ");
    v.say(`row ${row}, column ${column}: ${words} + bias ${show(s.bias)} = ${show(sum)}`);
  };
  const result = grid(v, {
    label: "Output: move the window",
    choose: move,
    enter: move,
    describe: (i, j) => {
      const here = s.backwards ? reads(s, i, j, s.pixelRow, s.pixelColumn) : i === now.at[0] && j === now.at[1];
      return { text: show(now.y[i][j]), kinds: here ? "window" : "", label: show(now.y[i][j]) + (here && s.backwards ? ", reads the pixel" : "") };
    },
  });

  // --- words
  const sum = make("p", { class: "live" });
  const row = make("p", { class: "row-text" });
  const why = make("p", { class: "wrong", role: "alert" });
  const predict = gate(v, model, {
    question: () => ({
      words: "Which number will the outlined window give?",
      inputs: ["number"],
      answer: [now.why ? "nothing" : show(now.value)],
      explain: now.why || sum.textContent,
    }),
    onChange: () => draw(),
  });

  // --- step and run
  let timer = 0;
  const next = () => {
    // Presses may come faster than frames: from the state, not from what is drawn.
    const at = Math.min(s.row, now.rows - 1) * now.columns + Math.min(s.column, now.columns - 1) + 1;
    if (now.why || at >= now.rows * now.columns) return halt();
    return move(Math.floor(at / now.columns), at % now.columns);
  };
  const halt = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Run";
  };
  const play = make("button", { type: "button", onclick: () => {
    if (timer) return halt();
    timer = setInterval(next, PAUSE);
    play.textContent = "Stop";
    return next();
  } }, "Run");
  v.signal.addEventListener("abort", () => clearInterval(timer));

  const channels = [0, 1, 2].map((c) => ({
    input: panel(`Image, channel ${c}`, inputs[c].node),
    kernel: panel(`Kernel, channel ${c}`, weights[c].node),
    products: panel(`Products, channel ${c}`, products[c].node),
  }));
  const outBox = panel("Output", result.node);
  function draw() {
    const open = predict.isOpen();
    predict.draw();
    why.textContent = now.why;
    const none = Boolean(now.why) || !open;
    channels.forEach((boxes, c) => {
      const used = c < s.channels;
      boxes.input.hidden = boxes.kernel.hidden = !used;
      boxes.products.hidden = !used || none;
      if (!used) return;
      inputs[c].update(s.rows + 2 * s.around, s.columns + 2 * s.around);
      weights[c].update(s.kernelRows, s.kernelColumns);
      if (!none) products[c].update(s.kernelRows, s.kernelColumns);
    });
    outBox.hidden = sum.hidden = row.hidden = none;
    if (none) return;
    outBox.firstChild.textContent = `Output ${now.rows} × ${now.columns}, filter ${now.f}`;
    result.update(now.rows, now.columns, now.at);
    const parts = now.sums.map((part, c) => (s.channels > 1 ? `channel ${c}: ${show(part)}` : show(part)));
    sum.textContent = `sum of the products: ${parts.join(" + ")}; plus the bias ${show(s.bias)}: ${show(now.value)}`;
    const flat = now.x.flatMap((_, c) => now.slices[c].flatMap((line, a) => line.map((__, b) =>
      show(now.x[c][now.at[0] * s.stride - s.around + a]?.[now.at[1] * s.stride - s.around + b] ?? 0))));
    row.textContent = `window ${now.at[0] * now.columns + now.at[1]}, as a row (im2col): ${flat.join(" ")}`;
  }

  v.root.append(
    make("div", { class: "controls" }, number("rows", "rows"), number("columns", "columns"), number("kernelRows", "kernel rows"), number("kernelColumns", "kernel columns"),
      number("channels", "channels"), number("filters", "filters"), number("filter", "show filter"), number("stride", "stride"), number("around", "padding on each side"), number("bias", "bias")),
    make("div", { class: "controls" }, toggle(v, "flip", "flip the kernel (true convolution)"), toggle(v, "backwards", "show which outputs read a pixel"),
      make("label", { class: "number" }, "value of the chosen cell", value), wrong,
      make("button", { type: "button", onclick: next }, "Step"), play),
    predict.node, why,
    make("div", { class: "panels" }, ...channels.flatMap((boxes) => Object.values(boxes)), outBox),
    sum, row, v.live, codeTab(v, code), stateField(v, KIND, fields));
  v.onDraw(draw);
  return v.stop;
}

export default { render };
