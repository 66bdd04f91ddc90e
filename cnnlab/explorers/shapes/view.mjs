// The page of the shape explorer: input with padding, windows, output, formula.
import { choice, grid, numberField, show, toggle, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { axes, code, fields, formula, image, impossible, kernel, output, secondAxes } from "./arithmetic.mjs";

const KIND = "shapes";
const PADDINGS = { valid: "valid", same: "same (Keras)", torch: "p all around (PyTorch)", sides: "each side" };

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Shapes" });
  const { make, state: s } = v;
  const number = (name, label) => numberField(v, name, label, fields[name]);

  // --- what is computed once a change
  let now = {};
  const compute = () => {
    const where = axes(s);
    const why = impossible(s, where);
    const [x, w] = [image(s), kernel(s)];
    const y = why ? [] : output(x, w, where, s.dilation);
    const other = s.compare === "none" || s.compare === s.padding ? null : axes(s, s.compare);
    const theirs = other && !impossible(s, other) ? output(x, w, other, s.dilation) : null;
    const at = [Math.min(s.row, where[0].out - 1), Math.min(s.column, where[1].out - 1)].map((n) => Math.max(n, 0));
    now = { where, why, x, w, y, other, theirs, at };
  };
  v.onDraw(compute);

  // --- input
  const reads = (row, column) => {
    const { where: [down, across], at, why } = now;
    if (why) return undefined;
    const a = (row - down.starts[at[0]]) / s.dilation;
    const b = (column - across.starts[at[1]]) / s.dilation;
    const inside = (n, k) => Number.isInteger(n) && n >= 0 && n < k;
    return inside(a, s.kernelRows) && inside(b, s.kernelColumns) ? now.w[a][b] : undefined;
  };
  const input = grid(v, {
    label: "Input",
    describe: (i, j) => {
      const { where: [down, across], x, why } = now;
      const [row, column] = [i - down.before, j - across.before];
      const real = row in x && column in x[row];
      const weight = reads(row, column);
      const late = !why && (i >= down.padded - down.ignored || j >= across.padded - across.ignored);
      const times = real ? down.usage[row] * across.usage[column] : 0;
      const unread = real && !why && times === 0;
      const value = real ? x[row][column] : 0;
      const text = s.usage && real ? String(times) : show(value);
      const kinds = `${real ? "" : "pad "}${weight !== undefined ? "window " : ""}${late || unread ? "ignored" : ""}`;
      const words = [real ? show(value) : "padding, 0"];
      if (weight !== undefined) words.push(`in the window, times ${show(weight)}`);
      if (late || unread) words.push("ignored");
      if (s.usage && real) words.push(`read by ${times} windows`);
      return { text, kinds, label: words.join(", ") };
    },
  });

  const weights = grid(v, {
    label: "Kernel",
    describe: (a, b) => ({ text: show(now.w[a][b]), kinds: "window" }),
  });

  // --- output
  const outputCell = (value, other, here) => {
    const text = show(value);
    const differs = value !== other;
    return { text, kinds: `${here ? "window " : ""}${differs ? "differs" : ""}`, label: text + (differs ? ", differs" : "") };
  };
  const choose = (row, column) => {
    v.set({ row, column });
    step(row, column);
  };
  const step = (row, column) => {
    if (now.why || now.y[row]?.[column] === undefined) return;
    const { where: [down, across], x, w, y } = now;
    const terms = w.flatMap((line, a) => line.map((weight, b) => {
      const pixel = x[down.starts[row] + a * s.dilation]?.[across.starts[column] + b * s.dilation] ?? 0;
      return `${show(pixel)}·${show(weight)}`;
    }));
    const sum = terms.slice(0, 9).join(" + ") + (terms[9] ? " + …" : "");
    v.say(`Output row ${row}, column ${column}: ${sum} = ${show(y[row][column])}`);
  };
  const result = grid(v, {
    label: "Output: move the window",
    choose,
    enter: step,
    describe: (i, j) => {
      const { y, theirs, at } = now;
      const here = i === at[0] && j === at[1];
      return outputCell(y[i][j], theirs ? theirs[i]?.[j] : y[i][j], here);
    },
  });
  const compared = grid(v, {
    label: "Other output",
    describe: (i, j) => outputCell(now.theirs[i][j], now.y[i]?.[j]),
  });

  // --- words
  const facts = make("ul", { class: "facts" });
  const why = make("p", { class: "wrong", role: "alert" });
  const title = make("p", { class: "name" });
  const outTitle = make("p", { class: "name" });
  const otherTitle = make("p", { class: "name" });
  const otherBox = make("div", { class: "panel" }, otherTitle, make("div", { class: "scroll" }, compared.node));
  const outBox = make("div", { class: "panel" }, outTitle, make("div", { class: "scroll" }, result.node));
  const factLines = () => {
    const { where: [down, across], other, theirs } = now;
    const lines = [`rows: ${formula(down)}`, `columns: ${formula(across)}`];
    const ignored = down.ignored || across.ignored;
    if (ignored) lines.push(`ignored (hatched): rows ${down.ignored}, columns ${across.ignored}: no error`);
    if (other && theirs) {
      const differ = now.y.flat().filter((value, place) => theirs.flat()[place] !== value).length;
      const same = other[0].out === down.out && other[1].out === across.out;
      lines.push(same ? `${differ} of ${now.y.flat().length} values differ` : "another shape");
    }
    if (s.second) {
      const next = secondAxes(s, now.where);
      const no = impossible(s, next, "the second kernel");
      lines.push(no ? no : `second layer: ${next[0].out} × ${next[1].out}, rows ${formula(next[0])}, columns ${formula(next[1])}`);
    }
    return lines;
  };
  const predict = gate(v, model, {
    question: () => {
      const { where: [down, across], why: no } = now;
      return {
        words: "How many rows and columns does the output have?",
        inputs: ["rows", "columns"],
        answer: [down.out, across.out],
        explain: no || factLines().slice(0, 2).join("; "),
      };
    },
    onChange: () => draw(),
  });
  function draw() {
    const { where: [down, across], why: no, other, theirs } = now;
    const open = predict.isOpen();
    predict.draw();
    input.update(down.padded, across.padded);
    weights.update(s.kernelRows, s.kernelColumns);
    title.textContent = `${s.usage ? "Windows that read each pixel of the input" : "Input"} ${s.rows} × ${s.columns}, padded to ${down.padded} × ${across.padded}`;
    why.textContent = no;
    outBox.hidden = Boolean(no) || !open;
    facts.hidden = Boolean(no) || !open;
    otherBox.hidden = !open || Boolean(no) || !theirs;
    if (no || !open) return;
    result.update(down.out, across.out, now.at);
    outTitle.textContent = `Output ${down.out} × ${across.out}: ${PADDINGS[s.padding]}`;
    if (theirs) {
      compared.update(other[0].out, other[1].out);
      otherTitle.textContent = `Output ${other[0].out} × ${other[1].out}: ${PADDINGS[s.compare]}`;
    }
    facts.replaceChildren(...factLines().map((line) => make("li", {}, line)));
  }

  // --- controls
  const around = number("around", "p");
  const sides = make("div", { class: "controls" }, number("top", "top"), number("bottom", "bottom"), number("left", "left"), number("right", "right"));
  const second = make("div", { class: "controls" }, number("secondKernel", "kernel"), number("secondStride", "stride"),
    choice(v, "secondPadding", "padding", { valid: "valid", same: "same" }));
  v.root.append(
    make("div", { class: "controls" },
      number("rows", "rows"), number("columns", "columns"),
      number("kernelRows", "kernel rows"), number("kernelColumns", "kernel columns"),
      number("strideRows", "stride down"), number("strideColumns", "stride across"), number("dilation", "dilation")),
    choice(v, "padding", "padding", PADDINGS), around, sides,
    choice(v, "compare", "compare with", { none: "nothing", ...PADDINGS }),
    make("div", { class: "controls" }, toggle(v, "usage", "count the windows on each pixel"), toggle(v, "second", "second layer")), second,
    predict.node, why,
    make("div", { class: "panels" }, make("div", { class: "panel" }, title, make("div", { class: "scroll" }, input.node)),
      make("div", { class: "panel" }, make("p", { class: "name" }, "Kernel"), make("div", { class: "scroll" }, weights.node)), outBox, otherBox),
    v.live, facts,
    codeTab(v, code), stateField(v, KIND, fields));
  v.onDraw(() => {
    around.hidden = s.padding !== "torch" && s.compare !== "torch";
    sides.hidden = s.padding !== "sides" && s.compare !== "sides";
    second.hidden = !s.second;
    draw();
  });
  return v.stop;
}

export default { render };
